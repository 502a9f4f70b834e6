//! Names the field that a broken rule of the database is about, so that a form can show the error beside it.
//!
//! In: PostgreSQL's error with its constraint. Out: the dialect's error, whose hint then reads `column: what is expected`.
//! Invariant: code, message and details stay PostgreSQL's; a hint of PostgreSQL's own is never replaced.

use schema::{Catalog, Relation};

use super::error::DataError;
use crate::pg::{DbError, PgError};

/// Rules whose name does not tell the column, or whose words can be better than those made up below.
const RULES: &[(&str, &str, &str)] = &[
    ("contacts_have_a_name", "last_name", "Give a name or a mail address"),
    ("contacts_email_looks_right", "email", "This is not a mail address"),
    ("contacts_email_key", "email", "Another contact has this address already"),
    ("organizations_employees_not_negative", "employees", "This cannot be negative"),
    ("organizations_not_its_own_parent", "parent_id", "An organization cannot be its own parent"),
    ("stages_probability_is_percent", "probability_percent", "A probability is between 0 and 100"),
    ("stages_rot_after_is_positive", "rot_after_days", "This must be at least one day"),
    ("stages_key_key", "key", "Another stage of this pipeline has this key already"),
    ("opportunities_probability_is_percent", "probability_percent", "A probability is between 0 and 100"),
    ("opportunities_board_position_is_a_key", "board_position", "Use digits and letters, not ending in 0"),
    ("activities_say_something", "subject", "Write a subject or a text"),
    ("activities_duration_not_negative", "duration_minutes", "This cannot be negative"),
    ("activities_due_time_has_a_day", "due_on", "A time needs a day"),
    ("tags_name_key", "name", "There is a tag of this name already"),
    ("products_code_key", "code", "Another product has this code already"),
    ("pipelines_default_key", "is_default", "There is a default pipeline already"),
    ("custom_fields_key_key", "key", "This table has a field with this key already"),
    ("custom_fields_table_is_known", "table_name", "This table takes no fields of its own"),
    ("custom_fields_key_is_a_name", "key", "Use small letters, digits and _, beginning with a letter"),
    ("memberships_keep_one_owner", "role", "A workspace needs at least one owner"),
];

/// The dialect's error for a failure of the database.
pub(super) fn name_field(catalog: &Catalog, error: PgError) -> DataError {
    let hint = error.database().filter(|database| database.hint.is_none()).and_then(|database| hint(catalog, database));
    let answer = DataError::from(error);
    match hint {
        Some(hint) if answer.status.is_client_error() => answer.with_hint(hint),
        _ => answer,
    }
}

fn hint(catalog: &Catalog, error: &DbError) -> Option<String> {
    if error.sqlstate == "23502" {
        return Some(format!("{}: This is required", error.column.as_deref()?));
    }
    let constraint = error.constraint.as_deref()?;
    if let Some((_, column, words)) = RULES.iter().find(|(name, _, _)| *name == constraint) {
        return Some(format!("{column}: {words}"));
    }
    let relation = catalog.relation(error.schema.as_deref()?, error.table.as_deref()?)?;
    if error.sqlstate == "23503" {
        let key = catalog.foreign_keys.iter().find(|key| key.name == constraint)?;
        let column = key.columns.last()?;
        return Some(format!("{column}: It points at something that does not exist"));
    }
    let column = column_in_name(relation, constraint)?;
    let words = match constraint.strip_prefix(&format!("{}_{column}_", relation.name))? {
        "not_blank" => "This is required",
        "not_negative" => "This cannot be negative",
        "is_positive" => "This must be more than zero",
        "is_iso" => "Use the three letters of a currency, such as USD",
        "is_a_list" => "This must be a list",
        "is_known" => "This value is not one of those allowed",
        "key" => "This value is taken already",
        _ => "This value is not allowed",
    };
    Some(format!("{column}: {words}"))
}

/// The longest column name that follows the table's name in a constraint's name.
fn column_in_name<'a>(relation: &'a Relation, constraint: &str) -> Option<&'a str> {
    let rest = constraint.strip_prefix(relation.name.as_str())?.strip_prefix('_')?;
    let names = relation.columns.iter().map(|column| column.name.as_str());
    names.filter(|name| rest.strip_prefix(name).is_some_and(|tail| tail.starts_with('_'))).max_by_key(|name| name.len())
}
