//! Every path of the document.
//!
//! In: the offered relations and functions. Out: the root, `/{relation}` and `/rpc/{function}`, each with its verbs.
//! Invariant: a function that may write is only called by POST.

use schema::{Relation, Volatility};

use super::document::{Pairs, PathItem};
use super::{Detail, Offered, OfferedRelation, operation};

/// The paths, the root first.
pub(super) fn all<'a>(
    relations: &[(&'a Relation, &OfferedRelation)],
    functions: &[Offered<'a>],
    detail: Detail,
) -> Pairs<PathItem<'a>> {
    let root = PathItem { get: Some(operation::read_document()), ..PathItem::default() };
    let tables = relations
        .iter()
        .map(|(relation, offered)| (format!("/{}", relation.name), of_relation(relation, offered, detail)));
    let mut paths: Pairs<PathItem<'a>> = std::iter::once((String::from("/"), root)).chain(tables).collect();
    for offered in functions {
        paths.put(format!("/rpc/{}", offered.function.name), of_function(*offered, detail));
    }
    paths
}

fn of_relation<'a>(relation: &'a Relation, offered: &OfferedRelation, detail: Detail) -> PathItem<'a> {
    // The dialect tells all verbs as soon as one is possible; who wants to know more looks at the privileges.
    let writable = relation.insertable || relation.updatable || relation.deletable;
    let (insert, update, delete) = match detail {
        Detail::Dialect => (writable, writable, writable),
        Detail::Full => (
            relation.insertable && offered.insert,
            relation.updatable && offered.update,
            relation.deletable && offered.delete,
        ),
    };
    PathItem {
        get: Some(operation::read(relation, detail)),
        post: insert.then(|| operation::insert(relation, detail)),
        patch: update.then(|| operation::update(relation, detail)),
        delete: delete.then(|| operation::delete(relation, detail)),
    }
}

fn of_function(offered: Offered<'_>, detail: Detail) -> PathItem<'_> {
    let reads = offered.function.volatility != Volatility::Volatile;
    PathItem {
        get: reads.then(|| operation::ask(offered, detail)),
        post: Some(operation::call(offered, detail)),
        ..PathItem::default()
    }
}
