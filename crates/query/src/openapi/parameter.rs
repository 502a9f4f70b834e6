//! What requests can carry beside their body: filters, order, limits, preferences.
//!
//! In: relations and functions. Out: [`Parameter`]s, those that many paths share by name.
//! Invariant: every parameter that a path refers to is here.

use std::borrow::Cow;

use schema::{Argument, Column, Relation};

use super::document::{Pairs, Parameter, ParameterOrReference, Reference, Schema};
use super::{Offered, OfferedRelation, definition, types};

/// A reference to a shared parameter.
pub(super) fn shared_one<'a>(name: &str) -> ParameterOrReference<'a> {
    ParameterOrReference::Reference(Reference::new("parameters", name))
}

/// The name under which the filter on a column is shared.
pub(super) fn filter_name(relation: &str, column: &str) -> String {
    format!("rowFilter.{relation}.{column}")
}

/// The name under which the body of a write is shared.
pub(super) fn body_name(relation: &str) -> String {
    format!("body.{relation}")
}

/// Every shared parameter.
pub(super) fn shared<'a>(relations: &[(&'a Relation, &OfferedRelation)]) -> Pairs<Parameter<'a>> {
    const RETURN: [&str; 3] = ["return=representation", "return=minimal", "return=none"];
    const RESOLUTION: [&str; 2] = ["resolution=ignore-duplicates", "resolution=merge-duplicates"];
    let paging = "Limiting and Pagination";
    let fixed = [
        ("preferParams", preference(Vec::new())),
        ("preferReturn", preference(RETURN.to_vec())),
        ("preferCount", preference(vec!["count=none"])),
        ("preferPost", preference([&RETURN[..], &RESOLUTION[..]].concat())),
        ("select", text("select", "Filtering Columns", "query")),
        ("on_conflict", text("on_conflict", "On Conflict", "query")),
        ("order", text("order", "Ordering", "query")),
        ("range", text("Range", paging, "header")),
        ("rangeUnit", Parameter { default: Some("items"), ..text("Range-Unit", paging, "header") }),
        ("offset", text("offset", paging, "query")),
        ("limit", text("limit", paging, "query")),
    ];
    let fixed = fixed.into_iter().map(|(name, parameter)| (name.to_owned(), parameter));
    let own = relations.iter().flat_map(|(relation, _)| {
        let filters = relation.columns.iter().map(|column| (filter_name(&relation.name, &column.name), filter(column)));
        std::iter::once((body_name(&relation.name), body(relation))).chain(filters)
    });
    fixed.chain(own).collect()
}

/// The arguments of a function that is called by GET.
pub(super) fn in_query(offered: Offered<'_>) -> Vec<ParameterOrReference<'_>> {
    let parameters = offered.named_arguments().map(|(argument, r#type)| argument_in_query(argument, r#type));
    parameters.map(|parameter| ParameterOrReference::Parameter(Box::new(parameter))).collect()
}

/// The arguments of a function that is called by POST.
pub(super) fn in_body(offered: Offered<'_>) -> Vec<ParameterOrReference<'_>> {
    let arguments = Parameter {
        name: Cow::Borrowed("args"),
        required: true,
        r#in: "body",
        schema: Some(definition::of_arguments(offered)),
        ..Parameter::default()
    };
    vec![ParameterOrReference::Parameter(Box::new(arguments)), shared_one("preferParams")]
}

fn argument_in_query<'a>(argument: &'a Argument, sql_type: &'a str) -> Parameter<'a> {
    let given = Parameter {
        name: Cow::Borrowed(&argument.name),
        required: argument.required,
        r#in: "query",
        ..Parameter::default()
    };
    if let (true, Some(element)) = (argument.variadic, types::element(sql_type)) {
        let items = Schema {
            r#type: types::json_type(element),
            format: Some(types::format(Cow::Borrowed(element))),
            ..Schema::default()
        };
        return Parameter { r#type: Some("array"), items: Some(items), collection_format: Some("multi"), ..given };
    }
    // A list is written as PostgreSQL writes it, and JSON as text.
    let r#type = types::json_type(sql_type).filter(|name| *name != "array").unwrap_or("string");
    Parameter { r#type: Some(r#type), format: Some(types::format(Cow::Borrowed(sql_type))), ..given }
}

fn text<'a>(name: &'a str, description: &'a str, place: &'static str) -> Parameter<'a> {
    Parameter {
        name: Cow::Borrowed(name),
        description: Some(Cow::Borrowed(description)),
        r#in: place,
        r#type: Some("string"),
        ..Parameter::default()
    }
}

fn preference<'a>(one_of: Vec<&'static str>) -> Parameter<'a> {
    Parameter { one_of, ..text("Prefer", "Preference", "header") }
}

fn filter(column: &Column) -> Parameter<'_> {
    Parameter {
        name: Cow::Borrowed(&column.name),
        description: column.comment.as_deref().map(Cow::Borrowed),
        r#in: "query",
        r#type: Some("string"),
        ..Parameter::default()
    }
}

fn body(relation: &Relation) -> Parameter<'_> {
    let row = Schema { reference: Some(Reference::new("definitions", &relation.name)), ..Schema::default() };
    Parameter {
        name: Cow::Borrowed(&relation.name),
        description: Some(Cow::Borrowed(&relation.name)),
        r#in: "body",
        schema: Some(row),
        ..Parameter::default()
    }
}
