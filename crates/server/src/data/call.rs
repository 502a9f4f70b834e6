//! Calls of functions: `GET`, `HEAD` and `POST` on `/rest/v1/rpc/{function}`.

use std::time::Instant;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use query::{CallRequest, plan_call};

use super::error::DataError;
use super::request::DataRequest;
use super::respond::respond;
use super::run::run;
use super::surface::Surface;
use crate::http::dialect::Refusal;
use crate::http::timing::Phase;

/// `GET|POST /rest/v1/rpc/{function}`: what a function gives the caller.
pub async fn call_function<S: Surface>(
    function: Result<Path<String>, PathRejection>,
    request: DataRequest<S>,
) -> Result<Response, DataError> {
    let Path(function) = function.map_err(|_| Refusal::NoRoute)?;
    call(&request, &function).await
}

/// Calls a function by its name.
pub(super) async fn call<S: Surface>(request: &DataRequest<S>, function: &str) -> Result<Response, DataError> {
    let started = Instant::now();
    let method = match request.parts.method {
        Method::GET => query::Method::Get,
        Method::HEAD => query::Method::Head,
        Method::POST => query::Method::Post,
        ref other => {
            let message = format!("Cannot use the {other} method on RPC");
            return Err(DataError::new(StatusCode::METHOD_NOT_ALLOWED, "PGRST101", message));
        }
    };
    let (schema, prefer) = (request.schema()?, request.prefer()?);
    let plan = plan_call(
        &request.catalog,
        &CallRequest {
            method,
            schema,
            function,
            query: request.query(),
            prefer: &prefer,
            accept: &request.accept(),
            range: if method == query::Method::Get { request.range()? } else { None },
            content_type: request.header(header::CONTENT_TYPE),
            body: &request.body,
            options: request.options(),
        },
    )?;
    request.timing.add(Phase::Plan, started.elapsed());
    respond(request, run(request, &plan, &prefer).await?, "rapport; fwd=bypass")
}
