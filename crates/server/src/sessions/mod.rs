//! What a live session stands for: its user, their workspace and role.
//!
//! In: session and user of a verified token. Out: their [`Standing`], from memory when it is fresh.
//! Invariant: an answer is at most [`FRESH_FOR`] old, and what a change ended is forgotten when [`Sessions::forget_session`]
//! or [`Sessions::forget_user`] returns, even if a look-up that began earlier ends later.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use quick_cache::sync::Cache;
use uuid::Uuid;

use crate::members::Role;
use crate::pg::{Pg, PgError};

const STANDING: &str = include_str!("sql/standing.sql");

/// How long an answer is good without having heard of a change.
pub const FRESH_FOR: Duration = Duration::from_secs(5);

/// Who a live session is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The user.
    pub user_id: Uuid,
    /// Their workspace and role; a user may have none.
    pub membership: Option<Membership>,
    /// Locked until then.
    pub banned_until: Option<DateTime<Utc>>,
}

/// A user's place in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The workspace.
    pub workspace_id: Uuid,
    /// What they may do there.
    pub role: Role,
}

#[derive(Clone)]
struct Remembered {
    standing: Arc<Standing>,
    asked_at: Instant,
}

/// Remembers the standing of sessions for a few seconds.
pub struct Sessions {
    remembered: Cache<Uuid, Remembered>,
    /// Grows with every change, so that a look-up can tell whether one happened meanwhile.
    changes: AtomicU64,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { remembered: Cache::new(10_000), changes: AtomicU64::new(0) }
    }
}

impl Sessions {
    /// The standing of a session, if it is live and belongs to the user.
    pub async fn standing(&self, pg: &Pg, session_id: Uuid, user_id: Uuid) -> Result<Option<Arc<Standing>>, PgError> {
        if let Some(known) = self.remembered.get(&session_id)
            && known.asked_at.elapsed() < FRESH_FOR
            && known.standing.user_id == user_id
        {
            return Ok(Some(known.standing));
        }
        let before = self.changes.load(Ordering::Acquire);
        let asked_at = Instant::now();
        let Some(standing) = look_up(pg, session_id, user_id).await? else {
            self.remembered.remove(&session_id);
            return Ok(None);
        };
        let standing = Arc::new(standing);
        if self.changes.load(Ordering::Acquire) == before {
            self.remembered.insert(session_id, Remembered { standing: Arc::clone(&standing), asked_at });
            // A change between the check and the insert would have been missed by both.
            if self.changes.load(Ordering::Acquire) != before {
                self.remembered.remove(&session_id);
            }
        }
        Ok(Some(standing))
    }

    /// A session changed or ended.
    pub fn forget_session(&self, session_id: Uuid) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        self.remembered.remove(&session_id);
    }

    /// A user's memberships changed.
    pub fn forget_user(&self, user_id: Uuid) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        self.remembered.retain(|_session_id, known| known.standing.user_id != user_id);
    }

    /// Anything may have changed, as after a gap in the change stream.
    pub fn forget_all(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        self.remembered.clear();
    }
}

async fn look_up(pg: &Pg, session_id: Uuid, user_id: Uuid) -> Result<Option<Standing>, PgError> {
    let client = pg.system().await?;
    let statement = client.prepare_cached(STANDING).await?;
    let Some(row) = client.query_opt(&statement, &[&session_id, &user_id]).await? else {
        return Ok(None);
    };
    let workspace_id: Option<Uuid> = row.try_get("workspace_id")?;
    let role: Option<String> = row.try_get("role")?;
    let membership = match (workspace_id, role.as_deref().map(str::parse::<Role>)) {
        (Some(workspace_id), Some(Ok(role))) => Some(Membership { workspace_id, role }),
        _ => None,
    };
    Ok(Some(Standing { user_id, membership, banned_until: row.try_get("banned_until")? }))
}
