//! Who may start and stop the private database: the holder of a lock on the data directory.
//!
//! In: the data directory. Out: [`Hold`]. Invariant: the lock goes with the process, however it ends.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

use super::ClusterError;

/// The data directory is ours for as long as this lives.
#[derive(Debug)]
pub(super) struct Hold {
    _file: File,
}

/// Takes the directory; `None` when another process has it.
pub(super) fn try_hold(data_dir: &Path) -> Result<Option<Hold>, ClusterError> {
    let path = data_dir.join("rapport.lock");
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let mut file = opened.map_err(ClusterError::io(&path))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => {
            // The number is for people only: it tells whom to look for.
            let noted = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
            noted.map_err(ClusterError::io(&path))?;
            Ok(Some(Hold { _file: file }))
        }
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(ClusterError::io(&path)(error.into())),
    }
}

/// Says who has the directory.
pub(super) fn in_use(data_dir: &Path) -> ClusterError {
    let process = std::fs::read_to_string(data_dir.join("rapport.lock")).unwrap_or_default();
    let holder = if process.is_empty() { String::new() } else { format!(" (process {process})") };
    ClusterError::InUse { dir: data_dir.to_owned(), holder }
}
