//! Reads a file once and says what it is: its dialect, its columns, its first rows.
//!
//! In: a path. Out: [`FileFacts`], as they are stored with the import and shown in the wizard.
//! Invariant: the facts come from every row, not from a sample of them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use super::encoding::{self, Decoded};
use super::records::{Dialect, Records};
use super::{delimiter, header};
use crate::imports::detect::{ColumnType, DateFormat, NumberFormat, Profile};
use crate::imports::error::ImportError;

const PREVIEW_ROWS: usize = 20;
const SAMPLE_BYTES: usize = 256 * 1024;

/// What is known about one file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileFacts {
    /// The name the user knows it by.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Records below the header.
    pub rows: u64,
    /// What stands between two cells.
    pub delimiter: char,
    /// Its character encoding, by its usual name.
    pub encoding: String,
    /// Does the first row name the columns.
    pub has_header: bool,
    /// What is worth telling about the file.
    pub notes: Vec<String>,
    /// The first rows below the header.
    pub preview: Vec<Vec<String>>,
    /// Its columns, in order.
    pub columns: Vec<ColumnFacts>,
}

/// What is known about one column.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ColumnFacts {
    /// Its name.
    pub header: String,
    /// What all its values are.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// Is it so for every value, not only for nearly all of them.
    #[serde(default)]
    pub uniform: bool,
    /// How many cells are empty.
    pub empty: u64,
    /// How many different values there are; counting stops at 10,000.
    pub distinct: u64,
    /// A few of its values.
    pub samples: Vec<String>,
    /// All values with their counts, while there are at most 50.
    pub values: Vec<ValueCount>,
    /// Readings of dates in digits that fit; more than one is ambiguous.
    pub date_formats: Vec<DateFormat>,
    /// How numbers are written, when the column has numbers.
    #[serde(default)]
    pub number_format: NumberFormat,
}

/// A value and how often it occurs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ValueCount {
    /// The value.
    pub value: String,
    /// How often.
    pub count: u64,
}

impl FileFacts {
    /// How to read the file again.
    pub fn dialect(&self) -> Dialect {
        Dialect {
            encoding: Encoding::for_label(self.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8),
            delimiter: u8::try_from(self.delimiter).unwrap_or(b','),
        }
    }

    /// The columns' names.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.header.as_str())
    }
}

/// Reads the whole file and says what it is.
pub fn examine(path: &Path, name: &str) -> Result<FileFacts, ImportError> {
    let bytes = std::fs::metadata(path)?.len();
    refuse_other_formats(path, name)?;
    let encoding = encoding::detect(path)?;
    let dialect = Dialect { encoding, delimiter: delimiter::detect(&sample(path, encoding)?) };
    let mut records = Records::open(path, name, dialect)?;
    let mut first_rows: Vec<Vec<String>> = Vec::new();
    while first_rows.len() <= PREVIEW_ROWS {
        let Some((_, record)) = records.next_record()? else { break };
        first_rows.push(record.iter().map(str::to_owned).collect());
    }
    let Some(first) = first_rows.first() else {
        return Err(ImportError::File { file: name.to_owned(), reason: "the file is empty".to_owned() });
    };
    let has_header = header::detect(&first_rows);
    let names = header::names(first, has_header);
    let preview: Vec<Vec<String>> = first_rows.iter().skip(usize::from(has_header)).cloned().collect();

    let mut profiles: Vec<Profile> = names.iter().map(|_| Profile::default()).collect();
    let (mut rows, mut ragged) = (0_u64, 0_u64);
    let mut note = |record: &mut dyn Iterator<Item = &str>, width: usize| {
        rows += 1;
        ragged += u64::from(width != names.len());
        for profile in &mut profiles {
            profile.add(record.next().unwrap_or_default().trim());
        }
    };
    for row in &preview {
        note(&mut row.iter().map(String::as_str), row.len());
    }
    while let Some((_, record)) = records.next_record()? {
        note(&mut record.iter(), record.len());
    }
    let mut notes = Vec::new();
    if ragged > 0 {
        notes.push(format!("{ragged} rows have more or fewer cells than the first row"));
    }
    if records.malformed() {
        notes.push(format!("some bytes mean nothing in {} and are shown as \u{fffd}", encoding.name()));
    }
    let columns = names.into_iter().zip(profiles).map(|(header, profile)| profile.facts(header)).collect();
    Ok(FileFacts {
        name: name.to_owned(),
        bytes,
        rows,
        delimiter: char::from(dialect.delimiter),
        encoding: encoding.name().to_owned(),
        has_header,
        notes,
        preview,
        columns,
    })
}

/// How files begin that people take for CSV.
const OTHER_FORMATS: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a spreadsheet or an archive; save the sheet as CSV and import that"),
    (b"\xD0\xCF\x11\xE0", "an old spreadsheet; save the sheet as CSV and import that"),
    (b"%PDF", "a PDF, not a table"),
    (b"\x1F\x8B", "compressed; unpack it first"),
    (b"BEGIN:VCARD", "a vCard file; only CSV can be imported"),
];

fn refuse_other_formats(path: &Path, name: &str) -> Result<(), ImportError> {
    let mut start = Vec::with_capacity(16);
    File::open(path)?.take(16).read_to_end(&mut start)?;
    match OTHER_FORMATS.iter().find(|(magic, _)| start.starts_with(magic)) {
        Some((_, what)) => Err(ImportError::File { file: name.to_owned(), reason: format!("this is {what}") }),
        None => Ok(()),
    }
}

/// The beginning of the file as text.
fn sample(path: &Path, encoding: &'static Encoding) -> Result<String, ImportError> {
    let mut bytes = Vec::new();
    let mut text = Decoded::new(File::open(path)?, encoding);
    let mut chunk = vec![0_u8; 16 * 1024];
    while bytes.len() < SAMPLE_BYTES {
        let length = text.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        bytes.extend_from_slice(chunk.get(..length).unwrap_or_default());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
