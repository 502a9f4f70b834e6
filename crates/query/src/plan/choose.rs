//! Which function a call means.
//!
//! In: the catalog, the request and what it gives. Out: the function, or who might have been meant.
//! Invariant: the name and the names of the arguments decide; types play no part.

use schema::{Argument, Catalog, Function};

use super::call::{CallRequest, Method};
use super::given::Given;
use super::similar::closest;
use crate::error::QueryError;
use crate::request::payload::Media;

/// How the function takes what it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Each argument by its name.
    Name,
    /// The whole body as its one argument, which has no name.
    Body,
}

/// The function that is meant: one that takes the given names, else one that takes the body.
pub(super) fn choose<'a>(
    catalog: &'a Catalog,
    request: &CallRequest<'_>,
    given: &Given<'_>,
) -> Result<(&'a Function, By), QueryError> {
    let all = || catalog.functions.iter().filter(|function| function.schema == request.schema);
    let overloads: Vec<&Function> = all().filter(|function| function.name == request.function).collect();
    let one_of = |found: Vec<&'a Function>| match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let list = several.iter().map(|function| candidate(function)).collect::<Vec<_>>().join(", ");
            Err(QueryError::ambiguous_function(&list))
        }
    };
    let by_name = overloads.iter().copied().filter(|function| takes(function, given)).collect();
    if let Some(function) = one_of(by_name)? {
        return Ok((function, By::Name));
    }
    let by_body =
        overloads.iter().copied().filter(|function| given.body.is_some_and(|body| takes_body(function, body)));
    if let Some(function) = one_of(by_body.collect())? {
        return Ok((function, By::Body));
    }
    if given.uneven {
        return Err(QueryError::uneven_keys());
    }
    let meant = if given.is_raw() {
        None
    } else if overloads.is_empty() {
        closest(request.function, all().map(|function| function.name.as_str())).map(str::to_owned)
    } else {
        let known: Vec<String> = overloads.iter().map(|function| in_brackets(&names_of(function))).collect();
        let meant = closest(&in_brackets(&given.names), known.iter().map(String::as_str));
        meant.map(|arguments| format!("{}{arguments}", request.function))
    };
    Err(not_found(request, given, meant.as_deref()))
}

/// Does it take exactly these names: all that it requires, and none that it lacks.
fn takes(function: &Function, given: &Given<'_>) -> bool {
    let arguments = &function.arguments;
    if given.uneven || arguments.is_empty() && given.is_raw() {
        return false;
    }
    given.names.iter().all(|name| !name.is_empty() && arguments.iter().any(|argument| argument.name == *name))
        && arguments.iter().all(|argument| !argument.required || given.names.contains(&argument.name))
}

/// Does it take such a body whole, as its one unnamed argument.
fn takes_body(function: &Function, body: Media) -> bool {
    let [Argument { name, sql_type, .. }] = function.arguments.as_slice() else { return false };
    let types: &[&str] = match body {
        Media::Json => &["json", "jsonb"],
        Media::Text => &["text"],
        Media::Xml => &["xml"],
        Media::Bytes => &["bytea"],
        Media::Csv | Media::Form | Media::Other => &[],
    };
    name.is_empty() && types.contains(&sql_type.as_str())
}

fn names_of(function: &Function) -> Vec<String> {
    let mut names: Vec<_> = function.arguments.iter().map(|argument| argument.name.clone()).collect();
    names.sort_unstable();
    names
}

fn in_brackets(names: &[String]) -> String {
    format!("({})", names.join(", "))
}

fn candidate(function: &Function) -> String {
    let arguments = function.arguments.iter().map(|one| format!("{} => {}", one.name, one.sql_type));
    format!("{}.{}({})", function.schema, function.name, arguments.collect::<Vec<_>>().join(", "))
}

fn not_found(request: &CallRequest<'_>, given: &Given<'_>, meant: Option<&str>) -> QueryError {
    let name = format!("{}.{}", request.schema, request.function);
    let single = |what: &str| format!("with a single unnamed {what} parameter");
    let (called, with) = match (given.body, given.names.as_slice()) {
        (Some(Media::Text), _) => (name.clone(), single("text")),
        (Some(Media::Xml), _) => (name.clone(), single("xml")),
        (Some(Media::Bytes), _) => (name.clone(), single("bytea")),
        (_, []) => (format!("{name} without parameters"), String::from("without parameters")),
        (_, [one]) => (format!("{name}({one})"), format!("with parameter {one}")),
        (_, several) => {
            let list = several.join(", ");
            (format!("{name}({list})"), format!("with parameters {list}"))
        }
    };
    let is_json = request.method == Method::Post && given.body == Some(Media::Json);
    let or = if is_json { " or with a single unnamed json/jsonb parameter" } else { "" };
    QueryError::no_function(
        format!("Could not find the function {called} in the schema cache"),
        format!("Searched for the function {name} {with}{or}, but no matches were found in the schema cache."),
        meant.map(|meant| format!("Perhaps you meant to call the function {}.{meant}", request.schema)),
    )
}
