//! `POST`, `PATCH`, `DELETE` and `PUT` on a relation.

use std::time::Instant;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{Method, header};
use axum::response::Response;
use query::{Verb, WriteRequest, plan_write};

use super::error::DataError;
use super::request::DataRequest;
use super::respond::respond;
use super::run::run;
use super::surface::Surface;
use crate::http::dialect::Refusal;
use crate::http::timing::Phase;

/// `POST|PATCH|DELETE|PUT /rest/v1/{relation}`: changes the rows that a caller may change.
pub async fn write_rows<S: Surface>(
    relation: Result<Path<String>, PathRejection>,
    request: DataRequest<S>,
) -> Result<Response, DataError> {
    let Path(relation) = relation.map_err(|_| Refusal::NoRoute)?;
    let started = Instant::now();
    let verb = match request.parts.method {
        Method::POST => Verb::Insert,
        Method::PATCH => Verb::Update,
        Method::DELETE => Verb::Delete,
        Method::PUT => Verb::Put,
        ref other => return Err(Refusal::NoMethod(other.clone()).into()),
    };
    let (schema, prefer) = (request.schema()?, request.prefer()?);
    let plan = plan_write(
        &request.catalog,
        &WriteRequest {
            verb,
            schema,
            relation: &relation,
            query: request.query(),
            prefer: &prefer,
            accept: &request.accept(),
            content_type: request.header(header::CONTENT_TYPE),
            body: &request.body,
            options: request.options(),
        },
    )?;
    request.timing.add(Phase::Plan, started.elapsed());
    respond(&request, run(&request, &plan, &prefer).await?, "rapport; fwd=bypass")
}
