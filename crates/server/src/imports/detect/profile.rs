//! Gathers what a column's cells have in common.
//!
//! In: cells, one after the other. Out: [`ColumnFacts`].
//! Invariant: bounded memory; all cells count, not a sample of them.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::{ColumnType, DateEvidence, NumberFormat, date_shape, is_email, is_identifier, parse_number};
use crate::imports::read::{ColumnFacts, ValueCount};

const MAX_VALUES: usize = 50;
const MAX_DISTINCT: usize = 10_000;
const MAX_SAMPLES: usize = 5;

/// What a column looks like so far.
#[derive(Debug, Default)]
pub struct Profile {
    filled: u64,
    empty: u64,
    number_point: u64,
    number_comma: u64,
    identifier: bool,
    dates: u64,
    times: u64,
    booleans: u64,
    emails: u64,
    evidence: DateEvidence,
    hashes: FxHashSet<u64>,
    values: FxHashMap<String, u64>,
    too_many: bool,
    samples: Vec<String>,
}

impl Profile {
    /// Takes one trimmed cell into account.
    pub fn add(&mut self, cell: &str) {
        if cell.is_empty() {
            self.empty += 1;
            return;
        }
        self.filled += 1;
        self.count(cell);
        if parse_number(cell, NumberFormat::Point).is_some() {
            self.number_point += 1;
        }
        if parse_number(cell, NumberFormat::Comma).is_some() {
            self.number_comma += 1;
        }
        self.identifier |= is_identifier(cell);
        // A column that had no date among its first hundred values will not be one of dates.
        if (self.dates > 0 || self.filled < 100)
            && let Some(has_time) = date_shape(cell)
        {
            self.dates += 1;
            self.times += u64::from(has_time);
            self.evidence.add(cell);
        }
        self.booleans += u64::from(matches!(cell.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no"));
        self.emails += u64::from(is_email(cell));
    }

    fn count(&mut self, cell: &str) {
        if self.hashes.len() < MAX_DISTINCT {
            let mut hasher = FxHasher::default();
            cell.hash(&mut hasher);
            if self.hashes.insert(hasher.finish()) && self.samples.len() < MAX_SAMPLES {
                self.samples.push(cell.chars().take(200).collect());
            }
        }
        if self.too_many {
            return;
        }
        if let Some(count) = self.values.get_mut(cell) {
            *count += 1;
        } else if self.values.len() < MAX_VALUES && cell.len() <= 200 {
            self.values.insert(cell.to_owned(), 1);
        } else {
            self.too_many = true;
            self.values.clear();
        }
    }

    /// What the values are, and whether that holds for every one of them.
    fn kind(&self) -> (ColumnType, bool) {
        let all = |count: u64| self.filled > 0 && count == self.filled;
        // A few misspelt values do not make a column of text: those rows are refused one by one.
        let nearly_all = |count: u64| self.filled > 0 && count * 20 >= self.filled * 19;
        let numbers = self.number_point.max(self.number_comma);
        match () {
            () if self.filled == 0 => (ColumnType::Empty, true),
            () if all(self.booleans) => (ColumnType::Boolean, true),
            () if nearly_all(numbers) && !self.identifier => (ColumnType::Number, all(numbers)),
            () if nearly_all(self.dates) && self.times > 0 => (ColumnType::Datetime, all(self.dates)),
            () if nearly_all(self.dates) => (ColumnType::Date, all(self.dates)),
            () if nearly_all(self.emails) => (ColumnType::Email, all(self.emails)),
            () => (ColumnType::Text, true),
        }
    }

    /// What was found, for the column of that name.
    pub fn facts(self, header: String) -> ColumnFacts {
        let (kind, uniform) = self.kind();
        let has_dates = self.dates > 0 && self.dates * 2 >= self.filled;
        let mut values: Vec<ValueCount> =
            self.values.into_iter().map(|(value, count)| ValueCount { value, count }).collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        ColumnFacts {
            header,
            kind,
            uniform,
            empty: self.empty,
            distinct: self.hashes.len() as u64,
            samples: self.samples,
            values,
            date_formats: if has_dates { self.evidence.readings() } else { Vec::new() },
            number_format: if self.number_comma > self.number_point {
                NumberFormat::Comma
            } else {
                NumberFormat::Point
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::detect::DateFormat;

    fn facts(cells: &[&str]) -> ColumnFacts {
        let mut profile = Profile::default();
        cells.iter().for_each(|cell| profile.add(cell));
        profile.facts("x".to_owned())
    }

    #[test]
    fn a_column_is_what_all_its_values_are() {
        assert_eq!(facts(&["1", "2,000.50", ""]).kind, ColumnType::Number);
        assert_eq!(facts(&["01234", "10115"]).kind, ColumnType::Text);
        assert_eq!(facts(&["1", "x"]).kind, ColumnType::Text);
        assert_eq!(facts(&["yes", "No"]).kind, ColumnType::Boolean);
        assert_eq!(facts(&["a@b.example", "c@d.example"]).kind, ColumnType::Email);
        assert_eq!(facts(&["", ""]).kind, ColumnType::Empty);
        assert_eq!(facts(&["2016-10-20 10:00", "2016-10-21"]).kind, ColumnType::Datetime);
        let dates = facts(&["20-10-2016", "03-04-2017"]);
        assert_eq!((dates.kind, dates.date_formats), (ColumnType::Date, vec![DateFormat::Dmy]));
    }

    #[test]
    fn values_are_counted_while_they_are_few() {
        let few = facts(&["Won", "Lost", "Won"]);
        assert_eq!(
            few.values.iter().map(|v| (v.value.as_str(), v.count)).collect::<Vec<_>>(),
            [("Won", 2), ("Lost", 1)]
        );
        let many: Vec<String> = (0..60).map(|n| format!("v{n}")).collect();
        let many = facts(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(many.values.is_empty());
        assert_eq!(many.distinct, 60);
    }
}
