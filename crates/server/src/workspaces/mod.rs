//! Workspaces: the tenants, each with its pipeline from the first moment.
//!
//! In: a name, perhaps an owner. Out: the new workspace's id.
//! Invariant: a workspace never exists without a default pipeline whose first stage is open.

use tokio_postgres::{Error, Transaction};
use uuid::Uuid;

const CREATE_WORKSPACE: &str = include_str!("sql/create_workspace.sql");
const ADD_OWNER: &str = include_str!("sql/add_owner.sql");

/// What a new workspace is called and how it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkspace {
    /// Its name.
    pub name: String,
    /// Three letters (ISO 4217).
    pub currency: String,
    /// An IANA name, such as `Europe/Berlin`.
    pub timezone: String,
}

impl NewWorkspace {
    /// A workspace in US dollars and UTC.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), currency: "USD".to_owned(), timezone: "UTC".to_owned() }
    }
}

/// Who owns a new workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOwner {
    /// An existing user.
    pub user_id: Uuid,
    /// The name colleagues see.
    pub full_name: String,
    /// The address colleagues see.
    pub email: Option<String>,
}

/// Makes a workspace with the pipeline "Sales" and, if there is an owner, their membership.
/// The connection acts as `rapport_system`.
pub async fn create(
    transaction: &Transaction<'_>,
    workspace: &NewWorkspace,
    owner: Option<&NewOwner>,
) -> Result<Uuid, Error> {
    let owner_id = owner.map(|owner| owner.user_id);
    let workspace_id: Uuid = transaction
        .query_one(CREATE_WORKSPACE, &[&workspace.name, &workspace.currency, &workspace.timezone, &owner_id])
        .await?
        .try_get(0)?;
    if let Some(owner) = owner {
        transaction.execute(ADD_OWNER, &[&workspace_id, &owner.user_id, &owner.full_name, &owner.email]).await?;
    }
    Ok(workspace_id)
}
