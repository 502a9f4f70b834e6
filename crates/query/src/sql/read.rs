//! The main statement of a read, and the row it answers with.
//!
//! In: the root node and the form of the answer. Out: a [`Statement`] with one row of seven columns (see
//! [`crate::ResultRow`]).

use super::count;
use super::fragments::{Sql, Statement};
use super::select::{GIVEN, found, select};
use crate::plan::tree::{Node, Source};
use crate::request::accept::{Accept, Media};

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
pub(crate) enum Body {
    /// No body is sent.
    Absent,
    /// Rows, in the form asked for.
    Rows(Accept),
    /// The bare values of a column named [`SCALAR`]; one value unless it is a set.
    Scalar { set: bool, accept: Accept },
    /// One row of a function that gives one row.
    OneRow { accept: Accept },
}

/// The column that holds the value of a scalar function.
pub(crate) const SCALAR: &str = "pgrst_scalar";

/// The statement that reads a node.
pub(crate) fn read(node: &Node<'_>, body: Body, total: Total) -> Statement {
    let mut sql = Sql::new();
    write_read(&mut sql, node, body, total);
    sql.finish()
}

/// The statement that reads those rows of a node whose ids a probe has found; they are its first parameter.
pub(crate) fn read_found(node: &Node<'_>, body: Body, total: Total) -> Statement {
    let mut sql = Sql::after_one();
    sql.push("with ").ident(GIVEN).push(" as materialized (\n");
    found(&mut sql, node);
    sql.push("\n)\n");
    let passed = Node { source: Source::Given, filters: Vec::new(), ..node.clone() };
    write_read(&mut sql, &passed, body, total);
    sql.finish()
}

fn write_read(sql: &mut Sql, node: &Node<'_>, body: Body, total: Total) {
    sql.push("select ");
    write_total(sql, node, total);
    sql.push(" as total_result_set, count(*) as page_total, ");
    write_body(sql, node, body);
    sql.push(" as body, null as response_headers, null as response_status, null as inserted, null as location\nfrom (");
    select(sql, node, None);
    sql.push(") as \"t\"");
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

/// Writes the expression for `body`, over rows called `t`.
pub(crate) fn write_body(sql: &mut Sql, node: &Node<'_>, body: Body) {
    let (accept, rows, one) = match body {
        Body::Absent => {
            sql.push("null");
            return;
        }
        Body::Rows(accept) => (accept, "\"t\"", accept.media == Media::Object),
        Body::Scalar { set, accept } => (accept, "\"t\".\"pgrst_scalar\"", !set),
        Body::OneRow { accept } => (accept, "\"t\"", true),
    };
    if accept.media == Media::Csv {
        csv(sql, node);
        return;
    }
    sql.push("coalesce(");
    if accept.strip_nulls {
        sql.push("json_strip_nulls(");
    }
    sql.push("json_agg(").push(rows).push(")");
    if one {
        sql.push("->0");
    }
    if accept.strip_nulls {
        sql.push(")");
    }
    sql.push(if one { ", 'null')" } else { ", '[]')" });
}

/// A header line from the keys that are known, then each row as PostgreSQL writes composite values.
fn csv(sql: &mut Sql, node: &Node<'_>) {
    let header = node.output_keys().into_iter().map(csv_cell).collect::<Vec<_>>().join(",");
    sql.literal(&header);
    sql.push(" || coalesce(chr(10) || string_agg(substring(\"t\"::text, 2, length(\"t\"::text) - 2), chr(10)), '')");
}

fn csv_cell(key: &str) -> String {
    if key.contains([',', '"', '\n', '\r', ' ']) { format!("\"{}\"", key.replace('"', "\"\"")) } else { key.to_owned() }
}
