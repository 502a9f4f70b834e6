//! Finds a form that the caller takes and that can be had.
//!
//! In: an [`Accept`], the handlers of the catalog, and what the answer is made of.
//! Out: a [`Form`], or PGRST107 with everything that the caller would have taken.
//! Invariant: the types of the dialect itself cannot be overridden by a handler; JSON and CSV can.

use std::borrow::Cow;

use schema::{Catalog, MediaHandler};

use super::Options;
use crate::error::QueryError;
use crate::request::accept::{Accept, MediaType};

/// What an answer is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made<'a> {
    /// The schema of the relation, or of the function whose rows are of no relation.
    pub schema: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Are its columns selected as they are, so that a handler for its rows fits.
    pub whole: bool,
}

/// The form of an answer.
#[derive(Debug, Clone)]
pub(crate) struct Form<'a> {
    /// How the body is made.
    pub shape: Shape<'a>,
    /// The `Content-Type`.
    pub content_type: Cow<'static, str>,
    /// Not the rows are wanted but how they would be found: `explain (…)`.
    pub explain: Option<String>,
}

/// How a body is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape<'a> {
    /// A JSON list.
    List {
        /// Without keys whose value is null.
        strip_nulls: bool,
    },
    /// One JSON object, of exactly one row.
    Object {
        /// Without keys whose value is null.
        strip_nulls: bool,
    },
    /// Lines of values.
    Csv,
    /// What a function of the database makes of them.
    Handled(&'a MediaHandler),
}

impl Form<'_> {
    /// Must exactly one row come.
    pub(crate) fn is_single(&self) -> bool {
        matches!(self.shape, Shape::Object { .. })
    }

    /// Are related rows spaced as jsonb is.
    pub(crate) fn shows_jsonb(&self) -> bool {
        matches!(self.shape, Shape::Csv | Shape::Handled(_))
    }

    /// Does the body leave as bytes, which SQL writes as hexadecimal digits.
    pub(crate) fn is_bytes(&self) -> bool {
        matches!(self.shape, Shape::Handled(handler) if handler.sends_bytes())
    }
}

/// The first of the accepted types that can be had.
pub(crate) fn negotiate<'a>(
    catalog: &'a Catalog,
    accept: &Accept,
    made: Made<'_>,
    options: &Options,
) -> Result<Form<'a>, QueryError> {
    let found = accept.0.iter().find_map(|media| match media {
        MediaType::Plan { .. } if !options.plans => None,
        MediaType::Plan { of, json, options } => {
            let (shape, _) = shape(catalog, of, made)?;
            let mut explain = format!("explain (format {}", if *json { "json" } else { "text" });
            for option in options {
                explain.push_str(", ");
                explain.push_str(option);
            }
            explain.push_str(")\n");
            Some(Form { shape, content_type: media.content_type(), explain: Some(explain) })
        }
        _ => shape(catalog, media, made).map(|(shape, content_type)| Form { shape, content_type, explain: None }),
    });
    found.ok_or_else(|| QueryError::media_type(&accept.0.iter().map(MediaType::name).collect::<Vec<_>>().join(", ")))
}

fn shape<'a>(catalog: &'a Catalog, media: &MediaType, made: Made<'_>) -> Option<(Shape<'a>, Cow<'static, str>)> {
    let own = match media {
        MediaType::Object { strip_nulls } => Some(Shape::Object { strip_nulls: *strip_nulls }),
        MediaType::StrippedArray => Some(Shape::List { strip_nulls: true }),
        MediaType::Plan { .. } => return None,
        _ => None,
    };
    if let Some(own) = own {
        return Some((own, media.content_type()));
    }
    if !catalog.media_handlers.is_empty()
        && let Some(handler) = handler(catalog, &media.name(), made)
    {
        return Some((Shape::Handled(handler), content_type(handler)));
    }
    match media {
        MediaType::Any | MediaType::Json => Some((Shape::List { strip_nulls: false }, MediaType::Json.content_type())),
        MediaType::Csv => Some((Shape::Csv, media.content_type())),
        _ => None,
    }
}

/// The handler for anything these rows are asked as, else for this type, else the one that takes any rows.
fn handler<'a>(catalog: &'a Catalog, media: &str, made: Made<'_>) -> Option<&'a MediaHandler> {
    let of_these = |handler: &&MediaHandler| {
        made.whole && handler.target.as_ref().is_some_and(|(schema, name)| schema == made.schema && name == made.name)
    };
    let all = || catalog.media_handlers.iter();
    all()
        .filter(of_these)
        .find(|handler| handler.media_type == "*/*")
        .or_else(|| all().filter(of_these).find(|handler| handler.media_type == media))
        .or_else(|| all().find(|handler| handler.target.is_none() && handler.media_type == media))
}

fn content_type(handler: &MediaHandler) -> Cow<'static, str> {
    match handler.media_type.as_str() {
        "*/*" => "application/octet-stream".into(),
        "application/json" => MediaType::Json.content_type(),
        "text/csv" => MediaType::Csv.content_type(),
        other => MediaType::Other(other.to_owned()).content_type(),
    }
}
