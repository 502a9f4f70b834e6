//! Finds the server's programs.
//!
//! In: the configuration, `PATH`, Debian's directories. Out: the directory with `postgres` and `initdb`.
//! Invariant: an existing cluster gets the version that made it; a new one the newest.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::ClusterError;

/// The oldest version this product is tested with.
const OLDEST: u32 = 15;

const DEBIAN: &str = "/usr/lib/postgresql";

/// Installed server programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) major: u32,
    pub(super) bin: PathBuf,
}

/// The programs for the cluster in `dir`, which may not exist yet.
pub(super) fn choose(configured: Option<&Path>, dir: &Path) -> Result<Binaries, ClusterError> {
    let installed = installed(configured)?;
    let newest = installed.iter().max_by_key(|found| found.major).cloned();
    let Some(newest) = newest else {
        let searched = configured.map_or_else(|| format!("PATH and {DEBIAN}/*/bin"), |dir| dir.display().to_string());
        return Err(ClusterError::NoBinaries { searched });
    };
    if let Ok(version) = std::fs::read_to_string(dir.join("PG_VERSION")) {
        let made_by = version.trim().parse().unwrap_or(0);
        return installed.iter().find(|found| found.major == made_by).cloned().ok_or_else(|| {
            let majors: Vec<String> = installed.iter().map(|found| found.major.to_string()).collect();
            ClusterError::OtherVersion { dir: dir.to_owned(), found: made_by, installed: majors.join(", ") }
        });
    }
    if newest.major < OLDEST {
        return Err(ClusterError::BinariesTooOld { bin: newest.bin, major: newest.major });
    }
    Ok(newest)
}

fn installed(configured: Option<&Path>) -> Result<Vec<Binaries>, ClusterError> {
    if let Some(bin) = configured {
        return Ok(asked(bin).into_iter().collect());
    }
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut found: Vec<Binaries> = versions
        .filter_map(|entry| {
            let major = entry.file_name().to_str()?.parse().ok()?;
            Some(Binaries { major, bin: entry.path().join("bin") })
        })
        .filter(|found| has_programs(&found.bin))
        .collect();
    // Debian's own directories tell their version; only others have to be asked.
    if found.iter().all(|found| found.major < OLDEST) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        found.extend(std::env::split_paths(&path).find_map(|bin| asked(&bin)));
    }
    found.sort_by_key(|found| found.major);
    Ok(found)
}

fn has_programs(bin: &Path) -> bool {
    bin.join("postgres").is_file() && bin.join("initdb").is_file()
}

fn asked(bin: &Path) -> Option<Binaries> {
    if !has_programs(bin) {
        return None;
    }
    let output = Command::new(bin.join("postgres")).arg("--version").output().ok()?;
    let major = major_of(&String::from_utf8_lossy(&output.stdout))?;
    Some(Binaries { major, bin: bin.to_owned() })
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` is 15.
fn major_of(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_programs_answer() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 19beta1"), Some(19));
        assert_eq!(major_of("something else"), None);
    }

    #[test]
    fn a_cluster_of_another_version_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("PG_VERSION"), "9\n").unwrap();
        let error = choose(None, dir.path()).unwrap_err().to_string();
        assert!(error.contains("was made by PostgreSQL 9, but only"), "{error}");
    }

    #[test]
    fn missing_binaries_say_where_they_were_looked_for() {
        let dir = tempfile::tempdir().unwrap();
        let error = choose(Some(dir.path()), dir.path()).unwrap_err().to_string();
        assert!(error.starts_with("no PostgreSQL server found (searched ") && error.contains("apt-get"), "{error}");
    }
}
