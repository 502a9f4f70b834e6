//! What a single socket may ask for.

use std::time::{Duration, Instant};

/// Largest frame a client may send.
pub(super) const MAX_FRAME_BYTES: usize = 1 << 20;
/// Bytes that may wait for a reader; beyond it changes are dropped and the reader told to read again.
pub(super) const MAX_QUEUE_BYTES: usize = 256 << 10;
/// A reader that stays behind for this long is disconnected.
pub(super) const SLOW_FOR: Duration = Duration::from_secs(5);
/// A channel is told to read again at most this often: an import changes many rows many times a second.
pub(super) const RESYNC_EVERY: Duration = Duration::from_secs(1);
/// A socket without any frame for this long is gone.
pub(super) const IDLE_FOR: Duration = Duration::from_secs(60);
/// How often a channel's session is looked at without an occasion.
pub(super) const RECHECK_EVERY: Duration = Duration::from_secs(60);
/// Channels of one socket.
pub(super) const MAX_CHANNELS: usize = 100;
/// Bindings of one channel.
pub(super) const MAX_BINDINGS: usize = 100;
/// Length of a topic's name.
pub(super) const MAX_TOPIC_BYTES: usize = 255;
/// Messages a second, and at once.
pub(super) const MESSAGES: (f64, f64) = (100.0, 300.0);
/// Joins a second, and at once: a page may join all of its channels together.
pub(super) const JOINS: (f64, f64) = (20.0, 100.0);

/// A bucket of tokens that fills with time.
#[derive(Debug)]
pub(super) struct Bucket {
    per_second: f64,
    most: f64,
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    pub(super) fn new((per_second, most): (f64, f64), now: Instant) -> Self {
        Self { per_second, most, tokens: most, filled_at: now }
    }

    /// Takes a token, if there is one.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let gained = now.saturating_duration_since(self.filled_at).as_secs_f64() * self.per_second;
        self.tokens = (self.tokens + gained).min(self.most);
        self.filled_at = now;
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_what_it_holds_and_then_what_flows_in() {
        let start = Instant::now();
        let mut bucket = Bucket::new((10.0, 3.0), start);
        let taken = (0..5).filter(|_| bucket.take(start)).count();
        assert_eq!(taken, 3);
        assert!(bucket.take(start + Duration::from_millis(150)));
        assert!(!bucket.take(start + Duration::from_millis(150)));
    }
}
