//! What a row of a relation and the arguments of a function look like.
//!
//! In: the catalog's relations, keys and functions. Out: [`Schema`]s.
//! Invariant: a key is told in the words tools look for: `<pk/>` and `<fk table='…' column='…'/>`.

use std::borrow::Cow;

use schema::{Argument, Catalog, Column, ForeignKey, Relation, RelationKind};

use super::document::Schema;
use super::{Detail, Offered, OfferedRelation, types};

/// A row of this relation.
pub(super) fn of_relation<'a>(
    catalog: &'a Catalog,
    relation: &'a Relation,
    offered: &'a OfferedRelation,
    detail: Detail,
) -> Schema<'a> {
    // A search column is there for filters: no row shows it.
    let columns = || relation.columns.iter().filter(|column| detail == Detail::Dialect || !column.search);
    Schema {
        description: relation.comment.as_deref().map(Cow::Borrowed),
        r#type: Some("object"),
        required: columns()
            .filter(|column| !column.nullable)
            .map(|column| Cow::Borrowed(column.name.as_str()))
            .collect(),
        properties: columns()
            .map(|column| {
                let base = offered.base_types.get(&column.name).map(String::as_str);
                (column.name.clone(), of_column(catalog, relation, column, base, detail))
            })
            .collect(),
        ..Schema::default()
    }
}

/// The arguments of this function as one object.
pub(super) fn of_arguments(offered: Offered<'_>) -> Schema<'_> {
    let required = offered.named_arguments().filter(|(argument, _)| argument.required);
    let property = |(argument, r#type): (&Argument, _)| (argument.name.clone(), of_type(Cow::Borrowed(r#type)));
    Schema {
        description: offered.function.comment.as_deref().map(Cow::Borrowed),
        r#type: Some("object"),
        required: required.map(|(argument, _)| Cow::Borrowed(argument.name.as_str())).collect(),
        properties: offered.named_arguments().map(property).collect(),
        ..Schema::default()
    }
}

fn of_column<'a>(
    catalog: &Catalog,
    relation: &Relation,
    column: &'a Column,
    base: Option<&'a str>,
    detail: Detail,
) -> Schema<'a> {
    let sql_type = types::of_column(column, base);
    Schema {
        description: description(catalog, relation, column, detail),
        max_length: column.max_length,
        default: column.default_sql.as_deref().and_then(|sql| types::default_value(sql, &sql_type)),
        one_of: &column.enum_values,
        nullable: detail == Detail::Full && column.nullable,
        ..of_type(sql_type)
    }
}

fn of_type(sql_type: Cow<'_, str>) -> Schema<'_> {
    let items = types::element(&sql_type)
        .map(|element| Box::new(Schema { r#type: types::json_type(element), ..Schema::default() }));
    Schema { r#type: types::json_type(&sql_type), items, format: Some(types::format(sql_type)), ..Schema::default() }
}

/// The column's comment, and below it the keys it is part of.
fn description<'a>(catalog: &Catalog, relation: &Relation, column: &'a Column, detail: Detail) -> Option<Cow<'a, str>> {
    let comment = column.comment.as_deref();
    let mut note = String::new();
    if relation.primary_key.contains(&column.name) {
        note.push_str("\nThis is a Primary Key.<pk/>");
    }
    if let Some((table, target)) = target(catalog, relation, column, detail) {
        note.push_str(&format!(
            "\nThis is a Foreign Key to `{table}.{target}`.<fk table='{table}' column='{target}'/>"
        ));
    }
    if note.is_empty() {
        return comment.map(Cow::Borrowed);
    }
    let above = comment.map(|comment| format!("{comment}\n\n")).unwrap_or_default();
    Some(Cow::Owned(format!("{above}Note:{note}")))
}

/// What the column points at; a table rather than a view of it.
fn target<'a>(
    catalog: &'a Catalog,
    relation: &Relation,
    column: &Column,
    detail: Detail,
) -> Option<(&'a str, &'a str)> {
    let is_view = |key: &ForeignKey| {
        catalog
            .relation(&key.target_schema, &key.target)
            .is_some_and(|found| matches!(found.kind, RelationKind::View | RelationKind::MaterializedView))
    };
    let own = |key: &&ForeignKey| key.schema == relation.schema && key.relation == relation.name;
    let keys = catalog.foreign_keys.iter().filter(own);
    let hits = keys.filter_map(|key| Some((is_view(key), key.target.as_str(), pointing(key, column, detail)?)));
    hits.min_by_key(|(is_view, ..)| *is_view).map(|(_, table, target)| (table, target))
}

/// The column at the other end, when this one alone makes up the key. In a full description a column that has the same
/// name at both ends (a tenant's id) does not count.
fn pointing<'a>(key: &'a ForeignKey, column: &Column, detail: Detail) -> Option<&'a str> {
    let mut pairs = key
        .columns
        .iter()
        .zip(&key.target_columns)
        .filter(|(from, to)| key.columns.len() == 1 || detail == Detail::Dialect || from != to);
    match (pairs.next(), pairs.next()) {
        (Some((from, to)), None) if *from == column.name => Some(to),
        _ => None,
    }
}
