//! Turns a parsed request into a plan the database can run.
//!
//! In: a request from `request/`, the current [`Catalog`].
//! Out: a [`Plan`] with its SQL, what the answer needs and what it reads.
//! Invariant: no I/O and no clock, so the same request on the same catalog gives the same plan.

mod call;
mod choose;
mod given;
mod guard;
mod lack;
pub(crate) mod media;
mod probe;
mod read;
mod relationship;
mod resolve;
pub(crate) mod shown;
mod similar;
pub(crate) mod support;
pub(crate) mod tree;
mod value_probe;
pub(crate) mod window;
mod write;

pub use call::{CallRequest, Method, plan_call};
pub use guard::Guard;
pub use read::{ReadRequest, plan_read};
pub(crate) use write::is_tenant;
pub use write::{Verb, WriteRequest, plan_write};

use schema::{Catalog, Relation};

use crate::answer::AnswerPlan;
use crate::error::QueryError;
use crate::read_set::ReadSet;
use crate::request::prefer::{Prefer, Tx};
use crate::sql::fragments::Statement;
use similar::most_similar;

/// What an installation allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Most rows that one list gives, embedded lists included.
    pub max_rows: Option<u32>,
    /// May requests use `sum()`, `avg()` and their like. The dialect's own servers say no unless told otherwise; the
    /// board's totals need them.
    pub aggregates: bool,
    /// May the caller see how PostgreSQL would run a statement. A plan tells of rows that policies hide, so nobody may
    /// unless told otherwise.
    pub plans: bool,
    /// Is a planned total put right where the page shows where the rows end.
    pub corrects_plans: bool,
    /// May callers choose how their transaction ends (`Prefer: tx=`). Whoever reads preferences drops it otherwise.
    pub tx_preference: bool,
    /// Is what a request did taken back at its end, unless its caller chose.
    pub roll_back: bool,
    /// How far `count=exact` counts; beyond it the planner is believed, and the answer says so.
    pub max_exact_count: Option<u64>,
    /// The cost, in PostgreSQL's units, up to which it may read without an index.
    pub max_cost: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_rows: Some(1000),
            aggregates: true,
            plans: false,
            corrects_plans: true,
            tx_preference: true,
            roll_back: false,
            max_exact_count: None,
            max_cost: None,
        }
    }
}

impl Options {
    /// Is what a request did taken back at its end.
    pub(crate) fn rolls_back(&self, prefer: &Prefer) -> bool {
        prefer.tx.map_or(self.roll_back, |tx| tx == Tx::Rollback)
    }
}

/// Whether a plan may change data; decides the kind of transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads only.
    Read,
    /// May write.
    Write,
}

/// A statement and all that is needed to run it and to answer with it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// A stable name for its shape: `read.contacts.9f86d081`.
    pub name: String,
    /// May it write.
    pub access: Access,
    /// The statement. It gives one row of seven columns, see [`crate::ResultRow`].
    pub sql: String,
    /// Its parameters, as text of unspecified type.
    pub params: Vec<Option<String>>,
    /// What to ask the database first, if the statement may turn out to be hopeless.
    pub guard: Option<Guard>,
    /// A statement to run first, if an index can narrow the rows to ids.
    pub probe: Option<Probe>,
    /// How the total is found, if it was asked for.
    pub count: Option<Count>,
    /// Must the transaction stay open until [`Plan::answer`] has judged the row.
    pub decides: bool,
    /// Does the statement explain another one: its rows are lines of text for [`Plan::answer_plan`], not a
    /// [`crate::ResultRow`].
    pub explains: bool,
    /// Which column of its row is the body.
    pub body_column: usize,
    /// Is the body bytes, which the row has as `\\x` and hexadecimal digits.
    pub bytes: bool,
    /// What it reads.
    pub read_set: ReadSet,
    /// Settings of the function that it calls. An installation may let them hold for the whole transaction.
    pub settings: Vec<(String, String)>,
    /// What the answer needs.
    pub(crate) answer: AnswerPlan,
}

/// A statement that looks something up in an index below row-level security.
///
/// `sql` gives one row with one column. Null: too many rows match, run the plan's own statement. Otherwise an array of
/// ids as text: run `narrowed_sql` with `narrowed_params`, that text in the place of the first, which is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The statement.
    pub sql: String,
    /// Its parameters.
    pub params: Vec<Option<String>>,
    /// The plan's statement, restricted to the ids found.
    pub narrowed_sql: String,
    /// Its parameters; the first one is the place for the ids.
    pub narrowed_params: Vec<Option<String>>,
}

/// How the total number of rows is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Count {
    /// The main statement counts.
    Exact,
    /// The planner is asked: run this beside the main statement; one row, one column, JSON.
    Planned {
        /// `explain (format json) …`
        explain: String,
        /// Its parameters.
        params: Vec<Option<String>>,
        /// Does the page put it right.
        corrected: bool,
    },
    /// The main statement counts up to a ceiling; beyond it the planner is believed. An exact count whose length an
    /// installation limits is one of these, too.
    Estimated {
        /// `explain (format json) …`
        explain: String,
        /// Its parameters.
        params: Vec<Option<String>>,
        /// The number at which the main statement stops counting; the rows found by a probe are counted to their end.
        /// Without one everything is counted, and the larger number is told.
        ceiling: Option<u64>,
    },
}

/// The relation, or PGRST205 with what may have been meant.
pub(crate) fn relation<'a>(catalog: &'a Catalog, schema: &str, name: &str) -> Result<&'a Relation, QueryError> {
    catalog.relation(schema, name).ok_or_else(|| {
        let names = catalog.relations.values().filter(|known| known.schema == schema).map(|known| known.name.as_str());
        QueryError::no_table(schema, name, most_similar(name, names))
    })
}

/// The most parameters of one statement; the wire counts them in 16 bits.
const MOST_PARAMS: usize = 32_000;

/// The statement, unless it has more parameters than can be sent.
pub(crate) fn checked(statement: Statement) -> Result<Statement, QueryError> {
    if statement.params.len() > MOST_PARAMS { Err(QueryError::too_many_values(MOST_PARAMS)) } else { Ok(statement) }
}
