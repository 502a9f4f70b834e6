//! Functions of a row: asked for like columns, and like related rows.

use expect_test::{expect, expect_file};

use crate::ask::{check, plan, refused};

#[test]
fn a_function_of_the_row_gives_related_rows() {
    check("GET /places?select=name,carried(id,origin(name))", expect_file!["golden/function_embed.sql"]);
}

#[test]
fn a_page_carries_the_row_that_functions_take() {
    check(
        "GET /shipments?select=*,route,origin(name)&order=route,origin(name)&limit=3",
        expect_file!["golden/function_page.sql"],
    );
}

#[test]
fn rows_of_a_function_are_filtered_required_and_counted() {
    check(
        "GET /places?select=name,carried!inner(id),labels()&labels=is.null&carried.weight=gt.2\n\
         Prefer: count=exact",
        expect_file!["golden/function_inner.sql"],
    );
}

#[test]
fn a_write_returns_what_functions_of_its_rows_need() {
    check(
        "POST /shipments?select=id,route,origin(name)\nPrefer: return=representation\n\n{\"from_id\":1}",
        expect_file!["golden/function_write.sql"],
    );
}

#[test]
fn a_write_chooses_rows_by_what_functions_of_them_give() {
    check(
        "PATCH /shipments?select=id,origin(name)&or=(origin.is.null,id.eq.1)\nPrefer: return=representation\n\n{\"to_id\":1}",
        expect_file!["golden/function_chooses.sql"],
    );
}

#[test]
fn the_rows_of_a_call_have_functions_too() {
    check(
        "GET /rpc/shipments_over?least=1&select=route,origin(name)&limit=2",
        expect_file!["golden/function_call.sql"],
    );
}

#[test]
fn a_function_stands_in_the_place_of_the_keys_to_its_namesake() {
    let sql = plan("GET /places?select=labels(text)").unwrap().sql;
    assert!(sql.contains(r#""public"."labels"("places".*::"public"."places")"#), "{sql}");
}

#[test]
fn parents_are_not_ordered_by_a_function_of_many_rows() {
    refused(
        "GET /places?select=carried(id)&order=carried(id)",
        expect![[
            r#"400 {"code":"PGRST118","details":"'places' and 'carried' do not form a many-to-one or one-to-one relationship","hint":null,"message":"A related order on 'carried' is not possible"}"#
        ]],
    );
}
