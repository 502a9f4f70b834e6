//! Reads a file record by record, with the line each begins in.
//!
//! In: a path and how to read it. Out: records.
//! Invariant: streaming; a record that is too long or too wide, or a quote that never closes, is an error and not a guess.

use std::fs::File;
use std::path::Path;

use csv::StringRecord;
use encoding_rs::Encoding;

use super::encoding::Decoded;
use super::guard::Guard;
use crate::imports::error::ImportError;

/// The widest table that is read.
pub(super) const MAX_COLUMNS: usize = 1000;

/// How to read a file.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// Its character encoding.
    pub encoding: &'static Encoding,
    /// What stands between two cells.
    pub delimiter: u8,
}

/// The records of one file, in order.
pub struct Records {
    reader: csv::Reader<Guard<Decoded<File>>>,
    record: StringRecord,
    name: String,
}

impl Records {
    /// Opens the file; `name` is what the user calls it.
    pub fn open(path: &Path, name: &str, dialect: Dialect) -> Result<Self, ImportError> {
        let guarded = Guard::new(Decoded::new(File::open(path)?, dialect.encoding), dialect.delimiter);
        let reader = csv::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(64 * 1024)
            .from_reader(guarded);
        Ok(Self { reader, record: StringRecord::new(), name: name.to_owned() })
    }

    /// The next record and its line; blank lines are passed over.
    pub fn next_record(&mut self) -> Result<Option<(u64, &StringRecord)>, ImportError> {
        self.reader.get_mut().begin_record();
        let more = self.reader.read_record(&mut self.record).map_err(|error| self.complaint(&error))?;
        if !more {
            if let Some(line) = self.reader.get_ref().open_quote() {
                return Err(self.refuse(format!("the quote opened in line {line} is never closed")));
            }
            return Ok(None);
        }
        let line = self.line();
        if self.record.len() > MAX_COLUMNS {
            return Err(self.refuse(format!("line {line} has more than {MAX_COLUMNS} columns")));
        }
        Ok(Some((line, &self.record)))
    }

    /// Where the record begins. The parser stops behind a CR or an LF, and says of the next record that it begins there,
    /// blank lines and the rest of a CR LF included; counting back from the end of the record is exact.
    fn line(&self) -> u64 {
        let inside = memchr::memchr_iter(b'\n', self.record.as_slice().as_bytes()).count() as u64;
        let terminator = u64::from(!self.reader.get_ref().crlf());
        self.reader.position().line().saturating_sub(inside + terminator)
    }

    /// Were there bytes so far that mean nothing in the file's encoding?
    pub fn malformed(&self) -> bool {
        self.reader.get_ref().inner().malformed()
    }

    fn complaint(&self, error: &csv::Error) -> ImportError {
        match error.kind() {
            csv::ErrorKind::Io(cause) => self.refuse(cause.to_string()),
            csv::ErrorKind::Utf8 { pos, .. } => {
                let line = pos.as_ref().map_or(0, csv::Position::line);
                self.refuse(format!("line {line} is not text"))
            }
            _ => self.refuse(error.to_string()),
        }
    }

    fn refuse(&self, reason: String) -> ImportError {
        ImportError::File { file: self.name.clone(), reason }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, String> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let dialect = Dialect { encoding: encoding_rs::UTF_8, delimiter: b',' };
        let mut records = Records::open(file.path(), "x.csv", dialect).unwrap();
        let mut rows = Vec::new();
        while let Some((line, record)) = records.next_record().map_err(|error| error.to_string())? {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(rows)
    }

    #[test]
    fn quotes_may_hold_line_breaks_and_lines_are_counted_on() {
        let text = "a,b\n\"x\ny\",\"say \"\"hi\"\"\"\n\n1,2";
        for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("{text}\n")] {
            let rows = read(text.as_bytes()).unwrap();
            let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [1, 2, 5], "{text:?}");
            assert_eq!(rows[1].1[1], "say \"hi\"");
            assert_eq!(rows[2].1, ["1", "2"]);
        }
    }

    #[test]
    fn an_open_quote_is_refused_with_its_line() {
        assert_eq!(
            read(b"a,b\n1,2\n3,\"oops\n4,5\n").unwrap_err(),
            "x.csv: the quote opened in line 3 is never closed"
        );
    }

    #[test]
    fn a_line_without_end_is_refused_before_it_fills_the_memory() {
        let error = read(&b"x".repeat(6 * 1024 * 1024)).unwrap_err();
        assert_eq!(error, "x.csv: line 1 is longer than 4 MiB");
        let mut open = b"a,b\n1,\"".to_vec();
        open.extend(b"text\n".repeat(2 * 1024 * 1024));
        assert_eq!(read(&open).unwrap_err(), "x.csv: the quote opened in line 2 is never closed");
    }

    #[test]
    fn too_many_columns_are_refused() {
        assert_eq!(read(&b",".repeat(20_000)).unwrap_err(), "x.csv: line 1 has more than 1000 columns");
    }
}
