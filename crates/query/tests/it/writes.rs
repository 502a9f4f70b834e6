//! Inserts, updates, deletes.

use expect_test::expect_file;

use crate::ask::{check, plan};

#[test]
fn a_row_is_inserted_and_nothing_said() {
    check(
        "POST /contacts\n\n{\"first_name\":\"Ann\",\"tags\":[\"a\"],\"custom\":{}}",
        expect_file!["golden/write_insert.sql"],
    );
}

#[test]
fn an_inserted_row_is_shown_with_its_embeds() {
    check(
        "POST /contacts?select=id,organization:organizations(name)\nPrefer: return=representation\nAccept: application/vnd.pgrst.object+json\n\n{\"first_name\":\"Ann\"}",
        expect_file!["golden/write_insert_shown.sql"],
    );
}

#[test]
fn rows_are_inserted_with_chosen_columns_and_defaults() {
    check(
        "POST /contacts?columns=\"first_name\",\"email\",\"created_at\"&select=*\nPrefer: missing=default, return=representation\n\n[{\"first_name\":\"Ann\"},{\"email\":\"b@x.test\",\"extra\":1}]",
        expect_file!["golden/write_insert_defaults.sql"],
    );
}

#[test]
fn an_empty_list_inserts_nothing() {
    check("POST /stages\nPrefer: return=representation\n\n[]", expect_file!["golden/write_insert_nothing.sql"]);
}

#[test]
fn objects_without_keys_are_rows_of_defaults() {
    check("POST /places\n\n[{},{}]", expect_file!["golden/write_insert_empty.sql"]);
    check("POST /places\n\n{}", expect_file!["golden/write_insert_default.sql"]);
}

#[test]
fn the_place_of_a_new_row_leaves_the_tenant_out() {
    check(
        "POST /stages\nPrefer: return=headers-only\n\n{\"name\":\"New\"}",
        expect_file!["golden/write_insert_location.sql"],
    );
}

#[test]
fn an_upsert_meets_the_primary_key() {
    check(
        "POST /contacts?select=id\nPrefer: resolution=merge-duplicates, return=representation\n\n[{\"id\":\"00000000-0000-0000-0000-000000000001\",\"first_name\":\"Ann\"}]",
        expect_file!["golden/write_upsert.sql"],
    );
}

#[test]
fn an_upsert_by_a_key_need_not_name_the_tenant() {
    check(
        "POST /memberships?on_conflict=user_id\nPrefer: resolution=ignore-duplicates\n\n{\"user_id\":\"00000000-0000-0000-0000-000000000001\"}",
        expect_file!["golden/write_upsert_ignore.sql"],
    );
}

#[test]
fn csv_and_forms_are_bodies_too() {
    check(
        "POST /places\nContent-Type: text/csv\n\nid,name\n1,\"a \"\"b\"\"\"\n2,NULL\n",
        expect_file!["golden/write_csv.sql"],
    );
    check(
        "POST /places\nContent-Type: application/x-www-form-urlencoded\n\nid=1&name=a+b",
        expect_file!["golden/write_form.sql"],
    );
}

#[test]
fn an_update_changes_what_its_filters_choose() {
    check(
        "PATCH /opportunities?id=eq.00000000-0000-0000-0000-000000000001&select=id,stages(name)&stages.kind=eq.open&order=id&limit=1\nPrefer: return=representation\n\n{\"stage_id\":\"00000000-0000-0000-0000-000000000002\",\"board_position\":\"a1\"}",
        expect_file!["golden/write_update.sql"],
    );
}

#[test]
fn an_update_without_keys_does_nothing() {
    check("PATCH /stages?id=eq.x\n\n{}", expect_file!["golden/write_update_nothing.sql"]);
}

#[test]
fn an_update_may_take_defaults() {
    check(
        "PATCH /contacts?id=eq.00000000-0000-0000-0000-000000000001&columns=first_name,created_at\nPrefer: missing=default\n\n[{\"first_name\":\"Ann\"}]",
        expect_file!["golden/write_update_defaults.sql"],
    );
}

#[test]
fn a_value_that_is_neither_object_nor_list_has_no_rows() {
    for body in ["5", "\"x\"", "true", "null"] {
        let sql = plan(&format!("POST /stages\n\n{body}")).unwrap().sql;
        assert!(sql.contains("select from generate_series(1, 0)"), "{body}: {sql}");
    }
}

#[test]
fn a_delete_may_ask_for_embeds() {
    check(
        "DELETE /contacts?select=id,organizations()&organizations=is.null&deleted_at=not.is.null\nPrefer: return=representation",
        expect_file!["golden/write_delete.sql"],
    );
    check("DELETE /stages?id=eq.00000000-0000-0000-0000-000000000001", expect_file!["golden/write_delete_minimal.sql"]);
}

#[test]
fn a_put_is_an_upsert_of_the_named_row() {
    check("PUT /places?id=eq.7\n\n{\"id\":7,\"name\":\"x\"}", expect_file!["golden/write_put.sql"]);
}
