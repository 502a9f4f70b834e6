//! `GET` and `HEAD` on a relation.

use std::time::Instant;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::Method;
use axum::response::Response;
use query::{ReadRequest, plan_read};

use super::error::DataError;
use super::request::DataRequest;
use super::respond::respond;
use super::run::run;
use super::surface::Surface;
use crate::http::dialect::Refusal;
use crate::http::timing::Phase;

/// `GET /rest/v1/{relation}`: the rows a caller may see.
pub async fn read_rows<S: Surface>(
    relation: Result<Path<String>, PathRejection>,
    request: DataRequest<S>,
) -> Result<Response, DataError> {
    let Path(relation) = relation.map_err(|_| Refusal::NoRoute)?;
    let started = Instant::now();
    let head = request.parts.method == Method::HEAD;
    let (schema, prefer) = (request.schema()?, request.prefer()?);
    let plan = plan_read(
        &request.catalog,
        &ReadRequest {
            schema,
            relation: &relation,
            query: request.query(),
            prefer: &prefer,
            accept: &request.accept(),
            range: if head { None } else { request.range()? },
            head,
            options: request.options(),
        },
    )?;
    request.timing.add(Phase::Plan, started.elapsed());
    respond(&request, run(&request, &plan, &prefer).await?, "rapport; fwd=miss")
}
