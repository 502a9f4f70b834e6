//! Where clients reach the API, in the parts that a document names.
//!
//! In: a URL, or a host and a port. Out: scheme, host and path. Invariant: the port is always told.

use std::borrow::Cow;

/// Scheme, host and path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address<'a> {
    /// `http` or `https`.
    pub(super) scheme: &'static str,
    /// Host and port.
    pub(super) host: Cow<'a, str>,
    /// The path in front of every path of the document.
    pub(super) base_path: Cow<'a, str>,
}

impl<'a> Address<'a> {
    /// The address that a URL names, with a path below it.
    pub fn of(url: &'a str, below: &str) -> Self {
        let (scheme, rest, port) = match url.strip_prefix("https://") {
            Some(rest) => ("https", rest, 443),
            None => ("http", url.strip_prefix("http://").unwrap_or(url), 80),
        };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let host = if has_port { Cow::Borrowed(host) } else { Cow::Owned(format!("{host}:{port}")) };
        let path = if below.is_empty() { path } else { path.trim_end_matches('/') };
        let base_path = match (path, below) {
            ("", "") => Cow::Borrowed("/"),
            (path, "") => Cow::Borrowed(path),
            (path, below) => Cow::Owned(format!("{path}{below}")),
        };
        Self { scheme, host, base_path }
    }

    /// The address of a server that listens by itself.
    pub fn local(host: &str, port: u16) -> Self {
        Self { scheme: "http", host: Cow::Owned(format!("{host}:{port}")), base_path: Cow::Borrowed("/") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_tells_host_port_and_path() {
        for (url, below, scheme, host, base_path) in [
            ("https://example.com/api", "", "https", "example.com:443", "/api"),
            ("http://example.com", "", "http", "example.com:80", "/"),
            ("http://[::1]:3000/", "", "http", "[::1]:3000", "/"),
            ("http://127.0.0.1:8080", "/rest/v1", "http", "127.0.0.1:8080", "/rest/v1"),
            ("https://example.com/crm/", "/rest/v1", "https", "example.com:443", "/crm/rest/v1"),
        ] {
            let expected = Address { scheme, host: host.into(), base_path: base_path.into() };
            assert_eq!(Address::of(url, below), expected, "{url}");
        }
    }
}
