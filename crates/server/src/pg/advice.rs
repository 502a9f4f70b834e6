//! What the operator of the database should change, found out at start.
//!
//! In: a [`Target`]. Out: one line of advice, or none. Invariant: asks only, changes nothing.

use super::{PgError, Target};

/// What keeps the change stream, and with it live updates, from running there.
pub async fn change_stream_advice(target: &Target) -> Result<Option<String>, PgError> {
    let client = target.connect().await?;
    let row = client.query_one(include_str!("sql/change_stream.sql"), &[]).await?;
    let (logical, allowed, login): (bool, bool, String) = (row.get(0), row.get(1), row.get(2));
    Ok(match (logical, allowed) {
        (true, true) => None,
        (false, _) => Some("run `alter system set wal_level = 'logical'` and restart PostgreSQL".to_owned()),
        (true, false) => Some(format!("run `alter role {login:?} replication` as a superuser")),
    })
}
