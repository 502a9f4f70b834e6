//! The `Accept` header: in which form the rows leave.
//!
//! In: the header's text. Out: an [`Accept`].
//! Invariant: the most wanted of the known types wins; nothing known is PGRST107.

use crate::error::QueryError;

/// The form of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accept {
    /// List, object or CSV.
    pub media: Media,
    /// `nulls=stripped`: leave out keys whose value is null.
    pub strip_nulls: bool,
}

/// A known media type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Media {
    /// `application/json`
    #[default]
    Json,
    /// `application/vnd.pgrst.array+json`
    Array,
    /// `application/vnd.pgrst.object+json`: exactly one row.
    Object,
    /// `text/csv`
    Csv,
}

impl Accept {
    /// The `Content-Type` of an answer in this form.
    pub fn content_type(self) -> &'static str {
        match (self.media, self.strip_nulls) {
            (Media::Json, _) => "application/json; charset=utf-8",
            (Media::Array, false) => "application/vnd.pgrst.array+json; charset=utf-8",
            (Media::Array, true) => "application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8",
            (Media::Object, false) => "application/vnd.pgrst.object+json; charset=utf-8",
            (Media::Object, true) => "application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8",
            (Media::Csv, _) => "text/csv; charset=utf-8",
        }
    }
}

/// Parses an `Accept` header; an absent or empty one means JSON.
pub fn parse(header: Option<&str>) -> Result<Accept, QueryError> {
    let Some(header) = header.map(str::trim).filter(|header| !header.is_empty()) else { return Ok(Accept::default()) };
    let mut best: Option<(f32, Accept)> = None;
    for entry in header.split(',') {
        let mut parts = entry.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let mut quality = 1.0;
        let mut strip_nulls = false;
        for part in parts {
            if let Some(value) = part.strip_prefix("q=") {
                quality = value.parse().unwrap_or(0.0);
            }
            strip_nulls |= part == "nulls=stripped";
        }
        let media = match kind.as_str() {
            "*/*" | "application/*" | "application/json" => Media::Json,
            "application/vnd.pgrst.array" | "application/vnd.pgrst.array+json" => Media::Array,
            "application/vnd.pgrst.object" | "application/vnd.pgrst.object+json" => Media::Object,
            "text/csv" | "text/*" => Media::Csv,
            _ => continue,
        };
        let strip_nulls = strip_nulls && matches!(media, Media::Array | Media::Object);
        if quality > 0.0 && best.is_none_or(|(best, _)| quality > best) {
            best = Some((quality, Accept { media, strip_nulls }));
        }
    }
    match best {
        Some((_, accept)) => Ok(accept),
        None => Err(QueryError::media_type(&header.split(',').map(str::trim).collect::<Vec<_>>().join(", "))),
    }
}
