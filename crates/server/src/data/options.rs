//! What can be done with a relation or a function, and the root.

use std::time::Instant;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schema::Volatility;

use super::error::DataError;
use super::request::DataRequest;
use super::surface::Surface;
use crate::http::dialect::Refusal;
use crate::http::timing::Phase;

/// `OPTIONS /rest/v1/{relation}`: the methods it knows.
pub async fn describe_relation<S: Surface>(
    relation: Result<Path<String>, PathRejection>,
    request: DataRequest<S>,
) -> Result<Response, DataError> {
    let Path(name) = relation.map_err(|_| Refusal::NoRoute)?;
    let schema = request.schema()?;
    let relation = request.catalog.relation(schema, &name).ok_or_else(|| {
        DataError::new(
            StatusCode::NOT_FOUND,
            "PGRST205",
            format!("Could not find the table '{schema}.{name}' in the schema cache"),
        )
    })?;
    let mut methods = vec!["OPTIONS", "GET", "HEAD"];
    if relation.insertable {
        methods.push("POST");
    }
    if relation.insertable && relation.updatable && !relation.primary_key.is_empty() {
        methods.push("PUT");
    }
    if relation.updatable {
        methods.push("PATCH");
    }
    if relation.deletable {
        methods.push("DELETE");
    }
    allow(&request, &methods)
}

/// `OPTIONS /rest/v1/rpc/{function}`: the methods it knows.
pub async fn describe_function<S: Surface>(
    function: Result<Path<String>, PathRejection>,
    request: DataRequest<S>,
) -> Result<Response, DataError> {
    let Path(name) = function.map_err(|_| Refusal::NoRoute)?;
    let schema = request.schema()?;
    let reads = request
        .catalog
        .functions
        .iter()
        .any(|known| known.schema == schema && known.name == name && known.volatility != Volatility::Volatile);
    let methods: &[&str] = if reads { &["OPTIONS", "GET", "HEAD", "POST"] } else { &["OPTIONS", "POST"] };
    allow(&request, methods)
}

/// `OPTIONS /`: the methods that the root knows.
pub async fn describe_root<S: Surface>(request: DataRequest<S>) -> Result<Response, DataError> {
    allow(&request, &["OPTIONS", "GET", "HEAD"])
}

fn allow<S: Surface>(request: &DataRequest<S>, methods: &[&str]) -> Result<Response, DataError> {
    let started = Instant::now();
    let value = HeaderValue::try_from(methods.join(",")).map_err(|_| Refusal::Broken)?;
    let response = ([(header::ALLOW, value)], StatusCode::OK).into_response();
    request.timing.add(Phase::Respond, started.elapsed());
    Ok(response)
}
