//! Reads numbers as people write them: currency signs, thousands, decimal commas.
//!
//! In: cells. Out: the number as plain digits (`-1234.56`), never through a float.
//! Invariant: pure; the value is copied digit by digit, so nothing is rounded.

use serde::{Deserialize, Serialize};

/// What separates the whole part from the fraction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberFormat {
    /// 1,234.56
    #[default]
    Point,
    /// 1.234,56
    Comma,
}

/// The number in plain digits, or nothing if it is none.
pub fn parse(cell: &str, format: NumberFormat) -> Option<String> {
    let text = cell.trim();
    let (text, brackets) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let text: String =
        text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '$' | '€' | '£' | '¥')).collect();
    let (text, minus) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(&text), false),
    };
    let (thousands, decimal) = match format {
        NumberFormat::Point => (',', '.'),
        NumberFormat::Comma => ('.', ','),
    };
    let (whole, fraction) = text.split_once(decimal).map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(thousands);
    let head = groups.next()?;
    let mut digits = head.to_owned();
    let mut grouped = false;
    for group in groups {
        grouped = true;
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    if !all_digits(&digits) || (grouped && head.len() > 3) || fraction.is_some_and(|part| !all_digits(part)) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let sign = if minus || brackets { "-" } else { "" };
    Some(fraction.map_or_else(|| format!("{sign}{digits}"), |fraction| format!("{sign}{digits}.{fraction}")))
}

/// Does the cell look like an identifier (leading zero, more digits than a number keeps) rather than a quantity?
pub fn is_identifier(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    digits > 15 || (digits > 1 && cell.starts_with('0') && !cell.starts_with("0.") && !cell.starts_with("0,"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_every_digit() {
        let cases = [
            ("1054", "1054"),
            ("1,234,567.80", "1234567.80"),
            ("$ 5", "5"),
            ("(12.5)", "-12.5"),
            ("-3", "-3"),
            ("007", "7"),
        ];
        for (cell, expected) in cases {
            assert_eq!(parse(cell, NumberFormat::Point).as_deref(), Some(expected), "{cell}");
        }
        assert_eq!(parse("1.234,56 €", NumberFormat::Comma).as_deref(), Some("1234.56"));
        for cell in ["", "12a", "1,23", "1.2.3", "12-13", "Q4 2016", ".", "-"] {
            assert_eq!(parse(cell, NumberFormat::Point), None, "{cell}");
        }
    }

    #[test]
    fn a_leading_zero_makes_an_identifier() {
        assert!(is_identifier("01234"));
        assert!(is_identifier("1234567890123456"));
        assert!(!is_identifier("0.5"));
        assert!(!is_identifier("120"));
    }
}
