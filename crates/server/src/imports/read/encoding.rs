//! Finds a file's character encoding and hands its text on as UTF-8.
//!
//! In: bytes. Out: the encoding, and a reader of UTF-8.
//! Invariant: a file that is valid UTF-8 is read as UTF-8; nothing is guessed that a byte order mark says.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

const CHUNK: usize = 64 * 1024;

/// The encoding of the file at `path`; reads all of it, since one byte near the end can decide.
pub(super) fn detect(path: &Path) -> io::Result<&'static Encoding> {
    let mut file = File::open(path)?;
    let mut chunk = vec![0_u8; CHUNK];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut utf8 = UTF_8.new_decoder_without_bom_handling();
    let mut scratch = vec![0_u8; CHUNK * 3];
    let (mut valid_utf8, mut first) = (true, true);
    loop {
        let length = file.read(&mut chunk)?;
        let bytes = chunk.get(..length).unwrap_or_default();
        if first {
            if let Some((encoding, _)) = Encoding::for_bom(bytes) {
                return Ok(encoding);
            }
            if let Some(encoding) = utf16_without_mark(bytes) {
                return Ok(encoding);
            }
            first = false;
        }
        let last = length == 0;
        detector.feed(bytes, last);
        if valid_utf8 {
            let (result, _, _) = utf8.decode_to_utf8_without_replacement(bytes, &mut scratch, last);
            valid_utf8 = !matches!(result, DecoderResult::Malformed(..));
        }
        if last {
            break;
        }
    }
    Ok(if valid_utf8 { UTF_8 } else { detector.guess(None, Utf8Detection::Deny) })
}

/// Latin text in UTF-16 has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1)?;
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if pairs < 2 => None,
        () if odd * 10 > pairs * 7 && even * 10 < pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 7 && odd * 10 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// A reader of UTF-8 over a reader of any encoding; the byte order mark is left out.
pub(super) struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    finished: bool,
    malformed: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads `inner` as `encoding`.
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            raw_at: 0,
            raw_end: 0,
            finished: false,
            malformed: false,
        }
    }

    /// Were there bytes so far that mean nothing in this encoding?
    pub(super) fn malformed(&self) -> bool {
        self.malformed
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // A decoder never splits a character, so it needs room for one.
        if out.len() < 8 {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the buffer is too small for a character"));
        }
        loop {
            if self.raw_at == self.raw_end && !self.finished {
                self.raw_end = self.inner.read(&mut self.raw)?;
                self.raw_at = 0;
                self.finished = self.raw_end == 0;
            }
            let bytes = self.raw.get(self.raw_at..self.raw_end).unwrap_or_default();
            let last = self.finished;
            let (result, read, written, replaced) = self.decoder.decode_to_utf8(bytes, out, last);
            self.raw_at += read;
            self.malformed |= replaced;
            if written > 0 || (last && result == CoderResult::InputEmpty) {
                if last && result == CoderResult::InputEmpty {
                    // A finished decoder may not be used again.
                    self.decoder = UTF_8.new_decoder_without_bom_handling();
                }
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let found = detect(file.path()).unwrap();
        assert_eq!(found.name(), encoding);
        let mut read = String::new();
        Decoded::new(File::open(file.path()).unwrap(), found).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn every_usual_encoding_arrives_as_the_same_text() {
        let text = "name,city\nRenée Müller,São Paulo\n";
        check(text.as_bytes(), "UTF-8", text);
        check(format!("\u{feff}{text}").as_bytes(), "UTF-8", text);
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        check(&little, "UTF-16LE", text);
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(units.iter().flat_map(|unit| unit.to_be_bytes())).collect();
        check(&big, "UTF-16BE", text);
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        check(&latin, "windows-1252", text);
    }

    #[test]
    fn a_foreign_byte_at_the_very_end_decides() {
        let mut bytes = b"name\n".repeat(100_000);
        bytes.extend_from_slice(b"Ren\xe9e M\xfcller\n");
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        assert_eq!(detect(file.path()).unwrap().name(), "windows-1252");
    }
}
