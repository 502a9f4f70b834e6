//! The web app's files, embedded in the binary and compressed at build time.
//!
//! In: a path. Out: bytes in the best encoding the browser takes.
//! Invariant: a hashed file never changes, so it is cached for ever.
