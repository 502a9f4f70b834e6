//! Reads dates, and finds out in which order a column writes day, month and year.
//!
//! In: cells. Out: a [`Moment`]; for a whole column the readings that fit.
//! Invariant: pure; a two-digit year below 70 is 20xx, others are 19xx; nothing is read that the calendar does not have.

use chrono::{FixedOffset, NaiveDate, NaiveTime};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// The order of day, month and year in a date made of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateFormat {
    /// 31-12-2016
    Dmy,
    /// 12/31/2016
    Mdy,
    /// 2016-12-31
    Ymd,
}

impl DateFormat {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Dmy, Self::Mdy, Self::Ymd];

    /// As the plan and the command line write it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }

    /// Positions of year, month and day.
    fn positions(self) -> (usize, usize, usize) {
        match self {
            Self::Dmy => (2, 1, 0),
            Self::Mdy => (2, 0, 1),
            Self::Ymd => (0, 1, 2),
        }
    }
}

/// A date, and the time of day and zone if the cell says them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: NaiveDate,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// Its distance from UTC.
    pub offset: Option<FixedOffset>,
}

/// What a cell says before the order is known.
enum Written<'a> {
    Digits([&'a str; 3]),
    Named(NaiveDate),
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The moment a cell tells, digits being in the order of `format`; a four-digit year in front needs none.
pub fn parse(cell: &str, format: Option<DateFormat>) -> Option<Moment> {
    let (date, time) = split(cell)?;
    let date = match date {
        Written::Named(date) => date,
        Written::Digits(parts) if parts[0].len() == 4 => in_order(parts, DateFormat::Ymd)?,
        Written::Digits(parts) => in_order(parts, format?)?,
    };
    let (time, offset) = match time {
        None => (None, None),
        Some(text) => {
            let (time, offset) = parse_time(text)?;
            (Some(time), offset)
        }
    };
    Some(Moment { date, time, offset })
}

/// Is it a date in some order? With a hint that it also has a time of day.
pub fn shape(cell: &str) -> Option<bool> {
    DateFormat::ALL.iter().find_map(|format| parse(cell, Some(*format))).map(|moment| moment.time.is_some())
}

fn split(cell: &str) -> Option<(Written<'_>, Option<&str>)> {
    let cell = cell.trim();
    if !(6..=40).contains(&cell.len()) || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some((date, rest)) = digits(cell) {
        let rest = rest.trim_start_matches(['T', 't', ' ', ',']);
        return Some((Written::Digits(date), (!rest.is_empty()).then_some(rest)));
    }
    named(cell)
}

/// Three groups of digits with the same separator, and what follows them.
fn digits(cell: &str) -> Option<([&str; 3], &str)> {
    let end = |text: &str| text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let first = cell.get(..end(cell))?;
    let separator = cell.get(first.len()..=first.len())?;
    if !matches!(separator, "-" | "/" | ".") {
        return None;
    }
    let rest = cell.get(first.len() + 1..)?;
    let second = rest.get(..end(rest))?;
    let rest = rest.get(second.len()..)?.strip_prefix(separator)?;
    let third = rest.get(..end(rest))?;
    let rest = rest.get(third.len()..)?;
    let lengths = (first.len(), second.len(), third.len());
    (matches!(lengths, (4, 1..=2, 1..=2) | (1..=2, 1..=2, 2 | 4))
        && rest.chars().next().is_none_or(|c| "Tt ,".contains(c)))
    .then_some(([first, second, third], rest))
}

/// `20 Oct 2016`, `20-Oct-16`, `Oct 20, 2016`, with an optional time of day behind.
fn named(cell: &str) -> Option<(Written<'_>, Option<&str>)> {
    let mut words = Vec::with_capacity(3);
    let mut rest = cell;
    while words.len() < 3 {
        rest = rest.trim_start_matches([' ', '-', '/', ',', '.']);
        let end = rest.find([' ', '-', '/', ',', '.']).unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        words.push(rest.get(..end)?);
        rest = rest.get(end..)?;
    }
    let [first, second, third] = words.try_into().ok()?;
    let (day, month, year): (&str, &str, &str) =
        if first.starts_with(|c: char| c.is_ascii_digit()) { (first, second, third) } else { (second, first, third) };
    let lower = month.to_lowercase();
    let month = MONTHS.iter().position(|name| lower.len() >= 3 && lower.len() <= 9 && lower.starts_with(name))?;
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let date = NaiveDate::from_ymd_opt(year_of(year)?, u32::try_from(month).ok()? + 1, day)?;
    let rest = rest.trim_start_matches([' ', ',']);
    Some((Written::Named(date), (!rest.is_empty()).then_some(rest)))
}

fn year_of(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn in_order(parts: [&str; 3], format: DateFormat) -> Option<NaiveDate> {
    let (year, month, day) = format.positions();
    NaiveDate::from_ymd_opt(year_of(parts.get(year)?)?, parts.get(month)?.parse().ok()?, parts.get(day)?.parse().ok()?)
}

/// `13:05`, `1:05 PM`, `13:05:00.123+02:00`, `13:05:00Z`.
fn parse_time(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let mut text = text.trim();
    let mut offset = None;
    if let Some(rest) = text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix("UTC")) {
        (text, offset) = (rest.trim_end(), FixedOffset::east_opt(0));
    } else if let Some(at) = text.rfind(['+', '-']) {
        let sign = if text.get(at..=at) == Some("-") { -1 } else { 1 };
        let zone: String = text.get(at + 1..)?.chars().filter(char::is_ascii_digit).collect();
        let hours: i32 = zone.get(..2)?.parse().ok()?;
        let minutes: i32 = zone.get(2..4).unwrap_or("0").parse().ok()?;
        (text, offset) = (text.get(..at)?.trim_end(), FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)));
    }
    let upper = text.to_uppercase();
    let (clock, afternoon) = match (upper.strip_suffix("PM"), upper.strip_suffix("AM")) {
        (Some(clock), _) => (clock.trim(), Some(true)),
        (_, Some(clock)) => (clock.trim(), Some(false)),
        _ => (upper.as_str(), None),
    };
    let mut parts = clock.split(':');
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let second: f64 = parts.next().unwrap_or("0").parse().ok()?;
    if parts.next().is_some() || (afternoon.is_some() && !(1..=12).contains(&hour)) || !(0.0..60.0).contains(&second) {
        return None;
    }
    match afternoon {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= second < 60")]
    let (whole, nano) = (second as u32, (second.fract() * 1e9) as u32);
    Some((NaiveTime::from_hms_nano_opt(hour, minute, whole, nano)?, offset))
}

/// What the values of a column tell about the order of their parts.
#[derive(Debug, Default)]
pub struct DateEvidence {
    /// Values in digits without a four-digit year in front.
    undecided: u64,
    fits: [u64; 3],
    seen: [FxHashSet<u16>; 3],
}

impl DateEvidence {
    /// Takes one cell into account.
    pub fn add(&mut self, cell: &str) {
        let Some((Written::Digits(parts), _)) = split(cell) else { return };
        if parts[0].len() == 4 {
            return;
        }
        self.undecided += 1;
        for (fits, format) in self.fits.iter_mut().zip(DateFormat::ALL) {
            *fits += u64::from(in_order(parts, format).is_some());
        }
        for (seen, part) in self.seen.iter_mut().zip(parts) {
            if let Ok(number) = part.parse() {
                seen.insert(number);
            }
        }
    }

    /// The readings that fit, the only one left first: empty when no cell needs an order.
    pub fn readings(&self) -> Vec<DateFormat> {
        if self.undecided == 0 {
            return Vec::new();
        }
        let most = self.fits.iter().copied().max().unwrap_or(0);
        let mut readings: Vec<DateFormat> = DateFormat::ALL
            .into_iter()
            .zip(self.fits)
            .filter(|(_, fits)| *fits == most && most > 0)
            .map(|(f, _)| f)
            .collect();
        // A column has few years and many days. The reading that turns this round four-fold is not meant.
        let ratios: Vec<(DateFormat, f64)> =
            readings.iter().map(|format| (*format, self.days_per_year(*format))).collect();
        if self.undecided >= 8 {
            let best = ratios.iter().map(|(_, ratio)| *ratio).fold(0.0, f64::max);
            readings.retain(|format| {
                let own = ratios.iter().find(|(other, _)| other == format).map_or(0.0, |(_, ratio)| *ratio);
                own * 4.0 > best
            });
        }
        readings
    }

    fn days_per_year(&self, format: DateFormat) -> f64 {
        let (year, _, day) = format.positions();
        let count = |at: usize| self.seen.get(at).map_or(0, FxHashSet::len);
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let ratio = count(day) as f64 / count(year).max(1) as f64;
        ratio
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn readings(cells: &[&str]) -> Vec<DateFormat> {
        let mut evidence = DateEvidence::default();
        cells.iter().for_each(|cell| evidence.add(cell));
        evidence.readings()
    }

    #[test]
    fn dates_of_every_usual_form_are_read() {
        let dmy = Some(DateFormat::Dmy);
        let cases = [
            ("20-10-16", dmy, day(2016, 10, 20)),
            ("3/4/1999", Some(DateFormat::Mdy), day(1999, 3, 4)),
            ("31.12.70", dmy, day(1970, 12, 31)),
            ("2016-10-20", None, day(2016, 10, 20)),
            ("20 Oct 2016", None, day(2016, 10, 20)),
            ("October 2nd, 2016", None, day(2016, 10, 2)),
            ("20-Oct-16", None, day(2016, 10, 20)),
        ];
        for (cell, format, expected) in cases {
            assert_eq!(parse(cell, format).unwrap_or_else(|| panic!("{cell} is a date")).date, expected, "{cell}");
        }
        for cell in ["31-02-16", "1-2-3", "12", "2016-13-01", "Q4 2016", "555-12-3456", "1.2.3.4", "10.20.30.40"] {
            assert_eq!(parse(cell, dmy), None, "{cell} is no date");
        }
    }

    #[test]
    fn a_time_of_day_and_its_zone_are_read() {
        let iso = parse("2016-10-20T13:05:09.5+02:00", None).unwrap();
        assert_eq!(iso.time, NaiveTime::from_hms_milli_opt(13, 5, 9, 500));
        assert_eq!(iso.offset, FixedOffset::east_opt(7200));
        let american = parse("10/20/2016 1:05 PM", Some(DateFormat::Mdy)).unwrap();
        assert_eq!((american.time, american.offset), (NaiveTime::from_hms_opt(13, 5, 0), None));
    }

    #[test]
    fn a_day_above_twelve_decides() {
        assert_eq!(readings(&["03-04-2017", "20-10-2016"]), [DateFormat::Dmy]);
        assert_eq!(readings(&["03/04/2017", "10/20/2016"]), [DateFormat::Mdy]);
    }

    #[test]
    fn few_years_and_many_days_decide_between_two_digit_readings() {
        let cells: Vec<String> = (1..=28).map(|day| format!("{day:02}-{:02}-{}", day % 12 + 1, 16 + day % 2)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        assert_eq!(readings(&cells), [DateFormat::Dmy]);
    }

    #[test]
    fn what_can_be_read_both_ways_is_ambiguous() {
        assert_eq!(readings(&["03/04/2017", "05/06/2017"]), [DateFormat::Dmy, DateFormat::Mdy]);
        assert_eq!(readings(&["2017-04-03"]), []);
    }
}
