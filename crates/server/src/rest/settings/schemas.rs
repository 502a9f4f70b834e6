//! Lists and names of things in the database, as settings write them.

use super::SettingsError;

/// A function or a relation, perhaps with its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its schema; found along the search path when there is none.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
}

impl Name {
    /// Reads `schema.name` or `name`.
    pub(super) fn parse(text: &str) -> Self {
        match text.split_once('.') {
            Some((schema, name)) => Self { schema: Some(schema.to_owned()), name: name.to_owned() },
            None => Self { schema: None, name: text.to_owned() },
        }
    }

    /// The name as SQL writes it.
    pub fn sql(&self) -> String {
        let schema = self.schema.as_deref().map(|schema| format!("{}.", quoted(schema))).unwrap_or_default();
        format!("{schema}{}", quoted(&self.name))
    }
}

/// An identifier in quotes.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What stands between commas.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The schemas that may be exposed: not PostgreSQL's own.
pub(super) fn exposed(text: &str) -> Result<Vec<String>, SettingsError> {
    let schemas = list(text);
    let own = schemas.iter().find(|schema| matches!(schema.as_str(), "pg_catalog" | "information_schema"));
    if let Some(own) = own {
        return Err(SettingsError::value("db-schemas", own, "a schema of yours"));
    }
    if schemas.is_empty() {
        return Err(SettingsError::value("db-schemas", text, "at least one schema"));
    }
    Ok(schemas)
}
