//! Every layer that a request passes, in order, and why it is there.
//!
//! In: the router. Out: the router as the world sees it.
//! Invariant: the order below is the order a request meets them; an answer passes them the other way.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use futures_util::FutureExt;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tracing::Instrument;

use super::cors;
use super::dialect::{Dialect, Refusal};
use super::timing::Timing;
use crate::app::App;
use crate::auth;
use crate::entropy;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// An answer to somebody with a session: it may tell where the time went.
#[derive(Debug, Clone, Copy)]
struct Authenticated;

/// Wraps the router.
pub(super) fn apply(router: Router<App>, app: &App) -> Router<App> {
    let compression = CompressionLayer::new()
        .no_br()
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(1024).and(NotForContentType::IMAGES).and(NotForContentType::SSE));
    router.layer(
        ServiceBuilder::new()
            // First, so that every later line of the log and the answer carry the same id.
            .layer(middleware::from_fn(trace))
            // Before anything that may fail in a way nobody thought of.
            .layer(middleware::from_fn_with_state(None, catch_panic))
            // Browsers obey these even on errors.
            .layer(middleware::from_fn_with_state(Security::new(app), security))
            // A preflight needs no session, so it ends here; other answers are marked as readable across origins.
            .layer(middleware::from_fn(cors::cors))
            // Outside the clock: its time is the client's gain. Files come compressed already and pass untouched.
            .layer(compression)
            // The clock that Server-Timing is read from.
            .layer(middleware::from_fn(time))
            // GoTrue's clients choose the form of errors by a header.
            .layer(middleware::from_fn(auth::choose_error_form)),
    )
}

/// Says that the answer is for somebody with a session.
pub(super) fn mark_authenticated(mut response: Response) -> Response {
    response.extensions_mut().insert(Authenticated);
    response
}

/// Logs route, status and duration under an id; never a query string, an address or a body.
pub(crate) async fn trace(request: Request, next: Next) -> Response {
    let id = entropy::uuid_v7().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("page", MatchedPath::as_str);
    let span = tracing::info_span!("request", id, method = request.method().as_str(), route);
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| {
        tracing::debug!(
            status = response.status().as_u16(),
            elapsed_us = started.elapsed().as_micros() as u64,
            "answered"
        );
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().entry(REQUEST_ID).or_insert(value);
    }
    response
}

/// Answers in a dialect, or in the path's, when a handler fails in a way that nobody thought of.
pub(crate) async fn catch_panic(State(dialect): State<Option<Dialect>>, request: Request, next: Next) -> Response {
    let dialect = dialect.unwrap_or_else(|| Dialect::of(request.uri().path()));
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_panic) => {
            tracing::error!("a handler panicked");
            dialect.refuse(Refusal::Broken)
        }
    }
}

/// Headers that do not depend on the request.
#[derive(Debug, Clone, Copy)]
struct Security {
    https: bool,
}

impl Security {
    fn new(app: &App) -> Self {
        Self { https: app.config.http.public_url.starts_with("https://") }
    }
}

async fn security(State(security): State<Security>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let set = |headers: &mut HeaderMap, name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    set(headers, header::REFERRER_POLICY, "same-origin");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    // Pages bring a policy of their own; nothing else may do anything at all when it is opened as a page.
    set(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    if security.https {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

async fn time(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let dialect = Dialect::of(request.uri().path());
    let timing = Timing::default();
    request.extensions_mut().insert(timing.clone());
    let mut response = next.run(request).await;
    let authenticated = response.extensions().get::<Authenticated>().is_some();
    let headers = response.headers_mut();
    if authenticated {
        if let Ok(value) = HeaderValue::from_str(&timing.header(started.elapsed())) {
            headers.insert(SERVER_TIMING, value);
        }
        headers.entry(CACHE_STATUS).or_insert(HeaderValue::from_static("rapport; fwd=bypass"));
    }
    if dialect != Dialect::Page {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    }
    response
}
