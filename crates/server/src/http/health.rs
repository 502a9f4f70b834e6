//! Is the process alive, and can it serve?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app::App;

/// `GET /livez`: the process runs.
pub(super) async fn live() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers and the change stream runs. Migrations are done before anybody listens.
pub(super) async fn ready(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let database = match app.pg.system().await {
        Ok(client) => client.simple_query("select 1").await.is_ok(),
        Err(_) => false,
    };
    let changes = app.realtime.is_live();
    let ready = database && changes;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ready, "database": database, "changes": changes })))
}
