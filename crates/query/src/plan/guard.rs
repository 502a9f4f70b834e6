//! Refuses reads that would be hopeless: a condition or a sort without an index, on a table that is large.
//!
//! Whether a table is large and a condition common enough to be met soon is what PostgreSQL knows, so it is asked, and only
//! where no index leads to the rows. It knows nothing of how often a fragment or a member of a JSON value occurs; there the
//! worst is assumed, and it is asked what finding every row would cost.
//!
//! In: the root node and its statement. Out: the question, and the judge of its answer.

use schema::Relation;

use super::lack::{self, Lack};
use super::tree::Node;
use crate::error::QueryError;
use crate::sql::count::explain;
use crate::sql::fragments::Statement;

/// What to ask the database before a statement that no index serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// `explain (format json) …`; one row, one column.
    pub explain: String,
    /// Its parameters.
    pub params: Vec<Option<String>>,
    /// The most that it may cost, in PostgreSQL's units.
    most: u64,
    relation: String,
    lacks: Vec<Lack>,
}

impl Guard {
    /// The guard of a read, unless an index serves it or the relation is small anyway.
    pub(crate) fn of(node: &Node<'_>, relation: &Relation, statement: &Statement, most: u64) -> Option<Self> {
        if relation.whole_cost <= most {
            return None;
        }
        let lacks = lack::of(node, relation);
        if lacks.is_empty() {
            return None;
        }
        let asked = if lacks.iter().any(|lack| lack.is_blind) {
            explain(node)
        } else {
            Statement { sql: format!("explain (format json) {}", statement.sql), params: statement.params.clone() }
        };
        Some(Self { explain: asked.sql, params: asked.params, most, relation: relation.name.clone(), lacks })
    }

    /// Judges what the database answered: an error that says which index is missing, if the statement is hopeless.
    pub fn judge(&self, explained: &str) -> Result<(), QueryError> {
        // A cost that cannot be read refuses nothing: the statement still has its time limit.
        let cost = total_cost(explained).filter(|cost| *cost > self.most);
        let Some(cost) = cost else { return Ok(()) };
        let names: Vec<&str> = self.lacks.iter().map(|lack| lack.field.as_str()).collect();
        let hints: Vec<String> = self.lacks.iter().map(|lack| format!("{}: {}", lack.field, lack.remedy)).collect();
        Err(QueryError::too_costly(&self.relation, &names.join(" and "), cost, self.most, hints.join("; ")))
    }
}

/// The total cost in `explain (format json)`, of the root.
fn total_cost(explained: &str) -> Option<u64> {
    let plan: serde_json::Value = serde_json::from_str(explained).ok()?;
    let cost = plan.pointer("/0/Plan/Total Cost")?.as_f64()?;
    // Costs are estimates: a fraction of a page says nothing.
    format!("{cost:.0}").parse().ok()
}
