//! A request's headers and cookies in the form that functions of the database read them.
//!
//! In: headers. Out: JSON objects for `request.headers` and `request.cookies`.
//! Invariant: everything is handed on, tokens included: the database is its operator's, and so are its functions.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

/// The headers by their names in lower case, without the cookies.
pub(super) fn as_json(headers: &HeaderMap) -> String {
    let mut fields = Map::new();
    for (name, value) in headers.iter().filter(|(name, _)| *name != header::COOKIE) {
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        fields.insert(name.as_str().to_owned(), Value::String(text));
    }
    Value::Object(fields).to_string()
}

/// The cookies by their names.
pub(super) fn cookies(headers: &HeaderMap) -> String {
    let mut fields = Map::new();
    for value in headers.get_all(header::COOKIE) {
        let text = String::from_utf8_lossy(value.as_bytes());
        for (name, value) in text.split(';').filter_map(|pair| pair.trim().split_once('=')) {
            fields.insert(name.to_owned(), Value::String(value.trim_matches('"').to_owned()));
        }
    }
    if fields.is_empty() { String::new() } else { Value::Object(fields).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_told_apart_from_headers() {
        let mut headers = HeaderMap::new();
        headers.insert("x-one", "1".parse().unwrap());
        headers.insert("cookie", "a=b; c=\"d e\"".parse().unwrap());
        assert_eq!(as_json(&headers), r#"{"x-one":"1"}"#);
        assert_eq!(cookies(&headers), r#"{"a":"b","c":"d e"}"#);
        assert_eq!(cookies(&HeaderMap::new()), "");
    }
}
