//! Any body of a write or a call is refused or planned, and leaves no trace in the statement but parameters and names.
#![no_main]

#[path = "../../../crates/query/tests/it/ask.rs"]
#[allow(dead_code, unreachable_pub)]
mod ask;
#[path = "../../../crates/query/tests/it/fixture.rs"]
mod fixture;
#[path = "../../../crates/query/tests/it/skeleton.rs"]
mod skeleton;

use libfuzzer_sys::fuzz_target;

const REQUESTS: [&str; 8] = [
    "POST /contacts\nContent-Type: application/json",
    "POST /contacts\nContent-Type: text/csv",
    "POST /contacts\nContent-Type: application/x-www-form-urlencoded",
    "POST /contacts?on_conflict=id\nContent-Type: application/json\nPrefer: resolution=merge-duplicates, missing=default",
    "PATCH /contacts?id=eq.1\nContent-Type: application/json",
    "PUT /contacts?id=eq.1\nContent-Type: application/json",
    "POST /rpc/add\nContent-Type: application/json",
    "POST /rpc/add\nContent-Type: application/x-www-form-urlencoded",
];

fuzz_target!(|text: &str| {
    let (choice, body) = text.split_at_checked(1).unwrap_or_default();
    let request = REQUESTS[usize::from(choice.bytes().next().unwrap_or_default()) % REQUESTS.len()];
    if let Ok(plan) = ask::plan(&format!("{request}\n\n{body}")) {
        skeleton::assert_is_ours(&plan.sql);
    }
});
