//! Writes what was staged, table by table, in the order in which records refer to each other.
//!
//! In: staging tables. Out: records, the undo log, complaints.
//! Invariant: every statement works on sets; only inserts are cut into chunks, so that progress can be told.

use std::collections::BTreeSet;

use tokio_postgres::Transaction;

use super::StagedFile;
use super::progress::{Phase, Reporter};
use super::summary::Summary;
use crate::imports::error::ImportError;
use crate::imports::fields::{Kind, Table};
use crate::imports::plan::Duplicates;

const CHUNK_ROWS: i64 = 10_000;
/// Up to so many rows a bad plan does no harm, and a hash join over a large table would.
const PLANNED_ROWS: u64 = 500;
/// The planner takes a workspace it has no statistics of, or rows of this very transaction, for one row, and would compare
/// every staged row with every record. Set against set, a hash join is never far from the best.
pub(in crate::imports) const HASH_JOINS: &str = "set local enable_nestloop = off; set local jit = off";
const STORED_KEYS: &str = include_str!("sql/stored_keys.sql");

/// The statements that differ from table to table; an empty one has nothing to do.
struct Statements {
    link: &'static str,
    matching: &'static str,
    update: &'static str,
    insert: &'static str,
    parts: &'static str,
    resolve: &'static str,
    /// After the table's records are resolved: references within the table.
    own: &'static str,
}

fn statements(table: Table) -> Option<Statements> {
    Some(match table {
        Table::Members => return None,
        Table::Products => Statements {
            link: "",
            matching: include_str!("sql/products_match.sql"),
            update: include_str!("sql/products_update.sql"),
            insert: include_str!("sql/products_insert.sql"),
            parts: "",
            resolve: include_str!("sql/products_resolve.sql"),
            own: "",
        },
        Table::Organizations => Statements {
            link: include_str!("sql/organizations_link.sql"),
            matching: include_str!("sql/organizations_match.sql"),
            update: include_str!("sql/organizations_update.sql"),
            insert: include_str!("sql/organizations_insert.sql"),
            parts: "",
            resolve: include_str!("sql/organizations_resolve.sql"),
            own: include_str!("sql/organizations_parents.sql"),
        },
        Table::Contacts => Statements {
            link: include_str!("sql/contacts_link.sql"),
            matching: include_str!("sql/contacts_match.sql"),
            update: include_str!("sql/contacts_update.sql"),
            insert: include_str!("sql/contacts_insert.sql"),
            parts: "",
            resolve: include_str!("sql/contacts_resolve.sql"),
            own: "",
        },
        Table::Opportunities => Statements {
            link: include_str!("sql/opportunities_link.sql"),
            matching: include_str!("sql/opportunities_match.sql"),
            update: include_str!("sql/opportunities_update.sql"),
            insert: include_str!("sql/opportunities_insert.sql"),
            parts: include_str!("sql/opportunities_parts.sql"),
            resolve: include_str!("sql/opportunities_resolve.sql"),
            own: "",
        },
        Table::OpportunityItems => Statements {
            link: include_str!("sql/opportunity_items_link.sql"),
            matching: include_str!("sql/opportunity_items_match.sql"),
            update: include_str!("sql/opportunity_items_update.sql"),
            insert: include_str!("sql/opportunity_items_insert.sql"),
            parts: "",
            resolve: "",
            own: "",
        },
        Table::Activities => Statements {
            link: include_str!("sql/activities_link.sql"),
            matching: include_str!("sql/activities_match.sql"),
            update: include_str!("sql/activities_update.sql"),
            insert: include_str!("sql/activities_insert.sql"),
            parts: "",
            resolve: "",
            own: "",
        },
    })
}

/// A statement for one of our tables.
fn for_table(template: &str, table: Table) -> String {
    template.replace("{table}", table.name())
}

/// Writes everything that was staged.
pub(super) async fn write_all(
    transaction: &Transaction<'_>,
    files: &[StagedFile],
    rows: u64,
    reporter: &Reporter,
    summary: &mut Summary,
) -> Result<(), ImportError> {
    reporter.at(Phase::Linking, Table::Members.name(), 0);
    if rows > PLANNED_ROWS {
        transaction.batch_execute(HASH_JOINS).await?;
    }
    for table in files.iter().map(StagedFile::table).collect::<BTreeSet<_>>() {
        transaction.batch_execute(&format!("analyze stage_{}", table.name())).await?;
    }
    define_custom_fields(transaction, files).await?;
    transaction.batch_execute(include_str!("sql/gather_refs.sql")).await?;
    transaction.batch_execute(include_str!("sql/members.sql")).await?;
    warn_of_twins(transaction, Table::Members).await?;
    let mut written = 0;
    for table in Table::ALL {
        if let Some(statements) = statements(table) {
            write_table(transaction, table, &statements, files, reporter, &mut written).await?;
        }
    }
    transaction.batch_execute(include_str!("sql/tags.sql")).await?;
    summary.note_parts(transaction).await
}

async fn define_custom_fields(transaction: &Transaction<'_>, files: &[StagedFile]) -> Result<(), ImportError> {
    let define = transaction.prepare(include_str!("sql/custom_fields.sql")).await?;
    for file in files.iter().filter(|file| file.table().has_custom_fields()) {
        for custom in &file.compiled.custom {
            let label = if custom.label.trim().is_empty() { &custom.key } else { &custom.label };
            transaction.execute(&define, &[&file.table().name(), &custom.key, label, &custom.kind.key()]).await?;
        }
    }
    Ok(())
}

async fn write_table(
    transaction: &Transaction<'_>,
    table: Table,
    statements: &Statements,
    files: &[StagedFile],
    reporter: &Reporter,
    written: &mut u64,
) -> Result<(), ImportError> {
    let own: Vec<&StagedFile> = files.iter().filter(|file| file.table() == table).collect();
    if !own.is_empty() {
        reporter.at(Phase::Writing, table.name(), *written);
        transaction.batch_execute(statements.link).await?;
        complain_unresolved(transaction, table, &own, false).await?;
        match_rows(transaction, table, statements, &own).await?;
        if own.iter().any(|file| file.compiled.duplicates == Duplicates::Update) {
            transaction.batch_execute(&for_table(include_str!("sql/log_before.sql"), table)).await?;
            transaction.batch_execute(statements.update).await?;
        }
        insert_rows(transaction, table, statements, reporter, written).await?;
        transaction.batch_execute(&for_table(include_str!("sql/targets.sql"), table)).await?;
        transaction.batch_execute(statements.parts).await?;
    }
    if !statements.resolve.is_empty() {
        resolve(transaction, table, statements.resolve).await?;
    }
    if !own.is_empty() {
        transaction.batch_execute(statements.own).await?;
        complain_unresolved(transaction, table, &own, true).await?;
    }
    transaction.batch_execute(&for_table(include_str!("sql/log_created.sql"), table)).await?;
    if own.iter().any(|file| file.compiled.duplicates == Duplicates::Update) {
        transaction.batch_execute(&for_table(include_str!("sql/log_after.sql"), table)).await?;
    }
    Ok(())
}

/// Which rows repeat others, and which are in the database already.
async fn match_rows(
    transaction: &Transaction<'_>,
    table: Table,
    statements: &Statements,
    own: &[&StagedFile],
) -> Result<(), ImportError> {
    let mut any_external = false;
    for file in own {
        if let Some(external) = &file.compiled.external {
            let statement = for_table(include_str!("sql/match_external.sql"), table);
            transaction.execute(&statement, &[&file.file, &external.key]).await?;
            any_external = true;
        }
    }
    if any_external {
        transaction.batch_execute(&for_table(include_str!("sql/twins_external.sql"), table)).await?;
    }
    transaction.batch_execute(statements.matching).await?;
    warn_of_twins(transaction, table).await
}

async fn warn_of_twins(transaction: &Transaction<'_>, table: Table) -> Result<(), ImportError> {
    transaction.batch_execute(&for_table(include_str!("sql/twin_warnings.sql"), table)).await?;
    Ok(())
}

async fn insert_rows(
    transaction: &Transaction<'_>,
    table: Table,
    statements: &Statements,
    reporter: &Reporter,
    written: &mut u64,
) -> Result<(), ImportError> {
    let bounds = format!("select coalesce(min(seq), 1) - 1, coalesce(max(seq), 0) from stage_{}", table.name());
    let bounds = transaction.query_one(&bounds, &[]).await?;
    let (mut from, last): (i64, i64) = (bounds.try_get(0)?, bounds.try_get(1)?);
    let insert = transaction.prepare(statements.insert).await?;
    while from < last {
        let to = (from + CHUNK_ROWS).min(last);
        transaction.execute(&insert, &[&from, &to]).await?;
        *written += u64::try_from(to - from).unwrap_or_default();
        reporter.at(Phase::Writing, table.name(), *written);
        from = to;
    }
    Ok(())
}

/// Finds the records that names of this table refer to: by ids of the source, then as the table itself knows.
async fn resolve(transaction: &Transaction<'_>, table: Table, by_name: &str) -> Result<(), ImportError> {
    let open = "select exists (select from refs where kind = $1 and id is null)";
    let is_open: bool = transaction.query_one(open, &[&table.name()]).await?.try_get(0)?;
    if !is_open {
        return Ok(());
    }
    transaction.batch_execute(&for_table(include_str!("sql/refs_external.sql"), table)).await?;
    for row in transaction.query(STORED_KEYS, &[&table.name()]).await? {
        let key: String = row.try_get(0)?;
        transaction.execute(&for_table(include_str!("sql/refs_external_stored.sql"), table), &[&key]).await?;
    }
    transaction.batch_execute(by_name).await?;
    Ok(())
}

/// Deals with links to records that do not exist: before the table is written, or for links within it after.
async fn complain_unresolved(
    transaction: &Transaction<'_>,
    table: Table,
    own: &[&StagedFile],
    within: bool,
) -> Result<(), ImportError> {
    let slots: BTreeSet<&'static str> =
        own.iter().flat_map(|file| file.compiled.links.iter().map(|link| link.slot)).collect();
    for slot in slots {
        let Some(Kind::Link(to)) = table.field(slot).map(|field| field.kind) else { continue };
        if (to == table) != within {
            continue;
        }
        let statement =
            for_table(include_str!("sql/unresolved.sql"), table).replace("{slot}", slot).replace("{kind}", to.name());
        transaction.batch_execute(&statement).await?;
    }
    Ok(())
}
