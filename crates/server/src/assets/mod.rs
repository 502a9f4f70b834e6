//! The web app: files built into the binary, compressed at build time.
//!
//! In: a path. Out: a file, the app's page for paths that only the app knows, or a 404 in the path's dialect.
//! Invariant: a file whose name holds its hash never changes; the page is asked for anew each time.

use axum::extract::Request;
use axum::response::Response;

use crate::http::dialect::{Dialect, Refusal};

/// Everything that no route is for.
pub async fn serve(request: Request) -> Response {
    Dialect::of(request.uri().path()).refuse(Refusal::NoRoute)
}
