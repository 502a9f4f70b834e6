//! The demo workspace: four users and a small, believable business, made once at the first start with `--demo`.
//!
//! In: the database, the demo users' password, the time. Out: the workspace `Demo`.
//! Invariant: one transaction; a second start changes nothing but a password that the operator changed.

mod records;

use tokio_postgres::Transaction;
use uuid::Uuid;

use crate::auth::password::{self, PasswordError};
use crate::config::DemoConfig;
use crate::pg::{Pg, PgError};
use crate::workspaces::{self, NewOwner, NewWorkspace};

/// The demo workspace could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// No connection to the database.
    #[error("cannot make the demo workspace: the database cannot be reached")]
    Unavailable(#[from] PgError),
    /// The database refused.
    #[error("cannot make the demo workspace")]
    Database(#[from] tokio_postgres::Error),
    /// The password could not be hashed.
    #[error("cannot make the demo users")]
    Password(#[from] PasswordError),
    /// The data that comes with the program cannot be read.
    #[error("the demo data is damaged")]
    Data(#[from] serde_json::Error),
}

/// Role, name and job title of each demo user; addresses are `<role>@rapport.test`.
const USERS: [(&str, &str, &str, &str); 4] = [
    ("owner", "owner", "Olivia Hart", "Managing director"),
    ("manager", "manager", "Mateo Silva", "Head of sales"),
    ("seller", "member", "Sofia Lindqvist", "Account executive"),
    ("viewer", "viewer", "Victor Okafor", "Finance"),
];

const SETTING: &str = "select (value #>> '{}')::uuid from app.settings where key = 'demo_workspace'";
const REMEMBER: &str = "insert into app.settings (key, value) values ('demo_workspace', to_jsonb($1::text)) \
     on conflict (key) do update set value = excluded.value";
const ADD_USER: &str = include_str!("sql/add_user.sql");
const ADD_MEMBER: &str = include_str!("sql/add_member.sql");
const SET_PASSWORD: &str =
    "update auth.users set encrypted_password = $2 where lower(email) = $1 and deleted_at is null";

/// Makes the demo workspace unless it is there. Two nodes that start at once make it once.
pub async fn ensure(pg: &Pg, config: &DemoConfig) -> Result<Uuid, DemoError> {
    let mut client = pg.system().await?;
    let transaction = client.transaction().await?;
    transaction.execute("select pg_advisory_xact_lock(x'64656d6f'::int)", &[]).await?;
    let known = transaction.query_opt(SETTING, &[]).await?.map(|row| row.try_get(0)).transpose()?;
    let workspace_id = match known {
        Some(id) if exists(&transaction, id).await? => {
            keep_password(&transaction, &config.password).await?;
            id
        }
        _ => create(&transaction, &config.password).await?,
    };
    transaction.commit().await?;
    Ok(workspace_id)
}

async fn exists(transaction: &Transaction<'_>, id: Uuid) -> Result<bool, DemoError> {
    let sql = "select exists (select from public.workspaces where id = $1)";
    Ok(transaction.query_one(sql, &[&id]).await?.try_get(0)?)
}

async fn create(transaction: &Transaction<'_>, password: &str) -> Result<Uuid, DemoError> {
    let hash = password::hash_now(password)?;
    let mut workspace_id = Uuid::nil();
    for (user, role, full_name, job_title) in USERS {
        let email = format!("{user}@rapport.test");
        let user_id: Uuid = transaction.query_one(ADD_USER, &[&email, &hash, &full_name]).await?.try_get(0)?;
        if role == "owner" {
            let owner = NewOwner { user_id, full_name: full_name.to_owned(), email: Some(email.clone()) };
            let workspace = NewWorkspace {
                name: "Demo".to_owned(),
                currency: "EUR".to_owned(),
                timezone: "Europe/Berlin".to_owned(),
            };
            workspace_id = workspaces::create(transaction, &workspace, Some(&owner)).await?;
        }
        transaction.execute(ADD_MEMBER, &[&workspace_id, &user_id, &role, &full_name, &email, &job_title]).await?;
    }
    records::load(transaction, workspace_id).await?;
    transaction.execute(REMEMBER, &[&workspace_id.to_string()]).await?;
    Ok(workspace_id)
}

/// The operator may have chosen another password since; then all four users get it.
async fn keep_password(transaction: &Transaction<'_>, password: &str) -> Result<(), DemoError> {
    let sql =
        "select encrypted_password from auth.users where lower(email) = 'owner@rapport.test' and deleted_at is null";
    let Some(row) = transaction.query_opt(sql, &[]).await? else { return Ok(()) };
    let hash: Option<String> = row.try_get(0)?;
    if password::verify_now(password, hash.as_deref())? {
        return Ok(());
    }
    let hash = password::hash_now(password)?;
    for (user, ..) in USERS {
        transaction.execute(SET_PASSWORD, &[&format!("{user}@rapport.test"), &hash]).await?;
    }
    Ok(())
}
