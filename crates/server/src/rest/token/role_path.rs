//! Where the role stands in a token: `.role`, `."https://x/roles"[0]`, `.roles[?(@ == "ann")]`.
//!
//! In: the path as a setting writes it; later claims. Out: the role.

use serde_json::{Map, Value};

/// A path into a token's claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolePath(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(String),
    Element(usize),
    First(Test, String),
}

/// How an element of a list is compared with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Equals,
    Differs,
    Begins,
    Ends,
    Holds,
}

/// Longer signs first, so that none is taken for another.
const TESTS: [(&str, Test); 5] =
    [("^==", Test::Begins), ("==^", Test::Ends), ("*==", Test::Holds), ("==", Test::Equals), ("!=", Test::Differs)];

impl RolePath {
    /// Reads a path; nothing if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (step, after) = step(rest)?;
            steps.push(step);
            rest = after;
        }
        (!steps.is_empty()).then_some(Self(steps))
    }

    /// The role that the claims name; what is no text counts as it is written in JSON.
    pub fn find(&self, claims: &Map<String, Value>) -> Option<String> {
        let mut steps = self.0.iter();
        let Some(Step::Member(first)) = steps.next() else { return None };
        let mut found = claims.get(first)?;
        for step in steps {
            found = match step {
                Step::Member(name) => found.get(name)?,
                Step::Element(at) => found.get(at)?,
                Step::First(test, text) => {
                    let holds = |value: &&Value| value.as_str().is_some_and(|value| test.holds(value, text));
                    found.as_array()?.iter().find(holds)?
                }
            };
        }
        Some(found.as_str().map_or_else(|| found.to_string(), str::to_owned))
    }
}

impl Test {
    fn holds(self, value: &str, text: &str) -> bool {
        match self {
            Self::Equals => value == text,
            Self::Differs => value != text,
            Self::Begins => value.starts_with(text),
            Self::Ends => value.ends_with(text),
            Self::Holds => value.contains(text),
        }
    }
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(rest) = text.strip_prefix('.') {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (name, after) = quoted.split_once('"')?;
            return Some((Step::Member(name.to_owned()), after));
        }
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_$@-".contains(c));
        return plain.then(|| (Step::Member(name.to_owned()), after));
    }
    let (inner, after) = text.strip_prefix('[')?.split_once(']')?;
    if let Ok(at) = inner.trim().parse() {
        return Some((Step::Element(at), after));
    }
    let condition = inner.trim().strip_prefix("?(")?.strip_suffix(')')?.trim().strip_prefix('@')?.trim_start();
    let (sign, test) = TESTS.iter().find(|(sign, _)| condition.starts_with(sign))?;
    let wanted = condition.strip_prefix(sign)?.trim().strip_prefix('"')?.strip_suffix('"')?;
    Some((Step::First(*test, wanted.to_owned()), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_the_role() {
        let claims = serde_json::from_str(
            r#"{"role":"ann","https://x/y":{"roles":["bob","cat"]},"number":7,"deep":[{"role":"dan"}]}"#,
        )
        .unwrap();
        for (path, expected) in [
            (".role", Some("ann")),
            (".\"https://x/y\".roles[1]", Some("cat")),
            (".\"https://x/y\".roles[?(@ == \"cat\")]", Some("cat")),
            (".\"https://x/y\".roles[?(@ != \"bob\")]", Some("cat")),
            (".\"https://x/y\".roles[?(@ ^== \"ca\")]", Some("cat")),
            (".\"https://x/y\".roles[?(@ ==^ \"ob\")]", Some("bob")),
            (".\"https://x/y\".roles[?(@ *== \"a\")]", Some("cat")),
            (".\"https://x/y\".roles[?(@ == \"dog\")]", None),
            (".deep[0].role", Some("dan")),
            (".number", Some("7")),
            (".absent", None),
            (".role.inner", None),
        ] {
            assert_eq!(RolePath::parse(path).unwrap().find(&claims).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["", "role", ".", ".a b", ".a[", ".a[x]", ".a[?(@ = \"b\")]", ".\"a"] {
            assert_eq!(RolePath::parse(text), None, "{text}");
        }
    }
}
