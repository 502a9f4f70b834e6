//! The arguments of a call as they came: in the query string, in a form, in JSON, or as the whole body.
//!
//! In: a [`CallRequest`] and its parsed query. Out: a [`Given`], and later the [`Arguments`] of the chosen function.
//! Invariant: a JSON body is passed on as it came.

use std::borrow::Cow;

use schema::Function;
use serde_json::{Map, Value};

use super::call::{CallRequest, Method};
use super::choose::By;
use crate::error::QueryError;
use crate::request::payload::{self, Media};
use crate::request::{Query, form_pairs};
use crate::sql::call::Arguments;

/// The arguments as they came.
#[derive(Debug)]
pub(super) struct Given<'a> {
    /// Their names, sorted, each once.
    pub names: Vec<String>,
    /// What came as the whole body, for a function that takes it.
    pub body: Option<Media>,
    /// Is it a list of which not every element is an object with these names, so that only the body can be meant.
    pub uneven: bool,
    values: Values<'a>,
}

#[derive(Debug)]
enum Values<'a> {
    /// Text, repeated for an argument that takes several.
    Pairs(Vec<(String, String)>),
    /// An object, or a list of which the first counts.
    Json { text: Cow<'a, str>, is_list: bool },
    /// No names, only a body.
    Raw(Cow<'a, str>),
}

/// Reads the arguments of a call.
pub(super) fn read<'a>(request: &CallRequest<'a>, query: &mut Query) -> Result<Given<'a>, QueryError> {
    if request.method != Method::Post {
        return Ok(Given::pairs(std::mem::take(&mut query.arguments)));
    }
    let media = payload::media(request.content_type);
    match media {
        Media::Bytes => return Ok(Given::raw(media, hexadecimal(request.body).into())),
        Media::Text | Media::Xml => return Ok(Given::raw(media, payload::text(request.body)?.into())),
        Media::Form => {
            let text = payload::text(request.body)?;
            return Ok(Given::pairs(
                form_pairs(text).map(|(key, value)| (key.into_owned(), value.into_owned())).collect(),
            ));
        }
        Media::Json | Media::Csv | Media::Other => {}
    }
    let blank = request.body.iter().all(u8::is_ascii_whitespace);
    if blank && media == Media::Json {
        let values = Values::Json { text: "{}".into(), is_list: false };
        return Ok(Given { names: Vec::new(), body: Some(media), uneven: false, values });
    }
    let payload = payload::parse(request.content_type, request.body)?;
    let chosen = query.columns.take();
    Ok(Given {
        uneven: chosen.is_none() && !payload.uniform,
        names: sorted(chosen.unwrap_or(payload.keys)),
        body: (media == Media::Json).then_some(media),
        values: Values::Json { text: payload.json.into(), is_list: payload.is_list },
    })
}

impl<'a> Given<'a> {
    fn pairs(pairs: Vec<(String, String)>) -> Self {
        let names = sorted(pairs.iter().map(|(name, _)| name.clone()).collect());
        Self { names, body: None, uneven: false, values: Values::Pairs(pairs) }
    }

    fn raw(media: Media, body: Cow<'a, str>) -> Self {
        Self { names: Vec::new(), body: Some(media), uneven: false, values: Values::Raw(body) }
    }

    /// Did only a body come, without names.
    pub(super) fn is_raw(&self) -> bool {
        matches!(self.values, Values::Raw(_))
    }

    /// What the chosen function is given.
    pub(super) fn arguments<'f>(self, function: &'f Function, by: By) -> Arguments<'f>
    where
        'a: 'f,
    {
        let arguments = || function.arguments.iter().filter(|argument| self.names.contains(&argument.name)).collect();
        match (self.values, by, function.arguments.first()) {
            (Values::Json { text, .. } | Values::Raw(text), By::Body, Some(one)) => {
                Arguments::Body { text, sql_type: &one.sql_type }
            }
            (Values::Json { text, is_list }, ..) => Arguments::Named { json: text, is_list, arguments: arguments() },
            (Values::Raw(_), ..) => Arguments::Named { json: "{}".into(), is_list: false, arguments: Vec::new() },
            (Values::Pairs(pairs), ..) => {
                let json = Value::Object(object(pairs, function)).to_string();
                Arguments::Named { json: json.into(), is_list: false, arguments: arguments() }
            }
        }
    }
}

/// The last value of each name; all of them for an argument that takes several.
fn object(pairs: Vec<(String, String)>, function: &Function) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in pairs {
        let variadic = function.arguments.iter().any(|argument| argument.variadic && argument.name == name);
        match object.get_mut(&name) {
            Some(Value::Array(values)) => values.push(value.into()),
            _ if variadic => {
                object.insert(name, Value::Array(vec![value.into()]));
            }
            _ => {
                object.insert(name, value.into());
            }
        }
    }
    object
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort_unstable();
    names.dedup();
    names
}

/// Bytes as PostgreSQL reads them: `\x` and two digits for each.
fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |value: u8| DIGITS.get(usize::from(value & 15)).copied().unwrap_or('0');
    let digits = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    ['\\', 'x'].into_iter().chain(digits).collect()
}
