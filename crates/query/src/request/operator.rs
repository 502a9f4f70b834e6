//! The words of conditions: operators, quantifiers, what `is` compares with, kinds of full-text search.
//!
//! Invariant: each word stands once, beside its SQL.

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Eq,
    /// `<>`
    Neq,
    /// `>`
    Gt,
    /// `>=`
    Gte,
    /// `<`
    Lt,
    /// `<=`
    Lte,
    /// `like`
    Like,
    /// `ilike`
    Ilike,
    /// `~`
    Match,
    /// `~*`
    Imatch,
    /// `@>`
    Contains,
    /// `<@`
    ContainedBy,
    /// `&&`
    Overlaps,
    /// `<<`
    StrictlyLeft,
    /// `>>`
    StrictlyRight,
    /// `&<`
    NotRight,
    /// `&>`
    NotLeft,
    /// `-|-`
    Adjacent,
}

impl Operator {
    /// Every operator with its name in a request and in SQL.
    const NAMES: [(Self, &'static str, &'static str); 18] = [
        (Self::Eq, "eq", "="),
        (Self::Neq, "neq", "<>"),
        (Self::Gt, "gt", ">"),
        (Self::Gte, "gte", ">="),
        (Self::Lt, "lt", "<"),
        (Self::Lte, "lte", "<="),
        (Self::Like, "like", "like"),
        (Self::Ilike, "ilike", "ilike"),
        (Self::Match, "match", "~"),
        (Self::Imatch, "imatch", "~*"),
        (Self::Contains, "cs", "@>"),
        (Self::ContainedBy, "cd", "<@"),
        (Self::Overlaps, "ov", "&&"),
        (Self::StrictlyLeft, "sl", "<<"),
        (Self::StrictlyRight, "sr", ">>"),
        (Self::NotRight, "nxr", "&<"),
        (Self::NotLeft, "nxl", "&>"),
        (Self::Adjacent, "adj", "-|-"),
    ];

    /// Its name in a request.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(operator, _, _)| *operator == self).map_or("", |(_, name, _)| name)
    }

    /// Their names in a request.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, name, _)| *name)
    }

    /// Its spelling in SQL.
    pub fn sql(self) -> &'static str {
        Self::NAMES.iter().find(|(operator, _, _)| *operator == self).map_or("", |(_, _, sql)| sql)
    }

    /// Is its value a pattern.
    pub fn is_like(self) -> bool {
        matches!(self, Self::Like | Self::Ilike)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known, _)| *known == name).map(|(operator, _, _)| *operator)
    }

    pub(crate) fn takes_quantifier(self) -> bool {
        matches!(
            self,
            Self::Eq
                | Self::Gt
                | Self::Gte
                | Self::Lt
                | Self::Lte
                | Self::Like
                | Self::Ilike
                | Self::Match
                | Self::Imatch
        )
    }
}

/// How many elements must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Any,
    /// Every one.
    All,
}

/// What `is` compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsValue {
    /// `is null`
    Null,
    /// `is not null`
    NotNull,
    /// `is true`
    True,
    /// `is false`
    False,
    /// `is unknown`
    Unknown,
}

impl IsValue {
    const NAMES: [(Self, &'static str, &'static str); 5] = [
        (Self::NotNull, "not_null", "not null"),
        (Self::Null, "null", "null"),
        (Self::True, "true", "true"),
        (Self::False, "false", "false"),
        (Self::Unknown, "unknown", "unknown"),
    ];

    /// Its name in a request.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _, _)| *value == self).map_or("", |(_, name, _)| name)
    }

    /// Their names in a request.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, name, _)| *name)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known, _)| *known == name).map(|(value, _, _)| *value)
    }

    /// Its spelling in SQL.
    pub fn sql(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _, _)| *value == self).map_or("", |(_, _, sql)| sql)
    }
}

/// How the words of a full-text search are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchKind {
    /// `to_tsquery`
    Query,
    /// `plainto_tsquery`
    Plain,
    /// `phraseto_tsquery`
    Phrase,
    /// `websearch_to_tsquery`
    Web,
}

impl SearchKind {
    const NAMES: [(Self, &'static str, &'static str); 4] = [
        (Self::Query, "fts", "to_tsquery"),
        (Self::Plain, "plfts", "plainto_tsquery"),
        (Self::Phrase, "phfts", "phraseto_tsquery"),
        (Self::Web, "wfts", "websearch_to_tsquery"),
    ];

    /// Its name in a request.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, name, _)| name)
    }

    /// Their names in a request.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, name, _)| *name)
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known, _)| *known == name).map(|(kind, _, _)| *kind)
    }

    /// The function that reads the words.
    pub fn function(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, _, function)| function)
    }
}
