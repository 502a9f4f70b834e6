//! Proposes a plan for files nobody has mapped yet.
//!
//! In: facts about the files, the workspace's stages, plans that were used before. Out: a [`Plan`] to be corrected.
//! Invariant: pure; no column is dropped silently: what has no field becomes a custom field.

mod columns;
mod header;
mod synonyms;
mod table;
mod values;

pub use header::{header_hash, normalise};
pub use values::{StageOption, default_values};

use std::collections::BTreeMap;

use super::detect::{ColumnType, DateFormat};
use super::fields::{Kind, Table};
use super::plan::{CUSTOM, ColumnPlan, CustomType, Duplicates, EXTERNAL_ID, FilePlan, IGNORE, Missing, Plan};
use super::read::{ColumnFacts, FileFacts};

/// What guessing may look at besides the files.
pub struct Context<'a> {
    /// The stages of the workspace's default pipeline.
    pub stages: &'a [StageOption],
    /// Plans of earlier imports, by [`header_hash`].
    pub remembered: &'a BTreeMap<Vec<u8>, FilePlan>,
    /// May the caller invite members? If not, unknown owners leave the field empty.
    pub may_invite: bool,
}

/// The plan for all files.
pub fn guess(files: &[FileFacts], context: &Context<'_>) -> Plan {
    let plans = files.iter().enumerate().map(|(index, facts)| {
        let remembered = context.remembered.get(&header_hash(facts));
        let mut plan = match remembered {
            Some(plan) if fits(plan, facts) => FilePlan { file: index, has_header: facts.has_header, ..plan.clone() },
            _ => guess_file(index, facts, context),
        };
        settle_dates(&mut plan, facts);
        plan
    });
    Plan { files: plans.collect() }
}

/// Were these columns mapped before, one by one?
fn fits(plan: &FilePlan, facts: &FileFacts) -> bool {
    plan.columns.len() == facts.columns.len()
        && plan.columns.iter().zip(&facts.columns).all(|(planned, found)| planned.header == found.header)
}

fn guess_file(index: usize, facts: &FileFacts, context: &Context<'_>) -> FilePlan {
    let table = table::guess(facts);
    let columns = match table {
        Some(table) => plan_columns(table, facts, context),
        None => {
            let ignored = |(column, found): (usize, &ColumnFacts)| ColumnPlan::ignored(column, &found.header);
            facts.columns.iter().enumerate().map(ignored).collect()
        }
    };
    FilePlan { file: index, table, has_header: facts.has_header, duplicates: Duplicates::Skip, columns }
}

fn plan_columns(table: Table, facts: &FileFacts, context: &Context<'_>) -> Vec<ColumnPlan> {
    let fields = columns::guess(table, facts);
    let mut keys: Vec<String> = Vec::new();
    let mut planned = Vec::with_capacity(facts.columns.len());
    for (column, (found, field)) in facts.columns.iter().zip(fields).enumerate() {
        let mut plan = ColumnPlan::ignored(column, &found.header);
        match field {
            Some(field) => plan.field = field.to_owned(),
            None if table.has_custom_fields() && found.kind != ColumnType::Empty => plan.field = CUSTOM.to_owned(),
            None => plan.field = IGNORE.to_owned(),
        }
        if plan.field == CUSTOM || plan.field == EXTERNAL_ID {
            let kind = if plan.field == CUSTOM { custom_type(found) } else { CustomType::Text };
            plan.custom = Some(header::custom_field(&found.header, kind, &mut keys));
        }
        complete(&mut plan, table, found, context);
        planned.push(plan);
    }
    planned
}

/// Adds what the field needs: how its numbers are written, what its values mean, what happens to missing links.
fn complete(plan: &mut ColumnPlan, table: Table, found: &ColumnFacts, context: &Context<'_>) {
    if found.kind == ColumnType::Number {
        plan.number_format = Some(found.number_format);
    }
    let Some(field) = table.field(&plan.field) else { return };
    match field.kind {
        Kind::Choice(_) | Kind::Stage => plan.values = Some(values::guess(table, field, found, context.stages)),
        Kind::Link(Table::Members) if context.may_invite => plan.missing = Some(Missing::Invite),
        Kind::Link(Table::Members | Table::Opportunities) => plan.missing = Some(Missing::Empty),
        Kind::Link(_) => plan.missing = Some(Missing::Create),
        _ => {}
    }
}

fn custom_type(found: &ColumnFacts) -> CustomType {
    match found.kind {
        // One value that is something else would refuse its row for a column that nobody asked for.
        _ if !found.uniform => CustomType::Text,
        ColumnType::Number => CustomType::Number,
        ColumnType::Date => CustomType::Date,
        ColumnType::Boolean => CustomType::Boolean,
        _ => CustomType::Text,
    }
}

/// Decides the order of dates: by the column's own evidence, else by what the file's other columns show.
fn settle_dates(plan: &mut FilePlan, facts: &FileFacts) {
    let decided: Vec<DateFormat> = facts
        .columns
        .iter()
        .filter_map(|column| match column.date_formats.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
        .collect();
    let common = decided.first().filter(|first| decided.iter().all(|format| format == *first)).copied();
    for (column, found) in plan.columns.iter_mut().zip(&facts.columns) {
        let remembered = column.date_format.filter(|format| found.date_formats.contains(format));
        column.date_format = match found.date_formats.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => remembered.or(common.filter(|format| several.contains(format))),
        };
    }
}
