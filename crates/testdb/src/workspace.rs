//! A workspace for a test: one user of each role and the usual pipeline.
//!
//! In: a connection past row policies, a name. Out: the ids.
//! Invariant: what a test needs to act as anybody, and nothing more.

use tokio_postgres::Client;
use uuid::Uuid;

use crate::Error;

/// A workspace with one user of each role. Mail addresses are `<role>@<name in lower case>.test`.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Its id.
    pub id: Uuid,
    /// The user who owns it.
    pub owner: Uuid,
    /// The user who is admin.
    pub admin: Uuid,
    /// The user who is manager.
    pub manager: Uuid,
    /// The user who is member.
    pub member: Uuid,
    /// The user who is viewer.
    pub viewer: Uuid,
    /// Its default pipeline.
    pub pipeline: Uuid,
    /// The pipeline's stages in order: prospecting, qualification, proposal, negotiation, won, lost.
    pub stages: Vec<Uuid>,
}

const STAGES: [(&str, &str, i16, &str); 6] = [
    ("PROSPECTING", "Prospecting", 10, "open"),
    ("QUALIFICATION", "Qualification", 20, "open"),
    ("PROPOSAL", "Proposal", 50, "open"),
    ("NEGOTIATION", "Negotiation", 80, "open"),
    ("CLOSED_WON", "Closed won", 100, "won"),
    ("CLOSED_LOST", "Closed lost", 0, "lost"),
];

const ADD_USER: &str = "
with new_user as (
  insert into auth.users (email, email_confirmed_at, current_workspace_id, user_metadata)
  values ($2::text || '@' || lower($3) || '.test', now(), $1, jsonb_build_object('full_name', initcap($2)))
  returning id, email
)
insert into public.memberships (workspace_id, user_id, role, full_name, email)
select $1, id, $2, initcap($2), email
from new_user
returning user_id";

pub(crate) async fn insert(client: &Client, name: &str) -> Result<Workspace, Error> {
    let failed = |error| Error::Sql(format!("workspace {name}"), error);
    let id = "insert into public.workspaces (name) values ($1) returning id";
    let id: Uuid = client.query_one(id, &[&name]).await.map_err(failed)?.get(0);
    let user = async |role: &str| -> Result<Uuid, Error> {
        Ok(client.query_one(ADD_USER, &[&id, &role, &name]).await.map_err(failed)?.get(0))
    };
    let pipeline =
        "insert into public.pipelines (workspace_id, name, is_default) values ($1, 'Sales', true) returning id";
    let pipeline: Uuid = client.query_one(pipeline, &[&id]).await.map_err(failed)?.get(0);
    let add_stage =
        "insert into public.stages (workspace_id, pipeline_id, key, name, probability_percent, kind, position)
      values ($1, $2, $3, $4, $5, $6, $7) returning id";
    let mut stages = Vec::new();
    for (position, (key, name, probability, kind)) in (0_i32..).zip(STAGES) {
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
            [&id, &pipeline, &key, &name, &probability, &kind, &position];
        stages.push(client.query_one(add_stage, &values).await.map_err(failed)?.get(0));
    }
    Ok(Workspace {
        id,
        owner: user("owner").await?,
        admin: user("admin").await?,
        manager: user("manager").await?,
        member: user("member").await?,
        viewer: user("viewer").await?,
        pipeline,
        stages,
    })
}
