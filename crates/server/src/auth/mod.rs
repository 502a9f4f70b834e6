//! Who somebody is: passwords, sessions and tokens, in the GoTrue dialect.
//!
//! In: requests to `/auth/v1`. Out: session and user JSON, or an error in the dialect's words.
//! Invariant: a password or token is never logged or stored in the clear.

mod account;
mod body;
pub mod error;
mod form;
mod info;
pub mod one_time;
pub mod password;
mod recovery;
mod session;
mod sign_in;
mod sign_out;
mod sign_up;
mod throttle;
pub mod token;
mod user;

use std::num::NonZeroU32;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};

pub use form::choose_error_form;
pub use info::{health, jwks, settings};
pub use recovery::{follow_link, recover, verify};
pub use sign_in::token;
pub use sign_out::sign_out;
pub use sign_up::sign_up;
pub use user::{change_user, read_user};

use crate::config::Config;
use crate::entropy;
use crate::pg::{Pg, PgError};

const SIGNING_KEY: &str = include_str!("sql/signing_key.sql");

/// What sign-in needs besides the database.
#[derive(Debug)]
pub struct Auth {
    /// Signs and verifies tokens.
    pub keys: token::Keys,
    /// Hashes passwords.
    pub passwords: password::Passwords,
    /// Slows down who guesses.
    pub throttle: throttle::Throttle,
    issuer: String,
}

impl Auth {
    /// Reads the key that all nodes share; the first node makes it.
    pub async fn load(pg: &Pg, config: &Config) -> Result<Self, PgError> {
        let fresh: [u8; 32] = entropy::bytes().map_err(|error| PgError::Unavailable(error.to_string()))?;
        let client = pg.system().await?;
        let row = client.query_one(SIGNING_KEY, &[&STANDARD.encode(fresh)]).await?;
        let secret: String = row.try_get(0)?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            keys: token::Keys::new(secret.as_bytes()),
            passwords: password::Passwords::new(cores),
            throttle: throttle::Throttle::new(
                NonZeroU32::new(config.auth.attempts_per_5_min).unwrap_or(NonZeroU32::MIN),
            ),
            issuer: format!("{}/auth/v1", config.http.public_url),
        })
    }

    fn signer(&self, now: DateTime<Utc>) -> session::Signer<'_> {
        session::Signer { keys: &self.keys, issuer: &self.issuer, now }
    }
}
