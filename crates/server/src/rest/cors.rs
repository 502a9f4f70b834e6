//! Lets pages of other origins use the API.
//!
//! In: a request that names its origin. Out: a preflight's answer, or the answer with the headers that make it readable.
//! Invariant: an origin that the operator did not list is told nothing.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Door;

const METHODS: &str = "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD";
const ALWAYS_ALLOWED: &str = "Authorization";
const SIMPLE: &str = "Accept, Accept-Language, Content-Language";
const EXPOSED: &str = "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, \
    Transfer-Encoding, Range-Unit";
const MAX_AGE_S: &str = "86400";

pub(super) async fn cors(State(door): State<Door>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let permitted = match (&door.settings().http.origins, origin) {
        (None, _) => Permitted::Everybody,
        (Some(list), Some(origin)) if list.iter().any(|one| one.as_bytes() == origin.as_bytes()) => {
            Permitted::One(origin)
        }
        (Some(_), _) => return next.run(request).await,
    };
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight { permit(request.headers()) } else { next.run(request).await };
    let headers = response.headers_mut();
    match permitted {
        Permitted::Everybody => {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        Permitted::One(origin) => {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            headers.append(header::VARY, HeaderValue::from_static("Origin"));
        }
    }
    if !preflight {
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    }
    response
}

/// Whose pages may read an answer.
enum Permitted {
    /// Anybody's, without their credentials.
    Everybody,
    /// Those of one origin that the operator listed.
    One(HeaderValue),
}

/// A preflight's answer: whatever headers a page wants to send, it may.
fn permit(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    let wanted = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS).and_then(|value| value.to_str().ok());
    let mut allowed = vec![ALWAYS_ALLOWED];
    allowed.extend(wanted.into_iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty()));
    allowed.push(SIMPLE);
    if let Ok(allowed) = HeaderValue::try_from(allowed.join(", ")) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE_S));
    response
}
