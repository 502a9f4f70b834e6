//! How many rows there are in all.
//!
//! In: the root node. Out: an expression for the main statement, or a statement for the planner's estimate.

use super::fragments::{Sql, Statement};
use super::select::matching;
use crate::plan::tree::Node;

/// Writes a subquery that counts every row that matches, at most `ceiling` of them.
pub(crate) fn total(sql: &mut Sql, node: &Node<'_>, ceiling: Option<u64>) {
    match ceiling {
        None => {
            sql.push("(select count(*) ");
            matching(sql, node, None);
        }
        Some(ceiling) => {
            sql.push("(select count(*) from (select ");
            matching(sql, node, None);
            sql.push("\nlimit ").number(ceiling).push(") as \"counted\"");
        }
    }
    sql.push(")");
}

/// The statement that asks the planner how many rows match.
pub(crate) fn explain(node: &Node<'_>) -> Statement {
    let mut sql = Sql::new();
    sql.push("explain (format json) select ");
    matching(&mut sql, node, None);
    sql.finish()
}
