//! What the rows of a file are.
//!
//! In: a file's name and columns. Out: a table, or nothing when no guess is better than another.
//! Invariant: pure.

use super::columns;
use crate::imports::fields::Table;
use crate::imports::guess::normalise;
use crate::imports::read::FileFacts;

/// Words in a file's name.
const NAMES: [(Table, &[&str]); 7] = [
    (Table::Members, &["team", "teams", "user", "users", "agent", "agents", "member", "members", "reps", "staff"]),
    (Table::Products, &["product", "products", "price", "catalog", "catalogue"]),
    (
        Table::Organizations,
        &["account", "accounts", "company", "companies", "organization", "organizations", "organisations", "customers"],
    ),
    (Table::Contacts, &["contact", "contacts", "people", "person", "persons", "lead", "leads"]),
    (Table::Opportunities, &["opportunity", "opportunities", "deal", "deals", "pipeline", "potentials"]),
    (Table::OpportunityItems, &["items", "lineitems", "positions"]),
    (Table::Activities, &["activity", "activities", "tasks", "task", "calls", "events", "meetings", "notes", "emails"]),
];

/// Fields that hardly any other table has.
const SIGNATURES: [(Table, &[&str]); 7] = [
    (Table::Members, &["manager", "team", "region", "role"]),
    (Table::Products, &["price", "code"]),
    (Table::Organizations, &["industry", "employees", "annual_revenue", "domain", "parent"]),
    (Table::Contacts, &["first_name", "last_name", "mobile", "linkedin_url", "job_title"]),
    (Table::Opportunities, &["stage", "amount", "close_date", "probability_percent", "lost_reason"]),
    (Table::OpportunityItems, &["unit_price", "quantity", "opportunity"]),
    (Table::Activities, &["due", "occurred_at", "subject", "duration_minutes", "done", "body"]),
];

/// The table most of whose fields the columns name.
pub(super) fn guess(facts: &FileFacts) -> Option<Table> {
    let name = normalise(facts.name.rsplit_once('.').map_or(facts.name.as_str(), |(stem, _)| stem));
    let words: Vec<&str> = name.split(' ').collect();
    let mut best: Option<(usize, Table)> = None;
    for table in Table::ALL {
        let fields: Vec<&str> = columns::guess(table, facts).into_iter().flatten().collect();
        let signature = SIGNATURES.iter().find(|(of, _)| *of == table).map_or(&[][..], |(_, fields)| *fields);
        let named = NAMES.iter().any(|(of, names)| *of == table && names.iter().any(|name| words.contains(name)));
        let score = fields.len() * 2
            + fields.iter().filter(|field| signature.contains(field)).count() * 3
            + if named { 5 } else { 0 };
        if !fields.is_empty() && identifiable(table, &fields) && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, table));
        }
    }
    best.map(|(_, table)| table)
}

/// Has a row what its record cannot be without?
fn identifiable(table: Table, fields: &[&str]) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| fields.contains(name));
    match table {
        Table::Members => any(&["full_name", "email"]),
        Table::Products | Table::Organizations => any(&["name"]),
        Table::Contacts => any(&["full_name", "first_name", "last_name", "email"]),
        Table::Opportunities => any(&["stage", "amount", "close_date"]),
        Table::OpportunityItems => any(&["opportunity"]) && any(&["product", "name"]),
        Table::Activities => any(&["subject", "body"]),
    }
}
