//! Calls of functions.

use expect_test::expect_file;

use crate::ask::{check, plan};
use query::Access;

#[test]
fn a_scalar_is_given_bare() {
    check("POST /rpc/add\n\n{\"a\":1,\"b\":2}", expect_file!["golden/call_scalar.sql"]);
}

#[test]
fn arguments_come_in_the_query_too() {
    check("GET /rpc/add?a=1", expect_file!["golden/call_get.sql"]);
}

#[test]
fn rows_of_a_function_are_filtered_and_embed() {
    check(
        "GET /rpc/shipments_over?least=5&select=id,places!from_id(name)&weight=lt.9&order=id&limit=3\nPrefer: count=exact",
        expect_file!["golden/call_rows.sql"],
    );
}

#[test]
fn one_row_is_one_object() {
    check("POST /rpc/first_place", expect_file!["golden/call_one_row.sql"]);
}

#[test]
fn a_set_of_scalars_is_a_list() {
    check("POST /rpc/names?limit=2", expect_file!["golden/call_scalars.sql"]);
}

#[test]
fn nothing_is_given_for_void() {
    check("POST /rpc/bump\n\n{\"a\":1}", expect_file!["golden/call_void.sql"]);
}

#[test]
fn the_last_argument_may_take_the_rest() {
    check("POST /rpc/add_all\n\n{\"values\":[1,2]}", expect_file!["golden/call_variadic.sql"]);
}

#[test]
fn an_unnamed_argument_takes_the_body() {
    check("POST /rpc/take\n\n{\"x\":1}", expect_file!["golden/call_body.sql"]);
}

#[test]
fn only_a_volatile_function_called_by_post_may_write() {
    let access = |request: &str| plan(request).unwrap().access;
    assert_eq!(access("POST /rpc/bump\n\n{\"a\":1}"), Access::Write);
    assert_eq!(access("GET /rpc/bump?a=1"), Access::Read);
    assert_eq!(access("POST /rpc/first_place"), Access::Read);
}
