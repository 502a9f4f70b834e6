//! Slows down who guesses: attempts are counted per address, and per address and account, before anything is hashed.
//!
//! In: who tries. Out: whether they may.
//! Invariant: keeps no more than a bounded number of counters.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::error::{AuthError, Code};

const WINDOW: Duration = Duration::from_secs(300);
/// Beyond this many counters, those that are full again are dropped.
const MOST_COUNTERS: usize = 10_000;

/// Counts attempts.
pub struct Throttle {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<(IpAddr, String)>,
}

impl std::fmt::Debug for Throttle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Throttle")
    }
}

impl Throttle {
    /// Allows `per_window` attempts in five minutes from one address, and a third of them for one account.
    pub fn new(per_window: NonZeroU32) -> Self {
        let per_account = NonZeroU32::new(per_window.get() / 3).unwrap_or(NonZeroU32::MIN);
        Self { by_address: RateLimiter::keyed(quota(per_window)), by_account: RateLimiter::keyed(quota(per_account)) }
    }

    /// May this address try once more?
    pub fn admit(&self, address: IpAddr) -> Result<(), AuthError> {
        if self.by_address.len() > MOST_COUNTERS {
            self.by_address.retain_recent();
        }
        self.by_address.check_key(&network(address)).map_err(|_until| AuthError::from(Code::OverRequestRateLimit))
    }

    /// May this address try this account once more?
    pub fn admit_account(&self, address: IpAddr, email: &str) -> Result<(), AuthError> {
        if self.by_account.len() > MOST_COUNTERS {
            self.by_account.retain_recent();
        }
        let key = (network(address), email.to_lowercase());
        self.by_account.check_key(&key).map_err(|_until| AuthError::from(Code::OverRequestRateLimit))
    }
}

fn quota(per_window: NonZeroU32) -> Quota {
    let every = WINDOW / per_window.get();
    Quota::with_period(every).unwrap_or(Quota::per_second(per_window)).allow_burst(per_window)
}

/// One household has a whole IPv6 /64, so that is what is counted.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_exhaust_another() {
        let throttle = Throttle::new(NonZeroU32::new(2).unwrap());
        let (one, other) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        assert!(throttle.admit(one).is_ok() && throttle.admit(one).is_ok());
        assert_eq!(throttle.admit(one).unwrap_err().code, Code::OverRequestRateLimit);
        assert!(throttle.admit(other).is_ok());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_a_counter() {
        let throttle = Throttle::new(NonZeroU32::new(1).unwrap());
        assert!(throttle.admit("2001:db8::1".parse().unwrap()).is_ok());
        assert!(throttle.admit("2001:db8::2".parse().unwrap()).is_err());
        assert!(throttle.admit("2001:db8:0:1::1".parse().unwrap()).is_ok());
    }
}
