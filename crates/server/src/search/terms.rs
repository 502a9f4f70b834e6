//! What a search asks for.
//!
//! In: the parameters of the request. Out: [`Terms`], or the problem that names the parameter at fault.
//! Invariant: no word holds a space or a control character.

use crate::http::error::Problem;

/// The kinds of records that can be searched, by the names of their tables.
const TYPES: [&str; 6] = ["contacts", "organizations", "opportunities", "activities", "products", "tags"];
const MOST_CHARS: usize = 200;
const MOST_WORDS: usize = 16;
const MOST_HITS: u32 = 100;
const USUAL_HITS: u32 = 20;

/// What is looked for, where, and how much of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Each must occur.
    pub(crate) words: Vec<String>,
    /// The digits, if the text looks like a phone number; else empty.
    pub(crate) digits: String,
    /// The tables to look into.
    pub(crate) types: Vec<&'static str>,
    /// The most hits.
    pub(crate) limit: u32,
}

impl Terms {
    /// Reads the parameters; those that are not ours are left alone.
    pub(crate) fn read(parameters: &[(String, String)]) -> Result<Self, Problem> {
        let text = one(parameters, "q")?.ok_or_else(|| Problem::invalid("q", "Say what to look for: ?q=…"))?;
        if text.chars().count() > MOST_CHARS {
            return Err(Problem::invalid("q", format!("A search is at most {MOST_CHARS} characters long")));
        }
        let words: Vec<String> = text
            .split(|c: char| c.is_whitespace() || c.is_control())
            .map(|word| word.trim_matches([',', ';', '"', '(', ')', '*', '%']).to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() > MOST_WORDS {
            return Err(Problem::invalid("q", format!("A search has at most {MOST_WORDS} words")));
        }
        Ok(Self {
            digits: phone_digits(text),
            words,
            types: one(parameters, "types")?.map_or_else(|| Ok(TYPES.to_vec()), types)?,
            limit: one(parameters, "limit")?.map_or(Ok(USUAL_HITS), limit)?,
        })
    }

    /// The parameters of the statement, in its order.
    pub(crate) fn params(&self) -> [String; 4] {
        [self.words.join(" "), self.digits.clone(), self.types.join(","), self.limit.to_string()]
    }
}

/// A parameter that may be given once.
fn one<'a>(parameters: &'a [(String, String)], name: &'static str) -> Result<Option<&'a str>, Problem> {
    let mut given = parameters.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    match (given.next(), given.next()) {
        (_, Some(_)) => Err(Problem::invalid(name, format!("{name} is given twice"))),
        (first, None) => Ok(first),
    }
}

fn limit(text: &str) -> Result<u32, Problem> {
    let number = text.parse().ok().filter(|number| (1..=MOST_HITS).contains(number));
    number.ok_or_else(|| Problem::invalid("limit", format!("limit is a number from 1 to {MOST_HITS}")))
}

fn types(text: &str) -> Result<Vec<&'static str>, Problem> {
    let mut types = Vec::new();
    for name in text.split(',').map(str::trim) {
        let known = TYPES.into_iter().find(|known| *known == name);
        let known =
            known.ok_or_else(|| Problem::invalid("types", format!("types are some of {}", TYPES.join(", "))))?;
        if !types.contains(&known) {
            types.push(known);
        }
    }
    Ok(types)
}

/// The digits of what looks like a phone number. Leading zeros go, as they do between +49 30 and 030.
fn phone_digits(text: &str) -> String {
    let is_phone = text.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !is_phone || digits.len() < 3 {
        return String::new();
    }
    match digits.trim_start_matches('0') {
        short if short.len() < 3 => digits,
        short => short.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &[(&str, &str)]) -> Result<Terms, String> {
        let pairs: Vec<_> = query.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Terms::read(&pairs).map_err(|problem| problem.detail().to_owned())
    }

    #[test]
    fn words_are_parted_by_spaces_and_lose_their_punctuation() {
        let terms = read(&[("q", " Smith,\u{0}\tAnn (Oslo) \"x-y\" ")]).unwrap();
        assert_eq!(terms.words, ["Smith", "Ann", "Oslo", "x-y"]);
        assert_eq!((terms.limit, terms.types.len(), terms.digits.as_str()), (20, 6, ""));
        assert!(read(&[("q", " *% ")]).unwrap().words.is_empty());
    }

    #[test]
    fn a_phone_number_is_its_digits_however_it_is_written() {
        for (text, digits) in [
            ("+49 (30) 12-34", "49301234"),
            ("030/1234", "301234"),
            ("0049301234", "49301234"),
            ("000", "000"),
            ("12", ""),
            ("Room 123", ""),
        ] {
            assert_eq!(read(&[("q", text)]).unwrap().digits, digits, "{text}");
        }
    }

    #[test]
    fn types_and_limit_are_taken_as_given() {
        let terms = read(&[("q", "a"), ("types", "tags, contacts,tags"), ("limit", "100"), ("apikey", "x")]).unwrap();
        assert_eq!((terms.types, terms.limit), (vec!["tags", "contacts"], 100));
    }

    #[test]
    fn what_cannot_be_accepted_is_said() {
        let long = "x".repeat(201);
        let wordy = "x ".repeat(17);
        for (query, said) in [
            (vec![], "Say what to look for: ?q=…"),
            (vec![("q", long.as_str())], "A search is at most 200 characters long"),
            (vec![("q", wordy.as_str())], "A search has at most 16 words"),
            (vec![("q", "a"), ("q", "b")], "q is given twice"),
            (vec![("q", "a"), ("limit", "0")], "limit is a number from 1 to 100"),
            (vec![("q", "a"), ("limit", "101")], "limit is a number from 1 to 100"),
            (vec![("q", "a"), ("limit", "ten")], "limit is a number from 1 to 100"),
            (
                vec![("q", "a"), ("types", "people")],
                "types are some of contacts, organizations, opportunities, activities, products, tags",
            ),
        ] {
            assert_eq!(read(&query).unwrap_err(), said);
        }
    }
}
