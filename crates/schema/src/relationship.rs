//! How rows of one relation belong to rows of another: foreign keys, and functions in their place.
//!
//! In: what a catalog loader has found.
//! Out: keys by the relation they leave and by the relation they reach.
//! Invariant: a lookup touches the keys it gives and no others.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A foreign key: `columns` of one relation point at `target_columns` of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The constraint's name. A view's key has the name of the constraint it passes on.
    pub name: String,
    /// Schema of the referencing relation.
    pub schema: String,
    /// The referencing relation.
    pub relation: String,
    /// Referencing columns, in key order.
    pub columns: Vec<String>,
    /// Schema of the referenced relation.
    pub target_schema: String,
    /// The referenced relation.
    pub target: String,
    /// Referenced columns, in the same order.
    pub target_columns: Vec<String>,
    /// Are the referencing columns unique, so that the inverse is to-one.
    pub one_to_one: bool,
}

/// A function from a row of one relation to rows of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComputedRelationship {
    /// The function's schema.
    pub schema: String,
    /// The function's name, by which it is asked for.
    pub name: String,
    /// Schema of the relation whose row it takes.
    pub relation_schema: String,
    /// The relation whose row it takes.
    pub relation: String,
    /// Schema of the relation whose rows it gives.
    pub target_schema: String,
    /// The relation whose rows it gives.
    pub target: String,
    /// Does it give at most one row.
    pub to_one: bool,
}

/// Foreign keys in the order of their relation and name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<ForeignKey>", into = "Vec<ForeignKey>")]
pub struct ForeignKeys {
    keys: Vec<ForeignKey>,
    /// Places in `keys`, in the order of their targets.
    by_target: Vec<usize>,
}

impl ForeignKeys {
    /// The keys of a relation.
    pub fn of(&self, schema: &str, relation: &str) -> &[ForeignKey] {
        let order = |key: &ForeignKey| (key.schema.as_str(), key.relation.as_str()).cmp(&(schema, relation));
        let start = self.keys.partition_point(|key| order(key).is_lt());
        let end = self.keys.partition_point(|key| order(key).is_le());
        self.keys.get(start..end).unwrap_or_default()
    }

    /// The keys that point at a relation.
    pub fn to(&self, schema: &str, relation: &str) -> impl Iterator<Item = &ForeignKey> {
        let order = |place: &usize| {
            self.keys.get(*place).map(|key| (key.target_schema.as_str(), key.target.as_str()).cmp(&(schema, relation)))
        };
        let start = self.by_target.partition_point(|place| order(place).is_some_and(|order| order.is_lt()));
        let end = self.by_target.partition_point(|place| order(place).is_some_and(|order| order.is_le()));
        self.by_target.get(start..end).unwrap_or_default().iter().filter_map(|place| self.keys.get(*place))
    }
}

impl From<Vec<ForeignKey>> for ForeignKeys {
    fn from(mut keys: Vec<ForeignKey>) -> Self {
        keys.sort_by(|a, b| own_order(a).cmp(&own_order(b)));
        let mut targets: Vec<(usize, &ForeignKey)> = keys.iter().enumerate().collect();
        targets.sort_by(|(_, a), (_, b)| (&a.target_schema, &a.target).cmp(&(&b.target_schema, &b.target)));
        let by_target = targets.into_iter().map(|(place, _)| place).collect();
        Self { keys, by_target }
    }
}

/// What the keys are sorted by; complete, so that the same database always gives the same order.
fn own_order(key: &ForeignKey) -> impl Ord + '_ {
    (&key.schema, &key.relation, &key.name, &key.columns, &key.target_schema, &key.target, &key.target_columns)
}

impl From<ForeignKeys> for Vec<ForeignKey> {
    fn from(keys: ForeignKeys) -> Self {
        keys.keys
    }
}

impl Deref for ForeignKeys {
    type Target = [ForeignKey];

    fn deref(&self) -> &[ForeignKey] {
        &self.keys
    }
}
