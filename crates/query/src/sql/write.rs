//! The statement of a write: the change as a common table expression, the answer read from what it returns.
//!
//! In: the columns and filters of the write, and the node that the answer shows.
//! Out: a [`Statement`] with one row of seven columns (see [`crate::ResultRow`]).
//! Invariant: the body reaches PostgreSQL as it came, with the column types of the catalog.

use schema::{Column, Relation};

use super::filter::filter;
use super::fragments::{Sql, Statement};
use super::read::{Body, ROWS, write_body, write_headers, write_status};
use super::select::{GIVEN, needs, select};
use crate::plan::is_tenant;
use crate::plan::tree::{Filter, Node, Source};
use crate::request::payload::Payload;

/// What is done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Change<'c> {
    /// Nothing: there is no column to change.
    Nothing,
    /// Rows are added.
    Insert {
        rows: Rows<'c>,
        conflict: Option<&'c Conflict>,
        /// Only those that pass.
        filters: &'c [Filter],
    },
    /// Rows are changed.
    Update { rows: Rows<'c>, filters: &'c [Filter] },
    /// Rows are removed.
    Delete { filters: &'c [Filter] },
}

/// The rows of a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'c> {
    /// The body.
    pub payload: &'c Payload,
    /// What of it is written.
    pub columns: &'c [&'c Column],
    /// Keys that an object lacks become the column's default; null otherwise.
    pub defaults: bool,
}

/// What happens when a row with the same key is there.
#[derive(Debug, Clone)]
pub(crate) struct Conflict {
    /// The key's columns.
    pub columns: Vec<String>,
    /// Update it; otherwise leave it.
    pub merge: bool,
}

/// What the answer shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answering<'a> {
    /// The body.
    pub body: Body<'a>,
    /// Is the place of the new row told.
    pub location: bool,
}

/// Which column is the body: the fourth one of a write, as readers of the dialect's plans expect.
pub(crate) const BODY_COLUMN: usize = 3;
/// What the rows of the body are called.
const BODY: &str = "~body";

/// The statement of a write.
pub(crate) fn write(node: &Node<'_>, relation: &Relation, change: &Change<'_>, answering: Answering<'_>) -> Statement {
    let mut sql = Sql::new();
    sql.push("with ").ident(GIVEN).push(" as (\n");
    match change {
        Change::Nothing => {
            sql.push("select ");
            returned(&mut sql, node, relation, answering);
            sql.push(" from ");
            target(&mut sql, relation);
            sql.push(" where false");
        }
        Change::Insert { rows, conflict, filters } => {
            insert(&mut sql, relation, rows);
            conditions(&mut sql, node, relation, BODY, filters);
            if merges(change) {
                counting(&mut sql, if filters.is_empty() { "\nwhere " } else { "\nand " }, 1);
            }
            if let Some(conflict) = conflict {
                on_conflict(&mut sql, conflict, rows.columns);
            }
            returning(&mut sql, node, relation, answering);
        }
        Change::Update { rows, filters } => {
            update(&mut sql, relation, rows);
            conditions(&mut sql, node, relation, &relation.name, filters);
            returning(&mut sql, node, relation, answering);
        }
        Change::Delete { filters } => {
            sql.push("delete from ");
            target(&mut sql, relation);
            conditions(&mut sql, node, relation, &relation.name, filters);
            returning(&mut sql, node, relation, answering);
        }
    }
    sql.push("\n)\nselect count(*) as total_result_set, count(*) as page_total, ");
    write_headers(&mut sql);
    sql.push(", ");
    write_body(&mut sql, answering.body);
    sql.push(" as body, ");
    write_status(&mut sql);
    sql.push(", ");
    if merges(change) {
        sql.push("nullif(current_setting('").push(COUNTER).push("', true), '')");
    } else {
        sql.push("null");
    }
    sql.push(" as inserted, ");
    location(&mut sql, relation, answering.location);
    sql.push(" as location\nfrom (");
    if answering.body == Body::Absent {
        sql.push("select from ").ident(GIVEN);
    } else {
        select(&mut sql, node, None);
    }
    sql.push(") as ").ident(ROWS);
    sql.finish()
}

fn target(sql: &mut Sql, relation: &Relation) {
    sql.member(&relation.schema, &relation.name).push(" as ").ident(&relation.name);
}

/// Does it update rows that are there already, so that the new ones must be counted.
fn merges(change: &Change<'_>) -> bool {
    matches!(change, Change::Insert { conflict: Some(Conflict { merge: true, .. }), .. })
}

/// The setting that counts new rows for the rest of the transaction. A row's system columns would tell as much, but
/// views and partitioned tables have none.
const COUNTER: &str = "rapport.inserted";

/// Writes a condition that is always true and adds to the count.
fn counting(sql: &mut Sql, before: &'static str, more: i8) {
    sql.push(before).push("set_config('").push(COUNTER).push("', (coalesce(nullif(current_setting('").push(COUNTER);
    sql.push("', true), '')::bigint, 0) + ").number(more).push(")::text, true) is not null");
}

fn insert(sql: &mut Sql, relation: &Relation, rows: &Rows<'_>) {
    sql.push("insert into ");
    target(sql, relation);
    if rows.columns.is_empty() {
        // Objects without keys: rows of defaults, or none at all.
        let count = i64::try_from(rows.payload.rows).unwrap_or(i64::MAX);
        sql.push(" select from generate_series(1, ").number(count).push(")");
        return;
    }
    sql.push(" (");
    sql.join(", ", rows.columns, |sql, column| {
        sql.ident(&column.name);
    });
    sql.push(")\nselect ");
    sql.join(", ", rows.columns, |sql, column| value(sql, column));
    sql.push("\nfrom ");
    body(sql, rows, !rows.payload.is_list);
}

/// The rows of the body, or its first.
fn body(sql: &mut Sql, rows: &Rows<'_>, first: bool) {
    let Rows { payload, columns, defaults } = rows;
    if *defaults {
        with_defaults(sql, payload, columns, first);
    } else {
        sql.push(if first { "json_to_record(" } else { "json_to_recordset(" }).param(payload.json.as_str());
        sql.push(if first && payload.is_list { "::json->0)" } else { "::json)" });
    }
    record(sql, columns);
}

/// Each object laid over the defaults of the columns it may lack.
fn with_defaults(sql: &mut Sql, payload: &Payload, columns: &[&Column], first: bool) {
    sql.push("(select coalesce(jsonb_agg(jsonb_build_object(");
    let with_default = columns.iter().filter_map(|column| Some((column, column.default_sql.as_ref()?)));
    sql.join(", ", with_default, |sql, (column, default)| {
        sql.literal(&column.name).push(", ");
        match &column.representation.to_json {
            Some(function) => sql
                .catalog_sql(function)
                .push("((")
                .catalog_sql(default)
                .push(")::")
                .catalog_sql(&column.sql_type)
                .push(")"),
            None => sql.catalog_sql(default),
        };
    });
    sql.push(") || \"element\"), '[]') as \"rows\" from jsonb_array_elements(");
    if first {
        sql.push("jsonb_build_array(").param(payload.json.as_str());
        sql.push(if payload.is_list { "::jsonb->0)" } else { "::jsonb)" });
    } else {
        sql.param(payload.json.as_str()).push("::jsonb");
    }
    sql.push(") as \"element\") as \"~payload\", jsonb_to_recordset(\"~payload\".\"rows\")");
}

fn record(sql: &mut Sql, columns: &[&Column]) {
    sql.push(" as ").ident(BODY).push("(");
    sql.join(", ", columns, |sql, column| {
        // What reads a domain's JSON takes it as it came.
        let sql_type = if column.representation.from_json.is_some() { "json" } else { &column.sql_type };
        sql.ident(&column.name).push(" ").catalog_sql(sql_type);
    });
    sql.push(")");
}

/// The value that the body has for a column.
fn value(sql: &mut Sql, column: &Column) {
    match &column.representation.from_json {
        Some(function) => sql.catalog_sql(function).push("(").member(BODY, &column.name).push(")"),
        None => sql.member(BODY, &column.name),
    };
}

fn on_conflict(sql: &mut Sql, conflict: &Conflict, columns: &[&Column]) {
    sql.push("\non conflict (");
    sql.join(", ", &conflict.columns, |sql, column| {
        sql.ident(column);
    });
    if conflict.merge && !columns.is_empty() {
        sql.push(") do update set ");
        sql.join(", ", columns, |sql, column| {
            sql.ident(&column.name).push(" = excluded.").ident(&column.name);
        });
        counting(sql, " where ", -1);
    } else {
        sql.push(") do nothing");
    }
}

fn update(sql: &mut Sql, relation: &Relation, rows: &Rows<'_>) {
    sql.push("update ");
    target(sql, relation);
    sql.push("\nset ");
    sql.join(", ", rows.columns, |sql, column| {
        sql.ident(&column.name).push(" = ");
        value(sql, column);
    });
    sql.push("\nfrom ");
    body(sql, rows, true);
}

/// Conditions on rows of the relation, which SQL knows by this name.
fn conditions(sql: &mut Sql, node: &Node<'_>, relation: &Relation, name: &str, filters: &[Filter]) {
    // Whether an embed has rows is asked of the relation itself, not of the rows that the change gives.
    let source = Source::Relation { schema: &relation.schema, name: &relation.name };
    let asked = filters.iter().any(Filter::asks_for_rows).then(|| Node { source, ..node.clone() });
    let node = asked.as_ref().unwrap_or(node);
    for (index, condition) in filters.iter().enumerate() {
        sql.push(if index == 0 { "\nwhere " } else { "\nand " });
        filter(sql, node, name, condition);
    }
}

fn returning(sql: &mut Sql, node: &Node<'_>, relation: &Relation, answering: Answering<'_>) {
    sql.push("\nreturning ");
    returned(sql, node, relation, answering);
}

/// What of the written rows is needed: the caller may not read all of them.
fn returned(sql: &mut Sql, node: &Node<'_>, relation: &Relation, answering: Answering<'_>) {
    if answering.body != Body::Absent {
        needs(sql, node, &relation.name, false);
    } else if answering.location {
        sql.join(", ", &relation.primary_key, |sql, column| {
            sql.member(&relation.name, column);
        });
    } else {
        sql.push("1 as \"one\"");
    }
}

/// The key of the new row, if there is but one, as `[["id","7"]]`; the tenant's column goes without saying.
fn location(sql: &mut Sql, relation: &Relation, wanted: bool) {
    if !wanted {
        sql.push("null");
        return;
    }
    sql.push("case when count(*) = 1 then (select json_build_array(");
    let is_key = |column: &&String| relation.primary_key.contains(column) && !is_tenant(relation, column);
    sql.join(", ", relation.columns.iter().map(|column| &column.name).filter(is_key), |sql, column| {
        sql.push("json_build_array(").literal(column).push(", to_json(").ident(column).push(")#>>'{}')");
    });
    sql.push(") from ").ident(GIVEN).push(") end");
}
