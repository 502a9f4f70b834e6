//! Reads JSON bodies of `/api` routes.
//!
//! In: a request. Out: a typed value, or a problem that says what is wrong with it.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::error::{Code, Problem};

const MOST_BYTES: usize = 1_000_000;

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let bytes = to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| Problem::from(Code::TooLarge))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| match error.classify() {
            Category::Data => Problem::new(Code::Invalid, format!("The body does not fit: {error}")),
            _ => Problem::new(Code::BadRequest, "The body is not JSON"),
        })
    }
}
