//! Plans a call: `POST`, `GET` and `HEAD` on `/rpc/<function>`.
//!
//! In: a [`CallRequest`]. Out: a [`Plan`].
//! Invariant: a function is chosen by its name and the names of its arguments; types play no part.

use schema::{Argument, Catalog, Function, Returns, Volatility};

use super::media::{Made, negotiate};
use super::read::{count, explained, total};
use super::resolve::{cap, resolve};
use super::similar::most_similar;
use super::tree::Source;
use super::{Access, Options, Plan, checked};
use crate::answer::{AnswerPlan, Kind};
use crate::error::QueryError;
use crate::fingerprint::fingerprint;
use crate::read_set;
use crate::request::accept::Accept;
use crate::request::field::Field;
use crate::request::payload;
use crate::request::prefer::{Prefer, Verb};
use crate::request::range::Range;
use crate::request::select::{ColumnItem, Item};
use crate::request::{self, Query, Values};
use crate::sql::call::{Arguments, call};
use crate::sql::read::{Body, SCALAR};

/// What `/rest/v1/rpc/<function>` says.
#[derive(Debug, Clone, Copy)]
pub struct CallRequest<'a> {
    /// How it is called.
    pub method: Method,
    /// The schema, from the profile header or the default.
    pub schema: &'a str,
    /// The function's name, decoded.
    pub function: &'a str,
    /// The raw query string, without `?`.
    pub query: &'a str,
    /// The preferences.
    pub prefer: &'a Prefer,
    /// The form of the answer.
    pub accept: &'a Accept,
    /// The `Range` header.
    pub range: Option<Range>,
    /// The body's `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The body; only a POST has one.
    pub body: &'a [u8],
    /// What the installation allows.
    pub options: Options,
}

/// How a function is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Arguments in the query string.
    Get,
    /// The same without a body in the answer.
    Head,
    /// Arguments in the body.
    Post,
}

/// Plans a call.
pub fn plan_call(catalog: &Catalog, request: &CallRequest<'_>) -> Result<Plan, QueryError> {
    let is_post = request.method == Method::Post;
    let values = if is_post { Values::Conditions } else { Values::ConditionsOrArguments };
    let mut query = request::parse(request.query, values)?;
    let given = given(request, &mut query)?;
    let function = choose(catalog, request, &given.names)?;
    let is_unnamed = is_post && takes_body(function);
    let arguments = if is_unnamed {
        Arguments::Body { json: &given.json, sql_type: function.arguments.first().map_or("json", |one| &one.sql_type) }
    } else {
        let named = function.arguments.iter().filter(|argument| given.names.contains(&argument.name));
        Arguments::Named { json: &given.json, arguments: named.collect() }
    };
    let (set, relation) = match &function.returns {
        Returns::Void => (false, None),
        Returns::Scalar { set } | Returns::Composite { set } => (*set, None),
        Returns::Relation { schema, name, set } => (*set, catalog.relation(schema, name)),
    };
    let scalar = matches!(function.returns, Returns::Void | Returns::Scalar { .. });
    let (schema, name) = match &function.returns {
        Returns::Relation { schema, name, .. } => (schema, name),
        _ => (&function.schema, &function.name),
    };
    let made = Made { schema, name, whole: query.selects_all() };
    let form = negotiate(catalog, request.accept, made, &request.options)?;
    if scalar {
        let item = ColumnItem {
            alias: None,
            field: Some(Field::column(SCALAR)),
            cast: None,
            aggregate: None,
            aggregate_cast: None,
        };
        query.select = vec![Item::Column(item)];
    }
    let mut node =
        resolve(catalog, relation, Source::Given, (request.schema, &function.name), query, &request.options)?;
    if let Some(range) = request.range {
        node.range = node.range.intersect(range);
    }
    cap(&mut node, request.options.max_rows, set);
    let void = function.returns == Returns::Void;
    let body = match request.method {
        Method::Head => Body::Absent,
        _ if void => Body::Absent,
        _ if scalar => Body::Scalar { set, shape: form.shape },
        _ if set => Body::Rows(form.shape),
        _ => Body::OneRow(form.shape),
    };
    if request.prefer.max_affected.is_some() && !set {
        return Err(QueryError::max_affected_single());
    }
    let total = total(request.prefer, &request.options);
    let statement = checked(explained(call(&node, function, &arguments, scalar, body, total), &form))?;
    let single = set && form.is_single();
    let reads = request.method != Method::Post || function.volatility != Volatility::Volatile;
    let roll_back = request.options.rolls_back(request.prefer);
    let mut read_set = read_set::of(&node);
    read_set.opaque = true;
    Ok(Plan {
        name: fingerprint("call", &function.name, &statement.sql),
        access: if reads { Access::Read } else { Access::Write },
        count: if form.explain.is_some() { None } else { count(request.prefer, &node, total).map(exact_for_calls) },
        probe: None,
        decides: !reads && (single || request.prefer.max_affected.is_some() || roll_back),
        explains: form.explain.is_some(),
        bytes: form.is_bytes(),
        read_set,
        answer: AnswerPlan {
            kind: Kind::Call { void },
            single,
            content_type: form.content_type,
            body: body != Body::Absent,
            offset: node.range.offset,
            limit: node.range.limit,
            max_affected: request.prefer.max_affected,
            roll_back,
            applied: request.prefer.applied(Verb::Call),
            content_location: None,
            location: None,
        },
        sql: statement.sql,
        params: statement.params,
    })
}

/// The planner knows nothing of a function's rows, so a count of them is what the statement has counted.
fn exact_for_calls(_: super::Count) -> super::Count {
    super::Count::Exact
}

/// The arguments as they came.
struct Given {
    names: Vec<String>,
    json: String,
}

fn given(request: &CallRequest<'_>, query: &mut Query) -> Result<Given, QueryError> {
    if request.method != Method::Post {
        let object: serde_json::Map<String, serde_json::Value> =
            std::mem::take(&mut query.arguments).into_iter().map(|(name, value)| (name, value.into())).collect();
        let names = object.keys().cloned().collect();
        return Ok(Given { names, json: serde_json::Value::Object(object).to_string() });
    }
    if request.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Given { names: Vec::new(), json: String::from("{}") });
    }
    let payload = payload::parse(request.content_type, request.body)?;
    let names = query.columns.take().unwrap_or(payload.keys);
    Ok(Given { names, json: payload.json })
}

fn choose<'a>(catalog: &'a Catalog, request: &CallRequest<'_>, names: &[String]) -> Result<&'a Function, QueryError> {
    let all = || catalog.functions.iter().filter(|function| function.schema == request.schema);
    let overloads: Vec<_> = all().filter(|function| function.name == request.function).collect();
    let takes = |function: &&&Function| {
        let arguments = &function.arguments;
        names.iter().all(|name| arguments.iter().any(|argument| argument.name == *name))
            && arguments.iter().all(|argument| !argument.required || names.contains(&argument.name))
    };
    let mut found: Vec<_> = overloads.iter().filter(takes).copied().collect();
    if found.is_empty() && request.method == Method::Post {
        found = overloads.iter().copied().filter(|function| takes_body(function)).collect();
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let known = overloads.iter().map(|function| signature(function)).collect::<Vec<_>>();
            let written = written(request.function, names);
            let meant = match most_similar(&written, known.iter().map(String::as_str))
                .or(known.first().map(String::as_str))
            {
                Some(meant) => Some(meant.to_owned()),
                None => most_similar(request.function, all().map(|function| function.name.as_str())).map(str::to_owned),
            };
            Err(not_found(request, names, meant.as_deref()))
        }
        several => {
            let list = several.iter().map(|function| candidate(function)).collect::<Vec<_>>().join(", ");
            Err(QueryError::ambiguous_function(&list))
        }
    }
}

/// Does it take the whole body as its one unnamed argument.
fn takes_body(function: &Function) -> bool {
    matches!(function.arguments.as_slice(), [Argument { name, sql_type, .. }]
        if name.is_empty() && matches!(sql_type.as_str(), "json" | "jsonb"))
}

fn written(name: &str, arguments: &[String]) -> String {
    if arguments.is_empty() { name.to_owned() } else { format!("{name}({})", arguments.join(", ")) }
}

fn signature(function: &Function) -> String {
    let names: Vec<_> = function.arguments.iter().map(|argument| argument.name.clone()).collect();
    written(&function.name, &names)
}

fn candidate(function: &Function) -> String {
    let arguments = function.arguments.iter().map(|one| format!("{} => {}", one.name, one.sql_type));
    format!("{}.{}({})", function.schema, function.name, arguments.collect::<Vec<_>>().join(", "))
}

fn not_found(request: &CallRequest<'_>, names: &[String], meant: Option<&str>) -> QueryError {
    let name = format!("{}.{}", request.schema, request.function);
    let called = if names.is_empty() { format!("{name} without parameters") } else { written(&name, names) };
    let with = match names {
        [] => String::from("without parameters"),
        [one] => format!("with parameter {one}"),
        several => format!("with parameters {}", several.join(", ")),
    };
    let or = if request.method == Method::Post { " or with a single unnamed json/jsonb parameter" } else { "" };
    QueryError::no_function(
        format!("Could not find the function {called} in the schema cache"),
        format!("Searched for the function {name} {with}{or}, but no matches were found in the schema cache."),
        meant.map(|meant| format!("Perhaps you meant to call the function {}.{meant}", request.schema)),
    )
}
