//! Which part of the rows: the `Range` header, and `limit` and `offset`.
//!
//! In: `0-9`, `10-`. Out: a [`Range`].
//! Invariant: a header that does not read as a range is ignored, as HTTP wants it.

use crate::error::QueryError;

/// Rows from `offset` on, at most `limit`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// Rows to skip.
    pub offset: u64,
    /// Most rows to give.
    pub limit: Option<u64>,
}

/// Parses a `Range` header of unit `items`.
pub fn parse(header: Option<&str>) -> Result<Option<Range>, QueryError> {
    let Some(header) = header else { return Ok(None) };
    let text = header.trim();
    let text = text.strip_prefix("items=").unwrap_or(text);
    let Some((first, last)) = text.split_once('-') else { return Ok(None) };
    let Ok(offset) = first.trim().parse::<u64>() else { return Ok(None) };
    let last = last.trim();
    if last.is_empty() {
        return Ok(Some(Range { offset, limit: None }));
    }
    let Ok(last) = last.parse::<u64>() else { return Ok(None) };
    if last < offset {
        return Err(QueryError::range(
            "The lower boundary must be lower than or equal to the upper boundary in the Range header.",
        ));
    }
    Ok(Some(Range { offset, limit: Some((last - offset).saturating_add(1)) }))
}

impl Range {
    /// The part that `limit` and `offset` parameters ask for.
    pub(crate) fn from_parameters(limit: Option<i64>, offset: Option<i64>) -> Result<Self, QueryError> {
        if limit.is_some_and(|limit| limit < 0) {
            return Err(QueryError::range("Limit should be greater than or equal to zero."));
        }
        Ok(Self {
            offset: offset.map_or(0, |offset| u64::try_from(offset).unwrap_or(0)),
            limit: limit.and_then(|limit| u64::try_from(limit).ok()),
        })
    }

    /// The rows that are in both.
    pub(crate) fn intersect(self, other: Self) -> Self {
        let offset = self.offset.max(other.offset);
        let end = |range: Self| range.limit.map(|limit| range.offset.saturating_add(limit));
        let end = match (end(self), end(other)) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { offset, limit: end.map(|end| end.saturating_sub(offset)) }
    }

    /// The same part, never longer than `most`.
    pub(crate) fn at_most(self, most: Option<u32>) -> Self {
        match most {
            Some(most) => {
                Self { limit: Some(self.limit.map_or(u64::from(most), |limit| limit.min(most.into()))), ..self }
            }
            None => self,
        }
    }
}
