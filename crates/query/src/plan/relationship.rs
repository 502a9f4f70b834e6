//! Finds how one relation hangs on another: by foreign key, its inverse, or a table between them.
//!
//! In: the parent relation, the name an embed uses, and its hint.
//! Out: one [`Relationship`], or PGRST200 (none) or PGRST201 (several).
//! Invariant: a column that every foreign key of a tenant schema carries never decides alone between candidates.

use schema::{Catalog, ForeignKey, Relation};

use super::similar::most_similar;
use crate::error::{QueryError, RelationshipDetail};

/// How a relation hangs on its parent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Relationship<'a> {
    /// The parent's foreign key points at it.
    Parent(&'a ForeignKey),
    /// Its foreign key points at the parent.
    Child(&'a ForeignKey),
    /// A junction's keys point at both: (at the parent, at it).
    Through(&'a ForeignKey, &'a ForeignKey),
}

impl<'a> Relationship<'a> {
    /// The related relation's schema and name.
    pub(crate) fn target(self) -> (&'a str, &'a str) {
        match self {
            Self::Parent(key) | Self::Through(_, key) => (&key.target_schema, &key.target),
            Self::Child(key) => (&key.schema, &key.relation),
        }
    }

    /// Is there at most one related row.
    pub(crate) fn is_to_one(self) -> bool {
        match self {
            Self::Parent(_) => true,
            Self::Child(key) => key.one_to_one,
            Self::Through(..) => false,
        }
    }

    fn cardinality(self) -> &'static str {
        match self {
            Self::Parent(key) | Self::Child(key) if key.one_to_one => "one-to-one",
            Self::Parent(_) => "many-to-one",
            Self::Child(_) => "one-to-many",
            Self::Through(..) => "many-to-many",
        }
    }

    /// What a hint may say to mean this one.
    fn hint(self) -> &'a str {
        match self {
            Self::Parent(key) | Self::Child(key) => &key.name,
            Self::Through(key, _) => &key.relation,
        }
    }

    fn detail(self, origin: &str) -> RelationshipDetail {
        let (_, target) = self.target();
        let columns = |columns: &[String]| columns.join(", ");
        let relationship = match self {
            Self::Parent(key) => format!(
                "{} using {origin}({}) and {target}({})",
                key.name,
                columns(&key.columns),
                columns(&key.target_columns)
            ),
            Self::Child(key) => format!(
                "{} using {origin}({}) and {target}({})",
                key.name,
                columns(&key.target_columns),
                columns(&key.columns)
            ),
            Self::Through(near, far) => format!(
                "{} using {}({}) and {}({})",
                near.relation,
                near.name,
                columns(&near.columns),
                far.name,
                columns(&far.columns)
            ),
        };
        RelationshipDetail {
            cardinality: self.cardinality(),
            embedding: format!("{origin} with {target}"),
            relationship,
        }
    }
}

/// The relationship that `target`, with its hint, means from `origin`.
pub(crate) fn find<'a>(
    catalog: &'a Catalog,
    origin: &'a Relation,
    target: &str,
    hint: Option<&str>,
) -> Result<Relationship<'a>, QueryError> {
    let all = all(catalog, origin);
    let named = |relationship: &Relationship<'a>| {
        let (schema, name) = relationship.target();
        name == target && schema == origin.schema
    };
    let found: Vec<Relationship<'a>> = match hint {
        Some(hint) => {
            let near: Vec<_> = all.iter().copied().filter(named).collect();
            let by_name: Vec<_> = near.iter().copied().filter(|one| matches_name(*one, hint)).collect();
            if by_name.is_empty() { by_column(&near, hint) } else { to_parent_if_self(by_name) }
        }
        None => {
            let by_relation: Vec<_> = all.iter().copied().filter(named).collect();
            if !by_relation.is_empty() {
                to_children_if_self(by_relation)
            } else {
                let by_constraint: Vec<_> =
                    all.iter().copied().filter(|one| constraint(*one) == Some(target)).collect();
                if by_constraint.is_empty() {
                    let parents: Vec<_> =
                        all.iter().copied().filter(|one| matches!(one, Relationship::Parent(_))).collect();
                    by_column(&parents, target)
                } else {
                    to_parent_if_self(by_constraint)
                }
            }
        }
    };
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let names = all.iter().map(|one| one.target().1);
            let meant =
                if hint.is_none() { most_similar(target, names).filter(|meant| *meant != target) } else { None };
            Err(QueryError::no_relationship(&origin.schema, &origin.name, target, hint, meant))
        }
        several => {
            let details = several.iter().map(|one| one.detail(&origin.name)).collect();
            let hints: Vec<_> = several.iter().map(|one| one.hint()).collect();
            Err(QueryError::ambiguous_relationship(&origin.name, target, details, &hints))
        }
    }
}

/// Every relationship of a relation.
fn all<'a>(catalog: &'a Catalog, origin: &Relation) -> Vec<Relationship<'a>> {
    let from = |key: &ForeignKey| key.schema == origin.schema && key.relation == origin.name;
    let to = |key: &ForeignKey| key.target_schema == origin.schema && key.target == origin.name;
    let keys = &catalog.foreign_keys;
    let mut all: Vec<_> = keys.iter().filter(|key| from(key)).map(Relationship::Parent).collect();
    all.extend(keys.iter().filter(|key| to(key)).map(Relationship::Child));
    for near in keys.iter().filter(|key| to(key)) {
        let Some(junction) = catalog.relation(&near.schema, &near.relation) else { continue };
        let in_key = |key: &ForeignKey| key.columns.iter().all(|column| junction.primary_key.contains(column));
        if !in_key(near) {
            continue;
        }
        let far = keys.iter().filter(|far| {
            far.schema == near.schema
                && far.relation == near.relation
                && far.name != near.name
                && in_key(far)
                // A key that lies within the other joins nothing new: the tenant's own key, for one.
                && !far.columns.iter().all(|column| near.columns.contains(column))
                && !near.columns.iter().all(|column| far.columns.contains(column))
        });
        all.extend(far.map(|far| Relationship::Through(near, far)));
    }
    all
}

fn constraint(relationship: Relationship<'_>) -> Option<&str> {
    match relationship {
        Relationship::Parent(key) | Relationship::Child(key) => Some(&key.name),
        Relationship::Through(..) => None,
    }
}

fn matches_name(relationship: Relationship<'_>, hint: &str) -> bool {
    match relationship {
        Relationship::Through(near, _) => near.relation == hint,
        direct => constraint(direct) == Some(hint),
    }
}

/// The candidates whose key has the column: those where it is the only telling one, else those that merely contain it.
fn by_column<'a>(candidates: &[Relationship<'a>], column: &str) -> Vec<Relationship<'a>> {
    let columns = |one: &Relationship<'a>| -> Vec<(&'a [String], bool)> {
        match one {
            Relationship::Parent(key) => vec![(key.columns.as_slice(), true), (key.target_columns.as_slice(), false)],
            Relationship::Child(key) => vec![(key.columns.as_slice(), true), (key.target_columns.as_slice(), false)],
            Relationship::Through(near, far) => vec![(near.columns.as_slice(), true), (far.columns.as_slice(), true)],
        }
    };
    let own = |one: &Relationship<'a>| columns(one).into_iter().filter(|(_, referencing)| *referencing);
    let has = |set: &[String]| set.iter().any(|name| name == column);
    let containing: Vec<_> =
        candidates.iter().copied().filter(|one| columns(one).iter().any(|(set, _)| has(set))).collect();
    let shared = |name: &String| {
        candidates.len() > 1 && candidates.iter().all(|one| own(one).any(|(set, _)| set.contains(name)))
    };
    let exact: Vec<_> = containing
        .iter()
        .copied()
        .filter(|one| {
            own(one).any(|(set, _)| {
                has(set) && set.iter().filter(|name| !shared(name)).all(|name| name == column)
                    || set.len() == 1 && has(set)
            })
        })
        .collect();
    if !exact.is_empty() {
        return to_children_if_self(exact);
    }
    let referencing: Vec<_> = containing.iter().copied().filter(|one| own(one).any(|(set, _)| has(set))).collect();
    to_children_if_self(if referencing.is_empty() { containing } else { referencing })
}

/// A self reference is found from both ends; the children are meant unless the constraint itself is named.
fn to_children_if_self(found: Vec<Relationship<'_>>) -> Vec<Relationship<'_>> {
    match found.as_slice() {
        [Relationship::Parent(a), Relationship::Child(b)] if a.name == b.name && a.relation == b.relation => {
            vec![Relationship::Child(b)]
        }
        _ => found,
    }
}

fn to_parent_if_self(found: Vec<Relationship<'_>>) -> Vec<Relationship<'_>> {
    match found.as_slice() {
        [Relationship::Parent(a), Relationship::Child(b)] if a.name == b.name && a.relation == b.relation => {
            vec![Relationship::Parent(a)]
        }
        _ => found,
    }
}
