//! Reads what a request says, before anything is known about the database.
//!
//! In: the raw query string, and the `Prefer`, `Accept` and `Range` headers.
//! Out: a [`Query`], [`prefer::Prefer`], [`accept::Accept`], [`range::Range`]; or an error with the column it points at.
//! Invariant: reading never looks at the catalog and never panics, whatever the text.

pub mod accept;
pub mod columns;
mod cursor;
pub mod field;
pub mod filter;
mod form;
pub mod logic;
mod operator;
pub mod order;
pub(crate) mod payload;
pub mod prefer;
mod print;
pub mod range;
pub mod select;

pub(crate) use cursor::DEEPEST;
pub(crate) use form::pairs as form_pairs;

use crate::error::QueryError;
use field::Field;
use logic::{Joined, Tree};
use order::OrderTerm;
use select::Item;

/// The embeds to walk through, outermost first; empty for the relation itself.
pub type Path = Vec<String>;

/// What a query string asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What to answer with; every column when nothing is said.
    pub select: Vec<Item>,
    /// Conditions, all of which must hold.
    pub filters: Vec<(Path, Tree)>,
    /// Sort keys.
    pub orders: Vec<(Path, Vec<OrderTerm>)>,
    /// Most rows to give.
    pub limits: Vec<(Path, i64)>,
    /// Rows to skip.
    pub offsets: Vec<(Path, i64)>,
    /// The keys of the body to write.
    pub columns: Option<Vec<String>>,
    /// The unique key that an upsert meets.
    pub on_conflict: Option<Vec<String>>,
    /// Arguments of a function called by GET.
    pub arguments: Vec<(String, String)>,
}

/// Are values that are no conditions the arguments of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Every parameter is a condition.
    Conditions,
    /// A value that does not read as a condition is an argument (GET on a function).
    ConditionsOrArguments,
}

/// Parses a raw query string (`select=*&id=eq.5`, percent-encoded, `+` is a blank).
pub fn parse(raw: &str, values: Values) -> Result<Query, QueryError> {
    let mut query = Query::default();
    let mut selected = false;
    for (key, value) in form_pairs(raw) {
        if payload::is_deep(&value) {
            return Err(QueryError::too_deep("value", payload::DEEPEST_JSON));
        }
        match key.as_ref() {
            "" => {}
            "select" => {
                query.select = select::parse(&value)?;
                selected = true;
            }
            "columns" => query.columns = Some(columns::parse("columns parameter", &value)?),
            "on_conflict" => query.on_conflict = Some(columns::parse("on_conflict parameter", &value)?),
            _ => query.add(&key, &value, values)?,
        }
    }
    if !selected {
        query.select.push(Item::All);
    }
    Ok(query)
}

impl Query {
    /// Are all columns of the relation selected and nothing else.
    pub(crate) fn selects_all(&self) -> bool {
        matches!(self.select.as_slice(), [Item::All])
    }

    /// Files one parameter that is not reserved.
    fn add(&mut self, key: &str, value: &str, values: Values) -> Result<(), QueryError> {
        match key.rsplit('.').next().unwrap_or_default() {
            "order" => {
                if !value.is_empty() {
                    self.orders.push((place("tree path", key)?.0, order::parse(value)?));
                }
            }
            "limit" => {
                if let Ok(rows) = value.parse() {
                    self.limits.push((place("tree path", key)?.0, rows));
                }
            }
            "offset" => {
                if let Ok(rows) = value.parse() {
                    self.offsets.push((place("tree path", key)?.0, rows));
                }
            }
            word @ ("and" | "or") => {
                let joined = if word == "and" { Joined::And } else { Joined::Or };
                let mut path = place("logic path", key)?.0;
                let negated = path.last().is_some_and(|last| last == "not");
                if negated {
                    path.pop();
                }
                self.filters.push((path, logic::parse(negated, joined, value)?));
            }
            _ => match condition(key, value) {
                Ok(filter) => self.filters.push(filter),
                Err(_) if values == Values::ConditionsOrArguments => {
                    self.arguments.push((key.to_owned(), value.to_owned()));
                }
                Err(error) => return Err(error),
            },
        }
        Ok(())
    }
}

fn condition(key: &str, value: &str) -> Result<(Path, Tree), QueryError> {
    let (path, field) = place("tree path", key)?;
    Ok((path, Tree::Leaf(filter::parse(field, value)?)))
}

/// Reads a key: names of embeds with dots between them, and a field of the last one. What follows is not read.
fn place(what: &'static str, key: &str) -> Result<(Path, Field), QueryError> {
    let mut cursor = cursor::Cursor::new(what, key);
    let mut path = Path::new();
    let mut name = field::name(&mut cursor)?;
    while cursor.eat(".") {
        if path.len() >= DEEPEST {
            return Err(QueryError::too_deep("embed path", DEEPEST));
        }
        path.push(std::mem::replace(&mut name, field::name(&mut cursor)?));
    }
    Ok((path, Field { name, path: field::json_path(&mut cursor)? }))
}
