//! Who runs the private database, and whether they can get to its files.
//!
//! In: the process's user, `/etc/passwd`. Out: [`Owner`]; directories that belong to them.
//! Invariant: PostgreSQL never runs as root.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;

use super::ClusterError;

/// The user that the database runs as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
    /// Do we have to become this user: we are root.
    pub(super) step_down: bool,
}

impl Owner {
    /// Ourselves; or, started as root, whoever owns the cluster already, else `postgres`, else `nobody`.
    pub(super) fn choose(cluster_dir: &Path) -> Result<Self, ClusterError> {
        let me = rustix::process::geteuid();
        if !me.is_root() {
            let gid = rustix::process::getegid().as_raw();
            return Ok(Self { name: format!("{}", me.as_raw()), uid: me.as_raw(), gid, step_down: false });
        }
        let path = Path::new("/etc/passwd");
        let users = fs::read_to_string(path).map_err(ClusterError::io(path))?;
        if let Ok(found) = fs::metadata(cluster_dir)
            && found.uid() != 0
        {
            let name = entries(&users).find(|user| user.uid == found.uid()).map(|user| user.name);
            let name = name.unwrap_or_else(|| found.uid().to_string());
            return Ok(Self { name, uid: found.uid(), gid: found.gid(), step_down: true });
        }
        let named = |name| entries(&users).find(|user: &Self| user.name == name);
        named("postgres").or_else(|| named("nobody")).ok_or(ClusterError::NobodyToRunAs)
    }

    /// Makes a directory that only the owner can enter, or takes over one that is there.
    pub(super) fn make_private(&self, dir: &Path) -> Result<(), ClusterError> {
        fs::create_dir_all(dir).map_err(ClusterError::io(dir))?;
        if self.step_down {
            chown(dir, Some(self.uid), Some(self.gid)).map_err(ClusterError::io(dir))?;
        }
        fs::set_permissions(dir, Permissions::from_mode(0o700)).map_err(ClusterError::io(dir))
    }

    /// Refuses a place below a directory that the owner cannot enter.
    pub(super) fn must_reach(&self, dir: &Path) -> Result<(), ClusterError> {
        let mut above: Vec<&Path> = dir.ancestors().collect();
        above.reverse();
        for dir in above {
            match fs::metadata(dir) {
                Ok(found) if self.may_enter(found.mode(), found.uid(), found.gid()) => {}
                Ok(_) => return Err(ClusterError::Unreachable { user: self.name.clone(), dir: dir.to_owned() }),
                Err(error) => return Err(ClusterError::io(dir)(error)),
            }
        }
        Ok(())
    }

    fn may_enter(&self, mode: u32, uid: u32, gid: u32) -> bool {
        let bit = match () {
            () if self.uid == uid => 0o100,
            () if self.gid == gid => 0o010,
            () => 0o001,
        };
        mode & bit != 0
    }
}

fn entries(passwd: &str) -> impl Iterator<Item = Owner> {
    passwd.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let (name, uid, gid) = (fields.next()?, fields.nth(1)?, fields.next()?);
        Some(Owner { name: name.to_owned(), uid: uid.parse().ok()?, gid: gid.parse().ok()?, step_down: true })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(uid: u32) -> Owner {
        Owner { name: "ann".into(), uid, gid: uid, step_down: true }
    }

    #[test]
    fn a_closed_directory_above_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), Permissions::from_mode(0o700)).unwrap();
        let below = dir.path().join("rapport");
        fs::create_dir(&below).unwrap();
        let error = owner(4_000_000).must_reach(&below).unwrap_err().to_string();
        assert!(error.contains(&format!("may not enter {}", dir.path().display())), "{error}");
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
        owner(4_000_000).must_reach(&below).unwrap();
    }

    #[test]
    fn a_password_file_names_its_users() {
        let users = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/usr/sbin/nologin\nbroken\n";
        let nobody = entries(users).find(|user| user.name == "nobody").unwrap();
        assert_eq!((nobody.uid, nobody.gid), (65534, 65534));
        assert_eq!(entries(users).count(), 2);
    }
}
