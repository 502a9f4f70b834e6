//! From one cell to one value as PostgreSQL reads it.
//!
//! In: a trimmed, non-empty cell and what it must be. Out: the value's text form, maybe with a warning, or a complaint.
//! Invariant: what comes out is accepted by the column it is for.

use super::compile::Step;
use crate::imports::detect::{DateFormat, Moment, is_email, parse_boolean, parse_moment, parse_number};
use crate::imports::fields::Kind;
use crate::imports::guess::{StageOption, default_values};

/// A value, and what is worth a warning about it.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) warning: Option<&'static str>,
}

/// A value or the reason why there is none.
pub(super) type Read = Result<Value, String>;

fn plain(text: impl Into<String>) -> Read {
    Ok(Value { text: text.into(), warning: None })
}

/// Reads the cell as `kind`.
pub(super) fn read(cell: &str, kind: Kind, step: &Step, stages: &[StageOption]) -> Read {
    match kind {
        Kind::Email if !is_email(cell) => Err("not an e-mail address".to_owned()),
        Kind::Integer => integer(cell, step),
        Kind::Money => decimal(cell, step, 2, 16),
        Kind::Quantity => {
            let value = decimal(cell, step, 3, 11)?;
            if value.text.bytes().all(|byte| matches!(byte, b'0' | b'.')) {
                return Err("must be more than zero".to_owned());
            }
            Ok(value)
        }
        Kind::Percent => percent(cell, step),
        Kind::Date | Kind::CloseDate => plain(moment(cell, step.dates)?.date.to_string()),
        Kind::Moment | Kind::Due => plain(timestamp(moment(cell, step.dates)?)),
        Kind::Boolean => {
            parse_boolean(cell).map_or_else(|| Err("neither yes nor no".to_owned()), |yes| plain(yes.to_string()))
        }
        Kind::Currency => currency(cell),
        Kind::Choice(_) | Kind::Stage => choice(cell, kind, step, stages),
        Kind::Tags => plain(array(cell.split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()))),
        _ => plain(cell),
    }
}

/// The day and maybe time a cell tells.
pub(super) fn moment(cell: &str, dates: Option<DateFormat>) -> Result<Moment, String> {
    let found = parse_moment(cell, dates).filter(|moment| {
        use chrono::Datelike as _;
        (1..=9999).contains(&moment.date.year())
    });
    found.ok_or_else(|| match dates {
        Some(DateFormat::Dmy) => "not a date in the order day, month, year".to_owned(),
        Some(DateFormat::Mdy) => "not a date in the order month, day, year".to_owned(),
        _ => "not a date".to_owned(),
    })
}

/// A moment as text; a bare day is meant at noon, so that it stays the same day in most time zones.
pub(super) fn timestamp(moment: Moment) -> String {
    let time = moment.time.map_or_else(|| "12:00:00".to_owned(), |time| time.to_string());
    match moment.offset {
        Some(offset) => format!("{} {time}{offset}", moment.date),
        None => format!("{} {time}", moment.date),
    }
}

fn integer(cell: &str, step: &Step) -> Read {
    let number = parse_number(cell, step.numbers).ok_or("not a number")?;
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    if fraction.bytes().any(|digit| digit != b'0') {
        return Err("not a whole number".to_owned());
    }
    match whole.parse::<i32>() {
        Ok(value) if value >= 0 => plain(value.to_string()),
        Ok(_) => Err("must not be negative".to_owned()),
        Err(_) => Err("too large a number".to_owned()),
    }
}

fn decimal(cell: &str, step: &Step, scale: usize, whole_digits: usize) -> Read {
    let number = parse_number(cell, step.numbers).ok_or("not a number")?;
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    if whole.starts_with('-') && number.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
        return Err("must not be negative".to_owned());
    }
    if whole.len() > whole_digits {
        return Err("too large a number".to_owned());
    }
    let rounded = fraction.trim_end_matches('0').len() > scale;
    let warning = rounded.then_some("has more decimals than are kept; it was rounded");
    Ok(Value { text: number.trim_start_matches('-').to_owned(), warning })
}

fn percent(cell: &str, step: &Step) -> Read {
    let number = parse_number(cell.trim_end_matches('%'), step.numbers).ok_or("not a percentage")?;
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    match whole.parse::<u8>() {
        Ok(value) if value <= 100 => {
            let warning =
                fraction.bytes().any(|digit| digit != b'0').then_some("has decimals; only whole percents are kept");
            Ok(Value { text: value.to_string(), warning })
        }
        _ => Err("not between 0 and 100".to_owned()),
    }
}

fn currency(cell: &str) -> Read {
    let upper = cell.to_ascii_uppercase();
    if upper.len() == 3 && upper.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return plain(upper);
    }
    Err("not the three letters of a currency".to_owned())
}

fn choice(cell: &str, kind: Kind, step: &Step, stages: &[StageOption]) -> Read {
    let meant = step.values.get(cell).cloned().or_else(|| default_values(kind, cell, stages));
    meant.map_or_else(|| Err("no meaning was chosen for this value".to_owned()), plain)
}

/// An array as PostgreSQL writes one.
fn array<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> =
        items.map(|item| format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\""))).collect();
    format!("{{{}}}", quoted.join(","))
}

/// First and last name of a whole one.
pub(super) fn split_name(cell: &str) -> (String, String) {
    if let Some((last, first)) = cell.split_once(',') {
        return (first.trim().to_owned(), last.trim().to_owned());
    }
    match cell.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (first.trim().to_owned(), last.to_owned()),
        None => (cell.to_owned(), String::new()),
    }
}
