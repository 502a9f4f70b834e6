//! The web app: files built into the binary, compressed at build time.
//!
//! In: a path. Out: a file, the app's page for paths that only the app knows, or a 404 in the path's dialect.
//! Invariant: a file whose name holds its hash never changes; the page is asked for anew each time.

mod file;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::http::dialect::{Dialect, Refusal};
use file::File;

mod embedded {
    use super::File;

    include!(concat!(env!("OUT_DIR"), "/web.rs"));
}

const PAGE: &str = "/index.html";
/// Files below it carry their hash in their name.
const HASHED: &str = "/assets/";
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Rapport</title>\
    <h1>Rapport is running</h1><p>This binary was built without the web app: run <code>npm run build</code> in \
    <code>web</code>, then build again. The API is here and works.</p></html>";
/// The page may load its own files and talk to its own server, and nothing else.
const PAGE_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Everything that no route is for.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path();
    let dialect = Dialect::of(path);
    if dialect != Dialect::Page {
        return dialect.refuse(Refusal::NoRoute);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return dialect.refuse(Refusal::NoMethod(request.method().clone()));
    }
    answer(embedded::FILES, path, request.headers())
}

fn answer(files: &[File], path: &str, headers: &HeaderMap) -> Response {
    let found = |path: &str| files.iter().find(|file| file.path == path);
    if let Some(file) = found(path) {
        return send(file, headers);
    }
    if path.starts_with(HASHED) || looks_like_a_file(path) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match found(PAGE) {
        Some(page) => send(page, headers),
        None => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (headers, NOT_BUILT).into_response()
        }
    }
}

/// Browsers and robots ask for these by themselves; the app's page would be a wrong answer.
fn looks_like_a_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["ico", "txt", "xml", "js", "css", "map", "json", "png", "svg", "php", "webmanifest", "woff2"].contains(&extension)
}

fn send(file: &File, request: &HeaderMap) -> Response {
    let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged = known.is_some_and(|known| {
        known == "*" || known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == file.etag)
    });
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let (bytes, encoding) = file.best(request);
        let mut response = bytes.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    };
    let headers = response.headers_mut();
    let hashed = file.path.starts_with(HASHED);
    let caching = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::ETAG, HeaderValue::from_static(file.etag));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if file.path == PAGE {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    }
    response
}

#[cfg(test)]
mod tests;
