//! Where the log comes from.

use std::fmt;
use std::time::Duration;

/// The primary to follow, reached directly (a pooler cannot pass replication on).
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// Host name, address, or the directory of the Unix socket (starts with `/`).
    pub host: String,
    /// Port; names the socket file, too.
    pub port: u16,
    /// A role with the REPLICATION attribute.
    pub user: String,
    /// Its password; empty where the server asks for none.
    pub password: String,
    /// The database.
    pub database: String,
    /// The publication that says which tables are followed.
    pub publication: String,
    /// What slot names begin with: lower-case letters, digits and `_`, different on every node and every start.
    pub slot_prefix: String,
    /// Silence beyond this is a dead link. A primary that lives is asked to speak every third of it, so it is 1 s or more.
    pub longest_silence: Duration,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("user", &self.user)
            .field("database", &self.database)
            .field("publication", &self.publication)
            .field("slot_prefix", &self.slot_prefix)
            .finish_non_exhaustive()
    }
}
