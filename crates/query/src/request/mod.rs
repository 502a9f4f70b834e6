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
    /// Files one parameter that is not reserved.
    fn add(&mut self, key: &str, value: &str, values: Values) -> Result<(), QueryError> {
        let mut parts = split_at_dots(key);
        let Some(last) = parts.pop() else { return Ok(()) };
        match last {
            "order" => {
                if !value.is_empty() {
                    self.orders.push((path(&parts)?, order::parse(value)?));
                }
            }
            "limit" => {
                if let Ok(rows) = value.parse() {
                    self.limits.push((path(&parts)?, rows));
                }
            }
            "offset" => {
                if let Ok(rows) = value.parse() {
                    self.offsets.push((path(&parts)?, rows));
                }
            }
            "and" | "or" => {
                let joined = if last == "and" { Joined::And } else { Joined::Or };
                let negated = parts.last() == Some(&"not");
                if negated {
                    parts.pop();
                }
                self.filters.push((path(&parts)?, logic::parse(negated, joined, value)?));
            }
            _ => match column(last).and_then(|field| filter::parse(field, value)) {
                Ok(condition) => self.filters.push((path(&parts)?, Tree::Leaf(condition))),
                Err(_) if values == Values::ConditionsOrArguments => {
                    self.arguments.push((key.to_owned(), value.to_owned()));
                }
                Err(error) => return Err(error),
            },
        }
        Ok(())
    }
}

fn column(text: &str) -> Result<Field, QueryError> {
    let mut cursor = cursor::Cursor::new("filter", text);
    let field = field::field(&mut cursor)?;
    cursor.finish("\"->>\", \"->\" or end of input")?;
    Ok(field)
}

fn path(parts: &[&str]) -> Result<Path, QueryError> {
    if parts.len() > DEEPEST {
        return Err(QueryError::too_deep("embed path", DEEPEST));
    }
    parts
        .iter()
        .map(|part| {
            let mut cursor = cursor::Cursor::new("tree path", part);
            let name = field::name(&mut cursor)?;
            cursor.finish("\".\" or end of input")?;
            Ok(name)
        })
        .collect()
}

/// Splits a key at the dots outside quotes.
fn split_at_dots(key: &str) -> Vec<&str> {
    let mut quoted = false;
    let mut escaped = false;
    key.split(|c: char| {
        let is_escaped = std::mem::take(&mut escaped);
        escaped = quoted && c == '\\' && !is_escaped;
        if c == '"' && !is_escaped {
            quoted = !quoted;
        }
        c == '.' && !quoted
    })
    .collect()
}
