//! Watches text on its way to the CSV parser, so that one bad file cannot eat the memory.
//!
//! In: UTF-8 text. Out: the same text, or an error as soon as one record is too long.
//! Invariant: memory stays bounded whatever the file holds; an open quote at the end of the file is noticed.

use std::io::{self, Read};

/// The longest record that is read, in bytes of UTF-8.
pub(super) const MAX_RECORD_BYTES: u64 = 4 * 1024 * 1024;

#[derive(Clone, Copy, PartialEq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// A reader that counts what one record takes and follows the quotes.
pub(super) struct Guard<R> {
    inner: R,
    delimiter: u8,
    state: State,
    line: u64,
    quote_opened_at: u64,
    since_record: u64,
    last_byte: u8,
    crlf: bool,
}

impl<R> Guard<R> {
    /// Guards `inner`, a file with this delimiter.
    pub(super) fn new(inner: R, delimiter: u8) -> Self {
        Self {
            inner,
            delimiter,
            state: State::FieldStart,
            line: 1,
            quote_opened_at: 0,
            since_record: 0,
            last_byte: 0,
            crlf: false,
        }
    }

    /// To be called before each record is read.
    pub(super) fn begin_record(&mut self) {
        self.since_record = 0;
    }

    /// The line of a quote that was never closed, once the file has ended.
    pub(super) fn open_quote(&self) -> Option<u64> {
        (self.state == State::Quoted).then_some(self.quote_opened_at)
    }

    /// Do its lines end in CR LF, as far as it was read?
    pub(super) fn crlf(&self) -> bool {
        self.crlf
    }

    /// What is guarded.
    pub(super) fn inner(&self) -> &R {
        &self.inner
    }

    fn follow(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.state = match (self.state, byte) {
                (State::FieldStart, b'"') => {
                    self.quote_opened_at = self.line;
                    State::Quoted
                }
                (State::Quoted, b'"') => State::QuoteInQuoted,
                (State::Quoted, _) | (State::QuoteInQuoted, b'"') => State::Quoted,
                (_, b'\n' | b'\r') => State::FieldStart,
                (_, other) if other == self.delimiter => State::FieldStart,
                _ => State::Plain,
            };
            if byte == b'\n' {
                self.line += 1;
                self.crlf |= self.last_byte == b'\r' && self.state == State::FieldStart;
            }
            self.last_byte = byte;
        }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since_record > MAX_RECORD_BYTES {
            let reason = match self.state {
                State::Quoted => format!("the quote opened in line {} is never closed", self.quote_opened_at),
                _ => format!("line {} is longer than {} MiB", self.line, MAX_RECORD_BYTES / 1024 / 1024),
            };
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let mut length = self.inner.read(out)?;
        // The last line ends like all others, so that lines can be counted.
        if length == 0
            && !matches!(self.last_byte, 0 | b'\n' | b'\r')
            && self.state != State::Quoted
            && let Some(first) = out.first_mut()
        {
            *first = if self.crlf { b'\r' } else { b'\n' };
            length = 1;
        }
        self.since_record += length as u64;
        self.follow(out.get(..length).unwrap_or_default());
        Ok(length)
    }
}
