//! The workspace that a command is about.
//!
//! In: a name or an id. Out: its id, or an error that lists what there is.

use uuid::Uuid;

use super::CliError;
use crate::pg::Pg;

const FIND: &str = "select id from public.workspaces where name = $1 or id::text = $1 order by created_at";
const NAMES: &str = "select name from public.workspaces order by name limit 50";

/// The one workspace of that name.
pub(super) async fn find(pg: &Pg, name: &str) -> Result<Uuid, CliError> {
    let client = pg.system().await?;
    let found = client.query(FIND, &[&name]).await.map_err(crate::pg::PgError::from)?;
    match found.as_slice() {
        [row] => row.try_get(0).map_err(|error| crate::pg::PgError::from(error).into()),
        [] => {
            let rows = client.query(NAMES, &[]).await.map_err(crate::pg::PgError::from)?;
            let names: Vec<String> = rows.iter().filter_map(|row| row.try_get(0).ok()).collect();
            let there = if names.is_empty() {
                "there is none yet; make one with rapport user add --create-workspace".to_owned()
            } else {
                format!("there is: {}", names.join(", "))
            };
            Err(CliError::Command(format!("no workspace is called {name:?}; {there}")))
        }
        several => {
            let ids: Vec<String> =
                several.iter().filter_map(|row| row.try_get::<_, Uuid>(0).ok()).map(|id| id.to_string()).collect();
            Err(CliError::Command(format!(
                "{} workspaces are called {name:?}; use an id: {}",
                ids.len(),
                ids.join(", ")
            )))
        }
    }
}
