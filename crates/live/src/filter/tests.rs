//! Claims about filters.

use std::sync::Arc;

use bytes::Bytes;
use proptest::prelude::*;
use schema::{Column, RelationKind};

use super::*;

const COLUMNS: &[(&str, &str)] = &[
    ("name", "text"),
    ("amount", "numeric"),
    ("done", "bool"),
    ("due_at", "timestamptz"),
    ("id", "uuid"),
    ("ratio", "float8"),
];

fn relation() -> Relation {
    let column = |(name, type_name): &(&str, &str)| Column {
        name: (*name).to_owned(),
        type_name: (*type_name).to_owned(),
        sql_type: (*type_name).to_owned(),
        nullable: true,
        has_default: false,
        default_sql: None,
        generated: false,
        search: false,
        search_sources: Vec::new(),
        enum_values: Vec::new(),
        max_length: None,
        representation: schema::Representation::default(),
        comment: None,
    };
    Relation {
        oid: 1,
        schema: "public".into(),
        name: "t".into(),
        kind: RelationKind::Table,
        columns: COLUMNS.iter().map(column).collect(),
        primary_key: vec!["id".into()],
        unique_keys: Vec::new(),
        indexes: Vec::new(),
        whole_cost: 1_000_000,
        row_security: true,
        insertable: true,
        updatable: true,
        deletable: true,
        comment: None,
    }
}

fn matches(filter: &str, column: &str, value: Option<&str>) -> bool {
    let columns: Vec<ChangeColumn> =
        COLUMNS.iter().map(|(name, _)| ChangeColumn { name: Arc::from(*name), type_oid: 0, key: false }).collect();
    let row = Row {
        values: COLUMNS
            .iter()
            .map(|(name, _)| match value {
                Some(value) if *name == column => Value::Text(Bytes::copy_from_slice(value.as_bytes())),
                _ => Value::Null,
            })
            .collect(),
    };
    Filter::parse(filter, &relation()).unwrap().matches(&columns, &row)
}

#[test]
fn a_filter_compares_as_the_columns_type_does() {
    let cases = [
        ("amount=eq.10", "amount", "10.00", true),
        ("amount=gt.9", "amount", "10.00", true),
        ("amount=lt.9", "amount", "-10.5", true),
        ("amount=lte.123456789012345678.90", "amount", "123456789012345678.91", false),
        ("ratio=gte.1e3", "ratio", "1000", true),
        ("done=eq.true", "done", "t", true),
        ("done=is.false", "done", "t", false),
        ("due_at=lt.2024-01-01T00:00:00+02:00", "due_at", "2023-12-31 21:59:59+00", true),
        ("due_at=gte.2024-01-01", "due_at", "2024-01-01 00:00:00+00", true),
        ("id=eq.A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "id", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", true),
        ("name=neq.Ann", "name", "Bob", true),
        ("name=in.(Ann,\"Bob, Jr\")", "name", "Bob, Jr", true),
        ("name=not.in.(Ann,Bob)", "name", "Bob", false),
        ("name=like.*nn%", "name", "Ann", true),
        ("name=like.a_n", "name", "Ann", false),
        ("name=ilike.a_n", "name", "Ann", true),
        ("name=like.100\\%", "name", "100%", true),
        ("name=like.100\\%", "name", "1000", false),
        ("name=isdistinct.Ann", "name", "Ann", false),
        ("name=eq.Smith, Ann", "name", "Smith, Ann", true),
        ("name=eq.\"a,amount=eq.1\"", "name", "a,amount=eq.1", true),
        ("", "name", "anything", true),
    ];
    for (filter, column, value, expected) in cases {
        assert_eq!(matches(filter, column, Some(value)), expected, "{filter} on {value}");
    }
}

#[test]
fn null_matches_only_what_asks_for_it() {
    for filter in ["name=eq.a", "name=not.eq.a", "name=neq.a", "name=not.in.(a)", "name=not.like.a", "done=is.true"] {
        assert!(!matches(filter, "name", None), "{filter}");
    }
    for filter in ["name=is.null", "name=isdistinct.a", "done=not.is.true"] {
        assert!(matches(filter, "name", None), "{filter}");
    }
    assert!(!matches("name=not.is.null", "name", None));
}

#[test]
fn several_conditions_all_hold() {
    assert!(matches("name=eq.Ann,amount=is.null", "name", Some("Ann")));
    assert!(!matches("name=eq.Ann,amount=gt.1", "name", Some("Ann")));
}

#[test]
fn a_filter_that_cannot_work_is_refused() {
    let many = format!("name=in.({})", vec!["a"; 101].join(","));
    let cases = [
        ("name", FilterError::Grammar("name".into())),
        ("=eq.1", FilterError::Grammar("=eq.1".into())),
        ("salary=eq.1", FilterError::UnknownColumn("salary".into())),
        ("name=match.^a", FilterError::UnknownOperator("match".into())),
        ("amount=gt.much", FilterError::BadValue { column: "amount".into(), value: "much".into() }),
        ("name=is.odd", FilterError::BadValue { column: "name".into(), value: "odd".into() }),
        ("name=in.a", FilterError::Grammar("a".into())),
        (many.as_str(), FilterError::LongList),
    ];
    for (filter, expected) in cases {
        assert_eq!(Filter::parse(filter, &relation()), Err(expected));
    }
}

proptest! {
    #[test]
    fn any_text_is_a_filter_or_an_error(text in ".{0,60}", tail in "(name|amount|id)=(not\\.)?(eq|in|like|is|gt)\\.[^a]{0,20}") {
        let _ = Filter::parse(&text, &relation());
        let _ = Filter::parse(&tail, &relation());
    }

    #[test]
    fn decimals_order_as_numbers(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000) {
        let text = |n: i64| format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100);
        prop_assert_eq!(matches(&format!("amount=lt.{}", text(b)), "amount", Some(&text(a))), a < b);
        prop_assert_eq!(matches(&format!("amount=eq.{}", text(b)), "amount", Some(&text(a))), a == b);
    }
}
