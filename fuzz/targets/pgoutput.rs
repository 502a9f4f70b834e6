//! Any bytes of a replication stream are refused or decoded, alone and put together into transactions.
//!
//! In: messages, each behind its length in one byte.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use wal::{Assembler, Limits, decode};

fuzz_target!(|bytes: &[u8]| {
    let _ = decode(Bytes::copy_from_slice(bytes));
    let mut assembler = Assembler::new(Limits::default());
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first() {
        let (message, after) = after.split_at(usize::from(*length).min(after.len()));
        rest = after;
        if let Ok(message) = decode(Bytes::copy_from_slice(message)) {
            let _ = assembler.take(message);
        }
    }
});
