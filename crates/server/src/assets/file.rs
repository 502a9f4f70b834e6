//! One file of the web app in each form it can leave.

use axum::http::{HeaderMap, header};

/// A file built into the binary.
#[derive(Debug, Clone, Copy)]
pub(super) struct File {
    /// Its address.
    pub(super) path: &'static str,
    /// What it is.
    pub(super) content_type: &'static str,
    /// Names its content, quoted as in the header.
    pub(super) etag: &'static str,
    /// As it is.
    pub(super) identity: &'static [u8],
    /// Compressed by brotli, if that made it smaller.
    pub(super) br: Option<&'static [u8]>,
    /// Compressed by gzip, if that made it smaller.
    pub(super) gzip: Option<&'static [u8]>,
}

impl File {
    /// The smallest form that the client understands, and its name.
    pub(super) fn best(&self, request: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
        let accepted = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let understands = |wanted: &str| {
            accepted.split(',').any(|entry| {
                let mut parts = entry.split(';').map(str::trim);
                let name = parts.next().unwrap_or_default();
                let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
                name.eq_ignore_ascii_case(wanted) && !refused
            })
        };
        match (self.br, self.gzip) {
            (Some(bytes), _) if understands("br") => (bytes, Some("br")),
            (_, Some(bytes)) if understands("gzip") => (bytes, Some("gzip")),
            _ => (self.identity, None),
        }
    }
}
