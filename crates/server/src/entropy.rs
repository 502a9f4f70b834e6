//! Randomness, drawn here and nowhere else.
//!
//! In: nothing. Out: unpredictable bytes and new ids. Invariant: pure code takes random values as arguments instead.

use uuid::Uuid;

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoEntropy(#[source] getrandom::Error);

/// `N` unpredictable bytes.
#[expect(clippy::disallowed_methods, reason = "this is the shell that draws randomness for everybody else")]
pub fn bytes<const N: usize>() -> Result<[u8; N], NoEntropy> {
    let mut buffer = [0_u8; N];
    getrandom::fill(&mut buffer).map_err(NoEntropy)?;
    Ok(buffer)
}

/// A new id whose order is its time of birth.
#[expect(clippy::disallowed_methods, reason = "this is the shell that draws ids for everybody else")]
pub fn uuid_v7() -> Uuid {
    Uuid::now_v7()
}
