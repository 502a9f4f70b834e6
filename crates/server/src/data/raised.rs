//! Errors that a function makes up whole: `raise sqlstate 'PGRST'` with JSON in message and detail.
//!
//! In: PostgreSQL's error. Out: the error that the function means, or PGRST121 about what it says instead.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::error::DataError;
use crate::pg::DbError;

const OF_MESSAGE: &str = "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: \
    'details', 'hint'.";
const OF_DETAIL: &str = "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: \
    'status_text'.";

#[derive(Deserialize)]
struct Message {
    code: String,
    message: String,
    details: Option<String>,
    hint: Option<String>,
}

#[derive(Deserialize)]
struct Detail {
    status: u16,
    status_text: Option<String>,
    headers: BTreeMap<String, String>,
}

/// The error that a function means.
pub(super) fn raised(error: &DbError) -> DataError {
    let Ok(message) = serde_json::from_str::<Message>(&error.message) else {
        return unreadable(format!("Invalid JSON value for MESSAGE: '{}'", error.message), OF_MESSAGE);
    };
    let Some(detail) = &error.detail else {
        return unreadable("DETAIL is missing in the RAISE statement".to_owned(), OF_DETAIL);
    };
    let parsed = serde_json::from_str::<Detail>(detail).ok();
    let status = parsed.as_ref().and_then(|detail| StatusCode::from_u16(detail.status).ok());
    let (Some(parsed), Some(status)) = (parsed, status) else {
        return unreadable(format!("Invalid JSON value for DETAIL: '{detail}'"), OF_DETAIL);
    };
    let headers = parsed.headers.into_iter();
    DataError {
        status,
        reason: parsed.status_text.map(Box::new),
        code: message.code,
        message: message.message,
        details: Box::new(message.details.map_or(Value::Null, Value::String)),
        hint: message.hint,
        headers: headers
            .filter_map(|(name, value)| Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?)))
            .collect(),
    }
}

fn unreadable(details: String, hint: &str) -> DataError {
    let message = "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error";
    DataError::new(StatusCode::INTERNAL_SERVER_ERROR, "PGRST121", message).with_details(details).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(message: &str, detail: Option<&str>) -> DataError {
        raised(&DbError { message: message.to_owned(), detail: detail.map(str::to_owned), ..DbError::default() })
    }

    #[test]
    fn a_function_may_make_up_its_own_error() {
        let detail = r#"{"status":423,"status_text":"Closed","headers":{"X-Until":"noon"}}"#;
        let error = of(r#"{"code":"C1","message":"Closed","hint":"Come back"}"#, Some(detail));
        assert_eq!((error.status.as_u16(), error.code.as_str()), (423, "C1"));
        assert_eq!((error.reason.as_ref().map(|reason| reason.as_str()), error.headers.len()), (Some("Closed"), 1));
    }

    #[test]
    fn a_function_is_told_what_it_left_out() {
        let message = r#"{"code":"C1","message":"Closed"}"#;
        for (message, detail, expected) in [
            ("{}", None, "Invalid JSON value for MESSAGE: '{}'"),
            (message, None, "DETAIL is missing in the RAISE statement"),
            (message, Some("{}"), "Invalid JSON value for DETAIL: '{}'"),
            (
                message,
                Some(r#"{"status":1,"headers":{}}"#),
                r#"Invalid JSON value for DETAIL: '{"status":1,"headers":{}}'"#,
            ),
        ] {
            let error = of(message, detail);
            assert_eq!((error.code.as_str(), error.details.as_str()), ("PGRST121", Some(expected)));
        }
    }
}
