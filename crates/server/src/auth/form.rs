//! The two forms of GoTrue's errors: clients that send a version get the newer one.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::OlderBody;

const API_VERSION: HeaderName = HeaderName::from_static("x-supabase-api-version");
const DATED: &str = "2024-01-01";

/// Answers `/auth/v1` in the form the client's API version knows.
pub async fn choose_error_form(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/auth/") {
        return next.run(request).await;
    }
    let dated =
        request.headers().get(&API_VERSION).and_then(|value| value.to_str().ok()).is_some_and(|date| date >= DATED);
    let mut response = next.run(request).await;
    if dated {
        response.headers_mut().insert(API_VERSION, HeaderValue::from_static(DATED));
        return response;
    }
    let Some(OlderBody(body)) = response.extensions_mut().remove::<OlderBody>() else {
        return response;
    };
    let mut older = (response.status(), axum::Json(body)).into_response();
    for (name, value) in response.headers() {
        if name != header::CONTENT_LENGTH {
            older.headers_mut().insert(name.clone(), value.clone());
        }
    }
    older
}
