//! Plans a write: `POST`, `PATCH`, `DELETE` and `PUT` on a relation.
//!
//! In: a [`WriteRequest`]. Out: a [`Plan`].
//! Invariant: filters on the relation choose the rows to write; filters on embeds only shape the answer.

use schema::{Catalog, Column, Relation};

use super::media::{Made, negotiate};
use super::read::explained;
use super::resolve::resolve;
use super::tree::Source;
use super::{Access, Count, Options, Plan, checked, relation};
use crate::answer::{AnswerPlan, Kind};
use crate::error::QueryError;
use crate::fingerprint::fingerprint;
use crate::read_set;
use crate::request::accept::Accept;
use crate::request::filter::{Condition, Operator, Test};
use crate::request::payload::{self, Payload};
use crate::request::prefer::{self, Missing, Prefer, Resolution, Return};
use crate::request::range::Range;
use crate::request::{self, Query, Values};
use crate::sql::read::Body;
use crate::sql::write::{Answering, BODY_COLUMN, Change, Conflict, Rows, write};

/// What `POST|PATCH|DELETE|PUT /rest/v1/<relation>` says.
#[derive(Debug, Clone, Copy)]
pub struct WriteRequest<'a> {
    /// What is to be done.
    pub verb: Verb,
    /// The schema, from `Content-Profile` or the default.
    pub schema: &'a str,
    /// The relation's name, decoded.
    pub relation: &'a str,
    /// The raw query string, without `?`.
    pub query: &'a str,
    /// The preferences.
    pub prefer: &'a Prefer,
    /// The form of the answer.
    pub accept: &'a Accept,
    /// The body's `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The body; ignored by a delete.
    pub body: &'a [u8],
    /// What the installation allows.
    pub options: Options,
}

/// What a write does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// `POST`
    Insert,
    /// `PATCH`
    Update,
    /// `DELETE`
    Delete,
    /// `PUT`
    Put,
}

/// Plans a write.
pub fn plan_write(catalog: &Catalog, request: &WriteRequest<'_>) -> Result<Plan, QueryError> {
    let relation = relation(catalog, request.schema, request.relation)?;
    let mut query = request::parse(request.query, Values::Conditions)?;
    let payload = match request.verb {
        Verb::Delete => None,
        _ => Some(payload::parse(request.content_type, request.body)?),
    };
    let made = Made { schema: &relation.schema, name: &relation.name, whole: query.selects_all() };
    let form = negotiate(catalog, request.accept, made, &request.options)?;
    let on_conflict = query.on_conflict.take();
    let columns = match &payload {
        Some(payload) => columns(relation, payload, query.columns.take())?,
        None => Vec::new(),
    };
    if request.verb == Verb::Put {
        check_put(relation, &query, &columns)?;
    }
    let mut node =
        resolve(catalog, Some(relation), Source::Given, (request.schema, &relation.name), query, &request.options)?;
    node.shows_jsonb = form.shows_jsonb();
    node.range = Range::default();
    let filters = std::mem::take(&mut node.filters);
    let conflict = conflict(relation, request, on_conflict);
    let returns = request.prefer.returns.unwrap_or(Return::Minimal);
    let defaults = request.prefer.missing == Some(Missing::Default);
    let rows = payload.as_ref().map(|payload| Rows { payload, columns: &columns, defaults });
    let change = match (request.verb, rows) {
        (Verb::Insert, Some(rows)) => Change::Insert { rows, conflict: conflict.as_ref(), filters: &[] },
        (Verb::Put, Some(rows)) => Change::Insert { rows, conflict: conflict.as_ref(), filters: &filters },
        (Verb::Update, Some(rows)) if !columns.is_empty() && rows.payload.rows > 0 => {
            Change::Update { rows, filters: &filters }
        }
        (Verb::Delete, _) => Change::Delete { filters: &filters },
        _ => Change::Nothing,
    };
    let has_body = returns == Return::Representation;
    let answering = Answering {
        body: if has_body { Body::Rows(form.shape) } else { Body::Absent },
        location: request.verb == Verb::Insert && returns == Return::HeadersOnly && !relation.primary_key.is_empty(),
    };
    let statement = checked(explained(write(&node, relation, &change, answering), &form))?;
    let (kind, word) = kind(request.verb, conflict.as_ref());
    let verb = match request.verb {
        Verb::Insert => prefer::Verb::Insert { resolves: conflict.is_some() },
        Verb::Update => prefer::Verb::Update,
        Verb::Delete => prefer::Verb::Delete,
        Verb::Put => prefer::Verb::Put,
    };
    let single = form.is_single();
    let limits = matches!(request.verb, Verb::Update | Verb::Delete);
    let max_affected = request.prefer.max_affected.filter(|_| limits);
    let roll_back = request.options.rolls_back(request.prefer);
    Ok(Plan {
        name: fingerprint(word, &relation.name, &statement.sql),
        access: Access::Write,
        count: request.prefer.count.map(|_| Count::Exact),
        guard: None,
        probe: None,
        decides: single || max_affected.is_some() || roll_back || request.verb == Verb::Put,
        explains: form.explain.is_some(),
        body_column: BODY_COLUMN,
        bytes: form.is_bytes(),
        read_set: read_set::of(&node),
        settings: Vec::new(),
        answer: AnswerPlan {
            kind,
            single,
            content_type: form.content_type,
            body: has_body,
            offset: 0,
            limit: None,
            max_affected,
            roll_back,
            applied: request.prefer.applied(verb),
            content_location: None,
            location: answering.location.then(|| format!("/{}", relation.name)),
        },
        sql: statement.sql,
        params: statement.params,
    })
}

fn kind(verb: Verb, conflict: Option<&Conflict>) -> (Kind, &'static str) {
    match verb {
        Verb::Insert if conflict.is_some_and(|conflict| conflict.merge) => (Kind::Upsert, "upsert"),
        Verb::Insert => (Kind::Insert, "insert"),
        Verb::Update => (Kind::Update, "update"),
        Verb::Delete => (Kind::Delete, "delete"),
        Verb::Put => (Kind::Put, "put"),
    }
}

/// The columns to write: those of `columns=`, else the keys that every object has.
fn columns<'a>(
    relation: &'a Relation,
    payload: &Payload,
    chosen: Option<Vec<String>>,
) -> Result<Vec<&'a Column>, QueryError> {
    if chosen.is_none() && !payload.uniform {
        return Err(QueryError::uneven_keys());
    }
    let names = chosen.as_deref().unwrap_or(&payload.keys);
    names.iter().map(|name| relation.column(name).ok_or_else(|| QueryError::no_column(name, &relation.name))).collect()
}

/// What an insert does about rows that are there already.
fn conflict(relation: &Relation, request: &WriteRequest<'_>, on_conflict: Option<Vec<String>>) -> Option<Conflict> {
    let merge = match (request.verb, request.prefer.resolution) {
        (Verb::Put, _) => true,
        (Verb::Insert, Some(resolution)) => resolution == Resolution::MergeDuplicates,
        _ => return None,
    };
    let columns = match on_conflict {
        Some(named) => unique_key(relation, named),
        None if relation.primary_key.is_empty() => return None,
        None => relation.primary_key.clone(),
    };
    Some(Conflict { columns, merge })
}

/// The unique key that is meant. Clients need not name the tenant's column, which leads every key.
fn unique_key(relation: &Relation, mut named: Vec<String>) -> Vec<String> {
    let is = |key: &Vec<String>, with_tenant: bool| {
        key.iter().all(|column| named.contains(column) || with_tenant && is_tenant(relation, column))
            && named.iter().all(|column| key.contains(column))
    };
    if !relation.unique_keys.iter().any(|key| is(key, false))
        && let Some(key) = relation.unique_keys.iter().find(|key| is(key, true))
    {
        named.clone_from(key);
    }
    named
}

/// Is it the column that says whose row it is, which the database fills in from the caller.
pub(crate) fn is_tenant(relation: &Relation, column: &str) -> bool {
    relation.column(column).is_some_and(|column| column.default_sql.as_deref() == Some("app.workspace_id()"))
}

/// A PUT names exactly one row by its key, and its body has that key; the statement sees that it is the same.
fn check_put(relation: &Relation, query: &Query, columns: &[&Column]) -> Result<(), QueryError> {
    if !query.limits.is_empty() || !query.offsets.is_empty() {
        return Err(QueryError::put_limit());
    }
    let mut named = Vec::new();
    for (path, tree) in &query.filters {
        match tree {
            request::logic::Tree::Leaf(Condition {
                field,
                negated: false,
                test: Test::Compare { operator: Operator::Eq, quantifier: None, .. },
            }) if path.is_empty() && field.is_plain() && relation.primary_key.contains(&field.name) => {
                named.push(field.name.as_str());
            }
            _ => return Err(QueryError::put_filters()),
        }
    }
    let missing = |column: &String| !is_tenant(relation, column) && !named.contains(&column.as_str());
    if named.is_empty() || relation.primary_key.iter().any(missing) {
        return Err(QueryError::put_filters());
    }
    let written = |name: &&str| columns.iter().any(|column| column.name == *name);
    if named.iter().all(written) { Ok(()) } else { Err(QueryError::put_payload()) }
}
