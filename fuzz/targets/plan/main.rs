//! Any request is refused or planned, and names and values stay within their quotes or parameters.
//!
//! In: a line for what is asked, one for `Prefer`, one for `Accept`. It is planned against the catalog of the planner's
//! own tests, as those tests do it.
#![no_main]

#[path = "../../../crates/query/tests/it/ask.rs"]
#[allow(dead_code, unreachable_pub)]
mod ask;
#[path = "../../../crates/query/tests/it/fixture.rs"]
mod fixture;
#[path = "../../../crates/query/tests/it/skeleton.rs"]
mod skeleton;

use libfuzzer_sys::fuzz_target;

const ROUTES: [&str; 8] = [
    "GET /contacts?",
    "HEAD /organizations?",
    "GET /opportunities?",
    "DELETE /contacts?",
    "GET /rpc/add?",
    "GET /rpc/shipments_over?",
    "GET /places?",
    "PATCH /labels?",
];

fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let (route, query) = lines.next().unwrap_or_default().split_at_checked(1).unwrap_or_default();
    let route = ROUTES[usize::from(route.bytes().next().unwrap_or_default()) % ROUTES.len()];
    let prefer = lines.next().unwrap_or_default();
    let accept = lines.next().unwrap_or("*/*");
    if let Ok(plan) = ask::plan(&format!("{route}{query}\nPrefer: {prefer}\nAccept: {accept}")) {
        skeleton::assert_is_ours(&plan.sql);
        if let Some(probe) = &plan.probe {
            skeleton::assert_is_ours(&probe.sql);
            skeleton::assert_is_ours(&probe.narrowed_sql);
        }
    }
});
