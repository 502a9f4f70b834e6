//! Compares a row's text with a filter's value the way the column's type does.

use std::cmp::Ordering;

use crate::time::parse_timestamp;

/// How values of a type are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    Bool,
    /// Exact decimals of any length.
    Decimal,
    /// Binary floating point.
    Float,
    Timestamp,
    Uuid,
    /// Byte by byte, as under the `C` collation.
    Text,
}

/// A filter's value, made ready once.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Bool(bool),
    Decimal(Decimal),
    Float(f64),
    Instant(i64),
    Text(String),
}

impl Scale {
    pub(super) fn of(type_name: &str) -> Self {
        match type_name {
            "bool" => Self::Bool,
            "int2" | "int4" | "int8" | "oid" | "numeric" => Self::Decimal,
            "float4" | "float8" => Self::Float,
            "timestamp" | "timestamptz" | "date" => Self::Timestamp,
            "uuid" => Self::Uuid,
            _ => Self::Text,
        }
    }

    /// Reads a value of this scale; `None` when it is not one.
    pub(super) fn operand(self, text: &str) -> Option<Operand> {
        match self {
            Self::Bool => match text.to_ascii_lowercase().as_str() {
                "t" | "true" | "yes" | "on" | "1" => Some(Operand::Bool(true)),
                "f" | "false" | "no" | "off" | "0" => Some(Operand::Bool(false)),
                _ => None,
            },
            Self::Decimal => Decimal::parse(text).map(Operand::Decimal),
            Self::Float => text.trim().parse().ok().map(Operand::Float),
            Self::Timestamp => parse_timestamp(text).map(Operand::Instant),
            Self::Uuid => uuid(text).map(Operand::Text),
            Self::Text => Some(Operand::Text(text.to_owned())),
        }
    }

    /// How a row's value stands to the operand; `None` when they cannot be compared.
    pub(super) fn compare(self, text: &str, operand: &Operand) -> Option<Ordering> {
        match (self.operand(text)?, operand) {
            (Operand::Bool(value), Operand::Bool(operand)) => Some(value.cmp(operand)),
            (Operand::Decimal(value), Operand::Decimal(operand)) => Some(value.cmp(operand)),
            // PostgreSQL puts NaN above all numbers and equal to itself.
            (Operand::Float(value), Operand::Float(operand)) => {
                Some(value.partial_cmp(operand).unwrap_or_else(|| value.is_nan().cmp(&operand.is_nan())))
            }
            (Operand::Instant(value), Operand::Instant(operand)) => Some(value.cmp(operand)),
            (Operand::Text(value), Operand::Text(operand)) => Some(value.cmp(operand)),
            _ => None,
        }
    }
}

/// 32 hexadecimal digits, however they were grouped.
fn uuid(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|char| !matches!(char, '-' | '{' | '}')).collect();
    let plain = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| digits.to_ascii_lowercase())
}

/// A decimal number without rounding: sign, integer digits without leading zeros, fraction without trailing ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    integer: String,
    fraction: String,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if integer.len() + fraction.len() == 0 || !is_digits(integer) || !is_digits(fraction) {
            return None;
        }
        let integer = integer.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        Some(Self { negative: negative && !(integer.is_empty() && fraction.is_empty()), integer, fraction })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |number: &Self| number.integer.len();
        let magnitude = || {
            size(self)
                .cmp(&size(other))
                .then_with(|| self.integer.cmp(&other.integer))
                .then_with(|| self.fraction.cmp(&other.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
