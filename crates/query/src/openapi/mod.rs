//! Describes the data API as a Swagger 2.0 document, as the dialect's clients and tools expect it.
//!
//! In: the catalog, and what the caller may use of one schema ([`Offer`]). Out: the document's JSON text.
//! Invariant: nothing is described that the offer does not name; the same offer on the same catalog gives the same text.

mod address;
mod definition;
mod document;
mod operation;
mod parameter;
mod path;
mod types;

use std::collections::BTreeMap;

use schema::{Argument, Catalog, Function, Relation};
use serde::Deserialize;

pub use address::Address;
use document::{ApiKey, Document, Documentation, Info, Pairs, Response, Responses};

/// What the caller may use of a schema, read from the database as the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Offer {
    /// The comment on the schema: its first line is the title, the rest the description.
    pub comment: Option<String>,
    /// Relations, in the order in which they are described.
    pub relations: Vec<OfferedRelation>,
    /// Functions, in the order in which they are described.
    pub functions: Vec<OfferedFunction>,
}

/// A relation the caller may use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct OfferedRelation {
    /// Its name.
    pub name: String,
    /// May the caller add rows.
    pub insert: bool,
    /// May the caller change rows.
    pub update: bool,
    /// May the caller remove rows.
    pub delete: bool,
    /// For a column of a domain: the type below it, by the column's name.
    pub base_types: BTreeMap<String, String>,
}

/// A function the caller may call; overloads differ in the names of their arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct OfferedFunction {
    /// Its name.
    pub name: String,
    /// Its input arguments, in order.
    pub arguments: Vec<OfferedArgument>,
}

/// An argument of such a function.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct OfferedArgument {
    /// Its name; empty when it has none.
    pub name: String,
    /// Its type as the caller writes it.
    pub r#type: String,
}

/// A known function as it is offered.
#[derive(Debug, Clone, Copy)]
struct Offered<'a> {
    function: &'a Function,
    arguments: &'a [OfferedArgument],
}

impl<'a> Offered<'a> {
    /// The arguments a caller can name, each with its type; the others cannot be given one by one.
    fn named_arguments(self) -> impl Iterator<Item = (&'a Argument, &'a str)> {
        let types = self.arguments.iter().map(|given| given.r#type.as_str());
        self.function.arguments.iter().zip(types).filter(|(argument, _)| !argument.name.is_empty())
    }
}

/// How much is said beyond what the dialect's own document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Exactly what the dialect's document says.
    Dialect,
    /// Also which values may be null, what errors look like and what a write gives back; only verbs the caller may use.
    Full,
}

/// Where the API is, and how it presents itself.
#[derive(Debug, Clone)]
pub struct Site<'a> {
    /// The title where the schema's comment gives none.
    pub title: &'a str,
    /// The description where the schema's comment gives none.
    pub description: &'a str,
    /// The version of the server.
    pub version: &'a str,
    /// Where clients reach it.
    pub address: Address<'a>,
    /// Is it said that a token is needed.
    pub security: bool,
    /// How much is said.
    pub detail: Detail,
}

/// The document for one schema.
pub fn describe(catalog: &Catalog, schema: &str, offer: &Offer, site: &Site<'_>) -> String {
    let relations: Vec<(&Relation, &OfferedRelation)> = offer
        .relations
        .iter()
        .filter_map(|offered| Some((catalog.relation(schema, &offered.name)?, offered)))
        .collect();
    let functions: Vec<Offered<'_>> =
        offer.functions.iter().filter_map(|offered| find(catalog, schema, offered)).collect();
    let (title, description) = titles(offer.comment.as_deref(), site);
    let full = site.detail == Detail::Full;
    let document = Document {
        swagger: "2.0",
        info: Info { title, description, version: site.version },
        host: &site.address.host,
        base_path: &site.address.base_path,
        schemes: [site.address.scheme],
        consumes: operation::MEDIA_TYPES,
        produces: operation::MEDIA_TYPES,
        paths: path::all(&relations, &functions, site.detail),
        definitions: relations
            .iter()
            .map(|(relation, offered)| {
                (relation.name.clone(), definition::of_relation(catalog, relation, offered, site.detail))
            })
            .collect(),
        parameters: parameter::shared(&relations),
        responses: full.then(|| Responses::from([(String::from("Error"), Response::error())])),
        security_definitions: site.security.then(|| Pairs::from([(String::from("JWT"), ApiKey::BEARER)])),
        security: site.security.then(|| [Pairs::from([(String::from("JWT"), [])])]),
        external_docs: Documentation::OF_THE_DIALECT,
    };
    serde_json::to_string(&document).unwrap_or_default()
}

/// The function of these argument names; a later overload replaces an earlier one, as their paths are the same.
fn find<'a>(catalog: &'a Catalog, schema: &str, offered: &'a OfferedFunction) -> Option<Offered<'a>> {
    let function = catalog.functions.iter().find(|known| {
        known.schema == schema
            && known.name == offered.name
            && known
                .arguments
                .iter()
                .map(|argument| &argument.name)
                .eq(offered.arguments.iter().map(|given| &given.name))
    })?;
    Some(Offered { function, arguments: &offered.arguments })
}

fn titles<'a>(comment: Option<&'a str>, site: &Site<'a>) -> (&'a str, &'a str) {
    match comment {
        Some(comment) => {
            let (title, rest) = operation::summary(comment);
            (title, rest)
        }
        None => (site.title, site.description),
    }
}
