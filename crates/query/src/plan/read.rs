//! Plans a read: `GET` and `HEAD` on a relation.
//!
//! In: a [`ReadRequest`]. Out: a [`Plan`].

use schema::Catalog;

use super::media::{Form, Made, negotiate};
use super::resolve::{cap, require, resolve};
use super::tree::{Node, Source};
use super::{Access, Count, Guard, Options, Plan, Probe, checked, probe, relation};
use crate::answer::{AnswerPlan, Kind, content_location};
use crate::error::QueryError;
use crate::fingerprint::fingerprint;
use crate::read_set;
use crate::request::accept::Accept;
use crate::request::prefer::{CountKind, Prefer, Verb};
use crate::request::range::Range;
use crate::request::{self, Values};
use crate::sql::count::explain;
use crate::sql::fragments::Statement;
use crate::sql::read::{BODY_COLUMN, Body, Total, read, read_found};

/// What `GET /rest/v1/<relation>` says.
#[derive(Debug, Clone, Copy)]
pub struct ReadRequest<'a> {
    /// The schema, from `Accept-Profile` or the default.
    pub schema: &'a str,
    /// The relation's name, decoded.
    pub relation: &'a str,
    /// The raw query string, without `?`.
    pub query: &'a str,
    /// The preferences.
    pub prefer: &'a Prefer,
    /// The form of the answer.
    pub accept: &'a Accept,
    /// The `Range` header; GET only.
    pub range: Option<Range>,
    /// Is it a HEAD request, which needs no body.
    pub head: bool,
    /// What the installation allows.
    pub options: Options,
}

/// Plans a read.
pub fn plan_read(catalog: &Catalog, request: &ReadRequest<'_>) -> Result<Plan, QueryError> {
    let relation = relation(catalog, request.schema, request.relation)?;
    let query = request::parse(request.query, Values::Conditions)?;
    let made = Made { schema: &relation.schema, name: &relation.name, whole: query.selects_all() };
    let form = negotiate(catalog, request.accept, made, &request.options)?;
    let source = Source::Relation { schema: &relation.schema, name: &relation.name };
    let mut node = resolve(catalog, Some(relation), source, (request.schema, &relation.name), query, &request.options)?;
    if let Some(range) = request.range {
        node.range = node.range.intersect(range);
    }
    node.shows_jsonb = form.shows_jsonb();
    require(&mut node);
    cap(&mut node, request.options.max_rows, true);
    let body = if request.head { Body::Absent } else { Body::Rows(form.shape) };
    let total = total(request.prefer, &request.options);
    let statement = checked(explained(read(&node, body, total), &form))?;
    let probe = if form.explain.is_some() {
        None
    } else {
        probe::probe(catalog, &node, relation, request.prefer.count.is_some())
    };
    let guarded = request.options.max_cost.filter(|_| probe.is_none() && form.explain.is_none());
    let guard = guarded.and_then(|most| Guard::of(&node, relation, &statement, most));
    let probe = probe.map(|found| {
        // Among the rows that a probe has found, counting is cheap.
        let total = if request.prefer.count.is_some() { Total::Exact } else { Total::Unknown };
        let narrowed = read_found(&node, body, total);
        Probe { sql: found.sql, params: found.params, narrowed_sql: narrowed.sql, narrowed_params: narrowed.params }
    });
    Ok(Plan {
        name: fingerprint("read", &relation.name, &statement.sql),
        access: Access::Read,
        count: if form.explain.is_some() { None } else { count(request.prefer, &node, total, &request.options) },
        guard,
        probe,
        decides: false,
        explains: form.explain.is_some(),
        body_column: BODY_COLUMN,
        bytes: form.is_bytes(),
        read_set: read_set::of(&node),
        settings: Vec::new(),
        answer: AnswerPlan {
            kind: Kind::Read,
            single: form.is_single(),
            content_type: form.content_type,
            body: !request.head,
            offset: node.range.offset,
            limit: node.range.limit,
            max_affected: None,
            roll_back: false,
            applied: request.prefer.applied(Verb::Read),
            content_location: Some(content_location(&relation.name, request.query)),
            location: None,
        },
        sql: statement.sql,
        params: statement.params,
    })
}

/// The statement, or one that tells how it would run.
pub(crate) fn explained(mut statement: Statement, form: &Form<'_>) -> Statement {
    if let Some(explain) = &form.explain {
        statement.sql.insert_str(0, explain);
    }
    statement
}

/// How the main statement counts.
pub(crate) fn total(prefer: &Prefer, options: &Options) -> Total {
    match prefer.count {
        None | Some(CountKind::Planned) => Total::Unknown,
        Some(CountKind::Exact) => {
            options.max_exact_count.map_or(Total::Exact, |most| Total::UpTo(most.saturating_add(1)))
        }
        Some(CountKind::Estimated) => options.max_rows.map_or(Total::Exact, |most| Total::UpTo(u64::from(most) + 1)),
    }
}

fn estimated(node: &Node<'_>, ceiling: Option<u64>) -> Count {
    let statement = explain(node);
    Count::Estimated { explain: statement.sql, params: statement.params, ceiling }
}

/// What runs beside the main statement to count.
pub(crate) fn count(prefer: &Prefer, node: &Node<'_>, total: Total, options: &Options) -> Option<Count> {
    match (prefer.count?, total) {
        (CountKind::Estimated, Total::Exact) => Some(estimated(node, None)),
        (_, Total::Exact) => Some(Count::Exact),
        (_, Total::UpTo(ceiling)) => Some(estimated(node, Some(ceiling))),
        _ => {
            let statement = explain(node);
            Some(Count::Planned { explain: statement.sql, params: statement.params, corrected: options.corrects_plans })
        }
    }
}
