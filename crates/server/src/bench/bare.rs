//! The same question as bare prepared statements over the database's own socket: what no server can be faster than.
//!
//! In: the database, who asks, requests. Out: how long PostgreSQL alone takes for the SQL that the server runs for them, with the
//! row policies and JSON, but without HTTP, sign-in, planning of the request, and settings.
//! Invariant: reads only; statements are prepared before the clock starts.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use axum::extract::Query;
use query::request::{accept, prefer};
use query::{Options, Plan, QueryError, ReadRequest, plan_read};
use schema::Catalog;
use tokio_postgres::types::{Format, IsNull, ToSql, Type};
use tokio_postgres::{Client, Statement};

use super::client::Request;
use crate::http::error::Problem;
use crate::pg::{Pg, PgError, Target};
use crate::{app, dashboard, search};

/// Why there is no bare statement.
#[derive(Debug, thiserror::Error)]
pub(super) enum BareError {
    /// The database cannot be reached or refused.
    #[error("the database did not answer: {0}")]
    Database(#[from] PgError),
    /// A statement failed.
    #[error("the bare statement failed: {0}")]
    Statement(#[from] tokio_postgres::Error),
    /// The request is none that the planner takes.
    #[error("the request has no statement: {0}")]
    Plan(#[from] QueryError),
    /// The search is none.
    #[error("the search has no statement: {}", .0.detail())]
    Search(Problem),
    /// The user is in no workspace.
    #[error("{0} is a member of no workspace of this database")]
    Nobody(String),
}

/// A connection that holds the role and claims of a request.
pub(super) struct Bare {
    client: Client,
    catalog: Catalog,
    workspace_id: String,
    user_id: String,
    prepared: HashMap<String, Statement>,
}

/// A request as the statements that answer it.
struct Question {
    /// Asked first; an answer that is not null takes the place of the first of `narrowed`'s parameters.
    probe: Option<Asked>,
    narrowed: Option<Asked>,
    statement: Asked,
}

struct Asked {
    sql: String,
    params: Vec<Text>,
}

impl Bare {
    /// Connects as a user would be: their workspace, the role of those who are signed in, reading only.
    pub(super) async fn connect(target: &Target, email: &str) -> Result<Self, BareError> {
        let catalog =
            Pg::new(target.clone(), 1, Duration::from_secs(5))?.load_catalog(app::EXPOSED_SCHEMAS, &[]).await?;
        let client = target.connect().await?;
        let membership = "select workspace_id::text, user_id::text, role::text from public.memberships where lower(email) = lower($1)";
        let rows = client.query(membership, &[&email]).await?;
        let row = rows.first().ok_or_else(|| BareError::Nobody(email.to_owned()))?;
        let (workspace_id, user_id): (String, String) = (row.get(0), row.get(1));
        let settings = "select set_config('rapport.workspace_id', $1, false), set_config('rapport.user_id', $2, false), \
                        set_config('rapport.workspace_role', $3, false), set_config('search_path', 'public, extensions', false), \
                        set_config('timezone', 'UTC', false), set_config('default_transaction_read_only', 'on', false), \
                        set_config('role', 'authenticated', false)";
        client.query(settings, &[&workspace_id, &user_id, &row.get::<_, String>(2)]).await?;
        Ok(Self { client, catalog, workspace_id, user_id, prepared: HashMap::new() })
    }

    /// How long the statements of this request take.
    pub(super) async fn run(&mut self, request: &Request) -> Result<Duration, BareError> {
        let mut question = self.question(&request.path)?;
        for asked in
            [question.probe.as_ref(), question.narrowed.as_ref(), Some(&question.statement)].into_iter().flatten()
        {
            if !self.prepared.contains_key(&asked.sql) {
                self.prepared.insert(asked.sql.clone(), self.client.prepare(&asked.sql).await?);
            }
        }
        let started = Instant::now();
        if let (Some(probe), Some(mut narrowed)) = (question.probe.take(), question.narrowed.take())
            && let Some(ids) = self.ask(&probe).await?
        {
            if let Some(place) = narrowed.params.first_mut() {
                *place = Text(Some(ids));
            }
            question.statement = narrowed;
        }
        let rows = self.rows(&question.statement).await?;
        let took = started.elapsed();
        drop(rows);
        Ok(took)
    }

    async fn ask(&self, asked: &Asked) -> Result<Option<String>, BareError> {
        Ok(self.rows(asked).await?.first().and_then(|row| row.get(0)))
    }

    async fn rows(&self, asked: &Asked) -> Result<Vec<tokio_postgres::Row>, BareError> {
        let params: Vec<&(dyn ToSql + Sync)> = asked.params.iter().map(|param| param as _).collect();
        match self.prepared.get(&asked.sql) {
            Some(statement) => Ok(self.client.query(statement, &params).await?),
            None => Ok(self.client.query(&asked.sql, &params).await?),
        }
    }

    /// The statements that the server runs for a path with its query.
    fn question(&self, request: &str) -> Result<Question, BareError> {
        let (path, parameters) = request.split_once('?').unwrap_or((request, ""));
        let one = |sql: &str, params: Vec<Option<String>>| Question {
            probe: None,
            narrowed: None,
            statement: Asked { sql: sql.to_owned(), params: texts(&params) },
        };
        match path {
            "/api/dashboard/metrics" => {
                let params = vec![Some(self.workspace_id.clone()), Some(self.user_id.clone()), None];
                Ok(one(dashboard::METRICS, params))
            }
            "/api/search" => {
                let uri = request.parse().unwrap_or_default();
                let pairs =
                    Query::<Vec<(String, String)>>::try_from_uri(&uri).map_or_else(|_| Vec::new(), |query| query.0);
                let terms = search::Terms::read(&pairs).map_err(BareError::Search)?;
                Ok(one(search::RECORDS, terms.params().map(Some).to_vec()))
            }
            _ => Ok(Question::of(plan_read(
                &self.catalog,
                &ReadRequest {
                    schema: "public",
                    relation: path.trim_start_matches("/rest/v1/"),
                    query: parameters,
                    prefer: &prefer::Prefer::default(),
                    accept: &accept::Accept::default(),
                    range: None,
                    head: false,
                    options: Options::default(),
                },
            )?)),
        }
    }
}

impl Question {
    fn of(plan: Plan) -> Self {
        let statement = Asked { sql: plan.sql, params: texts(&plan.params) };
        let (probe, narrowed) = plan.probe.map_or((None, None), |probe| {
            (
                // As text, so that it can be handed on as it is.
                Some(Asked { sql: format!("select ({})::text", probe.sql), params: texts(&probe.params) }),
                Some(Asked { sql: probe.narrowed_sql, params: texts(&probe.narrowed_params) }),
            )
        });
        Self { probe, narrowed, statement }
    }
}

/// A parameter whose type PostgreSQL infers.
#[derive(Debug)]
struct Text(Option<String>);

impl ToSql for Text {
    fn to_sql(&self, _: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let Some(text) = &self.0 else { return Ok(IsNull::Yes) };
        out.extend_from_slice(text.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    tokio_postgres::types::to_sql_checked!();
}

fn texts(params: &[Option<String>]) -> Vec<Text> {
    params.iter().map(|param| Text(param.clone())).collect()
}
