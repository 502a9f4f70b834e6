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
fn a_list_gives_its_first_object() {
    let plan = plan("POST /rpc/add\n\n[{\"a\":1,\"b\":2},{\"b\":3,\"a\":4}]").unwrap();
    assert!(plan.sql.contains("json_to_record($1::json->0)"), "{}", plan.sql);
}

#[test]
fn a_repeated_argument_is_a_list_only_where_the_function_takes_several() {
    let argument = |request: &str| plan(request).unwrap().params[0].clone().unwrap();
    assert_eq!(argument("GET /rpc/add_all?values=1&values=2"), r#"{"values":["1","2"]}"#);
    assert_eq!(argument("GET /rpc/add_all?values=1"), r#"{"values":["1"]}"#);
    assert_eq!(argument("GET /rpc/add?a=1&a=2"), r#"{"a":"2"}"#);
    let form = "POST /rpc/add_all\nContent-Type: application/x-www-form-urlencoded\n\nvalues=1&values=a+b";
    assert_eq!(argument(form), r#"{"values":["1","a b"]}"#);
}

#[test]
fn a_body_that_is_no_json_is_the_argument_of_a_function_that_takes_such() {
    let call = |head: &str, body: &str| plan(&format!("POST /rpc/{head}\n\n{body}"));
    let text = call("take_text\nContent-Type: text/plain; charset=utf-8", "a \"b\"").unwrap();
    assert!(text.sql.contains("\"take_text\"($1::text)"), "{}", text.sql);
    assert_eq!(text.params, [Some(String::from("a \"b\""))]);
    let bytes = call("take_bytes\nContent-Type: application/octet-stream", "aÿ").unwrap();
    assert!(bytes.sql.contains("\"take_bytes\"($1::bytea)"), "{}", bytes.sql);
    assert_eq!(bytes.params, [Some(String::from("\\x61c3bf"))]);
    let error = call("add\nContent-Type: text/xml", "<a/>").unwrap_err();
    assert_eq!(error.message, "Could not find the function public.add in the schema cache");
    assert!(error.to_json().contains("Searched for the function public.add with a single unnamed xml parameter, but"));
}

#[test]
fn any_json_may_be_the_argument_without_a_name() {
    for body in ["5", "[1,2]", "\"x\"", "{\"x\":1}"] {
        let plan = plan(&format!("POST /rpc/take\n\n{body}"));
        assert_eq!(plan.unwrap().params, [Some(body.to_owned())], "{body}");
    }
}

#[test]
fn only_a_volatile_function_called_by_post_may_write() {
    let access = |request: &str| plan(request).unwrap().access;
    assert_eq!(access("POST /rpc/bump\n\n{\"a\":1}"), Access::Write);
    assert_eq!(access("GET /rpc/bump?a=1"), Access::Read);
    assert_eq!(access("POST /rpc/first_place"), Access::Read);
}
