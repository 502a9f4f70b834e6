//! From one record to one staged row.
//!
//! In: a record, the compiled plan of its file. Out: the row's values, or the problem that refuses it.
//! Invariant: the record itself travels with every problem, whole.

use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::cells::{self, moment, split_name, timestamp};
use super::compile::{Compiled, Step, Target};
use super::slots;
use crate::imports::detect::{is_email, parse_boolean, parse_number};
use crate::imports::fields::{Kind, Table};
use crate::imports::plan::CustomType;

/// Did the row go in?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// No.
    Refused,
    /// Yes, with something to look at.
    Warning,
}

impl Severity {
    /// As the database writes it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Warning => "warning",
        }
    }
}

/// What is wrong with a row.
#[derive(Debug)]
pub struct Problem {
    /// Did the row go in.
    pub severity: Severity,
    /// The column it is about.
    pub column: Option<String>,
    /// Its cell.
    pub value: Option<String>,
    /// What is wrong, in words.
    pub reason: String,
}

/// Where a row stands.
pub struct Place {
    /// Its number among all rows of the import.
    pub seq: u64,
    /// Its file.
    pub file: usize,
    /// Its line there.
    pub line: u64,
    /// The id of the record it may become.
    pub id: Uuid,
}

/// A row on its way.
struct Draft<'a> {
    values: Vec<Option<String>>,
    custom: Map<String, Json>,
    external: Option<String>,
    phones: Vec<Json>,
    emails: Vec<Json>,
    problems: &'a mut Vec<Problem>,
}

/// The values for COPY, frame first; `None` when the row is refused or blank. What is found on the way joins `problems`.
pub fn stage(
    compiled: &Compiled,
    place: &Place,
    record: &[&str],
    problems: &mut Vec<Problem>,
) -> Option<Vec<Option<String>>> {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    let before = problems.len();
    let columns = slots::columns(compiled.table);
    let mut draft = Draft {
        values: vec![None; columns.len()],
        custom: Map::new(),
        external: None,
        phones: Vec::new(),
        emails: Vec::new(),
        problems,
    };
    draft.check_width(compiled, record);
    for step in &compiled.steps {
        let cell = record.get(step.column).map_or("", |cell| cell.trim());
        if !cell.is_empty() {
            draft.take(compiled, step, cell);
        }
    }
    draft.finish(compiled.table);
    let refused = draft.problems.iter().skip(before).any(|problem| problem.severity == Severity::Refused);
    if refused {
        return None;
    }
    let mut row = vec![
        Some(place.seq.to_string()),
        Some(place.file.to_string()),
        Some(place.line.to_string()),
        Some(place.id.to_string()),
        Some(compiled.duplicates.key().to_owned()),
        compiled.external.as_ref().map(|external| external.key.clone()),
        draft.external,
        Some(Json::Object(draft.custom).to_string()),
        Some(json!(record).to_string()),
    ];
    row.append(&mut draft.values);
    Some(row)
}

impl Draft<'_> {
    fn check_width(&mut self, compiled: &Compiled, record: &[&str]) {
        let extra = record.iter().skip(compiled.width).any(|cell| !cell.trim().is_empty());
        if extra {
            self.refuse(None, None, format!("has {} cells, but the file has {} columns", record.len(), compiled.width));
        } else if record.len() < compiled.width {
            let reason = format!("has only {} cells, but the file has {} columns", record.len(), compiled.width);
            self.problems.push(Problem { severity: Severity::Warning, column: None, value: None, reason });
        }
        if record.iter().any(|cell| cell.contains('\0')) {
            self.refuse(None, None, "holds a NUL, which is no text".to_owned());
        }
    }

    fn refuse(&mut self, step: Option<&Step>, cell: Option<&str>, reason: String) {
        self.problems.push(Problem {
            severity: Severity::Refused,
            column: step.map(|step| step.header.clone()),
            value: cell.map(str::to_owned),
            reason,
        });
    }

    fn take(&mut self, compiled: &Compiled, step: &Step, cell: &str) {
        let taken = match &step.target {
            Target::Slot(slot, kind) => cells::read(cell, *kind, step, &compiled.stages).map(|value| {
                if let Some(reason) = value.warning {
                    self.problems.push(Problem {
                        severity: Severity::Warning,
                        column: Some(step.header.clone()),
                        value: Some(cell.to_owned()),
                        reason: reason.to_owned(),
                    });
                }
                if let Some(place) = self.values.get_mut(*slot) {
                    *place = Some(value.text);
                }
            }),
            Target::Special(kind) => self.take_special(compiled.table, *kind, step, cell),
            Target::External(key) => {
                self.external = Some(cell.to_owned());
                self.custom.insert(key.clone(), Json::String(cell.to_owned()));
                Ok(())
            }
            Target::Custom(key, kind) => custom(cell, *kind, step).map(|value| {
                self.custom.insert(key.clone(), value);
            }),
        };
        if let Err(reason) = taken {
            self.refuse(Some(step), Some(cell), reason);
        }
    }

    fn take_special(&mut self, table: Table, kind: Kind, step: &Step, cell: &str) -> Result<(), String> {
        match kind {
            Kind::FullName => {
                let (first, last) = split_name(cell);
                self.set(table, "first_name", first);
                self.set(table, "last_name", last);
            }
            Kind::Phone(label) => self.phones.push(json!({"label": label, "value": cell})),
            Kind::OtherEmail => {
                for address in cell.split([',', ';', ' ']).filter(|address| !address.is_empty()) {
                    if !is_email(address) {
                        return Err("not an e-mail address".to_owned());
                    }
                    self.emails.push(json!({"label": "other", "value": address}));
                }
            }
            Kind::CloseDate => {
                let moment = moment(cell, step.dates)?;
                self.set(table, "expected_close_date", moment.date.to_string());
                self.set(table, "closed_at", timestamp(moment));
            }
            Kind::Due => {
                let moment = moment(cell, step.dates)?;
                self.set(table, "due_on", moment.date.to_string());
                if moment.time.is_some() {
                    self.set(table, "due_at", timestamp(moment));
                }
            }
            _ => debug_assert!(false, "every other kind has a slot"),
        }
        Ok(())
    }

    /// Sets a slot by name unless it is set, or the value is empty.
    fn set(&mut self, table: Table, slot: &str, value: String) {
        let at = slots::columns(table).iter().position(|name| *name == slot);
        if let Some(place) = at.and_then(|at| self.values.get_mut(at))
            && place.is_none()
            && !value.is_empty()
        {
            *place = Some(value);
        }
    }

    fn has(&self, table: Table, slots: &[&str]) -> bool {
        slots::columns(table).iter().zip(&self.values).any(|(name, value)| value.is_some() && slots.contains(name))
    }

    /// Adds the lists, and refuses a row without what its record cannot be without.
    fn finish(&mut self, table: Table) {
        if !self.phones.is_empty() {
            let list = Json::Array(std::mem::take(&mut self.phones));
            self.set(table, "phones", list.to_string());
        }
        if !self.emails.is_empty() {
            let list = Json::Array(std::mem::take(&mut self.emails));
            self.set(table, "other_emails", list.to_string());
        }
        let complaint = match table {
            Table::Members if !self.has(table, &["full_name", "email"]) => "a member needs a name or an e-mail address",
            Table::Products if !self.has(table, &["name"]) => "a product needs a name",
            Table::Organizations if !self.has(table, &["name"]) => "an organization needs a name",
            Table::Contacts if !self.has(table, &["first_name", "last_name", "email"]) => {
                "a contact needs a name or an e-mail address"
            }
            Table::OpportunityItems if !self.has(table, &["product", "name"]) => {
                "a line item needs a product or a name"
            }
            Table::Activities if !self.has(table, &["subject", "body"]) => "an activity needs a subject or a text",
            _ => return,
        };
        self.refuse(None, None, complaint.to_owned());
    }
}

/// The value of a custom field.
fn custom(cell: &str, kind: CustomType, step: &Step) -> Result<Json, String> {
    Ok(match kind {
        CustomType::Text => Json::String(cell.to_owned()),
        CustomType::Number => {
            let digits = parse_number(cell, step.numbers).ok_or("not a number")?;
            serde_json::from_str(&digits).map_err(|_| "not a number".to_owned())?
        }
        CustomType::Date => Json::String(moment(cell, step.dates)?.date.to_string()),
        CustomType::Boolean => Json::Bool(parse_boolean(cell).ok_or("neither yes nor no")?),
    })
}
