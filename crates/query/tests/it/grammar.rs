//! Requests that follow the grammar, with names and values that may be anything.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

/// A query string that reads well.
pub(crate) fn requests() -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        3 => filter().prop_map(|(field, test)| format!("{field}={test}")),
        1 => tree(),
        1 => prop::collection::vec(order(), 1..3).prop_map(|terms| format!("order={}", terms.join(","))),
        1 => (0_u32..5).prop_map(|rows| format!("limit={rows}")),
        1 => (0_u32..1000).prop_map(|rows| format!("offset={rows}")),
    ];
    let select = prop::collection::vec(item(), 1..4).prop_map(|items| format!("select={}", items.join(",")));
    (select, prop::collection::vec(parts, 0..4)).prop_map(|(select, parts)| {
        let parts = std::iter::once(select).chain(parts);
        parts.collect::<Vec<_>>().join("&")
    })
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02X}");
        encoded
    })
}

fn quoted(text: &str) -> String {
    encoded(&format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// A column of the table, or something that nobody would call a column.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(vec!["id", "first_name", "version", "custom", "tags", "created_at", "count"]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|name| quoted(&name)),
        1 => select(vec!["\"; drop table x; --", "'", "a\"\"b", "$1", "*/", "E'\\"]).prop_map(quoted),
    ]
}

fn field() -> impl Strategy<Value = String> {
    let step = (any::<bool>(), prop_oneof![any::<i16>().prop_map(|at| at.to_string()), name()]);
    let path = prop::collection::vec(step, 0..3);
    (name(), path).prop_map(|(name, path)| {
        path.into_iter().fold(name, |field, (text, key)| format!("{field}-%3E{}{key}", if text { "%3E" } else { "" }))
    })
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), select(vec!["'; --", "{1,2}", "$2", "\\", "\""]).prop_map(str::to_owned)]
        .prop_map(|value| quoted(&value))
}

fn test() -> impl Strategy<Value = String> {
    let operators = vec!["eq", "neq", "gt", "like", "ilike(any)", "match", "cs", "ov", "adj", "isdistinct", "eq(all)"];
    let test = prop_oneof![
        4 => (select(operators), value()).prop_map(|(operator, value)| format!("{operator}.{value}")),
        1 => select(vec!["is.null", "is.not_null", "is.unknown"]).prop_map(str::to_owned),
        1 => prop::collection::vec(value(), 0..4).prop_map(|values| format!("in.({})", values.join(","))),
        1 => (select(vec!["fts", "plfts(english)", "wfts(no such)"]), value()).prop_map(|(kind, words)| format!("{kind}.{words}")),
    ];
    (any::<bool>(), test).prop_map(|(not, test)| if not { format!("not.{test}") } else { test })
}

fn filter() -> impl Strategy<Value = (String, String)> {
    (field(), test())
}

fn tree() -> impl Strategy<Value = String> {
    let leaf = filter().prop_map(|(field, test)| format!("{field}.{test}"));
    let branch = leaf.prop_recursive(3, 8, 3, |branch| {
        let branches = prop::collection::vec(branch, 1..3);
        (select(vec!["and", "or", "not.and", "not.or"]), branches)
            .prop_map(|(word, branches)| format!("{word}({})", branches.join(",")))
    });
    prop::collection::vec(branch, 1..3).prop_map(|branches| format!("or=({})", branches.join(",")))
}

fn order() -> impl Strategy<Value = String> {
    let ways = vec!["", ".asc", ".desc", ".nullsfirst", ".desc.nullslast"];
    (field(), select(ways)).prop_map(|(field, way)| format!("{field}{way}"))
}

fn item() -> impl Strategy<Value = String> {
    let cast = || prop_oneof![3 => Just(""), 1 => select(vec!["::text", "::int4", "::no such type"])];
    let fold = select(vec!["", "", "", ".sum()", ".max()", ".count()"]);
    let column = (prop::option::of(name()), field(), cast(), fold).prop_map(|(alias, field, cast, fold)| {
        let alias = alias.map(|alias| format!("{alias}:")).unwrap_or_default();
        format!("{alias}{field}{cast}{fold}")
    });
    prop_oneof![
        6 => column,
        1 => Just(String::from("*")),
        1 => Just(String::from("count()")),
        1 => name().prop_map(|name| format!("organizations!inner({name},industry)")),
        1 => name().prop_map(|name| format!("...organizations({name},employees.sum())")),
        1 => name().prop_map(|alias| format!("{alias}:opportunity_contacts(opportunity_id)")),
    ]
}
