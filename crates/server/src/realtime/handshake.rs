//! `GET /realtime/v1/websocket`: from a request to a socket.
//!
//! In: `vsn`, `apikey`, `resync`, the `Origin` header. Out: a socket, or a refusal before the upgrade.
//! Invariant: a page of another origin opens no socket.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::frame::Version;
use super::limits::MAX_FRAME_BYTES;
use super::socket::{Opening, run};
use crate::app::App;

/// Memory that a socket holds for reading and for writing, each.
const BUFFER_BYTES: usize = 8 << 10;

/// What the address of a socket may say.
#[derive(Debug, Deserialize)]
pub struct Parameters {
    vsn: Option<String>,
    apikey: Option<String>,
    resync: Option<String>,
}

/// Opens a socket.
pub async fn open_socket(
    State(app): State<App>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !is_own_origin(&headers, &app.config.http.public_url) {
        return (StatusCode::FORBIDDEN, "this origin may not open a socket").into_response();
    }
    let Some(version) = Version::parse(parameters.vsn.as_deref()) else {
        return (StatusCode::BAD_REQUEST, "vsn is 1.0.0 or 2.0.0").into_response();
    };
    let opening = Opening {
        version,
        apikey: parameters.apikey.unwrap_or_default(),
        resync_by_message: parameters.resync.as_deref() == Some("message"),
    };
    upgrade
        // The usual 128 KiB each would be most of what an idle socket takes.
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_frame_size(MAX_FRAME_BYTES)
        .max_message_size(MAX_FRAME_BYTES)
        .on_upgrade(move |socket| run(app, socket, opening))
}

/// Browsers name the origin of the page; programs need not.
fn is_own_origin(headers: &HeaderMap, public_url: &str) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    if origin == public_url {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    host.is_some() && authority == host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_origin_is_refused() {
        let check = |origin: Option<&str>, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "crm.local:8080".parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(is_own_origin(&headers, "https://crm.example.org"), expected, "{origin:?}");
        };
        check(None, true);
        check(Some("http://crm.local:8080"), true);
        check(Some("https://crm.example.org"), true);
        check(Some("https://evil.example"), false);
        check(Some("https://crm.example.org.evil.example"), false);
        check(Some("null"), false);
    }
}
