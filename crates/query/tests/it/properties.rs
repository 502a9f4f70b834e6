//! What holds for every text.

use proptest::prelude::*;

use query::request::{Values, parse};

use crate::ask::plan;
use crate::grammar;
use crate::skeleton::assert_is_ours;

/// Texts that look like requests now and then.
fn requests() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "select=",
        "&",
        "*",
        ",",
        "id",
        "name",
        "organizations",
        "contacts",
        "!",
        "inner",
        "(",
        ")",
        ":",
        "::",
        "text",
        ".",
        "eq",
        "not",
        "or=",
        "and",
        "in.(",
        "like",
        "->",
        "->>",
        "0",
        "\"",
        "\\",
        "'",
        "$1",
        ";",
        "--",
        "order=",
        "desc",
        "limit=",
        "5",
        "...",
        "=",
        "%27",
        "%22",
        "+",
        "ü",
        "is.null",
        "fts(",
        "{",
        "}",
        "count()",
        "sum()",
        "created_at",
    ]);
    prop::collection::vec(prop_oneof![8 => word.prop_map(str::to_owned), 1 => any::<String>()], 0..24)
        .prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_planner_panic(query in any::<String>()) {
        let _ = plan(&format!("GET /contacts?{query}"));
    }

    #[test]
    fn names_and_values_never_leave_their_quotes(query in prop_oneof![requests(), grammar::requests()]) {
        if let Ok(plan) = plan(&format!("GET /contacts?{query}")) {
            assert_is_ours(&plan.sql);
        }
    }

    #[test]
    fn a_value_is_always_a_parameter(value in "[^&#%+\n]{1,20}") {
        let plan = plan(&format!("GET /stages?select=id&name=eq.{value}")).unwrap();
        prop_assert_eq!(&plan.params, &vec![Some(value)]);
    }

    #[test]
    fn planning_is_repeatable(query in requests()) {
        let request = format!("GET /organizations?{query}");
        let (once, again) = (plan(&request), plan(&request));
        match (once, again) {
            (Ok(once), Ok(again)) => prop_assert_eq!((once.sql, once.params, once.name), (again.sql, again.params, again.name)),
            (once, again) => prop_assert_eq!(once.err(), again.err()),
        }
    }

    #[test]
    fn what_is_printed_reads_as_the_same_query(query in prop_oneof![requests(), grammar::requests()]) {
        for values in [Values::Conditions, Values::ConditionsOrArguments] {
            if let Ok(read) = parse(&query, values) {
                let printed = read.to_string();
                prop_assert_eq!(parse(&printed, values), Ok(read), "{}", printed);
            }
        }
    }
}

#[test]
fn requests_of_every_kind_survive_printing() {
    let text = "select=*,a:b->c->>\"d e\"->-1::int4.sum()::text,n:count(),...x!inner!y(*,z()),q!left(id)\
        &a.b.\"order\"=not.in.(\"x,y\",z,)&x.not.or=(a.eq.{1,2},not.and(b.like(any).{a*},c.fts(english).w),d.is.NULL)\
        &select=id&order=a->>b.desc.nullslast,r(c)&x.limit=5&offset=7&columns=\"a\",b&on_conflict=c&d=wfts.a b&e=isdistinct.5";
    let read = parse(text, Values::Conditions).unwrap();
    assert_eq!(parse(&read.to_string(), Values::Conditions), Ok(read));
}
