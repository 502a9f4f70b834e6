//! What to answer with: `select=id,full:last_name,custom->>city,organization:organizations!inner(id,name)`.
//!
//! In: the parameter's text.
//! Out: [`Item`]s in their order.
//! Invariant: `"*"` in quotes is a column named `*`, bare it is every column.

use super::cursor::{Cursor, DEEPEST};
use super::field::{self, Field};
use crate::error::QueryError;

/// One thing to select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// `*`
    All,
    /// A column, a value inside it, or an aggregate over it.
    Column(ColumnItem),
    /// Rows of a related table.
    Embed(EmbedItem),
}

/// A column, a value inside it, or an aggregate over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnItem {
    /// What the answer calls it, if not by its own name.
    pub alias: Option<String>,
    /// The column; `None` for `count()`.
    pub field: Option<Field>,
    /// The type the column is cast to.
    pub cast: Option<String>,
    /// The aggregate over it.
    pub aggregate: Option<Aggregate>,
    /// The type the aggregate is cast to.
    pub aggregate_cast: Option<String>,
}

/// An aggregate function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// `sum()`
    Sum,
    /// `avg()`
    Avg,
    /// `count()`
    Count,
    /// `max()`
    Max,
    /// `min()`
    Min,
}

impl Aggregate {
    const ALL: [Self; 5] = [Self::Sum, Self::Avg, Self::Count, Self::Max, Self::Min];

    /// The function's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Avg => "avg",
            Self::Count => "count",
            Self::Max => "max",
            Self::Min => "min",
        }
    }
}

/// Rows of a related table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedItem {
    /// What the answer calls it, if not by the relation's name.
    pub alias: Option<String>,
    /// A relation, a foreign key, or a foreign key's column.
    pub relation: String,
    /// Which of several relationships is meant.
    pub hint: Option<String>,
    /// `!inner`: leave out parents without it.
    pub inner: bool,
    /// `...`: its columns become the parent's.
    pub spread: bool,
    /// What to select of it; empty selects nothing.
    pub items: Vec<Item>,
}

/// Parses the value of `select`; an empty one selects every column.
pub fn parse(text: &str) -> Result<Vec<Item>, QueryError> {
    if text.trim().is_empty() {
        return Ok(vec![Item::All]);
    }
    let mut cursor = Cursor::new("select parameter", text);
    let items = items(&mut cursor, 0)?;
    cursor.finish("letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \",\" or end of input")?;
    Ok(items)
}

fn items(cursor: &mut Cursor<'_>, depth: usize) -> Result<Vec<Item>, QueryError> {
    if depth > DEEPEST {
        return Err(QueryError::too_deep("select", DEEPEST));
    }
    let mut items = Vec::new();
    loop {
        items.push(item(cursor, depth)?);
        if !cursor.eat(",") {
            return Ok(items);
        }
    }
}

fn item(cursor: &mut Cursor<'_>, depth: usize) -> Result<Item, QueryError> {
    cursor.take_while(|c| c == ' ');
    if cursor.eat("...") {
        let relation = field::name(cursor)?;
        return embed(cursor, None, relation, true, depth);
    }
    if cursor.eat("*") {
        cursor.take_while(|c| c == ' ');
        return Ok(Item::All);
    }
    let first = field::name(cursor)?;
    let is_alias = cursor.rest().starts_with(':') && !cursor.rest().starts_with("::");
    let (alias, name) = if is_alias {
        cursor.eat(":");
        (Some(first), field::name(cursor)?)
    } else {
        (None, first)
    };
    match cursor.peek() {
        Some('!') => return embed(cursor, alias, name, false, depth),
        Some('(') if name == "count" && cursor.rest().starts_with("()") => {
            cursor.eat("()");
            let aggregate_cast = cast(cursor)?;
            let aggregate = Some(Aggregate::Count);
            return Ok(Item::Column(ColumnItem { alias, field: None, cast: None, aggregate, aggregate_cast }));
        }
        Some('(') => return embed(cursor, alias, name, false, depth),
        _ => {}
    }
    let field = Field { name, path: field::json_path(cursor)? };
    let cast_to = cast(cursor)?;
    let aggregate = aggregate(cursor)?;
    let aggregate_cast = if aggregate.is_some() { cast(cursor)? } else { None };
    cursor.take_while(|c| c == ' ');
    Ok(Item::Column(ColumnItem { alias, field: Some(field), cast: cast_to, aggregate, aggregate_cast }))
}

fn cast(cursor: &mut Cursor<'_>) -> Result<Option<String>, QueryError> {
    if !cursor.eat("::") {
        return Ok(None);
    }
    let start = cursor.position();
    let name = cursor.take_while(field::is_name_char).trim();
    if name.is_empty() { Err(cursor.fail_at(start, "letter, digit or \"_\"")) } else { Ok(Some(name.to_owned())) }
}

fn aggregate(cursor: &mut Cursor<'_>) -> Result<Option<Aggregate>, QueryError> {
    if !cursor.eat(".") {
        return Ok(None);
    }
    let start = cursor.position();
    for aggregate in Aggregate::ALL {
        if cursor.eat(aggregate.name()) {
            cursor.expect("()")?;
            return Ok(Some(aggregate));
        }
    }
    Err(cursor.fail_at(start, "\"sum()\", \"avg()\", \"count()\", \"max()\" or \"min()\""))
}

fn embed(
    cursor: &mut Cursor<'_>,
    alias: Option<String>,
    relation: String,
    spread: bool,
    depth: usize,
) -> Result<Item, QueryError> {
    let mut hint = None;
    let mut inner = None;
    while cursor.eat("!") {
        let start = cursor.position();
        let word = field::name(cursor)?;
        match word.as_str() {
            "inner" if inner.is_none() => inner = Some(true),
            "left" if inner.is_none() => inner = Some(false),
            _ if hint.is_none() => hint = Some(word),
            _ => return Err(cursor.fail_at(start, "\"inner\", \"left\" or \"(\"")),
        }
    }
    cursor.expect("(")?;
    let items = if cursor.rest().trim_start_matches(' ').starts_with(')') {
        cursor.take_while(|c| c == ' ');
        Vec::new()
    } else {
        items(cursor, depth + 1)?
    };
    if !cursor.eat(")") {
        return Err(cursor.fail("letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\" or \",\""));
    }
    cursor.take_while(|c| c == ' ');
    Ok(Item::Embed(EmbedItem { alias, relation, hint, inner: inner.unwrap_or(false), spread, items }))
}
