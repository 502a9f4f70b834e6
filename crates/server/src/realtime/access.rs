//! Who is at the other end of a channel.
//!
//! In: the access token of a join, or the access granted earlier. Out: [`Access`], or why there is none.
//! Invariant: workspace and membership come from the database, never from the token.

use uuid::Uuid;

use crate::app::App;
use crate::auth::token::TokenError;
use crate::clock;
use crate::sessions::Standing;

/// A live session in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Access {
    pub(super) user_id: Uuid,
    pub(super) session_id: Uuid,
    pub(super) workspace_id: Uuid,
    /// When the token ends, in seconds since 1970.
    pub(super) expires_s: i64,
}

/// Why a channel has no access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Denied {
    /// No token came with it: the caller is only an application key.
    Anonymous,
    /// The user is in no workspace.
    NoWorkspace,
    /// The token is no token, or says what ours never say.
    Malformed,
    /// Somebody else signed it.
    Signature,
    /// Its time is over.
    Expired {
        /// Since when.
        seconds: Option<i64>,
    },
    /// Its session has ended or its user is locked.
    Ended,
    /// The database could not be asked.
    Unavailable,
}

impl Denied {
    /// The reason in the dialect's form, `Code: message`.
    pub(super) fn reason(&self, name: &str) -> String {
        match self {
            Self::Anonymous | Self::NoWorkspace => {
                format!("Unauthorized: You do not have permissions to read from this Channel topic: {name}")
            }
            Self::Malformed => "MalformedJWT: The token provided is not a valid JWT".to_owned(),
            Self::Signature => "JwtSignatureError: Failed to validate JWT signature".to_owned(),
            Self::Expired { seconds: Some(seconds) } => {
                format!("InvalidJWTToken: Token has expired {seconds} seconds ago")
            }
            Self::Expired { seconds: None } => "InvalidJWTToken: Token has expired".to_owned(),
            Self::Ended => "InvalidJWTToken: The session has ended".to_owned(),
            Self::Unavailable => "RealtimeRestarting: Realtime is restarting, please standby".to_owned(),
        }
    }
}

/// Judges the token of a join.
pub(super) async fn authorise(app: &App, token: Option<&str>, apikey: &str) -> Result<Access, Denied> {
    let token = token.map(str::trim).filter(|token| !token.is_empty() && *token != apikey && !token.starts_with("sb_"));
    let Some(token) = token else { return Err(Denied::Anonymous) };
    let now = clock::now();
    let claims = app.auth.keys.verify(token, now.timestamp()).map_err(|error| match error {
        TokenError::Expired => Denied::Expired { seconds: None },
        TokenError::Key => Denied::Signature,
        _ => Denied::Malformed,
    })?;
    stand(app, claims.session_id, claims.sub, claims.exp).await
}

/// Judges an access again: the session may have ended, the membership may have changed.
pub(super) async fn still(app: &App, access: &Access) -> Result<Access, Denied> {
    let late = clock::now().timestamp() - access.expires_s;
    if late >= 0 {
        return Err(Denied::Expired { seconds: Some(late) });
    }
    stand(app, access.session_id, access.user_id, access.expires_s).await
}

async fn stand(app: &App, session_id: Uuid, user_id: Uuid, expires_s: i64) -> Result<Access, Denied> {
    let found = app.sessions.standing(&app.pg, session_id, user_id).await.map_err(|error| {
        tracing::warn!(%error, "a socket's session could not be looked up");
        Denied::Unavailable
    })?;
    let standing = found.ok_or(Denied::Ended)?;
    let Standing { membership, banned_until, .. } = &*standing;
    if banned_until.is_some_and(|until| until > clock::now()) {
        return Err(Denied::Ended);
    }
    let membership = membership.ok_or(Denied::NoWorkspace)?;
    Ok(Access { user_id, session_id, workspace_id: membership.workspace_id, expires_s })
}
