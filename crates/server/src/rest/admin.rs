//! Tells supervisors about the server, on a port of its own.
//!
//! In: a [`Door`]. Out: `/live` (the process answers) and `/ready` (it knows the database, and the database answers).

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use super::door::Door;
use crate::data::Surface as _;

/// The routes of the admin port.
pub fn admin(door: Door) -> Router {
    Router::new().route("/live", get(async || StatusCode::OK)).route("/ready", get(ready)).with_state(door)
}

async fn ready(State(door): State<Door>) -> StatusCode {
    let answers = match door.pg().system().await {
        Ok(client) => client.simple_query("select 1").await.is_ok(),
        Err(_) => false,
    };
    if answers && door.is_loaded() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
