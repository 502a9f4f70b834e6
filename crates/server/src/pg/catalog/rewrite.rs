//! Reads which columns a view shows, from its definition as PostgreSQL keeps it.
//!
//! In: the text of `pg_rewrite.ev_action`, a tree of nodes (`({QUERY … :targetList ({TARGETENTRY …})})`).
//! Out: for each column that is passed on as it is, the relation and column it comes from.
//! Invariant: PostgreSQL itself has followed the column through joins, subqueries and `with`; here is only read what it
//! noted down. Text that looks otherwise gives no columns.

/// A column of a view, and the column it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    /// The view's column, counted from 1.
    pub column: i16,
    /// `pg_class` oid of the relation it comes from.
    pub relation: u32,
    /// The number of the column there.
    pub number: i16,
}

/// How deep the fields of the query and of its target entries lie: a list, the query, the list of targets, a target.
const QUERY: usize = 2;
const TARGETS: usize = 3;
const TARGET: usize = 4;

/// The columns that the outermost query of a definition passes on.
pub(super) fn origins(definition: &str) -> Vec<Origin> {
    let bytes = definition.as_bytes();
    let mut origins = Vec::new();
    let mut depth = 0_usize;
    let mut in_targets = false;
    let mut found = Origin { column: 0, relation: 0, number: 0 };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            // What follows belongs to a name.
            b'\\' => at += 1,
            b'(' | b'{' => depth += 1,
            b')' | b'}' => {
                if in_targets && depth == TARGET && found.relation != 0 {
                    origins.push(found);
                    found = Origin { column: 0, relation: 0, number: 0 };
                } else if in_targets && depth == TARGETS {
                    return origins;
                }
                depth = depth.saturating_sub(1);
            }
            b' ' if depth == QUERY && !in_targets => in_targets = starts(definition, at, " :targetList "),
            b' ' if depth == TARGET && in_targets => {
                if let Some(column) = field(definition, at, " :resno ") {
                    found = Origin { column, relation: 0, number: 0 };
                } else if let Some(relation) = field(definition, at, " :resorigtbl ") {
                    found.relation = relation;
                } else if let Some(number) = field(definition, at, " :resorigcol ") {
                    found.number = number;
                }
            }
            _ => {}
        }
        at += 1;
    }
    origins
}

fn starts(text: &str, at: usize, name: &str) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(name))
}

/// The number of the field that starts here, if it has this name.
fn field<N: std::str::FromStr>(text: &str, at: usize, name: &str) -> Option<N> {
    let rest = text.get(at..)?.strip_prefix(name)?;
    rest.split([' ', '}']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(definition: &str) -> Vec<(i16, u32, i16)> {
        origins(definition).iter().map(|one| (one.column, one.relation, one.number)).collect()
    }

    #[test]
    fn only_the_columns_of_the_outermost_query_count() {
        let text = "({QUERY :commandType 1 :rtable ({RTE :subquery {QUERY :targetList ({TARGETENTRY :expr {VAR :varno 1} \
            :resno 1 :resorigtbl 9 :resorigcol 9})}}) :targetList ({TARGETENTRY :expr {VAR :varno 1} :resno 1 :resname id \
            :resorigtbl 16385 :resorigcol 3 :resjunk false} {TARGETENTRY :expr {CONST :constvalue 4 [ 1 0 0 0 ]} :resno 2 \
            :resorigtbl 0 :resorigcol 0} {TARGETENTRY :expr <> :resno 3 :resorigtbl 7 :resorigcol 1}) :sortClause <>})";
        assert_eq!(of(text), [(1, 16385, 3), (3, 7, 1)]);
    }

    #[test]
    fn a_name_that_looks_like_the_tree_is_a_name() {
        let text = r"({QUERY :x \}\ :targetList\ \( :targetList ({TARGETENTRY :resno 1 :resname a\ :resorigtbl\ 5\} :resorigtbl 7 :resorigcol 2})})";
        assert_eq!(of(text), [(1, 7, 2)]);
        assert_eq!(of(r"\"), []);
        assert_eq!(of(")}) :targetList ("), []);
    }
}
