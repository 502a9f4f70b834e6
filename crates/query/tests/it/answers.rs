//! From a statement's row to status and headers.

use crate::ask::{plan, plan_with};
use query::{Answer, Body, Options, QueryError, ResultRow};

fn answer(request: &str, rows: u64, total: Option<u64>) -> Result<Answer, QueryError> {
    let row = ResultRow { page_total: rows, total_result_set: total, body: Some(b"[]"), ..ResultRow::default() };
    plan(request).unwrap().answer(&row, None)
}

#[test]
fn a_read_tells_its_range() {
    let cases = [
        ("GET /stages", 3, None, 200, "0-2/*"),
        ("GET /stages", 0, None, 200, "*/*"),
        ("GET /stages?limit=2&offset=2\nPrefer: count=exact", 2, Some(9), 206, "2-3/9"),
        ("GET /stages?limit=2\nPrefer: count=exact", 2, Some(2), 200, "0-1/2"),
        ("GET /stages?offset=9\nPrefer: count=exact", 0, Some(9), 206, "*/9"),
        ("GET /stages\nPrefer: count=exact", 0, Some(0), 200, "*/0"),
        ("GET /stages?offset=900", 0, None, 200, "*/*"),
        ("POST /rpc/add\n\n{\"a\":1}", 1, None, 200, "0-0/*"),
    ];
    for (request, rows, total, status, range) in cases {
        let answer = answer(request, rows, total).unwrap();
        assert_eq!((answer.status, answer.content_range.as_str()), (status, range), "{request}");
    }
}

#[test]
fn a_write_tells_what_it_did() {
    let cases = [
        ("POST /places\n\n{}", 1, 201, "*/*"),
        ("POST /places\nPrefer: count=exact\n\n{}", 1, 201, "*/1"),
        ("PATCH /places\n\n{\"name\":\"x\"}", 2, 204, "0-1/*"),
        ("PATCH /places\nPrefer: return=representation, count=exact\n\n{\"name\":\"x\"}", 2, 200, "0-1/2"),
        ("PATCH /places\n\n{\"name\":\"x\"}", 0, 204, "*/*"),
        ("DELETE /places", 2, 204, "*/*"),
        ("DELETE /places\nPrefer: return=representation", 2, 200, "*/*"),
        ("POST /rpc/bump\n\n{\"a\":1}", 1, 204, "0-0/*"),
    ];
    for (request, rows, status, range) in cases {
        let answer = answer(request, rows, Some(rows)).unwrap();
        assert_eq!((answer.status, answer.content_range.as_str()), (status, range), "{request}");
    }
}

#[test]
fn an_upsert_that_added_nothing_is_no_creation() {
    let plan = plan("POST /places\nPrefer: resolution=merge-duplicates\n\n{\"id\":1}").unwrap();
    let status = |inserted| {
        let row = ResultRow { page_total: 1, inserted: Some(inserted), ..ResultRow::default() };
        plan.answer(&row, None).unwrap().status
    };
    assert_eq!((status(1), status(0)), (201, 200));
    let nothing = "POST /places\nPrefer: resolution=merge-duplicates\n\n[]";
    assert_eq!(answer(nothing, 0, Some(0)).unwrap().status, 200);
}

#[test]
fn a_put_puts_exactly_the_row_that_the_address_names() {
    let put = |prefer: &str, rows, inserted| {
        let plan = plan(&format!("PUT /places?id=eq.1{prefer}\n\n{{\"id\":1}}")).unwrap();
        assert!(plan.decides);
        let row = ResultRow { page_total: rows, inserted: Some(inserted), ..ResultRow::default() };
        plan.answer(&row, None).map(|answer| answer.status)
    };
    let shown = "\nPrefer: return=representation";
    assert_eq!((put(shown, 1, 1), put(shown, 1, 0), put("", 1, 1)), (Ok(201), Ok(200), Ok(204)));
    assert_eq!(put(shown, 0, 0).unwrap_err().code, "PGRST115");
}

#[test]
fn the_place_of_a_new_row_is_an_address() {
    let plan = plan("POST /places\nPrefer: return=headers-only\n\n{}").unwrap();
    let place = |key| {
        let row = ResultRow { page_total: 1, location: key, ..ResultRow::default() };
        plan.answer(&row, None).unwrap().location
    };
    assert_eq!(
        place(Some(r#"[["k","a & b+ü"],["l",null]]"#)).as_deref(),
        Some("/places?k=eq.a%20%26%20b%2B%C3%BC&l=is.null")
    );
    assert_eq!(place(None), None);
}

#[test]
fn one_object_needs_one_row() {
    let request =
        "PATCH /places\nPrefer: return=representation\nAccept: application/vnd.pgrst.object+json\n\n{\"name\":\"x\"}";
    assert!(plan(request).unwrap().decides);
    let silent = "DELETE /places\nAccept: application/vnd.pgrst.object+json";
    assert!(plan(silent).unwrap().decides);
    assert_eq!(answer(silent, 2, None).unwrap_err().code, "PGRST116");
    assert_eq!(answer(request, 2, None).unwrap_err().code, "PGRST116");
    assert_eq!(answer(request, 1, None).unwrap().status, 200);
}

#[test]
fn a_write_touches_no_more_than_allowed() {
    let request = "DELETE /places\nPrefer: handling=strict, max-affected=2";
    assert_eq!(
        answer(request, 3, None).unwrap_err().to_json(),
        r#"{"code":"PGRST124","details":"The query affects 3 rows","hint":null,"message":"Query result exceeds max-affected preference constraint"}"#
    );
    assert!(answer(request, 2, None).is_ok());
}

#[test]
fn a_range_behind_the_end_cannot_be_given() {
    let error = answer("GET /stages?offset=100\nPrefer: count=exact", 0, Some(3)).unwrap_err();
    assert_eq!((error.status, error.code), (416, "PGRST103"));
    assert_eq!(error.total, Some(3));
}

#[test]
fn the_planner_is_believed_beyond_what_was_counted() {
    let plan = |max_rows| {
        let options = Options { max_rows, ..Options::default() };
        plan_with("GET /stages?limit=1\nPrefer: count=estimated", options).unwrap()
    };
    let total = |max_rows, counted, planned: u64| {
        let row = ResultRow { page_total: 1, total_result_set: Some(counted), ..ResultRow::default() };
        let explain = format!(r#"[{{"Plan":{{"Plan Rows":{planned}}}}}]"#);
        plan(max_rows).answer(&row, Some(&explain)).unwrap().content_range
    };
    assert_eq!(total(Some(1000), 7, 5000), "0-0/7");
    assert_eq!(total(Some(1000), 1001, 5000), "0-0/5000");
    assert_eq!(total(Some(1000), 1001, 10), "0-0/1001");
    assert_eq!(total(None, 7, 5000), "0-0/5000", "where lists have no end, nothing says where counting should");
    assert_eq!(total(None, 7, 5), "0-0/7");
}

#[test]
fn an_exact_count_beyond_what_is_allowed_is_an_estimate_and_says_so() {
    let options = Options { max_exact_count: Some(10), ..Options::default() };
    let plan = plan_with("GET /stages?limit=1&offset=40\nPrefer: count=exact, handling=lenient", options).unwrap();
    assert!(plan.sql.contains("limit 11) as \"counted\""), "{}", plan.sql);
    let told = |counted, planned: u64| {
        let row = ResultRow { page_total: 1, total_result_set: Some(counted), ..ResultRow::default() };
        let answer = plan.answer(&row, Some(&format!(r#"[{{"Plan":{{"Plan Rows":{planned}}}}}]"#)));
        answer.map(|answer| (answer.content_range, answer.preference_applied)).map_err(|error| error.code)
    };
    let said = |range: &str, applied: &str| Ok((range.to_owned(), format!("{applied}, handling=lenient")));
    assert_eq!(told(11, 5000), said("40-40/5000", "count=estimated"));
    // Never fewer than were seen: a page that is there is no page behind the end.
    assert_eq!(told(11, 3), said("40-40/41", "count=estimated"));
    assert_eq!(told(10, 5000), Err("PGRST103"));
}

#[test]
fn applied_preferences_are_told_in_order() {
    let applied = |request: &str| answer(request, 1, Some(1)).unwrap().preference_applied;
    let all = "Prefer: count=exact,return=representation\nPrefer: resolution=merge-duplicates, missing=default, tx=commit, handling=lenient, return=minimal";
    assert_eq!(
        applied(&format!("POST /places\n{all}\n\n{{\"id\":1}}")),
        "resolution=merge-duplicates, missing=default, return=representation, count=exact, tx=commit, handling=lenient"
    );
    assert_eq!(applied(&format!("GET /places\n{all}")), "count=exact, tx=commit, handling=lenient");
    assert_eq!(
        applied("POST /memos\nPrefer: resolution=merge-duplicates, return=minimal\n\n{\"text\":\"x\"}"),
        "return=minimal",
        "without a key nothing can be resolved"
    );
    assert_eq!(applied("DELETE /places\nPrefer: missing=default, return=minimal"), "return=minimal");
}

#[test]
fn a_time_zone_that_is_not_there_is_no_preference() {
    let applied = |zone: &str| {
        let request = format!("GET /places\nPrefer: timezone={zone}");
        answer(&request, 1, None).unwrap().preference_applied
    };
    assert_eq!(
        (applied("Europe/Berlin").as_str(), applied("Europe/Atlantis").as_str()),
        ("timezone=Europe/Berlin", "")
    );
    let strict = plan("GET /places\nPrefer: handling=strict, timezone=Europe/Atlantis").unwrap_err();
    assert_eq!(strict.code, "PGRST122");
}

#[test]
fn a_head_request_tells_the_type_of_what_it_leaves_out() {
    for request in ["HEAD /stages", "HEAD /rpc/names", "HEAD /rpc/add?a=1"] {
        assert!(matches!(answer(request, 1, None).unwrap().body, Body::Row { .. }), "{request}");
    }
}

#[test]
fn headers_of_a_function_are_passed_on() {
    let plan = plan("POST /rpc/add\n\n{\"a\":1}").unwrap();
    let headers = |text| {
        let row = ResultRow {
            page_total: 1,
            response_headers: Some(text),
            response_status: Some("418"),
            ..ResultRow::default()
        };
        plan.answer(&row, None)
    };
    let answer = headers(r#"[{"X-A":"1"},{"X-B":"2"}]"#).unwrap();
    assert_eq!(answer.status, 418);
    assert_eq!(answer.headers.len(), 2);
    assert_eq!(headers("{}").unwrap_err().code, "PGRST111");
}

#[test]
fn a_planned_total_is_never_less_than_what_was_seen() {
    let plan = plan("GET /stages?limit=2&offset=2\nPrefer: count=planned").unwrap();
    let total = |rows, planned: u64| {
        let row = ResultRow { page_total: rows, ..ResultRow::default() };
        plan.answer(&row, Some(&format!(r#"[{{"Plan":{{"Plan Rows":{planned}}}}}]"#))).unwrap().content_range
    };
    assert_eq!(total(2, 1), "2-3/4");
    assert_eq!(total(2, 9), "2-3/9");
    assert_eq!(total(1, 9), "2-2/3");
    assert_eq!(total(0, 9), "*/9");
    let options = Options { corrects_plans: false, ..Options::default() };
    let plan = plan_with("GET /stages?limit=2\nPrefer: count=planned", options).unwrap();
    let row = ResultRow { page_total: 1, ..ResultRow::default() };
    let answer = plan.answer(&row, Some(r#"[{"Plan":{"Plan Rows":9}}]"#)).unwrap();
    assert_eq!((answer.status, answer.content_range.as_str()), (206, "0-0/9"), "where the guess itself is wanted");
}
