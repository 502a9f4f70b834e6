//! Which field each column of a file is.
//!
//! In: the table, the file's columns. Out: a field or nothing for each column.
//! Invariant: pure; a field goes to one column, to the one whose name says it most surely.

use super::synonyms;
use crate::imports::detect::{ColumnType, date_shape, is_email, parse_number};
use crate::imports::fields::{Kind, Table};
use crate::imports::guess::normalise;
use crate::imports::read::{ColumnFacts, FileFacts};

/// Prefixes by which exports say whose column it is.
const PREFIXES: [&str; 6] = ["deal ", "person ", "organization ", "contact ", "company ", "account "];

/// A field for each column, in the order of the columns.
pub(super) fn guess(table: Table, facts: &FileFacts) -> Vec<Option<&'static str>> {
    let mut claims: Vec<(usize, usize, &'static str)> = Vec::new();
    for (column, found) in facts.columns.iter().enumerate() {
        let header = normalise(&found.header);
        for (field, words) in synonyms::of(table) {
            if let Some(rank) = rank(&header, words).filter(|_| plausible(table, field, found)) {
                claims.push((rank, column, field));
            }
        }
    }
    claims.sort_by_key(|(rank, column, _)| (*rank, *column));
    let mut fields: Vec<Option<&'static str>> = vec![None; facts.columns.len()];
    for (_, column, field) in claims {
        let taken = fields.contains(&Some(field));
        if let Some(slot) = fields.get_mut(column).filter(|slot| slot.is_none() && !taken) {
            *slot = Some(field);
        }
    }
    prefer_whole_names(table, &mut fields);
    fields
}

/// How surely the header means the field: its place among the synonyms, worse without a prefix.
fn rank(header: &str, words: &[&str]) -> Option<usize> {
    let at = |text: &str| words.iter().position(|word| *word == text);
    at(header).or_else(|| {
        let bare = PREFIXES.iter().find_map(|prefix| header.strip_prefix(prefix))?;
        at(bare).map(|place| place + 40)
    })
}

/// Can the values be what the field wants? A column of words is no amount, but one bad cell does not make it words.
fn plausible(table: Table, field: &str, found: &ColumnFacts) -> bool {
    let Some(field) = table.field(field) else { return false };
    if found.kind == ColumnType::Empty {
        return true;
    }
    let mostly = |fits: &dyn Fn(&str) -> bool| {
        found.samples.iter().filter(|sample| fits(sample)).count() * 2 >= found.samples.len()
    };
    match field.kind {
        Kind::Money | Kind::Integer | Kind::Quantity => {
            mostly(&|cell| parse_number(cell, found.number_format).is_some())
        }
        Kind::Email => mostly(&is_email),
        kind if kind.is_date() => mostly(&|cell| date_shape(cell).is_some()),
        Kind::Boolean => found.kind == ColumnType::Boolean || (1..=2).contains(&found.values.len()),
        Kind::Choice(_) | Kind::Stage => !found.values.is_empty(),
        _ => true,
    }
}

/// First and last name beside each other make a full name superfluous; it stays as a custom field.
fn prefer_whole_names(table: Table, fields: &mut [Option<&'static str>]) {
    let parts = fields.contains(&Some("first_name")) && fields.contains(&Some("last_name"));
    if table == Table::Contacts && parts {
        for field in fields.iter_mut().filter(|field| **field == Some("full_name")) {
            *field = None;
        }
    }
}
