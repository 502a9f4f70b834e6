//! From a plan's outcome to the HTTP answer.
//!
//! In: a request and its [`Outcome`]. Out: status, headers and the body, untouched.
//! Invariant: the body is what PostgreSQL built; nothing here reads it.

use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use query::Body as BodyKind;

use super::error::DataError;
use super::request::DataRequest;
use super::run::Outcome;
use super::surface::Surface;
use crate::http::dialect::Refusal;
use crate::http::timing::Phase;

/// The request headers that decide what is answered, for whoever keeps answers.
pub(super) const VARY: HeaderValue = HeaderValue::from_static("Accept, Prefer, Range");

/// The schema that an answer is about.
pub(super) const CONTENT_PROFILE: HeaderName = HeaderName::from_static("content-profile");

/// The HTTP answer.
pub(super) fn respond<S: Surface>(
    request: &DataRequest<S>,
    outcome: Outcome,
    cache_status: &'static str,
) -> Result<Response, DataError> {
    let started = Instant::now();
    let Outcome { answer, body } = outcome;
    let status = StatusCode::from_u16(answer.status).map_err(|_| Refusal::Broken)?;
    let (body, content_type) = match answer.body {
        BodyKind::Empty => (Body::empty(), None),
        BodyKind::Row { content_type } => {
            let content_type = HeaderValue::try_from(&*content_type).map_err(|_| Refusal::Broken)?;
            (body.map_or_else(Body::empty, Body::from), Some(content_type))
        }
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    headers.insert(HeaderName::from_static("cache-status"), HeaderValue::from_static(cache_status));
    headers.insert(header::VARY, VARY);
    let told = [
        (header::CONTENT_RANGE, Some(answer.content_range)),
        (header::CONTENT_LOCATION, answer.content_location),
        (header::LOCATION, answer.location),
        (HeaderName::from_static("preference-applied"), Some(answer.preference_applied)),
        (CONTENT_PROFILE, request.told_schema().map(str::to_owned)),
    ];
    for (name, value) in told {
        // A value that no header can hold (a line break in a filter) is left out rather than refused.
        if let Some(Ok(value)) = value.filter(|value| !value.is_empty()).map(HeaderValue::try_from) {
            headers.insert(name, value);
        }
    }
    let set = answer.headers.into_iter();
    let set =
        set.filter_map(|(name, value)| Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?)));
    let set: Vec<(HeaderName, HeaderValue)> = set.collect();
    // What a function says takes the place of what would be said without it, and may be said more than once.
    for (name, _) in &set {
        headers.remove(name);
    }
    for (name, value) in set {
        headers.append(name, value);
    }
    request.timing.add(Phase::Respond, started.elapsed());
    Ok(response)
}
