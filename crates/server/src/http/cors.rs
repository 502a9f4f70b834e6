//! Lets pages of other origins use the APIs. Sessions travel in a header, never in a cookie, so any origin may ask.
//!
//! In: a request to an API. Out: a preflight's answer, or the answer with the headers that make it readable.
//! Invariant: no credentials mode, so a browser adds nothing of its own to a request from elsewhere.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::dialect::Dialect;

const METHODS: &str = "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD";
const REQUEST_HEADERS: &str = "authorization, apikey, x-client-info, content-type, prefer, accept, accept-profile, \
    content-profile, range, range-unit, x-retry-count, x-supabase-api-version, traceparent, tracestate, baggage";
const EXPOSED_HEADERS: &str = "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, ETag, Location, \
    Server, Transfer-Encoding, Range-Unit, X-Total-Count, Link, X-Supabase-Api-Version, X-Sb-Error-Code, \
    Preference-Applied, Proxy-Status, Retry-After, WWW-Authenticate, Server-Timing, Cache-Status, X-Request-Id";
const MAX_AGE_S: &str = "86400";

pub(super) async fn cors(request: Request, next: Next) -> Response {
    if Dialect::of(request.uri().path()) == Dialect::Page {
        return next.run(request).await;
    }
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let wanted = request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        headers
            .insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.unwrap_or(HeaderValue::from_static(REQUEST_HEADERS)));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE_S));
        response
    } else {
        next.run(request).await
    };
    make_readable(response.headers_mut());
    response
}

fn make_readable(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
}
