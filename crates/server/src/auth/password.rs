//! Hashes and checks passwords: argon2id, 19 MiB, two passes.
//!
//! In: a password, and for a check the stored hash. Out: a PHC string, or whether it matched.
//! Invariant: no more hashes run at once than there are cores, never on a runtime thread, and a user who does not exist
//! costs as much as one who does.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::entropy;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// Hashing or checking a password failed; wrong passwords are not errors.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hash function refused its input.
    #[error("cannot hash a password")]
    Hash(#[source] argon2::password_hash::Error),
    /// The parameters are out of range.
    #[error("cannot set up argon2id")]
    Parameters(#[source] argon2::Error),
    /// The salt could not be drawn.
    #[error("cannot draw a salt")]
    Salt(#[from] entropy::NoEntropy),
    /// The worker went away, as happens when the process stops.
    #[error("the hashing worker stopped")]
    Worker,
}

/// Hashes passwords, a limited number at a time.
#[derive(Debug)]
pub struct Passwords {
    cores: Semaphore,
}

impl Passwords {
    /// At most `cores` hashes at a time.
    pub fn new(cores: usize) -> Self {
        Self { cores: Semaphore::new(cores.max(1)) }
    }

    /// The PHC string of a password under a fresh salt.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.work(move || hash_now(&password)).await
    }

    /// Does the password belong to the hash? `None` takes as long and is always wrong.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        self.work(move || verify_now(&password, hash.as_deref())).await
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _turn = self.cores.acquire().await.map_err(|_closed| PasswordError::Worker)?;
        tokio::task::spawn_blocking(job).await.map_err(|_stopped| PasswordError::Worker)?
    }
}

/// The PHC string of a password, worked out on this thread: for commands, not for requests.
pub fn hash_now(password: &str) -> Result<String, PasswordError> {
    let salt = entropy::bytes::<SALT_BYTES>()?;
    let hash: PasswordHash =
        function()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

/// Does the password belong to the hash, worked out on this thread: for commands, not for requests.
pub fn verify_now(password: &str, hash: Option<&str>) -> Result<bool, PasswordError> {
    let Some(hash) = hash else {
        let _spent: PasswordHash =
            function()?.hash_password_with_salt(password.as_bytes(), &[0; SALT_BYTES]).map_err(PasswordError::Hash)?;
        return Ok(false);
    };
    match PasswordVerifier::<str>::verify_password(&function()?, password.as_bytes(), hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(other) => Err(PasswordError::Hash(other)),
    }
}

fn function() -> Result<Argon2<'static>, PasswordError> {
    let parameters = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(PasswordError::Parameters)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_only() {
        let hash = hash_now("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify_now("correct horse", Some(&hash)).unwrap());
        assert!(!verify_now("correct hors", Some(&hash)).unwrap());
    }

    #[test]
    fn nobody_has_a_password() {
        assert!(!verify_now("anything", None).unwrap());
    }

    #[test]
    fn two_hashes_of_one_password_differ() {
        assert_ne!(hash_now("same").unwrap(), hash_now("same").unwrap());
    }
}
