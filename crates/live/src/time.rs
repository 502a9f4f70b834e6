//! Times as text, without a clock.

use std::fmt::Write as _;

/// Days from 1970-01-01 to 2000-01-01, where PostgreSQL counts from.
const EPOCH_DAYS: i64 = 10_957;
const DAY_US: i64 = 86_400_000_000;

/// Microseconds since 2000-01-01 UTC as `2026-08-21T10:00:00.123Z`.
pub fn iso_timestamp(micros: i64) -> String {
    let days = micros.div_euclid(DAY_US) + EPOCH_DAYS;
    let ms = micros.rem_euclid(DAY_US) / 1000;
    let (year, month, day) = civil(days);
    let mut text = String::with_capacity(24);
    let _ = write!(
        text,
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1000 % 60,
        ms % 1000
    );
    text
}

/// Reads a timestamp or date in ISO form, as PostgreSQL or a client writes it, into microseconds since 1970 UTC.
///
/// Without an offset it counts as UTC. `infinity` and `-infinity` are beyond every instant.
pub(crate) fn parse_timestamp(text: &str) -> Option<i64> {
    match text {
        "infinity" => return Some(i64::MAX),
        "-infinity" => return Some(i64::MIN),
        _ => {}
    }
    let (text, bc) = text.strip_suffix(" BC").map_or((text, false), |rest| (rest, true));
    let date_end = text.find([' ', 'T', 't']).unwrap_or(text.len());
    let (date, rest) = (text.get(..date_end)?, text.get(date_end..)?);
    let mut parts = date.splitn(3, '-');
    let year: i64 = digits(parts.next()?)?;
    let month = digits(parts.next()?)?;
    let day = digits(parts.next()?)?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = days_since_1970(if bc { 1 - year } else { year }, month, day);
    let (micros, offset) = if rest.is_empty() { (0, 0) } else { parse_time(rest.get(1..)?)? };
    days.checked_mul(DAY_US)?.checked_add(micros)?.checked_sub(offset)
}

/// `10:00:00.5+02:30` as microseconds of the day and of the offset.
fn parse_time(text: &str) -> Option<(i64, i64)> {
    let zone_at = text.find(['+', '-', 'Z', 'z']).unwrap_or(text.len());
    let (clock, zone) = (text.get(..zone_at)?, text.get(zone_at..)?);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.splitn(3, ':');
    let hours = digits(parts.next()?)?;
    let minutes = parts.next().map_or(Some(0), digits)?;
    let seconds = parts.next().map_or(Some(0), digits)?;
    let micros = if fraction.is_empty() { 0 } else { digits(format!("{fraction:0<6}").get(..6)?)? };
    let offset = match zone.chars().next() {
        None | Some('Z' | 'z') => 0,
        Some(sign) => {
            let mut parts = zone.get(1..)?.splitn(3, ':');
            let hours = digits(parts.next()?)?;
            let minutes = parts.next().map_or(Some(0), digits)?;
            let offset = (hours * 3600 + minutes * 60) * 1_000_000;
            if sign == '-' { -offset } else { offset }
        }
    };
    Some((((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros, offset))
}

/// A number of at most nine digits, and nothing else.
fn digits(text: &str) -> Option<i64> {
    let plain = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The Gregorian date of a day counted from 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The day, counted from 1970-01-01, of a Gregorian date.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_commit_time_is_written_in_utc_with_milliseconds() {
        assert_eq!(iso_timestamp(0), "2000-01-01T00:00:00.000Z");
        assert_eq!(iso_timestamp(840_636_000_123_456), "2026-08-21T14:00:00.123Z");
        assert_eq!(iso_timestamp(-1), "1999-12-31T23:59:59.999Z");
    }

    #[test]
    fn one_instant_has_many_spellings() {
        for text in [
            "2024-02-29 12:30:00+00",
            "2024-02-29T12:30:00Z",
            "2024-02-29T14:30:00.000+02:00",
            "2024-02-29T10:30-02",
            "2024-02-29 12:30:00",
        ] {
            assert_eq!(parse_timestamp(text), Some(1_709_209_800_000_000), "{text}");
        }
        assert_eq!(parse_timestamp("2024-02-29"), Some(1_709_164_800_000_000));
        for text in ["", "soon", "2024-13-01", "2024-02", "2024-02-29T", "2024-02-29Tx", "é-1-1"] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_not(text in ".{0,40}") {
            let _ = parse_timestamp(&text);
        }

        #[test]
        fn what_is_written_reads_back(ms in -60_000_000_000_000_i64..200_000_000_000_000) {
            let micros = ms * 1000;
            prop_assert_eq!(parse_timestamp(&iso_timestamp(micros)), Some(micros + EPOCH_DAYS * DAY_US));
        }
    }
}
