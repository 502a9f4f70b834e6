//! One value from PostgreSQL's text to JSON, spelled as the data API spells it.

use crate::shape::{Kind, quoted};

/// Writes a value that is not null.
pub(super) fn write(out: &mut String, text: &str, kind: Kind) {
    match kind {
        Kind::Bool => out.push_str(if text == "t" { "true" } else { "false" }),
        Kind::Number if is_json_number(text) => out.push_str(text),
        Kind::Json if is_json(text) => out.push_str(text),
        Kind::Timestamp => write_timestamp(out, text),
        Kind::Number | Kind::Json | Kind::Text => out.push_str(&quoted(text)),
    }
}

/// `2024-01-01 10:00:00+00` becomes `2024-01-01T10:00:00+00:00`.
fn write_timestamp(out: &mut String, text: &str) {
    let Some((date, rest)) = text.split_once(' ') else {
        out.push_str(&quoted(text));
        return;
    };
    let (clock, era) = rest.split_once(' ').map_or((rest, ""), |(clock, _)| (clock, " BC"));
    let zone = clock.rfind(['+', '-']).and_then(|at| clock.get(at..)).unwrap_or_default();
    let minutes = if zone.len() == 3 { ":00" } else { "" };
    out.push_str(&quoted(&format!("{date}T{clock}{minutes}{era}")));
}

/// PostgreSQL's numbers are JSON numbers, `NaN` and `Infinity` apart.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
}

/// PostgreSQL has checked it; a cut or converted text must not break the whole message, though.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
}
