//! From PostgreSQL's types to the ones of the document.
//!
//! In: a type as SQL writes it. Out: type and format of a Swagger 2.0 schema.
//! Invariant: a type nobody knows is a string whose format is the type's own name.

use std::borrow::Cow;

use schema::Column;
use serde_json::Value;

/// The JSON type in which values of this type come and go; none when any will do.
pub(super) fn json_type(sql_type: &str) -> Option<&'static str> {
    match sql_type {
        "boolean" => Some("boolean"),
        "smallint" | "integer" | "bigint" => Some("integer"),
        "numeric" | "real" | "double precision" => Some("number"),
        "json" | "jsonb" => None,
        other if other.ends_with("[]") => Some("array"),
        _ => Some("string"),
    }
}

/// The format: how wide an integer is, else the type's own name.
pub(super) fn format(sql_type: Cow<'_, str>) -> Cow<'_, str> {
    match sql_type.as_ref() {
        "smallint" | "integer" => Cow::Borrowed("int32"),
        "bigint" => Cow::Borrowed("int64"),
        _ => sql_type,
    }
}

/// The type of a list's elements.
pub(super) fn element(sql_type: &str) -> Option<&str> {
    sql_type.strip_suffix("[]")
}

/// A column's type without its length; `base` is the type below a domain.
pub(super) fn of_column<'a>(column: &'a Column, base: Option<&'a str>) -> Cow<'a, str> {
    without_length(base.unwrap_or(&column.sql_type))
}

/// A default value as JSON, when it is one that a document can hold.
pub(super) fn default_value(sql: &str, sql_type: &str) -> Option<Value> {
    if json_type(sql_type) != Some("string") {
        return serde_json::from_str(sql).ok();
    }
    let literal = sql.strip_suffix(sql_type).and_then(|rest| rest.strip_suffix("::"));
    let text = literal.map_or(sql, |literal| literal.trim_matches('\''));
    serde_json::from_str(&format!("\"{text}\"")).ok()
}

/// `numeric(18,2)` is `numeric`, `character varying(20)[]` is `character varying[]`.
fn without_length(sql_type: &str) -> Cow<'_, str> {
    let Some((front, rest)) = sql_type.split_once('(').filter(|_| !sql_type.contains('"')) else {
        return Cow::Borrowed(sql_type);
    };
    match rest.split_once(')') {
        Some((_, "")) => Cow::Borrowed(front),
        Some((_, tail)) => Cow::Owned(format!("{front}{tail}")),
        None => Cow::Borrowed(sql_type),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_length_is_no_part_of_a_type() {
        for (written, bare) in [
            ("numeric(18,2)", "numeric"),
            ("character varying(20)[]", "character varying[]"),
            ("timestamp(3) with time zone", "timestamp with time zone"),
            ("text", "text"),
            ("public.\"odd (name)\"", "public.\"odd (name)\""),
        ] {
            assert_eq!(without_length(written), bare);
        }
    }

    #[test]
    fn a_default_is_told_when_it_is_a_value() {
        for (sql, sql_type, value) in [
            ("'new'::text", "text", Some(json!("new"))),
            ("now()", "timestamp with time zone", Some(json!("now()"))),
            ("42", "integer", Some(json!(42))),
            ("42.2", "numeric", Some(json!(42.2))),
            ("false", "boolean", Some(json!(false))),
            ("nextval('s'::regclass)", "integer", None),
            ("'[]'::jsonb", "jsonb", None),
            ("'say \"hi\"'::text", "text", None),
        ] {
            assert_eq!(default_value(sql, sql_type), value, "{sql}");
        }
    }
}
