//! The `Accept` header: which media types the caller takes, most wanted first.
//!
//! In: the header's text. Out: an [`Accept`].
//! Invariant: reading never fails; whether any of the types can be had is known only when a request is planned.

use std::borrow::Cow;

/// What a caller takes, most wanted first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accept(pub(crate) Vec<MediaType>);

impl Default for Accept {
    fn default() -> Self {
        Self(vec![MediaType::Any])
    }
}

/// A media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MediaType {
    /// `*/*`
    Any,
    /// `application/json`
    Json,
    /// `application/vnd.pgrst.array+json;nulls=stripped`: a list without the keys whose value is null.
    StrippedArray,
    /// `application/vnd.pgrst.object+json`: exactly one row.
    Object {
        /// `nulls=stripped`
        strip_nulls: bool,
    },
    /// `text/csv`
    Csv,
    /// `application/vnd.pgrst.plan+json` or `+text`: how PostgreSQL would run the statement.
    Plan {
        /// The form of the answer whose statement is meant.
        of: Box<MediaType>,
        /// JSON, not text.
        json: bool,
        /// Those of [`PLAN_OPTIONS`] that are asked for.
        options: Vec<&'static str>,
    },
    /// Any other one, in small letters.
    Other(String),
}

/// What `options=` of a plan may say, as `explain` spells it.
const PLAN_OPTIONS: [&str; 5] = ["analyze", "verbose", "settings", "buffers", "wal"];

/// Types beside JSON and CSV that are text, so that their answers name a character set.
const TEXTS: [&str; 5] =
    ["application/geo+json", "text/plain", "text/xml", "application/openapi+json", "application/x-www-form-urlencoded"];

impl MediaType {
    /// Its name.
    pub(crate) fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Any => "*/*".into(),
            Self::Json => "application/json".into(),
            Self::StrippedArray => "application/vnd.pgrst.array+json;nulls=stripped".into(),
            Self::Object { strip_nulls: false } => "application/vnd.pgrst.object+json".into(),
            Self::Object { strip_nulls: true } => "application/vnd.pgrst.object+json;nulls=stripped".into(),
            Self::Csv => "text/csv".into(),
            Self::Plan { of, json, options } => {
                let format = if *json { "json" } else { "text" };
                let options =
                    if options.is_empty() { String::new() } else { format!("; options={}", options.join("|")) };
                format!("application/vnd.pgrst.plan+{format}; for=\"{}\"{options}", of.name()).into()
            }
            Self::Other(name) => name.clone().into(),
        }
    }

    /// The `Content-Type` of an answer in this form.
    pub(crate) fn content_type(&self) -> Cow<'static, str> {
        match self {
            Self::Json => "application/json; charset=utf-8".into(),
            Self::Csv => "text/csv; charset=utf-8".into(),
            Self::Object { strip_nulls: false } => "application/vnd.pgrst.object+json; charset=utf-8".into(),
            Self::Other(name) if !TEXTS.contains(&name.as_str()) => name.clone().into(),
            other => format!("{}; charset=utf-8", other.name()).into(),
        }
    }

    /// Reads one type with its parameters; `entry` has no blanks outside quotes.
    fn read(entry: &str) -> Self {
        let mut parts = unquoted_split(entry, ';');
        let name = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameters: Vec<(&str, &str)> = parts.filter_map(|part| part.trim().split_once('=')).collect();
        let parameter = |wanted: &str| {
            let found = parameters.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.trim().trim_matches('"'))
        };
        let strip_nulls = parameter("nulls") == Some("stripped");
        let plan = |json| Self::Plan {
            of: Box::new(parameter("for").map_or(Self::Json, Self::read)),
            json,
            options: {
                let asked: Vec<&str> = parameter("options").unwrap_or_default().split('|').collect();
                PLAN_OPTIONS.into_iter().filter(|option| asked.contains(option)).collect()
            },
        };
        match name.as_str() {
            "*/*" => Self::Any,
            "application/json" => Self::Json,
            "application/vnd.pgrst.array" | "application/vnd.pgrst.array+json" if strip_nulls => Self::StrippedArray,
            "application/vnd.pgrst.array" | "application/vnd.pgrst.array+json" => Self::Json,
            "application/vnd.pgrst.object" | "application/vnd.pgrst.object+json" => Self::Object { strip_nulls },
            "text/csv" => Self::Csv,
            "application/vnd.pgrst.plan" | "application/vnd.pgrst.plan+text" => plan(false),
            "application/vnd.pgrst.plan+json" => plan(true),
            _ => Self::Other(name),
        }
    }
}

/// Parses an `Accept` header; an absent or empty one takes anything.
pub fn parse(header: Option<&str>) -> Accept {
    let Some(header) = header.map(str::trim).filter(|header| !header.is_empty()) else { return Accept::default() };
    let mut types: Vec<(f32, isize, MediaType)> = unquoted_split(header, ',')
        .map(|entry| {
            let (entry, quality) = split_quality(entry);
            let count = |wanted| isize::try_from(entry.matches(wanted).count()).unwrap_or(0);
            // Of two that are wanted alike, the one that says more comes first.
            (quality, count(';') - count('*'), MediaType::read(entry))
        })
        .collect();
    types.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    Accept(types.into_iter().map(|(_, _, media)| media).collect())
}

/// Splits `text/csv;q=0.5` into the type and how much it is wanted.
fn split_quality(entry: &str) -> (&str, f32) {
    let found = entry.match_indices(';').find(|(at, _)| {
        let parameter = entry.get(at + 1..).unwrap_or_default().trim_start();
        parameter.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("q="))
    });
    let Some((at, _)) = found else { return (entry, 1.0) };
    let (media, parameters) = entry.split_at(at);
    let quality = parameters.split(['=', ';']).nth(2).and_then(|text| text.trim().parse().ok());
    (media, quality.unwrap_or(1.0))
}

/// Splits at a character outside double quotes.
fn unquoted_split(text: &str, at: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == at && !quoted
    })
}
