//! The same question as a bare prepared statement over the database's own socket: what no server can be faster than.
//!
//! In: the database, the workspace. Out: how long PostgreSQL alone takes, with the row policy and JSON.
//! Invariant: a database that cannot be reached leaves the column empty; it never stops the benchmark.

use std::time::{Duration, Instant};

use tokio_postgres::{Client, Statement};

use super::operations::Workload;
use crate::pg::Target;

const CONTACTS_LIST: &str = include_str!("sql/contacts_list.sql");
const ORGANIZATION_CONTACTS: &str = include_str!("sql/organization_detail.sql");

/// A connection that holds the role and claims of a request.
pub(super) struct Bare {
    client: Client,
    statements: Vec<(&'static str, Statement)>,
}

impl Bare {
    pub(super) async fn connect(target: &Target, workload: &Workload) -> Option<Self> {
        let client = target.connect().await.ok()?;
        let settings = format!(
            "select set_config('rapport.workspace_id', '{}', false), set_config('rapport.organization_id', '{}', false);
             set role authenticated",
            workload.workspace_id, workload.organization_id,
        );
        client.batch_execute(&settings).await.ok()?;
        let mut statements = Vec::new();
        for (name, sql) in [("contacts_list", CONTACTS_LIST), ("organization_detail", ORGANIZATION_CONTACTS)] {
            statements.push((name, client.prepare(sql).await.ok()?));
        }
        Some(Self { client, statements })
    }

    /// How long the statement of this operation takes, if there is one.
    pub(super) async fn run(&mut self, operation: &str) -> Option<Duration> {
        let (_, statement) = self.statements.iter().find(|(name, _)| *name == operation)?;
        let started = Instant::now();
        self.client.query(statement, &[]).await.ok()?;
        Some(started.elapsed())
    }
}
