//! The root: the API described as a Swagger 2.0 document.
//!
//! In: a request for `/`. Out: the document of what the asker may use, or what a function chosen for the root gives.
//! Invariant: privileges are those that the database grants the asker at this moment.

use std::convert::Infallible;
use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use query::openapi::{self, Offer};

use super::call::call;
use super::error::DataError;
use super::request::DataRequest;
use super::respond::{CONTENT_PROFILE, VARY};
use super::surface::{Description, Surface};
use crate::http::dialect::Refusal;
use crate::http::timing::Phase;
use crate::pg::{Access, Statement, Usage};

const OFFER: &str = include_str!("sql/offer.sql");

/// The document's own type, which is also what an asker without wishes gets.
const OPENAPI: &str = "application/openapi+json";
const JSON: &str = "application/json";

/// `GET /rest/v1/`: the description of the API.
pub async fn read_root<S: Surface>(mut request: DataRequest<S>) -> Result<Response, DataError> {
    let surface = request.surface.clone();
    let root = surface.root();
    if root.function.is_none() && root.description == Description::Disabled {
        return Err(DataError::new(StatusCode::NOT_FOUND, "PGRST126", "Root endpoint metadata is disabled"));
    }
    let media = media(request.header(header::ACCEPT))?;
    let mut response = match &root.function {
        Some(function) => {
            // The function gives JSON; that it is a document is known here alone.
            request.parts.headers.remove(header::ACCEPT);
            call(&request, function).await?
        }
        None => {
            let document = describe(&request, root.description).await?;
            // How long the document is costs making it: HEAD says nothing about it.
            let nothing = || Body::from_stream(stream::empty::<Result<Bytes, Infallible>>());
            document.map_or_else(nothing, Body::from).into_response()
        }
    };
    let started = Instant::now();
    let content_type = format!("{media}; charset=utf-8");
    let value = HeaderValue::try_from(content_type).map_err(|_| Refusal::Broken)?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, value);
    headers.insert(header::VARY, VARY);
    if let Some(Ok(schema)) = request.told_schema().map(HeaderValue::try_from) {
        headers.insert(CONTENT_PROFILE, schema);
    }
    request.timing.add(Phase::Respond, started.elapsed());
    Ok(response)
}

/// The document; none for HEAD, which only asks whether there is one.
async fn describe<S: Surface>(request: &DataRequest<S>, description: Description) -> Result<Option<String>, DataError> {
    let schema = request.schema()?;
    let usage = Usage::default();
    let visit = request.visit(Access::Read, &[], None, &usage)?;
    let terms = request.surface.terms(&request.asker, &visit);
    let everything = if description == Description::Everything { "true" } else { "false" };
    let params = [schema, everything].map(|value| Some(Bytes::copy_from_slice(value.as_bytes())));
    let started = Instant::now();
    let answer = request.surface.pg().run(terms, &[Statement { name: "offer", sql: OFFER, params: &params }]).await;
    request.timing.add_database(started.elapsed(), &usage);
    let rows = answer.map_err(|error| request.surface.explain(&request.asker, &request.catalog, error))?;
    let offered = rows.first().and_then(|rows| rows.rows.first()?.first()?.as_deref());
    let offer: Offer = offered.map_or(Ok(Offer::default()), serde_json::from_slice).map_err(|error| {
        tracing::error!(%error, "the offer has a shape that is not understood");
        Refusal::Broken
    })?;
    let started = Instant::now();
    let is_wanted = request.parts.method != Method::HEAD;
    let document = is_wanted.then(|| openapi::describe(&request.catalog, schema, &offer, &request.surface.site()));
    request.timing.add(Phase::Plan, started.elapsed());
    Ok(document)
}

/// The type of the answer that the asker likes best.
fn media(accept: Option<&str>) -> Result<&'static str, DataError> {
    let Some(accept) = accept.map(str::trim).filter(|accept| !accept.is_empty()) else { return Ok(OPENAPI) };
    let mut best: Option<(f32, &'static str)> = None;
    for entry in accept.split(',') {
        let mut parts = entry.split(';').map(str::trim);
        let known = match parts.next().map(str::to_ascii_lowercase).as_deref() {
            Some("*/*" | "application/*" | OPENAPI) => OPENAPI,
            Some(JSON) => JSON,
            _ => continue,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if quality > 0.0 && best.is_none_or(|(best, _)| quality > best) {
            best = Some((quality, known));
        }
    }
    best.map(|(_, media)| media).ok_or_else(|| {
        let wanted: Vec<&str> = accept.split(',').map(str::trim).collect();
        let message = format!("None of these media types are available: {}", wanted.join(", "));
        DataError::new(StatusCode::NOT_ACCEPTABLE, "PGRST107", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_comes_in_two_types_and_no_other() {
        for (accept, expected) in [
            (None, Some(OPENAPI)),
            (Some("*/*"), Some(OPENAPI)),
            (Some("application/openapi+json"), Some(OPENAPI)),
            (Some("application/json"), Some(JSON)),
            (Some("text/html, application/json;q=0.9, */*;q=0.1"), Some(JSON)),
            (Some("text/csv"), None),
        ] {
            assert_eq!(media(accept).ok(), expected, "{accept:?}");
        }
    }
}
