//! What one verb does on one path.
//!
//! In: a relation or a function. Out: an [`Operation`].
//! Invariant: the first line of a comment is the summary, what follows the description.

use std::borrow::Cow;

use schema::{Function, Relation, Returns};

use super::document::{Operation, ParameterOrReference, Reference, Response, Responses, Schema};
use super::{Detail, Offered, parameter};

/// Forms in which rows come and go.
pub(super) const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/vnd.pgrst.object+json;nulls=stripped",
    "application/vnd.pgrst.object+json",
    "text/csv",
];

const CALL_MEDIA_TYPES: &[&str] =
    &["application/json", "application/vnd.pgrst.object+json;nulls=stripped", "application/vnd.pgrst.object+json"];

const ROOT_MEDIA_TYPES: &[&str] = &["application/openapi+json", "application/json"];

/// A comment's first line, and the rest without the empty lines between.
pub(super) fn summary(comment: &str) -> (&str, &str) {
    let (first, rest) = comment.split_once('\n').unwrap_or((comment, ""));
    (first, rest.trim_start_matches('\n'))
}

/// `GET` on the document itself.
pub(super) fn read_document<'a>() -> Operation<'a> {
    Operation {
        tags: [Cow::Borrowed("Introspection")],
        summary: Some("OpenAPI description (this document)"),
        description: None,
        produces: Some(ROOT_MEDIA_TYPES),
        parameters: Vec::new(),
        responses: Responses::from([(String::from("200"), Response::plain("OK"))]),
    }
}

/// `GET` on a relation.
pub(super) fn read(relation: &Relation, detail: Detail) -> Operation<'_> {
    let mut parameters = filters(relation);
    for name in ["select", "order", "range", "rangeUnit", "offset", "limit", "preferCount"] {
        parameters.push(parameter::shared_one(name));
    }
    let answers = vec![("200", rows("OK", relation)), ("206", Response::plain("Partial Content"))];
    on_relation(relation, parameters, answers, detail)
}

/// `POST` on a relation.
pub(super) fn insert(relation: &Relation, detail: Detail) -> Operation<'_> {
    let body = parameter::body_name(&relation.name);
    let parameters = [body.as_str(), "select", "preferPost"].map(parameter::shared_one).into();
    let mut answers = vec![("201", Response::plain("Created"))];
    if detail == Detail::Full {
        answers.push(("200", Response::plain("Every row was there before")));
    }
    on_relation(relation, parameters, answers, detail)
}

/// `PATCH` on a relation.
pub(super) fn update(relation: &Relation, detail: Detail) -> Operation<'_> {
    let mut parameters = filters(relation);
    parameters.push(parameter::shared_one(&parameter::body_name(&relation.name)));
    parameters.push(parameter::shared_one("preferReturn"));
    on_relation(relation, parameters, changed(relation, detail), detail)
}

/// `DELETE` on a relation.
pub(super) fn delete(relation: &Relation, detail: Detail) -> Operation<'_> {
    let mut parameters = filters(relation);
    parameters.push(parameter::shared_one("preferReturn"));
    on_relation(relation, parameters, changed(relation, detail), detail)
}

/// `GET` on a function that only reads.
pub(super) fn ask(offered: Offered<'_>, detail: Detail) -> Operation<'_> {
    on_function(offered.function, parameter::in_query(offered), detail)
}

/// `POST` on a function.
pub(super) fn call(offered: Offered<'_>, detail: Detail) -> Operation<'_> {
    on_function(offered.function, parameter::in_body(offered), detail)
}

fn filters<'a>(relation: &Relation) -> Vec<ParameterOrReference<'a>> {
    let names = relation.columns.iter().map(|column| parameter::filter_name(&relation.name, &column.name));
    names.map(|name| parameter::shared_one(&name)).collect()
}

fn rows<'a>(description: &'static str, relation: &Relation) -> Response<'a> {
    Response::Inline { description, schema: Some(Box::new(Schema::rows_of(&relation.name))) }
}

fn changed<'a>(relation: &Relation, detail: Detail) -> Vec<(&'static str, Response<'a>)> {
    let mut answers = vec![("204", Response::plain("No Content"))];
    if detail == Detail::Full {
        answers.push(("200", rows("The rows, with return=representation", relation)));
    }
    answers
}

fn on_relation<'a>(
    relation: &'a Relation,
    parameters: Vec<ParameterOrReference<'a>>,
    answers: Vec<(&'static str, Response<'a>)>,
    detail: Detail,
) -> Operation<'a> {
    let (summary, description) = split(relation.comment.as_deref());
    let tags = [Cow::Borrowed(relation.name.as_str())];
    Operation { tags, summary, description, produces: None, parameters, responses: responses(answers, detail) }
}

fn on_function<'a>(function: &'a Function, parameters: Vec<ParameterOrReference<'a>>, detail: Detail) -> Operation<'a> {
    let (summary, description) = split(function.comment.as_deref());
    let mut answers = vec![("200", Response::plain("OK"))];
    if detail == Detail::Full {
        answers.push(("206", Response::plain("Partial Content")));
        if function.returns == Returns::Void {
            answers.push(("204", Response::plain("No Content")));
        }
    }
    Operation {
        tags: [Cow::Owned(format!("(rpc) {}", function.name))],
        summary,
        description,
        produces: Some(CALL_MEDIA_TYPES),
        parameters,
        responses: responses(answers, detail),
    }
}

fn split(comment: Option<&str>) -> (Option<&str>, Option<&str>) {
    let Some((first, rest)) = comment.map(summary) else { return (None, None) };
    (Some(first), Some(rest).filter(|rest| !rest.is_empty()))
}

fn responses<'a>(mut answers: Vec<(&'static str, Response<'a>)>, detail: Detail) -> Responses<'a> {
    if detail == Detail::Full {
        answers.push(("default", Response::Reference(Reference::new("responses", "Error"))));
    }
    answers.into_iter().map(|(status, answer)| (status.to_owned(), answer)).collect()
}
