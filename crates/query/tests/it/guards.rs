//! Reads that no index serves, and what a probe does for those that only look as if none did.

use expect_test::{Expect, expect, expect_file};
use query::{Options, Plan};

use crate::ask::{check, plan_with};

const DEAR: &str = r#"[{"Plan": {"Node Type": "Seq Scan", "Total Cost": 1000.51}}]"#;
const CHEAP: &str = r#"[{"Plan": {"Node Type": "Limit", "Total Cost": 999.4}}]"#;

fn planned(query: &str) -> Plan {
    plan_with(&format!("GET /contacts?{query}"), Options { max_cost: Some(1000), ..Options::default() }).unwrap()
}

#[test]
fn what_an_index_serves_is_not_asked_about() {
    for query in [
        "",
        "id=eq.1",
        "id=in.(1,2)",
        "deleted_at=is.null&order=created_at.desc,id.desc&limit=100",
        "deleted_at=is.null&order=last_name,first_name,id&limit=100&offset=100000",
        "deleted_at=is.null&order=last_name,id&or=(last_name.gt.Mae,and(last_name.eq.Mae,id.gt.1))",
        "organization_id=eq.1&city=eq.Oslo&description=ilike.*x*",
        "deleted_at=is.null&created_at=gt.2026-01-01&order=created_at.desc",
        "deleted_at=is.null&do_not_contact=is.null&city=gt.A&assigned_user_id=eq.1&description=ilike.*x*",
        "deleted_at=is.null&do_not_contact=not.is.not_null&city=not.is.null&assigned_user_id=in.(1,2)",
        "deleted_at=is.null&search_text=ilike.*smith*&city=eq.Oslo",
        "deleted_at=is.null&custom->>plan=eq.gold&city=eq.Oslo",
        "deleted_at=is.null&order=custom->>plan,id&limit=100",
        "deleted_at=is.null&custom->score=gt.90&order=custom->score.desc.nullslast&limit=100",
        "deleted_at=is.null&custom->score=gt.90&order=custom->score.desc&limit=100",
    ] {
        assert_eq!(planned(query).guard, None, "{query}");
    }
}

fn refused(query: &str, expected: Expect) {
    let guard = planned(query).guard.unwrap_or_else(|| panic!("{query} is not asked about"));
    assert!(guard.judge(CHEAP).is_ok(), "{query}: a cheap statement is refused");
    assert!(guard.judge("nothing that can be read").is_ok());
    let error = guard.judge(DEAR).unwrap_err();
    expected.assert_eq(&format!("{} {}", error.status, error.to_json()));
}

#[test]
fn a_hopeless_read_is_refused_with_the_index_that_is_missing() {
    refused(
        "deleted_at=is.null&city=eq.Oslo&order=created_at.desc",
        expect![[
            r#"422 {"code":"PGRSTX01","details":"The database expects a cost of 1001; 1000 is the most.","hint":"city: it needs an index on contacts (workspace_id, city) where deleted_at is null","message":"No index leads from city to the rows of contacts, which has too many"}"#
        ]],
    );
    refused(
        "deleted_at=is.null&order=city&limit=10",
        expect![[
            r#"422 {"code":"PGRSTX01","details":"The database expects a cost of 1001; 1000 is the most.","hint":"city: sorting by it needs an index on contacts (workspace_id, city, id) where deleted_at is null","message":"No index leads from city to the rows of contacts, which has too many"}"#
        ]],
    );
    refused(
        "or=(description.ilike.*x*,city.eq.Oslo)",
        expect![[
            r#"422 {"code":"PGRSTX01","details":"The database expects a cost of 1001; 1000 is the most.","hint":"description: no index finds parts of its text; ask search_text and leave deleted records out; city: it needs an index on contacts (workspace_id, city) where deleted_at is null","message":"No index leads from description and city to the rows of contacts, which has too many"}"#
        ]],
    );
    refused(
        "deleted_at=is.null&custom->>shoe_size=eq.44",
        expect![[
            r#"422 {"code":"PGRSTX01","details":"The database expects a cost of 1001; 1000 is the most.","hint":"custom->>shoe_size: an administrator can have the field shoe_size indexed (custom_fields.indexed)","message":"No index leads from custom->>shoe_size to the rows of contacts, which has too many"}"#
        ]],
    );
    refused(
        "deleted_at=is.null&custom->>score=eq.44",
        expect![[
            r#"422 {"code":"PGRSTX01","details":"The database expects a cost of 1001; 1000 is the most.","hint":"custom->>score: ask by custom->score or custom->>score, whichever fits its type, and leave deleted records out","message":"No index leads from custom->>score to the rows of contacts, which has too many"}"#
        ]],
    );
    refused(
        "other_emails->0->>value=eq.x",
        expect![[
            r#"422 {"code":"PGRSTX01","details":"The database expects a cost of 1001; 1000 is the most.","hint":"other_emails->0->>value: no index reaches into it","message":"No index leads from other_emails->0->>value to the rows of contacts, which has too many"}"#
        ]],
    );
}

#[test]
fn an_index_that_lacks_rows_of_the_answer_serves_nothing() {
    for query in [
        "deleted_at=is.null&do_not_contact=is.null&assigned_user_id=eq.1",
        "deleted_at=is.null&city=eq.Oslo&assigned_user_id=eq.1",
        "do_not_contact=is.null&city=eq.Oslo&assigned_user_id=eq.1",
        "deleted_at=not.is.null&order=created_at.desc",
        "deleted_at=is.null&do_not_contact=is.null&city=isdistinct.Oslo&assigned_user_id=eq.1",
    ] {
        assert!(planned(query).guard.is_some(), "{query}");
    }
}

#[test]
fn without_a_limit_of_cost_nothing_is_asked() {
    let plan = plan_with("GET /contacts?description=ilike.*x*", Options::default()).unwrap();
    assert_eq!(plan.guard, None);
}

#[test]
fn a_relation_that_is_small_as_a_whole_is_not_asked_about() {
    let options = Options { max_cost: Some(2_000_000), ..Options::default() };
    assert_eq!(plan_with("GET /contacts?description=ilike.*x*", options).unwrap().guard, None);
}

#[test]
fn the_planner_is_asked_for_the_page_where_it_can_know_how_common_a_value_is() {
    let explained = |query: &str| planned(query).guard.unwrap().explain;
    assert!(explained("deleted_at=is.null&city=eq.Oslo&order=created_at.desc&limit=50").contains("limit 50"));
    let worst = explained("deleted_at=is.null&description=ilike.*x*&order=created_at.desc&limit=50");
    assert!(!worst.contains("limit"), "of a fragment it knows nothing, so the worst is assumed: {worst}");
}

#[test]
fn a_member_with_an_index_is_probed_first() {
    check(
        "GET /contacts?select=id&deleted_at=is.null&custom->>plan=in.(gold,\"si,lver\")&order=created_at.desc&limit=50",
        expect_file!["golden/read_member_probe.sql"],
    );
    check(
        "GET /contacts?select=id&deleted_at=is.null&custom->score=gte.90&order=created_at.desc&limit=50",
        expect_file!["golden/read_json_member_probe.sql"],
    );
}

#[test]
fn a_list_with_an_index_is_probed_first() {
    check(
        "GET /contacts?select=id&deleted_at=is.null&tags=cs.{vip}&order=created_at.desc&limit=50",
        expect_file!["golden/read_list_probe.sql"],
    );
}

#[test]
fn a_sort_by_a_member_is_the_one_of_its_index() {
    check(
        "GET /contacts?select=id&deleted_at=is.null&custom->>plan=gt.a&order=custom->>plan.desc.nullslast,id.desc&limit=50",
        expect_file!["golden/read_member_order.sql"],
    );
}

#[test]
fn a_probe_is_for_live_records_of_an_index_that_is_there() {
    for query in [
        "custom->>plan=eq.gold",
        "deleted_at=is.null&custom->>other=eq.gold",
        "deleted_at=is.null&custom->>score=eq.1",
        "deleted_at=is.null&custom->>plan=not.eq.gold",
        "deleted_at=is.null&custom->>plan=neq.gold",
        "deleted_at=is.null&custom->plan->>x=eq.gold",
        "deleted_at=is.null&tags=cd.{vip}",
        "deleted_at=is.null&custom->>plan=eq.gold&id=eq.1",
    ] {
        assert_eq!(planned(query).probe, None, "{query}");
    }
}
