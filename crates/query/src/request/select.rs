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

/// Parses the value of `select`; an empty one selects every column. What follows an embed and is no comma is not read.
pub fn parse(text: &str) -> Result<Vec<Item>, QueryError> {
    if text.trim().is_empty() {
        return Ok(vec![Item::All]);
    }
    items(&mut Cursor::new("select parameter", text), 0)
}

fn items(cursor: &mut Cursor<'_>, depth: usize) -> Result<Vec<Item>, QueryError> {
    if depth > DEEPEST {
        return Err(QueryError::too_deep("select", DEEPEST));
    }
    let mut items = Vec::new();
    loop {
        cursor.skip_blanks();
        items.push(item(cursor, depth)?);
        cursor.skip_blanks();
        if !cursor.eat(",") {
            return Ok(items);
        }
    }
}

const ITEM: &str = "\"...\", field name (* or [a..z0..9_$]), \"*\" or \"count()\"";
const AFTER_NAME: &str = "letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input";
const AFTER_PATH: &str = "\"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input";
const AFTER_CAST: &str = "letter, digit, \".\", \"::\", \")\", \",\" or end of input";
const AFTER_AGGREGATE: &str = "\"::\", \")\", \",\" or end of input";
const AFTER_LAST_CAST: &str = "letter, digit, \")\", \",\" or end of input";
const AFTER_STAR: &str = "\")\", \",\" or end of input";

fn item(cursor: &mut Cursor<'_>, depth: usize) -> Result<Item, QueryError> {
    if cursor.eat("...") {
        let relation = field::name(cursor)?;
        return embed(cursor, None, relation, true, depth);
    }
    if cursor.eat("*") {
        cursor.skip_blanks();
        return end(cursor, AFTER_STAR).map(|()| Item::All);
    }
    let start = cursor.position();
    let Ok(first) = field::name(cursor) else { return Err(cursor.fail_at(start, ITEM)) };
    let is_alias = cursor.rest().starts_with(':') && !cursor.rest().starts_with("::");
    let (alias, name) = if is_alias {
        cursor.eat(":");
        (Some(first), field::name(cursor)?)
    } else {
        (None, first)
    };
    match cursor.peek() {
        Some('!') => return embed(cursor, alias, name, false, depth),
        Some('(') if name == "count" => {
            if !cursor.eat("()") {
                return Err(cursor.fail_end(AFTER_NAME));
            }
            let aggregate_cast = cast(cursor)?;
            end(cursor, if aggregate_cast.is_some() { AFTER_LAST_CAST } else { AFTER_AGGREGATE })?;
            let aggregate = Some(Aggregate::Count);
            return Ok(Item::Column(ColumnItem { alias, field: None, cast: None, aggregate, aggregate_cast }));
        }
        Some('(') => return embed(cursor, alias, name, false, depth),
        _ => {}
    }
    column(cursor, alias, name).map(Item::Column)
}

/// Reads what follows a column's name.
fn column(cursor: &mut Cursor<'_>, alias: Option<String>, name: String) -> Result<ColumnItem, QueryError> {
    let field = Field { name, path: field::json_path(cursor)? };
    cursor.skip_blanks();
    let cast_to = cast(cursor)?;
    let aggregate = aggregate(cursor)?;
    let aggregate_cast = if aggregate.is_some() { cast(cursor)? } else { None };
    cursor.skip_blanks();
    let expecting = match (&aggregate_cast, aggregate, &cast_to) {
        (Some(_), _, _) => AFTER_LAST_CAST,
        (None, Some(_), _) => AFTER_AGGREGATE,
        (None, None, Some(_)) => AFTER_CAST,
        (None, None, None) if field.is_plain() => AFTER_NAME,
        (None, None, None) => AFTER_PATH,
    };
    end(cursor, expecting)?;
    Ok(ColumnItem { alias, field: Some(field), cast: cast_to, aggregate, aggregate_cast })
}

/// An item ends before `,` or `)` or with the text.
fn end(cursor: &Cursor<'_>, expecting: &str) -> Result<(), QueryError> {
    if cursor.is_done() || matches!(cursor.peek(), Some(',' | ')')) { Ok(()) } else { Err(cursor.fail_end(expecting)) }
}

fn cast(cursor: &mut Cursor<'_>) -> Result<Option<String>, QueryError> {
    if !cursor.eat("::") {
        return Ok(None);
    }
    let start = cursor.position();
    let name = cursor.take_while(field::is_name_char).trim();
    if name.is_empty() { Err(cursor.fail_at(start, "letter or digit")) } else { Ok(Some(name.to_owned())) }
}

fn aggregate(cursor: &mut Cursor<'_>) -> Result<Option<Aggregate>, QueryError> {
    if !cursor.eat(".") {
        return Ok(None);
    }
    let start = cursor.position();
    for aggregate in Aggregate::ALL {
        if cursor.eat(aggregate.name()) {
            let parentheses = cursor.position();
            return if cursor.eat("()") {
                Ok(Some(aggregate))
            } else {
                Err(cursor.fail_word(parentheses, "()", "\"()\""))
            };
        }
    }
    Err(cursor.fail_word(start, "sum", "\"sum\", \"avg\", \"count\", \"max\" or \"min\""))
}

fn embed(
    cursor: &mut Cursor<'_>,
    alias: Option<String>,
    relation: String,
    spread: bool,
    depth: usize,
) -> Result<Item, QueryError> {
    let start = cursor.position();
    let Some((hint, inner)) = hint_and_join(cursor) else {
        if spread {
            return Err(cursor.fail("letter, digit, \"-\", \"!\" or \"(\""));
        }
        // What opens no parenthesis is read as a column, which ends at its name.
        cursor.rewind(start);
        return Err(cursor.fail_end(AFTER_NAME));
    };
    cursor.skip_blanks();
    let items = if cursor.peek() == Some(')') { Vec::new() } else { items(cursor, depth + 1)? };
    if !cursor.eat(")") {
        let after_embed = matches!(items.last(), Some(Item::Embed(_)));
        return Err(cursor.fail(if after_embed { "\",\" or \")\"" } else { AFTER_NAME }));
    }
    Ok(Item::Embed(EmbedItem { alias, relation, hint, inner, spread, items }))
}

/// Reads `!hint` and `!inner` or `!left`, in either order, and the parenthesis behind them.
fn hint_and_join(cursor: &mut Cursor<'_>) -> Option<(Option<String>, bool)> {
    let mut hint = None;
    let mut inner = None;
    while cursor.eat("!") {
        let word = field::name(cursor).ok()?;
        match word.as_str() {
            "inner" if inner.is_none() => inner = Some(true),
            "left" if inner.is_none() => inner = Some(false),
            _ if hint.is_none() => hint = Some(word),
            _ => return None,
        }
    }
    cursor.eat("(").then(|| (hint, inner.unwrap_or(false)))
}
