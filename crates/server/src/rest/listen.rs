//! Opens the address that requests come to.
//!
//! In: hosts in order of preference and a port. Out: a listener. Invariant: the first address that works is taken.

use tokio::net::TcpListener;

/// Listens on the first of the hosts that works.
pub async fn listen(hosts: &[String], port: u16) -> std::io::Result<TcpListener> {
    let mut failure = std::io::Error::from(std::io::ErrorKind::AddrNotAvailable);
    for host in hosts {
        match TcpListener::bind((host.as_str(), port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}
