//! Links that work once: asking for one, and following one.
//!
//! In: an address, or a token from a link. Out: nothing that tells whether the address exists, or a session.
//! Invariant: a link signs in once, and redirects only to this installation.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Redirect;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_postgres::Transaction;
use tokio_postgres::error::SqlState;

use super::body::{self, Body};
use super::error::{AuthError, Code};
use super::one_time::{self, Purpose, Spent};
use super::session;
use super::sign_in::user_agent;
use crate::app::App;
use crate::clock;
use crate::http::extract::ClientAddress;

const ACTIVATE_ACCOUNT: &str = include_str!("sql/activate_account.sql");

/// The address whose password was forgotten.
#[derive(Debug, Deserialize)]
pub struct Forgotten {
    email: Option<String>,
}

/// `POST /auth/v1/recover`: always the same answer, so that nobody learns which addresses exist.
pub async fn recover(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Body(request): Body<Forgotten>,
) -> Result<Json<Value>, AuthError> {
    app.auth.throttle.admit(address)?;
    body::email(request.email)?;
    Ok(Json(json!({})))
}

/// A token from a link.
#[derive(Debug, Deserialize)]
pub struct Link {
    #[serde(rename = "type")]
    kind: Option<String>,
    token: Option<String>,
    token_hash: Option<String>,
    redirect_to: Option<String>,
}

/// `POST /auth/v1/verify`: a link's token becomes a session.
pub async fn verify(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(link): Body<Link>,
) -> Result<Json<Value>, AuthError> {
    app.auth.throttle.admit(address)?;
    follow(&app, &headers, &link).await.map(Json)
}

/// `GET /auth/v1/verify`: the same for a browser that follows the link itself.
pub async fn follow_link(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Query(link): Query<Link>,
) -> Redirect {
    let result = match app.auth.throttle.admit(address) {
        Ok(()) => follow(&app, &headers, &link).await,
        Err(refused) => Err(refused),
    };
    let target = own_address(&app.config.http.public_url, link.redirect_to.as_deref());
    let kind = link.kind.as_deref().and_then(Purpose::parse).map_or("", Purpose::as_str);
    Redirect::to(&match result {
        Ok(session) => format!("{target}#{}", session_fragment(&session, kind)),
        Err(error) => format!("{target}#error=access_denied&error_code={}&sb=", error.code.as_str()),
    })
}

async fn follow(app: &App, headers: &HeaderMap, link: &Link) -> Result<Value, AuthError> {
    let Some(purpose) = link.kind.as_deref().and_then(Purpose::parse) else {
        return Err(AuthError::new(Code::ValidationFailed, "Verify requires a verification type"));
    };
    let expired = || AuthError::new(Code::OtpExpired, "Email link is invalid or has expired");
    let secret = link.token_hash.as_deref().or(link.token.as_deref()).ok_or_else(expired)?;
    let now = clock::now();
    let mut client = app.pg.system().await?;
    let transaction = client.transaction().await?;
    let spent = one_time::spend(&transaction, secret, purpose, now).await?.ok_or_else(expired)?;
    if purpose == Purpose::Invite {
        activate(&transaction, spent, None).await?;
    }
    let user_id = spent.user_id;
    let session =
        session::open(&transaction, app.auth.signer(now), user_id, purpose.as_str(), user_agent(headers)).await?;
    transaction.commit().await?;
    app.sessions.forget_user(user_id);
    Ok(session)
}

/// Accepts an invitation; the invited user may choose another address.
pub(super) async fn activate(
    transaction: &Transaction<'_>,
    spent: Spent,
    email: Option<&str>,
) -> Result<(), AuthError> {
    match transaction.execute(ACTIVATE_ACCOUNT, &[&spent.user_id, &email, &spent.workspace_id]).await {
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => Err(Code::UserAlreadyExists.into()),
        Err(error) => Err(error.into()),
    }
}

/// Where a link leads: this installation, whatever it asks for.
fn own_address(public_url: &str, wanted: Option<&str>) -> String {
    let own = wanted.filter(|wanted| {
        wanted.strip_prefix(public_url).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
            && !wanted.contains(|c: char| c == '#' || c == '\\' || c.is_control() || c.is_whitespace())
    });
    own.unwrap_or(public_url).to_owned()
}

fn session_fragment(session: &Value, kind: &str) -> String {
    let text = |name: &str| session.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |name: &str| session.get(name).and_then(Value::as_i64).unwrap_or_default();
    format!(
        "access_token={}&expires_at={}&expires_in={}&refresh_token={}&sb=&token_type=bearer&type={kind}",
        text("access_token"),
        number("expires_at"),
        number("expires_in"),
        text("refresh_token"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_nowhere_else() {
        for (wanted, expected) in [
            (None, "https://crm.test"),
            (Some("https://crm.test/set-password"), "https://crm.test/set-password"),
            (Some("https://crm.test.evil.org/"), "https://crm.test"),
            (Some("https://crm.test@evil.org/"), "https://crm.test"),
            (Some("//evil.org"), "https://crm.test"),
            (Some("https://crm.test/a#b"), "https://crm.test"),
        ] {
            assert_eq!(own_address("https://crm.test", wanted), expected, "{wanted:?}");
        }
    }
}
