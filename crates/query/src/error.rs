//! What a caller is told when a request cannot be answered.
//!
//! In: the place that refuses, with the names it refuses about.
//! Out: a [`QueryError`] whose JSON is the dialect's `{code, message, details, hint}`.
//! Invariant: the wording of every `PGRST` code is here and nowhere else.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// A refusal in the dialect of the data API.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct QueryError {
    /// `PGRST…`, or a SQLSTATE where PostgreSQL would say the same.
    pub code: &'static str,
    /// The HTTP status that goes with it.
    pub status: u16,
    /// What is wrong.
    pub message: String,
    /// More about it.
    pub details: Option<Details>,
    /// What to try instead.
    pub hint: Option<String>,
    /// How many rows there are, where `Content-Range` is to tell it.
    pub total: Option<u64>,
}

/// The `details` of an error: a text, or the relationships between which a request must choose.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Details {
    /// A sentence.
    Text(String),
    /// Candidates for an ambiguous embed.
    Relationships(Vec<RelationshipDetail>),
}

/// One candidate of an ambiguous embed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RelationshipDetail {
    /// `many-to-one`, `one-to-many`, `one-to-one` or `many-to-many`.
    pub cardinality: &'static str,
    /// `contacts with organizations`.
    pub embedding: String,
    /// The constraint and its columns.
    pub relationship: String,
}

impl Serialize for QueryError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("QueryError", 4)?;
        body.serialize_field("code", self.code)?;
        body.serialize_field("details", &self.details)?;
        body.serialize_field("hint", &self.hint)?;
        body.serialize_field("message", &self.message)?;
        body.end()
    }
}

impl QueryError {
    fn new(code: &'static str, status: u16, message: impl Into<String>) -> Self {
        Self { code, status, message: message.into(), details: None, hint: None, total: None }
    }

    fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(Details::Text(details.into()));
        self
    }

    fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// The JSON body to send.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| String::from("{}"))
    }

    /// PGRST100: the text does not follow the grammar.
    pub(crate) fn syntax(what: &str, text: &str, column: usize, details: String) -> Self {
        Self::new("PGRST100", 400, format!("\"failed to parse {what} ({text})\" (line 1, column {column})"))
            .details(details)
    }

    /// PGRST102: the body is not what the verb needs.
    pub(crate) fn body(message: &str) -> Self {
        Self::new("PGRST102", 400, message)
    }

    /// PGRST102: the objects of a list differ in their keys.
    pub(crate) fn uneven_keys() -> Self {
        Self::body("All object keys must match")
    }

    /// 22021: text that begins with these bytes is not UTF-8; PostgreSQL's own words.
    pub(crate) fn encoding(bytes: &[u8]) -> Self {
        let length = match bytes.first() {
            Some(0xc0..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf7) => 4,
            _ => 1,
        };
        let shown: Vec<String> = bytes.iter().take(length).map(|byte| format!("0x{byte:02x}")).collect();
        Self::new("22021", 400, format!("invalid byte sequence for encoding \"UTF8\": {}", shown.join(" ")))
    }

    /// PGRST103: the asked range cannot be given.
    pub(crate) fn range(details: impl Into<String>) -> Self {
        Self::new("PGRST103", 416, "Requested range not satisfiable").details(details)
    }

    /// PGRST103: the asked rows begin behind the last one.
    pub(crate) fn offset(offset: u64, total: u64) -> Self {
        let mut error = Self::range(format!("An offset of {offset} was requested, but there are only {total} rows."));
        error.total = Some(total);
        error
    }

    /// PGRSTX01: the statement would read most of a large table.
    pub(crate) fn too_costly(relation: &str, fields: &str, cost: u64, most: u64, hint: String) -> Self {
        Self::new(
            "PGRSTX01",
            422,
            format!("No index leads from {fields} to the rows of {relation}, which has too many"),
        )
        .details(format!("The database expects a cost of {cost}; {most} is the most."))
        .hint(Some(hint))
    }

    /// PGRST105: a PUT that does not name exactly one row by its key.
    pub(crate) fn put_filters() -> Self {
        Self::new("PGRST105", 405, "Filters must include all and only primary key columns with 'eq' operators")
    }

    /// PGRST107: none of the accepted media types exists.
    pub(crate) fn media_type(accepted: &str) -> Self {
        Self::new("PGRST107", 406, format!("None of these media types are available: {accepted}"))
    }

    /// PGRST108: a filter, order or limit for something that is not selected.
    pub(crate) fn not_embedded(name: &str) -> Self {
        Self::new("PGRST108", 400, format!("'{name}' is not an embedded resource in this request"))
            .hint(Some(format!("Verify that '{name}' is included in the 'select' query parameter.")))
    }

    /// PGRST111: a function set `response.headers` to something else than a JSON list of objects.
    pub(crate) fn response_headers() -> Self {
        Self::new(
            "PGRST111",
            500,
            "response.headers guc must be a JSON array composed of objects with a single key and a string value",
        )
    }

    /// PGRST112: a function set `response.status` to something that is no status.
    pub(crate) fn response_status() -> Self {
        Self::new("PGRST112", 500, "response.status guc must be a valid status code")
    }

    /// PGRST114: PUT with a limit.
    pub(crate) fn put_limit() -> Self {
        Self::new("PGRST114", 400, "limit/offset querystring parameters are not allowed for PUT")
    }

    /// PGRST115: PUT whose payload is another row.
    pub(crate) fn put_payload() -> Self {
        Self::new("PGRST115", 400, "Payload values do not match URL in primary key column(s)")
    }

    /// PGRST116: one object was asked for, and there is none or more than one.
    pub(crate) fn not_one_row(rows: u64) -> Self {
        Self::new("PGRST116", 406, "Cannot coerce the result to a single JSON object")
            .details(format!("The result contains {rows} rows"))
    }

    /// PGRST118: ordering parents by something they have many of.
    pub(crate) fn related_order(origin: &str, target: &str) -> Self {
        Self::new("PGRST118", 400, format!("A related order on '{target}' is not possible"))
            .details(format!("'{origin}' and '{target}' do not form a many-to-one or one-to-one relationship"))
    }

    /// PGRST120: an embed can only be asked whether it is there.
    pub(crate) fn embed_operator(name: &str) -> Self {
        Self::new("PGRST120", 400, format!("Bad operator on the '{name}' embedded resource"))
            .details("Only is null or not is null filters are allowed on embedded resources")
    }

    /// PGRST122: preferences nobody knows, under `handling=strict`.
    pub(crate) fn preferences(invalid: &[String]) -> Self {
        Self::new("PGRST122", 400, "Invalid preferences given with handling=strict")
            .details(format!("Invalid preferences: {}", invalid.join(", ")))
    }

    /// PGRST123: aggregates are switched off.
    pub(crate) fn aggregates_off() -> Self {
        Self::new("PGRST123", 400, "Use of aggregate functions is not allowed")
    }

    /// PGRST124: more rows than the caller allowed.
    pub(crate) fn too_many_affected(rows: u64) -> Self {
        Self::new("PGRST124", 400, "Query result exceeds max-affected preference constraint")
            .details(format!("The query affects {rows} rows"))
    }

    /// PGRST127: a combination that is not built.
    pub(crate) fn not_implemented(details: &str) -> Self {
        Self::new("PGRST127", 400, "Feature not implemented").details(details)
    }

    /// PGRST128: max-affected on a call that gives one row.
    pub(crate) fn max_affected_single() -> Self {
        Self::new(
            "PGRST128",
            400,
            "Function must return SETOF or TABLE when max-affected preference is used with handling=strict",
        )
    }

    /// PGRST200: no foreign key connects the two.
    pub(crate) fn no_relationship(
        schema: &str,
        origin: &str,
        target: &str,
        hint: Option<&str>,
        meant: Option<(&str, &str)>,
    ) -> Self {
        let mut details = format!("Searched for a foreign key relationship between '{origin}' and '{target}' ");
        if let Some(hint) = hint {
            let _ = write!(details, "using the hint '{hint}' ");
        }
        let _ = write!(details, "in the schema '{schema}', but no matches were found.");
        Self::new(
            "PGRST200",
            400,
            format!("Could not find a relationship between '{origin}' and '{target}' in the schema cache"),
        )
        .details(details)
        .hint(meant.map(|(meant, written)| format!("Perhaps you meant '{meant}' instead of '{written}'.")))
    }

    /// PGRST201: more than one foreign key connects the two.
    pub(crate) fn ambiguous_relationship(
        origin: &str,
        target: &str,
        candidates: Vec<RelationshipDetail>,
        hints: &[&str],
    ) -> Self {
        let choices = hints.iter().map(|hint| format!("'{target}!{hint}'")).collect::<Vec<_>>().join(", ");
        let mut error = Self::new(
            "PGRST201",
            300,
            format!("Could not embed because more than one relationship was found for '{origin}' and '{target}'"),
        )
        .hint(Some(format!(
            "Try changing '{target}' to one of the following: {choices}. Find the desired relationship in the 'details' key."
        )));
        error.details = Some(Details::Relationships(candidates));
        error
    }

    /// PGRST202: no function of that name takes these arguments.
    pub(crate) fn no_function(message: String, details: String, hint: Option<String>) -> Self {
        Self::new("PGRST202", 404, message).details(details).hint(hint)
    }

    /// PGRST203: more than one function takes these arguments.
    pub(crate) fn ambiguous_function(candidates: &str) -> Self {
        Self::new("PGRST203", 300, format!("Could not choose the best candidate function between: {candidates}")).hint(
            Some(String::from(
                "Try renaming the parameters or the function itself in the database so function overloading can be resolved",
            )),
        )
    }

    /// PGRST204: the table has no such column.
    pub(crate) fn no_column(column: &str, relation: &str) -> Self {
        Self::new("PGRST204", 400, format!("Could not find the '{column}' column of '{relation}' in the schema cache"))
    }

    /// PGRST205: there is no such table.
    pub(crate) fn no_table(schema: &str, relation: &str, meant: Option<&str>) -> Self {
        Self::new("PGRST205", 404, format!("Could not find the table '{schema}.{relation}' in the schema cache"))
            .hint(meant.map(|meant| format!("Perhaps you meant the table '{schema}.{meant}'")))
    }

    /// 54001: a request that nests deeper than any reader could follow.
    pub(crate) fn too_deep(what: &str, deepest: usize) -> Self {
        Self::new("54001", 400, format!("{what} is nested too deeply"))
            .details(format!("At most {deepest} levels are read."))
    }

    /// 54000: a request with more values than one statement takes.
    pub(crate) fn too_many_values(most: usize) -> Self {
        Self::new("54000", 400, "The request has too many values").details(format!("At most {most} filters are read."))
    }
}
