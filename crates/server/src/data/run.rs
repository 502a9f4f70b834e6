//! Runs a plan as the caller.
//!
//! In: a [`Plan`]. Out: the answer's head and the body's bytes as PostgreSQL made them.
//! Invariant: at most two round trips: the probe of a text search, and the statement with its count. A plan that decides
//! is judged before its transaction ends.

use std::time::Instant;

use bytes::Bytes;
use query::{Access, Answer, Count, Plan, Probe, ResultRow};
use schema::Catalog;

use super::error::DataError;
use super::field;
use super::request::DataRequest;
use crate::http::dialect::Refusal;
use crate::http::timing::Phase;
use crate::pg::{self, PgError, PoolWait, Rows, Statement, Verdict};

/// Where names are looked up; every name in a plan carries its schema, functions of extensions apart.
const SEARCH_PATH: &str = "public, extensions";

/// What came of a plan.
pub(super) struct Outcome {
    /// Status and headers.
    pub(super) answer: Answer,
    /// What PostgreSQL built.
    pub(super) body: Option<Bytes>,
}

/// Runs a plan.
pub(super) async fn run(request: &DataRequest, catalog: &Catalog, plan: &Plan) -> Result<Outcome, DataError> {
    let headers = request.headers_json();
    let prefer = request.prefer()?;
    let pool_wait = PoolWait::default();
    let to_database = pg::Request {
        identity: &request.caller.identity,
        access: if plan.access == Access::Read { pg::Access::Read } else { pg::Access::Write },
        method: request.parts.method.as_str(),
        path: request.parts.uri.path(),
        headers: &headers,
        search_path: SEARCH_PATH,
        timeout_ms: u32::try_from(request.app.config.database.statement_timeout.as_millis()).unwrap_or(u32::MAX),
        timezone: prefer.timezone.as_deref(),
        pool_wait: Some(&pool_wait),
    };
    let started = Instant::now();
    let outcome = ask(request, &to_database, plan).await;
    request.timing.add(Phase::Pool, pool_wait.total());
    request.timing.add(Phase::Db, started.elapsed().saturating_sub(pool_wait.total()));
    outcome.map_err(|failure| match failure {
        Failure::Refused(error) => error,
        Failure::Database(error) => field::name_field(catalog, error),
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

async fn ask(request: &DataRequest, to_database: &pg::Request<'_>, plan: &Plan) -> Result<Outcome, Failure> {
    let pg = &request.app.pg;
    let mut params = encoded(&plan.params);
    let mut sql = plan.sql.as_str();
    if let Some(probe) = &plan.probe
        && let Some(ids) = found(pg, to_database, plan, probe).await?
    {
        sql = &probe.narrowed_sql;
        params = encoded(&probe.narrowed_params);
        if let Some(place) = params.first_mut() {
            *place = Some(ids);
        }
    }
    let (explain_name, explain_params);
    let mut statements = vec![Statement { name: &plan.name, sql, params: &params }];
    if let Some(Count::Planned { explain, params } | Count::Estimated { explain, params, .. }) = &plan.count {
        explain_name = format!("{}.count", plan.name);
        explain_params = encoded(params);
        statements.push(Statement { name: &explain_name, sql: explain, params: &explain_params });
    }
    if !plan.decides {
        let rows = pg.run(to_database, &statements).await?;
        let answer = judge(plan, &rows).map_err(Failure::Refused)?;
        return Ok(Outcome { answer, body: body(plan, &rows) });
    }
    let mut judged = None;
    let decided = pg
        .run_deciding(to_database, &statements, |rows| match judge(plan, rows) {
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
async fn found(
    pg: &pg::Pg,
    to_database: &pg::Request<'_>,
    plan: &Plan,
    probe: &Probe,
) -> Result<Option<Bytes>, PgError> {
    let name = format!("{}.probe", plan.name);
    let params = encoded(&probe.params);
    let rows = pg.run(to_database, &[Statement { name: &name, sql: &probe.sql, params: &params }]).await?;
    Ok(rows.first().and_then(|rows| rows.rows.first()).and_then(|row| row.first()).cloned().flatten())
}

fn judge(plan: &Plan, rows: &[Rows]) -> Result<Answer, DataError> {
    if plan.explains {
        return Ok(plan.answer_plan());
    }
    let row = rows.first().and_then(|rows| rows.rows.first()).ok_or(Refusal::Broken)?;
    let columns: Vec<Option<&[u8]>> = row.iter().map(Option::as_deref).collect();
    let row = ResultRow::read(&columns).ok_or(Refusal::Broken)?;
    let explained = rows.get(1).map(|explain| String::from_utf8_lossy(&lines(explain)).into_owned());
    Ok(plan.answer(&row, explained.as_deref())?)
}

fn body(plan: &Plan, rows: &[Rows]) -> Option<Bytes> {
    let rows = rows.first()?;
    if plan.explains {
        return Some(lines(rows).into());
    }
    let body = rows.rows.first()?.get(2)?.clone()?;
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
