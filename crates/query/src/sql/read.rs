//! The main statement of a read, and the row it answers with.
//!
//! In: the root node and the form of the answer. Out: a [`Statement`] with one row of seven columns (see
//! [`crate::ResultRow`]).

use schema::MediaHandler;

use super::count;
use super::fragments::{Sql, Statement};
use super::select::{GIVEN, found, select};
use crate::plan::media::Shape;
use crate::plan::tree::{Node, Source};

/// How the total is found within the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    /// Not at all.
    Unknown,
    /// Every row that matches.
    Exact,
    /// Every row that matches, up to a ceiling.
    UpTo(u64),
}

/// What the body is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body<'a> {
    /// No body is sent.
    Absent,
    /// Rows, in the form asked for.
    Rows(Shape<'a>),
    /// The bare values of a column named [`SCALAR`]; one value unless it is a set.
    Scalar { set: bool, shape: Shape<'a> },
    /// One row of a function that gives one row.
    OneRow(Shape<'a>),
}

/// Which column is the body.
pub(crate) const BODY_COLUMN: usize = 2;
/// What the rows of the answer are called, as no column is: a column would hide them.
pub(crate) const ROWS: &str = "~rows";
/// The column that holds the value of a scalar function.
pub(crate) const SCALAR: &str = "pgrst_scalar";

/// The statement that reads a node.
pub(crate) fn read(node: &Node<'_>, body: Body<'_>, total: Total) -> Statement {
    let mut sql = Sql::new();
    write_read(&mut sql, node, body, total);
    sql.finish()
}

/// The statement that reads those rows of a node whose ids a probe has found; they are its first parameter.
pub(crate) fn read_found(node: &Node<'_>, body: Body<'_>, total: Total) -> Statement {
    let mut sql = Sql::after_one();
    sql.push("with ").ident(GIVEN).push(" as materialized (\n");
    found(&mut sql, node);
    sql.push("\n)\n");
    let passed = Node { source: Source::Given, filters: Vec::new(), ..node.clone() };
    write_read(&mut sql, &passed, body, total);
    sql.finish()
}

fn write_read(sql: &mut Sql, node: &Node<'_>, body: Body<'_>, total: Total) {
    sql.push("select ");
    write_total(sql, node, total);
    sql.push(" as total_result_set, count(*) as page_total, ");
    write_body(sql, body);
    sql.push(" as body, ");
    write_settings(sql);
    sql.push(", null as inserted, null as location\nfrom (");
    select(sql, node, None);
    sql.push(") as ").ident(ROWS);
}

/// Writes what functions have set for the answer.
pub(crate) fn write_settings(sql: &mut Sql) {
    write_headers(sql);
    sql.push(", ");
    write_status(sql);
}

/// Writes the headers that functions have set.
pub(crate) fn write_headers(sql: &mut Sql) {
    sql.push("nullif(current_setting('response.headers', true), '') as response_headers");
}

/// Writes the status that functions have set.
pub(crate) fn write_status(sql: &mut Sql) {
    sql.push("nullif(current_setting('response.status', true), '') as response_status");
}

/// Writes the expression for `total_result_set`.
pub(crate) fn write_total(sql: &mut Sql, node: &Node<'_>, total: Total) {
    match total {
        Total::Unknown => {
            sql.push("null::bigint");
        }
        Total::Exact if !node.is_limited() => {
            sql.push("count(*)");
        }
        Total::Exact => count::total(sql, node, None),
        Total::UpTo(ceiling) => count::total(sql, node, Some(ceiling)),
    }
}

/// Writes the expression for `body`, over rows called [`ROWS`].
pub(crate) fn write_body(sql: &mut Sql, body: Body<'_>) {
    let (shape, rows, one) = match body {
        Body::Absent => {
            sql.push("null");
            return;
        }
        Body::Rows(shape) => (shape, "\"~rows\"", false),
        Body::Scalar { set, shape } => (shape, "\"~rows\".\"pgrst_scalar\"", !set),
        Body::OneRow(shape) => (shape, "\"~rows\"", true),
    };
    match shape {
        Shape::List { strip_nulls } => json(sql, rows, one, strip_nulls),
        Shape::Object { strip_nulls } => json(sql, rows, true, strip_nulls),
        Shape::Csv => csv(sql),
        Shape::Handled(handler) => handled(sql, handler, body),
    }
}

fn json(sql: &mut Sql, rows: &'static str, one: bool, strip_nulls: bool) {
    sql.push("coalesce(");
    if strip_nulls {
        sql.push("json_strip_nulls(");
    }
    sql.push("json_agg(").push(rows).push(")");
    if one {
        sql.push("->0");
    }
    if strip_nulls {
        sql.push(")");
    }
    sql.push(if one { ", 'null')" } else { ", '[]')" });
}

/// The keys of the first row, then each row as PostgreSQL writes composite values; without rows there are no keys.
fn csv(sql: &mut Sql) {
    sql.push("coalesce((select string_agg(\"key\", ',') from json_object_keys(json_agg(").ident(ROWS);
    sql.push(")->0) as \"key\"), '') || chr(10) || coalesce(string_agg(substring(")
        .ident(ROWS)
        .push("::text, 2, length(");
    sql.ident(ROWS).push("::text) - 2), chr(10)), '')");
}

/// What a handler makes: an aggregate over the rows, or the one value of a function in its domain.
fn handled(sql: &mut Sql, handler: &MediaHandler, body: Body<'_>) {
    // What clients of the dialect read is the binary form, where jsonb begins with its version.
    let is_jsonb = handler.base_type == "jsonb";
    if is_jsonb {
        sql.push("jsonb_send(");
    }
    sql.member(&handler.schema, &handler.name);
    match (body, &handler.target) {
        (Body::Scalar { set: false, .. }, _) => sql.push("(").member(ROWS, SCALAR).push(")"),
        (_, Some((schema, name))) => sql.push("(").ident(ROWS).push("::").member(schema, name).push(")"),
        (_, None) => sql.push("(").ident(ROWS).push(")"),
    };
    if is_jsonb {
        sql.push(")");
    }
}
