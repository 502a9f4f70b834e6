//! The bytes below the protocol: a Unix socket or TCP.
//!
//! In: a [`Target`]. Out: a [`Stream`]. Invariant: connecting gives up after five seconds.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};

use crate::pg::target::Host;
use crate::pg::{PgError, Target};

/// What a connection reads from and writes to.
pub(in crate::pg) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync> Stream for T {}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens the bare stream.
pub(in crate::pg) async fn open(target: &Target) -> Result<Box<dyn Stream>, PgError> {
    let connecting = async {
        Ok::<Box<dyn Stream>, std::io::Error>(match &target.host {
            Host::Unix(dir) => Box::new(UnixStream::connect(dir.join(format!(".s.PGSQL.{}", target.port))).await?),
            Host::Tcp(host) => {
                let stream = TcpStream::connect((host.as_str(), target.port)).await?;
                stream.set_nodelay(true)?;
                Box::new(stream)
            }
        })
    };
    let opened = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await;
    let opened = opened.map_err(|_| PgError::Unavailable(format!("no answer from the {target}")))?;
    opened.map_err(|error| PgError::Unavailable(format!("{target}: {error}")))
}
