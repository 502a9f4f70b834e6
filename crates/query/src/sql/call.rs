//! The statement of a call: the function's rows as a common table expression, the answer read from them.
//!
//! In: a function, its arguments as JSON, and the node that the answer shows.
//! Out: a [`Statement`] with one row of seven columns (see [`crate::ResultRow`]).

use std::borrow::Cow;

use schema::{Argument, Function};

use super::fragments::{Sql, Statement};
use super::read::{Body, ROWS, SCALAR, Total, write_body, write_settings, write_total};
use super::select::{GIVEN, needs, select};
use crate::plan::media::Shape;
use crate::plan::tree::Node;

/// What a function is given.
#[derive(Debug)]
pub(crate) enum Arguments<'a> {
    /// Members of a JSON object, or of the first of a list, by name.
    Named { json: Cow<'a, str>, is_list: bool, arguments: Vec<&'a Argument> },
    /// The whole body, as its only argument.
    Body { text: Cow<'a, str>, sql_type: &'a str },
}

/// What the arguments are called.
const ARGUMENTS: &str = "~arguments";
/// What the function's result is called.
const CALLED: &str = "~called";

/// The statement of a call.
pub(crate) fn call(
    node: &Node<'_>,
    function: &Function,
    arguments: &Arguments<'_>,
    scalar: bool,
    body: Body<'_>,
    total: Total,
) -> Statement {
    let mut sql = Sql::new();
    sql.push("with ").ident(GIVEN).push(" as (\nselect ");
    if scalar {
        // As a value, because rows without known columns can only be that.
        called(&mut sql, function, arguments);
        sql.push(" as ").ident(SCALAR);
        record(&mut sql, arguments, "\nfrom ");
    } else {
        needs(&mut sql, node, CALLED, false);
        sql.push("\nfrom ");
        if record(&mut sql, arguments, "") {
            sql.push(", lateral ");
        }
        called(&mut sql, function, arguments);
        sql.push(" as ").ident(CALLED);
    }
    sql.push("\n)\nselect ");
    if matches!(body, Body::Scalar { set: false, shape: Shape::Handled(_) }) {
        // The value leaves as it is, so nothing folds the one row that it comes in.
        sql.push("1 as total_result_set, 1 as page_total, ");
    } else {
        write_total(&mut sql, node, total);
        sql.push(" as total_result_set, count(*) as page_total, ");
    }
    write_body(&mut sql, body);
    sql.push(" as body, ");
    write_settings(&mut sql);
    sql.push(", null as inserted, null as location\nfrom (");
    select(&mut sql, node, None);
    sql.push(") as ").ident(ROWS);
    sql.finish()
}

/// The call itself.
fn called(sql: &mut Sql, function: &Function, arguments: &Arguments<'_>) {
    sql.member(&function.schema, &function.name).push("(");
    match arguments {
        Arguments::Named { arguments, .. } => {
            sql.join(", ", arguments, |sql, argument| {
                if argument.variadic {
                    sql.push("variadic ");
                }
                sql.ident(&argument.name).push(" := ").member(ARGUMENTS, &argument.name);
            });
        }
        Arguments::Body { text, sql_type } => {
            sql.param(text.as_ref()).push("::").catalog_sql(sql_type);
        }
    }
    sql.push(")");
}

/// The named arguments as columns of a row, if there are any.
fn record(sql: &mut Sql, arguments: &Arguments<'_>, before: &'static str) -> bool {
    let Arguments::Named { json, is_list, arguments } = arguments else { return false };
    if arguments.is_empty() {
        return false;
    }
    sql.push(before).push("json_to_record(").param(json.as_ref());
    sql.push(if *is_list { "::json->0) as " } else { "::json) as " }).ident(ARGUMENTS).push("(");
    sql.join(", ", arguments, |sql, argument| {
        sql.ident(&argument.name).push(" ").catalog_sql(&argument.sql_type);
    });
    sql.push(")");
    true
}
