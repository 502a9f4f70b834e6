//! Runs a plan as the caller.
//!
//! In: a [`Plan`]. Out: the answer's head and the body's bytes as PostgreSQL made them.
//! Invariant: at most two round trips: a guard or a probe, where there is one, and the statement with its count. A plan
//! that decides is judged before its transaction ends.

use std::time::Instant;

use bytes::Bytes;
use query::request::prefer::Prefer;
use query::{Access, Answer, Count, Plan, Probe, ResultRow};

use super::error::DataError;
use super::request::DataRequest;
use super::surface::Surface;
use crate::http::dialect::Refusal;
use crate::pg::{self, PgError, Rows, Statement, Terms, Usage, Verdict};

/// What the request's functions and triggers have set for the answer.
const ANSWER: &str = "select nullif(current_setting('response.headers', true), ''), nullif(current_setting('response.status', true), '')";

/// What came of a plan.
pub(super) struct Outcome {
    /// Status and headers.
    pub(super) answer: Answer,
    /// What PostgreSQL built.
    pub(super) body: Option<Bytes>,
}

/// Runs a plan that was made under these preferences.
pub(super) async fn run<S: Surface>(
    request: &DataRequest<S>,
    plan: &Plan,
    prefer: &Prefer,
) -> Result<Outcome, DataError> {
    let usage = Usage::default();
    let access = if plan.access == Access::Read { pg::Access::Read } else { pg::Access::Write };
    let visit = request.visit(access, &plan.settings, prefer.timezone.as_deref(), &usage)?;
    let terms = request.surface.terms(&request.asker, &visit);
    let started = Instant::now();
    let outcome = ask(&request.surface, terms, plan).await;
    request.timing.add_database(started.elapsed(), &usage);
    outcome.map_err(|failure| match failure {
        Failure::Refused(error) => error,
        Failure::Database(error) => request.surface.explain(&request.asker, &request.catalog, error),
    })
}

enum Failure {
    Refused(DataError),
    Database(PgError),
}

impl From<PgError> for Failure {
    fn from(error: PgError) -> Self {
        Self::Database(error)
    }
}

async fn ask(surface: &impl Surface, terms: Terms<'_>, plan: &Plan) -> Result<Outcome, Failure> {
    let pg = surface.pg();
    let mut params = encoded(&plan.params);
    let mut sql = plan.sql.as_str();
    if let Some(guard) = &plan.guard {
        let name = format!("{}.cost", plan.name);
        let params = encoded(&guard.params);
        let rows = pg.run(terms.clone(), &[Statement { name: &name, sql: &guard.explain, params: &params }]).await?;
        let explained = rows.first().map(lines).unwrap_or_default();
        guard.judge(&String::from_utf8_lossy(&explained)).map_err(|error| Failure::Refused(error.into()))?;
    }
    if let Some(probe) = &plan.probe
        && let Some(ids) = found(pg, terms.clone(), plan, probe).await?
    {
        sql = &probe.narrowed_sql;
        params = encoded(&probe.narrowed_params);
        if let Some(place) = params.first_mut() {
            *place = Some(ids);
        }
    }
    let (explain_name, explain_params);
    let mut statements = vec![Statement { name: &plan.name, sql, params: &params }];
    if let Some(Count::Planned { explain, params, .. } | Count::Estimated { explain, params, .. }) = &plan.count {
        explain_name = format!("{}.count", plan.name);
        explain_params = encoded(params);
        statements.push(Statement { name: &explain_name, sql: explain, params: &explain_params });
    }
    if surface.reads_answer_back() {
        statements.push(Statement { name: "answer", sql: ANSWER, params: &[] });
    }
    if !plan.decides {
        let rows = pg.run(terms, &statements).await?;
        let answer = judge(plan, &rows).map_err(Failure::Refused)?;
        return Ok(Outcome { answer, body: body(plan, &rows) });
    }
    let mut judged = None;
    let decided = pg
        .run_deciding(terms, &statements, |rows| match judge(plan, rows) {
            Ok(answer) => {
                let verdict = if answer.roll_back { Verdict::RollBack } else { Verdict::Commit };
                judged = Some(answer);
                verdict
            }
            Err(error) => Verdict::Refuse(error),
        })
        .await?;
    let rows = decided.map_err(Failure::Refused)?;
    let answer = judged.ok_or_else(|| Failure::Refused(Refusal::Broken.into()))?;
    Ok(Outcome { answer, body: body(plan, &rows) })
}

/// The ids that hold a fragment, as array text; none when there are too many to be worth it.
async fn found(pg: &pg::Pg, terms: Terms<'_>, plan: &Plan, probe: &Probe) -> Result<Option<Bytes>, PgError> {
    let name = format!("{}.probe", plan.name);
    let params = encoded(&probe.params);
    let rows = pg.run(terms, &[Statement { name: &name, sql: &probe.sql, params: &params }]).await?;
    Ok(rows.first().and_then(|rows| rows.rows.first()).and_then(|row| row.first()).cloned().flatten())
}

/// Judges what the statements gave: the plan's own, the count's if there is one, [`ANSWER`] if it was asked.
fn judge(plan: &Plan, rows: &[Rows]) -> Result<Answer, DataError> {
    if plan.explains {
        return Ok(plan.answer_plan());
    }
    let row = rows.first().and_then(|rows| rows.rows.first()).ok_or(Refusal::Broken)?;
    let columns: Vec<Option<&[u8]>> = row.iter().map(Option::as_deref).collect();
    let mut row = ResultRow::read(&columns, plan.body_column).ok_or(Refusal::Broken)?;
    let mut others = rows.iter().skip(1);
    let counts = matches!(plan.count, Some(Count::Planned { .. } | Count::Estimated { .. }));
    let explained = counts.then(|| others.next()).flatten();
    let explained = explained.map(|explain| String::from_utf8_lossy(&lines(explain)).into_owned());
    if let Some([headers, status]) = others.next().and_then(|answer| answer.rows.first()).map(Vec::as_slice) {
        row.response_headers = headers.as_deref().and_then(|text| std::str::from_utf8(text).ok());
        row.response_status = status.as_deref().and_then(|text| std::str::from_utf8(text).ok());
    }
    Ok(plan.answer(&row, explained.as_deref())?)
}

fn body(plan: &Plan, rows: &[Rows]) -> Option<Bytes> {
    let rows = rows.first()?;
    if plan.explains {
        return Some(lines(rows).into());
    }
    let body = rows.rows.first()?.get(plan.body_column)?.clone()?;
    if plan.bytes { unhexed(&body) } else { Some(body) }
}

/// The lines that `explain` gives, one a row.
fn lines(explain: &Rows) -> Vec<u8> {
    explain.rows.iter().filter_map(|row| row.first()?.as_deref()).collect::<Vec<_>>().join(&b'\n')
}

/// The bytes that PostgreSQL writes as `\x00ff`.
fn unhexed(text: &[u8]) -> Option<Bytes> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let pairs = text.strip_prefix(b"\\x")?.chunks_exact(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        })
        .collect()
}

fn encoded(params: &[Option<String>]) -> Vec<Option<Bytes>> {
    params.iter().map(|param| param.as_ref().map(|text| Bytes::copy_from_slice(text.as_bytes()))).collect()
}
