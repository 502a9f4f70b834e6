//! The routes and layers of `rapport rest`.
//!
//! In: a [`Door`]. Out: a router. Invariant: every route stands behind the gate, and every refusal is in the dialect.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use serde_json::json;
use tower::ServiceBuilder;

use super::door::Door;
use super::{cors, gate};
use crate::data::{
    self,
    error::{Brief, DataError},
};
use crate::http::dialect::{Dialect, Refusal};
use crate::http::layers;
use crate::http::timing::{Phase, Timing};

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// The router with every layer.
pub fn router(door: Door) -> Router {
    let relation = get(data::read_rows::<Door>)
        .post(data::write_rows::<Door>)
        .patch(data::write_rows::<Door>)
        .put(data::write_rows::<Door>)
        .delete(data::write_rows::<Door>)
        .options(data::describe_relation::<Door>);
    let function = any(data::call_function::<Door>).options(data::describe_function::<Door>);
    Router::new()
        .route("/", get(data::read_root::<Door>).options(data::describe_root::<Door>))
        .route("/{relation}", relation)
        .route("/rpc/{function}", function)
        .fallback(unknown_path)
        .method_not_allowed_fallback(unknown_method)
        .layer(
            ServiceBuilder::new()
                // First, so that every later line of the log carries the same id.
                .layer(middleware::from_fn(layers::trace))
                // Before anything that may fail in a way nobody thought of.
                .layer(middleware::from_fn_with_state(Some(Dialect::Rest), layers::catch_panic))
                // A preflight needs no token, so it ends here.
                .layer(middleware::from_fn_with_state(door.clone(), cors::cors))
                // What the operator wants to see in answers.
                .layer(middleware::from_fn_with_state(door.clone(), tell))
                // Who asks, whatever the path.
                .layer(middleware::from_fn_with_state(door.clone(), gate::guard)),
        )
        .with_state(door)
}

/// The parts of a request as the dialect's servers call them.
const PHASES: [(Phase, &str); 5] = [
    (Phase::Auth, "jwt"),
    (Phase::Parse, "parse"),
    (Phase::Plan, "plan"),
    (Phase::Db, "transaction"),
    (Phase::Respond, "response"),
];

/// Where the time went, and the header that ties an answer to its request, if the operator wants them.
async fn tell(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let http = &door.settings().http;
    let traced = http.trace_header.clone().and_then(|name| Some((request.headers().get(&name)?.clone(), name)));
    let timing = Timing::default();
    if http.timing {
        request.extensions_mut().insert(timing.clone());
    }
    let mut response = next.run(request).await;
    if http.timing
        && let Ok(value) = HeaderValue::from_str(&timing.reached(&PHASES))
    {
        response.headers_mut().insert(SERVER_TIMING, value);
    }
    if http.terse_errors
        && let Some(Brief { code, message }) = response.extensions().get()
    {
        let body = json!({ "code": code, "message": message }).to_string();
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(body);
    }
    if let Some((value, name)) = traced {
        response.headers_mut().insert(name, value);
    }
    response
}

async fn unknown_path() -> DataError {
    Refusal::NoRoute.into()
}

async fn unknown_method(request: Request) -> Response {
    DataError::from(Refusal::NoMethod(request.method().clone())).into_response()
}
