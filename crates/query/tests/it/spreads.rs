//! Embeds whose columns become the parent's, and what folds them.

use expect_test::{expect, expect_file};

use crate::ask::{check, plan};

#[test]
fn aggregates_of_a_spread_parent_fold_the_children() {
    check(
        "GET /shipments?select=weight.sum(),...places!from_id(place:name,id.max()::text,n:count())&order=places(place).desc",
        expect_file!["golden/spread_folded.sql"],
    );
}

#[test]
fn they_climb_to_the_first_that_is_no_spread() {
    check(
        "GET /places?select=name,shipments!from_id(...labels(text,...shipments(weight.sum(),...places!to_id(id.count()))))",
        expect_file!["golden/spread_climbing.sql"],
    );
}

#[test]
fn lists_have_no_aggregates() {
    let refusal = |request| plan(request).unwrap_err().to_json();
    let expected = expect![[
        r#"{"code":"PGRST127","details":"Aggregates are not implemented for one-to-many or many-to-many spreads.","hint":null,"message":"Feature not implemented"}"#
    ]];
    expected.assert_eq(&refusal("GET /places?select=name,...shipments!from_id(weight.sum())"));
    assert_eq!(
        refusal("GET /places?select=...shipments!from_id(weight.sum())"),
        refusal("GET /places?select=...shipments!from_id(...places!to_id(id.max()))"),
        "not even those of a parent's parent"
    );
}

#[test]
fn rows_are_grouped_by_what_a_spread_parent_embeds() {
    let sql = plan("GET /labels?select=count(),...shipments(weight,places!from_id(name))").unwrap().sql;
    assert!(sql.contains(r#""shipments_2"."weight" as "weight", "shipments_2"."places"::jsonb as "places""#), "{sql}");
}

#[test]
fn what_selects_nothing_is_not_shown() {
    let sql = |select: &str| plan(&format!("GET /shipments?select={select}")).unwrap().sql;
    assert_eq!(sql("id,labels()"), sql("id"));
    assert_eq!(sql("id,...labels(),...places!to_id(...shipments!from_id())"), sql("id"));
}
