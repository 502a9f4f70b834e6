//! An array from PostgreSQL's text (`{a,"b c",NULL}`) to JSON.

use crate::shape::{Kind, quoted};

use super::value;

/// Writes an array; a text that is none becomes a string.
pub(super) fn write(out: &mut String, text: &str, kind: Kind) {
    let start = out.len();
    // Bounds other than 1 come first: [0:2]={...}.
    let body = text.find('{').and_then(|at| text.get(at..)).unwrap_or_default();
    let mut chars = body.chars().peekable();
    if !list(out, &mut chars, kind, 0) || chars.next().is_some() {
        out.truncate(start);
        out.push_str(&quoted(text));
    }
}

/// PostgreSQL has at most six dimensions.
const DEEPEST: u8 = 6;

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn list(out: &mut String, chars: &mut Chars<'_>, kind: Kind, depth: u8) -> bool {
    if depth == DEEPEST || chars.next() != Some('{') {
        return false;
    }
    out.push('[');
    if chars.next_if_eq(&'}').is_some() {
        out.push(']');
        return true;
    }
    loop {
        let read = match chars.peek() {
            Some('{') => list(out, chars, kind, depth + 1),
            Some('"') => quoted_element(out, chars, kind),
            Some(_) => bare_element(out, chars, kind),
            None => false,
        };
        if !read {
            return false;
        }
        match chars.next() {
            Some(',') => out.push(','),
            Some('}') => {
                out.push(']');
                return true;
            }
            _ => return false,
        }
    }
}

fn quoted_element(out: &mut String, chars: &mut Chars<'_>, kind: Kind) -> bool {
    chars.next();
    let mut element = String::new();
    loop {
        match chars.next() {
            Some('"') => {
                value::write(out, &element, kind);
                return true;
            }
            Some('\\') => element.extend(chars.next()),
            Some(char) => element.push(char),
            None => return false,
        }
    }
}

fn bare_element(out: &mut String, chars: &mut Chars<'_>, kind: Kind) -> bool {
    let mut element = String::new();
    while let Some(char) = chars.next_if(|char| !matches!(char, ',' | '}')) {
        element.push(char);
    }
    if element == "NULL" {
        out.push_str("null");
    } else {
        value::write(out, &element, kind);
    }
    true
}
