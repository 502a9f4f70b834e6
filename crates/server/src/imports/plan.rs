//! How files become records: what the wizard edits, the command line reads from a file, and a run carries out.
//!
//! In and out: JSON, as `docs/imports.md` shows it.
//! Invariant: the plan says everything; a run guesses nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::detect::{DateFormat, NumberFormat};
use super::fields::Table;

/// How the files of one import become records.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// One entry a file, in the order of the files.
    pub files: Vec<FilePlan>,
}

/// How one file becomes records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilePlan {
    /// The file's place among the files.
    pub file: usize,
    /// What its rows are; `None` leaves the file out.
    pub table: Option<Table>,
    /// Does its first row name the columns.
    #[serde(default = "yes")]
    pub has_header: bool,
    /// What happens to a row that is there already.
    #[serde(default)]
    pub duplicates: Duplicates,
    /// Every column of the file once.
    pub columns: Vec<ColumnPlan>,
}

fn yes() -> bool {
    true
}

/// What happens to a row whose record exists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// The record stays as it is.
    #[default]
    Skip,
    /// Every non-blank cell goes into the record.
    Update,
    /// Another record is made.
    Create,
}

impl Duplicates {
    /// As the database's staging tables write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Update => "update",
            Self::Create => "create",
        }
    }
}

/// What happens when a referenced record does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// It is made, with that name.
    Create,
    /// A person is made an invited member.
    Invite,
    /// The reference stays empty, with a warning.
    Empty,
    /// The row is refused.
    Refuse,
}

impl Missing {
    /// As the database's staging tables write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Create | Self::Invite => "create",
            Self::Empty => "empty",
            Self::Refuse => "refuse",
        }
    }
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnPlan {
    /// The column's place in the file.
    pub column: usize,
    /// Its name, to recognise it by.
    #[serde(default)]
    pub header: String,
    /// A field of the table, `custom` or `ignore`.
    pub field: String,
    /// Where a custom field or an external id is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom: Option<CustomPlan>,
    /// The order of dates in digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_format: Option<DateFormat>,
    /// How numbers are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_format: Option<NumberFormat>,
    /// Our key for each cell of a column with fixed choices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<BTreeMap<String, String>>,
    /// What happens when no record has that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
}

impl ColumnPlan {
    /// A column that is left out.
    pub fn ignored(column: usize, header: &str) -> Self {
        Self {
            column,
            header: header.to_owned(),
            field: IGNORE.to_owned(),
            custom: None,
            date_format: None,
            number_format: None,
            values: None,
            missing: None,
        }
    }
}

/// The field name of a column that becomes a custom field.
pub const CUSTOM: &str = "custom";
/// The field name of a column that is left out.
pub const IGNORE: &str = "ignore";
/// The field name of a column that holds the source's own key.
pub const EXTERNAL_ID: &str = "external_id";

/// A custom field that an import fills, and makes if it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomPlan {
    /// Its key in the record's `custom` object.
    pub key: String,
    /// What people see.
    #[serde(default)]
    pub label: String,
    /// What its values are.
    #[serde(default, rename = "type")]
    pub kind: CustomType,
}

/// What the values of a custom field are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CustomType {
    /// Anything.
    #[default]
    Text,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Yes and no.
    Boolean,
}

impl CustomType {
    /// As `public.custom_fields` writes it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Boolean => "boolean",
        }
    }
}

/// What must be answered before a run.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// The path of the field that answers it.
    pub field: String,
    /// `ambiguous_date` or `unmapped_value`.
    pub code: &'static str,
    /// The question in words.
    pub message: String,
    /// Possible answers.
    pub options: Vec<String>,
    /// Cells it is about.
    pub samples: Vec<String>,
}
