//! The parts of a Swagger 2.0 document that describe a data API.
//!
//! In: names and texts. Out: structures whose JSON is the document's.
//! Invariant: maps keep the order they were made in, so that columns are listed as the table has them; a name that comes
//! again replaces the one before.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A JSON object in the order of its entries.
#[derive(Debug)]
pub(super) struct Pairs<T>(Vec<(String, T)>);

/// Reusable answers by name.
pub(super) type Responses<'a> = Pairs<Response<'a>>;

#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'a> {
    pub(super) swagger: &'static str,
    pub(super) info: Info<'a>,
    pub(super) host: &'a str,
    pub(super) base_path: &'a str,
    pub(super) schemes: [&'a str; 1],
    pub(super) consumes: &'static [&'static str],
    pub(super) produces: &'static [&'static str],
    pub(super) paths: Pairs<PathItem<'a>>,
    pub(super) definitions: Pairs<Schema<'a>>,
    pub(super) parameters: Pairs<Parameter<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) responses: Option<Responses<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security_definitions: Option<Pairs<ApiKey>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security: Option<[Pairs<[&'static str; 0]>; 1]>,
    pub(super) external_docs: Documentation,
}

#[derive(Debug, serde::Serialize)]
pub(super) struct Info<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) version: &'a str,
}

#[derive(Debug, serde::Serialize)]
pub(super) struct Documentation {
    description: &'static str,
    url: &'static str,
}

impl Documentation {
    /// Where the dialect is explained.
    pub(super) const OF_THE_DIALECT: Self =
        Self { description: "PostgREST Documentation", url: "https://postgrest.org/en/v14/references/api.html" };
}

/// A token in a header.
#[derive(Debug, serde::Serialize)]
pub(super) struct ApiKey {
    r#type: &'static str,
    name: &'static str,
    r#in: &'static str,
    description: &'static str,
}

impl ApiKey {
    /// `Authorization: Bearer …`.
    pub(super) const BEARER: Self = Self {
        r#type: "apiKey",
        name: "Authorization",
        r#in: "header",
        description: "Add the token prepending \"Bearer \" (without quotes) to it",
    };
}

/// What can be asked of one path.
#[derive(Debug, Default, serde::Serialize)]
pub(super) struct PathItem<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) get: Option<Operation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) post: Option<Operation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patch: Option<Operation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) delete: Option<Operation<'a>>,
}

#[derive(Debug, serde::Serialize)]
pub(super) struct Operation<'a> {
    pub(super) tags: [Cow<'a, str>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) produces: Option<&'static [&'static str]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parameters: Vec<ParameterOrReference<'a>>,
    pub(super) responses: Responses<'a>,
}

#[derive(Debug, serde::Serialize)]
#[serde(untagged)]
pub(super) enum ParameterOrReference<'a> {
    Reference(Reference),
    Parameter(Box<Parameter<'a>>),
}

/// Points at another part of the document.
#[derive(Debug, serde::Serialize)]
pub(super) struct Reference {
    #[serde(rename = "$ref")]
    to: String,
}

impl Reference {
    /// `#/{section}/{name}`, with the name escaped as a pointer in a URL needs it.
    pub(super) fn new(section: &str, name: &str) -> Self {
        let mut to = format!("#/{section}/");
        for character in name.chars() {
            match character {
                '~' => to.push_str("~0"),
                '/' => to.push_str("~1"),
                '0'..='9' | 'A'..='Z' | 'a'..='z' | '-' | '.' | '_' | '$' | '(' | ')' => to.push(character),
                other => {
                    let mut bytes = [0; 4];
                    for byte in other.encode_utf8(&mut bytes).bytes() {
                        to.push_str(&format!("%{byte:02X}"));
                    }
                }
            }
        }
        Self { to }
    }
}

#[derive(Debug, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parameter<'a> {
    pub(super) name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<Cow<'a, str>>,
    pub(super) required: bool,
    pub(super) r#in: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) r#type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) collection_format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Schema<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default: Option<&'static str>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(super) one_of: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schema: Option<Schema<'a>>,
}

#[derive(Debug, serde::Serialize)]
#[serde(untagged)]
pub(super) enum Response<'a> {
    Reference(Reference),
    Inline {
        description: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        schema: Option<Box<Schema<'a>>>,
    },
}

impl Response<'_> {
    /// An answer without a described body.
    pub(super) fn plain(description: &'static str) -> Self {
        Self::Inline { description, schema: None }
    }

    /// What every refusal looks like.
    pub(super) fn error() -> Self {
        let text = |nullable| Schema { r#type: Some("string"), nullable, ..Schema::default() };
        let properties = [
            ("code", text(false)),
            ("message", text(false)),
            ("details", Schema { nullable: true, ..Schema::default() }),
            ("hint", text(true)),
        ];
        let schema = Schema {
            r#type: Some("object"),
            required: vec![
                Cow::Borrowed("code"),
                Cow::Borrowed("message"),
                Cow::Borrowed("details"),
                Cow::Borrowed("hint"),
            ],
            properties: properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect(),
            ..Schema::default()
        };
        Self::Inline { description: "The request was refused", schema: Some(Box::new(schema)) }
    }
}

/// What a value looks like.
#[derive(Debug, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema<'a> {
    #[serde(flatten)]
    pub(super) reference: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) r#type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_length: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default: Option<Value>,
    #[serde(rename = "enum", skip_serializing_if = "<[String]>::is_empty")]
    pub(super) one_of: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) items: Option<Box<Self>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) required: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub(super) properties: Pairs<Self>,
    #[serde(rename = "x-nullable", skip_serializing_if = "std::ops::Not::not")]
    pub(super) nullable: bool,
}

impl Schema<'_> {
    /// The rows of a relation, described under its name.
    pub(super) fn rows_of(relation: &str) -> Self {
        let row = Self { reference: Some(Reference::new("definitions", relation)), ..Self::default() };
        Self { r#type: Some("array"), items: Some(Box::new(row)), ..Self::default() }
    }
}

impl<T> Pairs<T> {
    /// Has it no entry.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an entry, or replaces the one of that name in its place.
    pub(super) fn put(&mut self, name: String, value: T) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }
}

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const N: usize> From<[(String, T); N]> for Pairs<T> {
    fn from(entries: [(String, T); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<T> FromIterator<(String, T)> for Pairs<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Pairs<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
