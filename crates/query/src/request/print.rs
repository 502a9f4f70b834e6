//! A query back as text: one spelling for everything that means the same, fit as a key.
//!
//! In: a [`Query`]. Out: a query string without `?`.
//! Invariant: reading what was printed gives the same query.

use std::fmt::{self, Display, Write};

use super::Query;
use super::field::{Field, JsonKey};
use super::filter::{Condition, Quantifier, Test};
use super::logic::Tree;
use super::order::{Direction, Nulls, OrderTerm};
use super::select::{ColumnItem, EmbedItem, Item};

impl Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        parameter(f, "select", &list(&self.select, item))?;
        for (path, tree) in &self.filters {
            f.write_char('&')?;
            filter(f, path, tree)?;
        }
        for (path, terms) in &self.orders {
            f.write_char('&')?;
            parameter(f, &key(path, "order"), &list(terms, order))?;
        }
        for (word, numbers) in [("limit", &self.limits), ("offset", &self.offsets)] {
            for (path, number) in numbers {
                f.write_char('&')?;
                parameter(f, &key(path, word), &number.to_string())?;
            }
        }
        for (word, names) in [("columns", &self.columns), ("on_conflict", &self.on_conflict)] {
            if let Some(names) = names {
                f.write_char('&')?;
                parameter(f, word, &list(names, |text, one| text.push_str(&name(one))))?;
            }
        }
        for (argument, value) in &self.arguments {
            f.write_char('&')?;
            parameter(f, argument, value)?;
        }
        Ok(())
    }
}

fn parameter(f: &mut fmt::Formatter<'_>, key: &str, value: &str) -> fmt::Result {
    encode(f, key)?;
    f.write_char('=')?;
    encode(f, value)
}

fn encode(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~*(),:!".contains(&byte) {
            f.write_char(char::from(byte))?;
        } else {
            write!(f, "%{byte:02X}")?;
        }
    }
    Ok(())
}

fn list<T>(parts: &[T], mut print: impl FnMut(&mut String, &T)) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        print(&mut text, part);
    }
    text
}

/// `path.word`
fn key(path: &[String], word: &str) -> String {
    path.iter().map(|part| name(part)).chain([word.to_owned()]).collect::<Vec<_>>().join(".")
}

/// Words that mean something else where a name may stand.
const RESERVED: [&str; 9] = ["select", "columns", "on_conflict", "order", "limit", "offset", "and", "or", "not"];

fn name(name: &str) -> String {
    let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain && !RESERVED.contains(&name) { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A value between commas.
fn value(text: &str) -> String {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.%".contains(&byte));
    if is_plain { text.to_owned() } else { quoted(text) }
}

fn field(text: &mut String, field: &Field) {
    text.push_str(&name(&field.name));
    for step in &field.path {
        text.push_str(if step.as_text { "->>" } else { "->" });
        match &step.key {
            JsonKey::Index(index) => text.push_str(&index.to_string()),
            JsonKey::Name(member) => text.push_str(&quoted(member)),
        }
    }
}

fn item(text: &mut String, item: &Item) {
    match item {
        Item::All => text.push('*'),
        Item::Column(column) => column_item(text, column),
        Item::Embed(embed) => embed_item(text, embed),
    }
}

fn column_item(text: &mut String, item: &ColumnItem) {
    if let Some(alias) = &item.alias {
        text.push_str(&name(alias));
        text.push(':');
    }
    match (&item.field, item.aggregate) {
        (None, _) => text.push_str("count()"),
        (Some(path), aggregate) => {
            field(text, path);
            if let Some(cast) = &item.cast {
                text.push_str("::");
                text.push_str(cast);
            }
            if let Some(aggregate) = aggregate {
                text.push('.');
                text.push_str(aggregate.name());
                text.push_str("()");
            }
        }
    }
    if let Some(cast) = &item.aggregate_cast {
        text.push_str("::");
        text.push_str(cast);
    }
}

fn embed_item(text: &mut String, embed: &EmbedItem) {
    if embed.spread {
        text.push_str("...");
    }
    if let Some(alias) = &embed.alias {
        text.push_str(&name(alias));
        text.push(':');
    }
    text.push_str(&name(&embed.relation));
    // Said even where it goes without saying, so that a hint of that name stays a hint.
    text.push_str(if embed.inner { "!inner" } else { "!left" });
    if let Some(hint) = &embed.hint {
        text.push('!');
        text.push_str(&name(hint));
    }
    text.push('(');
    text.push_str(&list(&embed.items, item));
    text.push(')');
}

fn order(text: &mut String, term: &OrderTerm) {
    match &term.relation {
        Some(relation) => {
            text.push_str(&name(relation));
            text.push('(');
            field(text, &term.field);
            text.push(')');
        }
        None => field(text, &term.field),
    }
    text.push_str(match term.direction {
        Some(Direction::Asc) => ".asc",
        Some(Direction::Desc) => ".desc",
        None => "",
    });
    text.push_str(match term.nulls {
        Some(Nulls::First) => ".nullsfirst",
        Some(Nulls::Last) => ".nullslast",
        None => "",
    });
}

fn filter(f: &mut fmt::Formatter<'_>, path: &[String], tree: &Tree) -> fmt::Result {
    match tree {
        Tree::Leaf(one) => {
            let mut column = String::new();
            field(&mut column, &one.field);
            parameter(f, &key(path, &column), &condition(one, str::to_owned))
        }
        Tree::Group { negated, joined, branches } => {
            let word = if *negated { format!("not.{}", joined.word()) } else { joined.word().to_owned() };
            parameter(f, &key(path, &word), &format!("({})", list(branches, branch)))
        }
    }
}

fn branch(text: &mut String, tree: &Tree) {
    match tree {
        Tree::Leaf(one) => {
            field(text, &one.field);
            text.push('.');
            text.push_str(&condition(one, value));
        }
        Tree::Group { negated, joined, branches } => {
            text.push_str(if *negated { "not." } else { "" });
            text.push_str(joined.word());
            text.push('(');
            text.push_str(&list(branches, branch));
            text.push(')');
        }
    }
}

/// `[not.]operator.value`; `print` knows how a value is written in that place.
fn condition(condition: &Condition, print: impl Fn(&str) -> String) -> String {
    let test = match &condition.test {
        Test::Compare { operator, quantifier, value } => {
            let quantifier = match quantifier {
                Some(Quantifier::Any) => "(any)",
                Some(Quantifier::All) => "(all)",
                None => "",
            };
            format!("{}{quantifier}.{}", operator.name(), print(value))
        }
        Test::In(values) => format!("in.({})", list(values, |text, one| text.push_str(&value(one)))),
        Test::Is(value) => format!("is.{}", value.name()),
        Test::Distinct(value) => format!("isdistinct.{}", print(value)),
        Test::Search { kind, language, words } => {
            let language = language.as_ref().map(|language| format!("({language})")).unwrap_or_default();
            format!("{}{language}.{}", kind.name(), print(words))
        }
    };
    if condition.negated { format!("not.{test}") } else { test }
}
