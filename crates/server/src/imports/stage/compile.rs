//! Turns the plan of one file into steps that a row can run through.
//!
//! In: a checked [`FilePlan`], the stages. Out: a [`Compiled`] file.
//! Invariant: everything that can be decided once per file is decided here.

use std::collections::BTreeMap;

use super::slots;
use crate::imports::detect::{DateFormat, NumberFormat};
use crate::imports::fields::{Kind, Table};
use crate::imports::guess::StageOption;
use crate::imports::plan::{CUSTOM, CustomPlan, CustomType, Duplicates, EXTERNAL_ID, FilePlan, IGNORE, Missing};

/// One file, ready to be read.
pub struct Compiled {
    /// What its rows are.
    pub table: Table,
    /// Skip the first row.
    pub has_header: bool,
    /// What happens to rows that are there already.
    pub duplicates: Duplicates,
    /// The columns that go somewhere.
    pub steps: Vec<Step>,
    /// How many columns the file has.
    pub width: usize,
    /// Where the source's own id is kept.
    pub external: Option<CustomPlan>,
    /// Custom fields the file fills.
    pub custom: Vec<CustomPlan>,
    /// Columns that name other records.
    pub links: Vec<Link>,
    /// The stages a value can mean.
    pub stages: Vec<StageOption>,
}

/// A column that names records of another table.
pub struct Link {
    /// Its slot.
    pub slot: &'static str,
    /// Its name in the file.
    pub header: String,
    /// What happens when there is no such record.
    pub missing: Missing,
}

/// What one column does.
pub struct Step {
    /// The column's place.
    pub column: usize,
    /// Its name, for complaints.
    pub header: String,
    /// Where it goes.
    pub target: Target,
    /// The order of dates in digits.
    pub dates: Option<DateFormat>,
    /// How numbers are written.
    pub numbers: NumberFormat,
    /// Our key for each cell.
    pub values: BTreeMap<String, String>,
}

/// Where a column goes.
pub enum Target {
    /// Into the slot of that number, as that kind.
    Slot(usize, Kind),
    /// Into several slots or a list; the row knows.
    Special(Kind),
    /// Into the source's own id.
    External(String),
    /// Into a custom field.
    Custom(String, CustomType),
}

/// The file's steps; `None` when the file is left out.
pub fn compile(plan: &FilePlan, stages: &[StageOption]) -> Option<Compiled> {
    let table = plan.table?;
    let mut compiled = Compiled {
        table,
        has_header: plan.has_header,
        duplicates: plan.duplicates,
        steps: Vec::new(),
        width: plan.columns.len(),
        external: None,
        custom: Vec::new(),
        links: Vec::new(),
        stages: stages.to_vec(),
    };
    for column in plan.columns.iter().filter(|column| column.field != IGNORE) {
        let target = if column.field == CUSTOM || column.field == EXTERNAL_ID {
            let custom = column.custom.clone()?;
            if column.field == CUSTOM {
                compiled.custom.push(custom.clone());
                Target::Custom(custom.key, custom.kind)
            } else {
                compiled.custom.push(custom.clone());
                compiled.external = Some(custom.clone());
                Target::External(custom.key)
            }
        } else {
            let field = table.field(&column.field)?;
            if let Kind::Link(to) = field.kind {
                let missing =
                    column.missing.unwrap_or(if to == Table::Opportunities { Missing::Empty } else { Missing::Create });
                compiled.links.push(Link { slot: field.name, header: column.header.clone(), missing });
            }
            match slots::columns(table).iter().position(|slot| *slot == field.name) {
                Some(slot) => Target::Slot(slot, field.kind),
                None => Target::Special(field.kind),
            }
        };
        compiled.steps.push(Step {
            column: column.column,
            header: column.header.clone(),
            target,
            dates: column.date_format,
            numbers: column.number_format.unwrap_or_default(),
            values: column.values.clone().unwrap_or_default(),
        });
    }
    Some(compiled)
}
