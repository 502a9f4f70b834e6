//! Checks a plan against the files it is for.
//!
//! In: a plan, facts, the stages, the caller's role. Out: the questions that are still open, or the first wrong field.
//! Invariant: a plan without complaint and without questions can run.

use super::error::ImportError;
use super::fields::{Kind, Table};
use super::guess::{StageOption, default_values};
use super::plan::{CUSTOM, ColumnPlan, CustomType, EXTERNAL_ID, FilePlan, IGNORE, Missing, Plan, Question};
use super::read::{ColumnFacts, FileFacts};

/// Who imports, as far as plans care.
#[derive(Debug, Clone, Copy)]
pub struct Power {
    /// May the caller make members? Owner, admin, manager.
    pub may_invite: bool,
}

/// Complains about the first wrong field, or says what is still open.
pub fn check(
    plan: &Plan,
    files: &[FileFacts],
    stages: &[StageOption],
    power: Power,
) -> Result<Vec<Question>, ImportError> {
    if plan.files.len() != files.len() {
        return Err(ImportError::plan(
            "plan.files",
            format!("has {} entries for {} files", plan.files.len(), files.len()),
        ));
    }
    let mut questions = Vec::new();
    for (index, (planned, facts)) in plan.files.iter().zip(files).enumerate() {
        let path = format!("plan.files[{index}]");
        if planned.file != index {
            return Err(ImportError::plan(format!("{path}.file"), format!("must be {index}")));
        }
        check_file(&path, planned, facts, power)?;
        if planned.table.is_some() {
            ask(&path, planned, facts, stages, &mut questions);
        }
    }
    Ok(questions)
}

fn check_file(path: &str, planned: &FilePlan, facts: &FileFacts, power: Power) -> Result<(), ImportError> {
    if planned.columns.len() != facts.columns.len() {
        return Err(ImportError::plan(
            format!("{path}.columns"),
            format!("has {} entries for {} columns", planned.columns.len(), facts.columns.len()),
        ));
    }
    if planned.table == Some(Table::Members) && !power.may_invite {
        return Err(ImportError::plan(format!("{path}.table"), "only owner, admin and manager may import members"));
    }
    let (mut fields, mut keys): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (index, column) in planned.columns.iter().enumerate() {
        let path = format!("{path}.columns[{index}]");
        if column.column != index {
            return Err(ImportError::plan(format!("{path}.column"), format!("must be {index}")));
        }
        let Some(table) = planned.table else { continue };
        check_column(&path, table, column, power)?;
        if column.field != IGNORE && column.field != CUSTOM {
            if fields.contains(&column.field.as_str()) {
                return Err(ImportError::plan(
                    format!("{path}.field"),
                    format!("{} is filled by two columns", column.field),
                ));
            }
            fields.push(&column.field);
        }
        if let Some(custom) = column.custom.as_ref().filter(|_| column.field == CUSTOM || column.field == EXTERNAL_ID) {
            if keys.contains(&custom.key.as_str()) {
                return Err(ImportError::plan(format!("{path}.custom.key"), "two columns fill this custom field"));
            }
            keys.push(&custom.key);
        }
    }
    planned.table.map_or(Ok(()), |table| check_identity(path, table, &fields))
}

fn check_column(path: &str, table: Table, column: &ColumnPlan, power: Power) -> Result<(), ImportError> {
    if column.field == IGNORE {
        return Ok(());
    }
    if column.field == CUSTOM || column.field == EXTERNAL_ID {
        if column.field == CUSTOM && !table.has_custom_fields() {
            return Err(ImportError::plan(format!("{path}.field"), format!("{} have no custom fields", table.name())));
        }
        let Some(custom) = &column.custom else {
            return Err(ImportError::plan(format!("{path}.custom"), "says where the column is kept, and is missing"));
        };
        let mut letters = custom.key.bytes();
        let named = letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            && custom.key.len() <= 63;
        if !named {
            return Err(ImportError::plan(format!("{path}.custom.key"), "must be lower-case letters, digits and _"));
        }
        return Ok(());
    }
    let Some(field) = table.field(&column.field) else {
        let message = format!("{} have no field {:?}", table.name(), column.field);
        return Err(ImportError::plan(format!("{path}.field"), message));
    };
    if let Kind::Link(to) = field.kind {
        let allowed = match column.missing {
            Some(Missing::Invite) => to == Table::Members && power.may_invite,
            Some(Missing::Create) if to == Table::Members => power.may_invite,
            Some(Missing::Create) => to != Table::Opportunities,
            _ => true,
        };
        if !allowed {
            return Err(ImportError::plan(format!("{path}.missing"), "is not possible here, or not for your role"));
        }
    }
    Ok(())
}

/// Every record needs something it can be called by.
fn check_identity(path: &str, table: Table, fields: &[&str]) -> Result<(), ImportError> {
    let wanted: &[&str] = match table {
        Table::Members => &["full_name", "email"],
        Table::Products | Table::Organizations => &["name"],
        Table::Contacts => &["full_name", "first_name", "last_name", "email"],
        Table::Opportunities => return Ok(()),
        Table::OpportunityItems => &["opportunity"],
        Table::Activities => &["subject", "body"],
    };
    if wanted.iter().any(|field| fields.contains(field)) {
        return Ok(());
    }
    let message = format!("no column is mapped to {}, and {} need one", wanted.join(" or "), table.name());
    Err(ImportError::plan(format!("{path}.columns"), message))
}

fn ask(path: &str, planned: &FilePlan, facts: &FileFacts, stages: &[StageOption], questions: &mut Vec<Question>) {
    let Some(table) = planned.table else { return };
    for (index, (column, found)) in planned.columns.iter().zip(&facts.columns).enumerate() {
        let path = format!("{path}.columns[{index}]");
        let kind = table.field(&column.field).map(|field| field.kind);
        let custom_date =
            column.field == CUSTOM && column.custom.as_ref().is_some_and(|custom| custom.kind == CustomType::Date);
        if column.date_format.is_none() && (custom_date || kind.is_some_and(Kind::is_date)) {
            questions.extend(ask_date(&path, facts, found));
        }
        if let Some(kind @ (Kind::Choice(_) | Kind::Stage)) = kind {
            questions.extend(ask_values(&path, facts, column, found, kind, stages));
        }
    }
}

fn ask_date(path: &str, facts: &FileFacts, found: &ColumnFacts) -> Option<Question> {
    if found.date_formats.len() < 2 {
        return None;
    }
    let sample = found.samples.first().map_or("", String::as_str);
    Some(Question {
        field: format!("{path}.date_format"),
        code: "ambiguous_date",
        message: format!(
            "{}: dates in column {:?}, such as {sample:?}, can be read in several ways",
            facts.name, found.header
        ),
        options: found.date_formats.iter().map(|format| format.key().to_owned()).collect(),
        samples: found.samples.clone(),
    })
}

fn ask_values(
    path: &str,
    facts: &FileFacts,
    column: &ColumnPlan,
    found: &ColumnFacts,
    kind: Kind,
    stages: &[StageOption],
) -> Option<Question> {
    let options: Vec<String> = match kind {
        Kind::Stage => stages.iter().map(|stage| stage.key.clone()).collect(),
        Kind::Choice(options) => options.iter().map(|(key, _)| (*key).to_owned()).collect(),
        _ => return None,
    };
    let chosen = |value: &str| {
        let own = column.values.as_ref().and_then(|values| values.get(value)).filter(|key| options.contains(key));
        own.is_some() || default_values(kind, value, stages).is_some()
    };
    let open: Vec<String> =
        found.values.iter().map(|entry| &entry.value).filter(|value| !chosen(value)).cloned().collect();
    let first = open.first()?;
    Some(Question {
        field: format!("{path}.values"),
        code: "unmapped_value",
        message: format!("{}: what does {first:?} in column {:?} mean?", facts.name, found.header),
        options,
        samples: open,
    })
}
