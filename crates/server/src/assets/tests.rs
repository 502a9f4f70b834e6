//! Claims about how files leave.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

use super::file::File;
use super::{HASHED, answer};

const FILES: &[File] = &[
    File {
        path: "/index.html",
        content_type: "text/html; charset=utf-8",
        etag: "\"page\"",
        identity: b"page",
        br: Some(b"p"),
        gzip: None,
    },
    File {
        path: "/assets/app-1a2b.js",
        content_type: "text/javascript; charset=utf-8",
        etag: "\"app\"",
        identity: b"app",
        br: None,
        gzip: Some(b"a"),
    },
];

fn check(
    path: &str,
    request: &[(header::HeaderName, &'static str)],
    status: StatusCode,
    told: &[(&str, Option<&str>)],
) {
    let mut headers = HeaderMap::new();
    for (name, value) in request {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
    let response = answer(FILES, path, &headers);
    assert_eq!(response.status(), status, "{path}");
    for (name, expected) in told {
        let seen = response.headers().get(*name).and_then(|value| value.to_str().ok());
        assert_eq!(seen, *expected, "{path} {name}");
    }
}

#[test]
fn a_hashed_file_is_kept_for_ever_and_the_page_is_asked_for_anew() {
    check(
        "/assets/app-1a2b.js",
        &[],
        StatusCode::OK,
        &[
            ("cache-control", Some("public, max-age=31536000, immutable")),
            ("content-type", Some("text/javascript; charset=utf-8")),
            ("content-security-policy", None),
        ],
    );
    check("/", &[], StatusCode::OK, &[("cache-control", Some("no-cache")), ("etag", Some("\"page\""))]);
}

#[test]
fn paths_that_only_the_app_knows_get_its_page() {
    for path in ["/", "/contacts", "/contacts/0190-1", "/organizations/a.b"] {
        check(path, &[], StatusCode::OK, &[("content-type", Some("text/html; charset=utf-8"))]);
    }
}

#[test]
fn a_missing_file_is_missing() {
    for path in [&format!("{HASHED}gone.js"), "/robots.txt", "/favicon.ico"] {
        check(path, &[], StatusCode::NOT_FOUND, &[("content-type", None)]);
    }
}

#[test]
fn a_client_gets_the_smallest_form_it_understands() {
    let accept = header::ACCEPT_ENCODING;
    for (path, accepted, expected) in [
        ("/", "gzip, deflate, br", Some("br")),
        ("/", "gzip", None),
        ("/", "br;q=0", None),
        ("/assets/app-1a2b.js", "br, gzip;q=0.5", Some("gzip")),
        ("/assets/app-1a2b.js", "", None),
    ] {
        check(
            path,
            &[(accept.clone(), accepted)],
            StatusCode::OK,
            &[("content-encoding", expected), ("vary", Some("accept-encoding"))],
        );
    }
}

#[test]
fn a_page_that_the_client_has_is_not_sent_again() {
    for tag in ["\"page\"", "W/\"page\"", "\"other\", \"page\"", "*"] {
        check("/", &[(header::IF_NONE_MATCH, tag)], StatusCode::NOT_MODIFIED, &[("content-length", None)]);
    }
    check("/", &[(header::IF_NONE_MATCH, "\"other\"")], StatusCode::OK, &[]);
}
