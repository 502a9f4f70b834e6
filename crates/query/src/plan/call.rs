//! Plans a call: `POST`, `GET` and `HEAD` on `/rpc/<function>`.
//!
//! In: a [`CallRequest`]. Out: a [`Plan`].
//! Invariant: a function is chosen by its name and the names of its arguments; types play no part.

use schema::{Catalog, Returns, Volatility};

use super::choose::choose;
use super::given;
use super::media::{Made, negotiate};
use super::read::{count, explained, total};
use super::resolve::{cap, resolve};
use super::tree::Source;
use super::{Access, Options, Plan, checked};
use crate::answer::{AnswerPlan, Kind};
use crate::error::QueryError;
use crate::fingerprint::fingerprint;
use crate::read_set;
use crate::request::accept::Accept;
use crate::request::field::Field;
use crate::request::prefer::{Prefer, Verb};
use crate::request::range::Range;
use crate::request::select::{ColumnItem, Item};
use crate::request::{self, Values};
use crate::sql::call::call;
use crate::sql::read::{BODY_COLUMN, Body, SCALAR};

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
    let given = given::read(request, &mut query)?;
    let (function, by) = choose(catalog, request, &given)?;
    let arguments = given.arguments(function, by);
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
    node.shows_jsonb = form.shows_jsonb();
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
    // The rows of a function are all made before the first is counted.
    let total = total(request.prefer, &Options { max_exact_count: None, ..request.options });
    let statement = checked(explained(call(&node, function, &arguments, scalar, body, total), &form))?;
    let single = set && form.is_single();
    let reads = request.method != Method::Post || function.volatility != Volatility::Volatile;
    let roll_back = request.options.rolls_back(request.prefer);
    let mut read_set = read_set::of(&node);
    read_set.opaque = true;
    Ok(Plan {
        name: fingerprint("call", &function.name, &statement.sql),
        access: if reads { Access::Read } else { Access::Write },
        count: if form.explain.is_some() {
            None
        } else {
            count(request.prefer, &node, total, &request.options).map(exact_for_calls)
        },
        guard: None,
        probe: None,
        decides: !reads && (single || request.prefer.max_affected.is_some() || roll_back),
        explains: form.explain.is_some(),
        body_column: BODY_COLUMN,
        bytes: form.is_bytes(),
        read_set,
        settings: function.settings.clone(),
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
