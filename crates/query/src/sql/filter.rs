//! Conditions as SQL.
//!
//! In: resolved [`Filter`]s and the name of the relation they test.
//! Out: boolean expressions.
//! Invariant: every value is a parameter of unspecified type, so PostgreSQL coerces it to the column's type.

use schema::{Column, Relation};

use super::fragments::{Sql, array_literal};
use super::select::exists;
use crate::plan::tree::{Filter, Node};
use crate::plan::window::{self, Window};
use crate::request::field::{Field, JsonKey};
use crate::request::filter::{Condition, Quantifier, Test};

/// Writes one of the conditions that all must hold; a window as a comparison of rows, which an index can start from.
pub(crate) fn required(sql: &mut Sql, node: &Node<'_>, alias: &str, filter: &Filter) {
    let Some(Window { keys, operator, whole }) = window::of(filter, node.relation) else {
        self::filter(sql, node, alias, filter);
        return;
    };
    sql.push("row(").join(", ", &keys, |sql, (field, _)| {
        sql.member(alias, &field.name);
    });
    sql.push(") ").push(operator.sql()).push(" row(").join(", ", &keys, |sql, (_, value)| {
        sql.param(*value);
    });
    sql.push(")");
    if !whole {
        sql.push(" and ");
        self::filter(sql, node, alias, filter);
    }
}

/// Writes one condition on the rows of `node`, which SQL calls `alias`.
pub(crate) fn filter(sql: &mut Sql, node: &Node<'_>, alias: &str, filter: &Filter) {
    match filter {
        Filter::Test(test) => condition(sql, node.relation, alias, test),
        Filter::Group { negated, joined, branches } => {
            sql.push(if *negated { "not (" } else { "(" });
            let between = match joined.word() {
                "and" => " and ",
                _ => " or ",
            };
            sql.join(between, branches, |sql, branch| self::filter(sql, node, alias, branch)).push(")");
        }
        Filter::Embedded { embed, present } => {
            if let Some(embed) = node.embeds.get(*embed) {
                if !present {
                    sql.push("not ");
                }
                exists(sql, node, alias, embed);
            }
        }
    }
}

fn condition(sql: &mut Sql, relation: Option<&Relation>, alias: &str, condition: &Condition) {
    let Condition { field, negated, test } = condition;
    if *negated {
        sql.push("not (");
    }
    match test {
        Test::Compare { operator, quantifier, value } => {
            let column = column(relation, field);
            let folds = operator.is_like() && quantifier.is_none() && column.is_some_and(|column| column.search);
            self::field(sql, relation, alias, field);
            sql.push(" ").push(if folds { "like" } else { operator.sql() }).push(" ");
            match quantifier {
                // The pattern is folded like the column, once for the whole statement.
                _ if folds => sql.push("(select app.fold(").param(value).push("))"),
                None => text(sql, column.filter(|_| !operator.is_like()), value),
                Some(Quantifier::Any) => sql.push("any(").param(value).push(")"),
                Some(Quantifier::All) => sql.push("all(").param(value).push(")"),
            };
        }
        Test::In(values) => {
            self::field(sql, relation, alias, field);
            let list = array_literal(values.iter().map(String::as_str));
            match column(relation, field).and_then(|column| column.representation.from_text.as_ref()) {
                Some(function) => {
                    sql.push(" = any(array(select ").catalog_sql(function).push("(\"~value\") from unnest(");
                    sql.param(list).push("::text[]) as \"~value\"))");
                }
                None => {
                    sql.push(" = any(").param(list).push(")");
                }
            }
        }
        Test::Is(value) => {
            self::field(sql, relation, alias, field);
            sql.push(" is ").push(value.sql());
        }
        Test::Distinct(value) => {
            self::field(sql, relation, alias, field);
            sql.push(" is distinct from ");
            text(sql, column(relation, field), value);
        }
        Test::Search { kind, language, words } => {
            // A column that the catalog does not know is computed, and may well be a vector.
            let column = relation.and_then(|relation| relation.column(&field.name));
            if field.is_plain() && column.is_none_or(|column| column.type_name == "tsvector") {
                self::field(sql, relation, alias, field);
            } else {
                sql.push("to_tsvector(");
                if let Some(language) = language {
                    sql.literal(language).push(", ");
                }
                self::field(sql, relation, alias, field);
                sql.push(")");
            }
            sql.push(" @@ ").push(kind.function()).push("(");
            if let Some(language) = language {
                sql.literal(language).push(", ");
            }
            sql.param(words).push(")");
        }
    }
    if *negated {
        sql.push(")");
    }
}

/// The column, when it is asked for itself.
fn column<'r>(relation: Option<&'r Relation>, field: &Field) -> Option<&'r Column> {
    relation.filter(|_| field.is_plain())?.column(&field.name)
}

/// Writes a value, read by the column's domain if that has a way of its own.
fn text<'s>(sql: &'s mut Sql, column: Option<&Column>, value: &str) -> &'s mut Sql {
    match column.and_then(|column| column.representation.from_text.as_ref()) {
        Some(function) => sql.catalog_sql(function).push("(").param(value).push("::text)"),
        None => sql.param(value),
    }
}

/// Writes a column and the way into its JSON value.
pub(crate) fn field(sql: &mut Sql, relation: Option<&Relation>, alias: &str, field: &Field) {
    if field.path.is_empty() {
        sql.member(alias, &field.name);
        return;
    }
    let type_name = relation.and_then(|relation| relation.column(&field.name)).map(|column| column.type_name.as_str());
    let is_json = type_name.is_some_and(|name| matches!(name, "json" | "jsonb"));
    sql.push(if is_json { "(" } else { "(to_jsonb(" }).member(alias, &field.name);
    if !is_json {
        sql.push(")");
    }
    for step in &field.path {
        sql.push(if step.as_text { "->>" } else { "->" });
        match &step.key {
            JsonKey::Index(index) => sql.push("(").number(*index).push(")"),
            JsonKey::Name(name) => sql.literal(name),
        };
    }
    sql.push(")");
}
