//! Writes rows as PostgreSQL's COPY reads them.
//!
//! In: values in text form. Out: lines of COPY text.
//! Invariant: every backslash, tab and line break inside a value is escaped.

use bytes::Bytes;

/// Lines of COPY text.
#[derive(Debug, Default)]
pub struct CopyText(Vec<u8>);

impl CopyText {
    /// Adds one row; `None` is null.
    pub fn row<'a>(&mut self, values: impl Iterator<Item = Option<&'a str>>) {
        for (place, value) in values.enumerate() {
            if place > 0 {
                self.0.push(b'\t');
            }
            match value {
                None => self.0.extend_from_slice(b"\\N"),
                Some(text) => self.value(text),
            }
        }
        self.0.push(b'\n');
    }

    fn value(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                b'\\' => self.0.extend_from_slice(b"\\\\"),
                b'\t' => self.0.extend_from_slice(b"\\t"),
                b'\n' => self.0.extend_from_slice(b"\\n"),
                b'\r' => self.0.extend_from_slice(b"\\r"),
                other => self.0.push(other),
            }
        }
    }

    /// How many bytes wait.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is nothing waiting?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was written so far, to be sent.
    pub fn take(&mut self) -> Bytes {
        Bytes::from(std::mem::take(&mut self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped() {
        let mut text = CopyText::default();
        text.row([Some("a\tb"), None, Some("c\\d\ne\r"), Some("")].into_iter());
        assert_eq!(text.take(), Bytes::from_static(b"a\\tb\t\\N\tc\\\\d\\ne\\r\t\n"));
        assert!(text.is_empty());
    }
}
