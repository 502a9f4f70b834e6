//! Finds how one relation hangs on another: by foreign key, its inverse, a table between them, or a function.
//!
//! In: the parent relation, the name an embed uses, and its hint.
//! Out: one [`Relationship`], or PGRST200 (none) or PGRST201 (several).
//! Invariant: the column that says whose row it is, which every key of a tenant's tables carries, tells nothing.

use schema::{Catalog, ComputedRelationship, ForeignKey, Relation, RelationKind};

use super::is_tenant;
use super::similar::closest;
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
    /// A function of the parent's row gives its rows.
    Computed(&'a ComputedRelationship),
}

impl<'a> Relationship<'a> {
    /// The related relation's schema and name.
    pub(crate) fn target(self) -> (&'a str, &'a str) {
        match self {
            Self::Parent(key) | Self::Through(_, key) => (&key.target_schema, &key.target),
            Self::Child(key) => (&key.schema, &key.relation),
            Self::Computed(function) => (&function.target_schema, &function.target),
        }
    }

    /// Is there at most one related row.
    pub(crate) fn is_to_one(self) -> bool {
        match self {
            Self::Parent(_) => true,
            Self::Child(key) => key.one_to_one,
            Self::Through(..) => false,
            Self::Computed(function) => function.to_one,
        }
    }

    fn cardinality(self) -> Cardinality {
        match self {
            Self::Parent(key) | Self::Child(key) if key.one_to_one => Cardinality::OneToOne,
            Self::Parent(_) => Cardinality::ManyToOne,
            Self::Child(_) => Cardinality::OneToMany,
            Self::Through(..) => Cardinality::ManyToMany,
            Self::Computed(function) if function.to_one => Cardinality::ManyToOne,
            Self::Computed(_) => Cardinality::OneToMany,
        }
    }

    /// What a hint may say to mean this one.
    fn hint(self) -> &'a str {
        match self {
            Self::Parent(key) | Self::Child(key) => &key.name,
            Self::Through(key, _) => &key.relation,
            Self::Computed(function) => &function.name,
        }
    }

    /// The constraint that it goes by.
    fn constraint(self) -> Option<&'a str> {
        match self {
            Self::Parent(key) | Self::Child(key) => Some(&key.name),
            Self::Through(..) | Self::Computed(_) => None,
        }
    }

    /// Its key with the columns at the parent and at the related relation.
    fn sides(self) -> Option<(&'a ForeignKey, &'a [String], &'a [String])> {
        match self {
            Self::Parent(key) => Some((key, &key.columns, &key.target_columns)),
            Self::Child(key) => Some((key, &key.target_columns, &key.columns)),
            Self::Through(..) | Self::Computed(_) => None,
        }
    }

    fn detail(self, origin: &str) -> RelationshipDetail {
        let (_, target) = self.target();
        let columns = |columns: &[String]| columns.join(", ");
        let relationship = match self {
            Self::Through(near, far) => format!(
                "{} using {}({}) and {}({})",
                near.relation,
                near.name,
                columns(&near.columns),
                far.name,
                columns(&far.columns)
            ),
            Self::Computed(function) => format!("{}.{}", function.schema, function.name),
            Self::Parent(_) | Self::Child(_) => {
                let (near, far) = self.sides().map(|(_, near, far)| (near, far)).unwrap_or_default();
                let (near, far) = (columns(near), columns(far));
                format!("{} using {origin}({near}) and {target}({far})", self.hint())
            }
        };
        RelationshipDetail {
            cardinality: self.cardinality().words(),
            embedding: format!("{origin} with {target}"),
            relationship,
        }
    }
}

/// How many rows belong to how many, in the order in which candidates are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cardinality {
    OneToMany,
    ManyToOne,
    OneToOne,
    ManyToMany,
}

impl Cardinality {
    fn words(self) -> &'static str {
        match self {
            Self::OneToMany => "one-to-many",
            Self::ManyToOne => "many-to-one",
            Self::OneToOne => "one-to-one",
            Self::ManyToMany => "many-to-many",
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
    // A function stands in the place of every key to the relation of its name.
    if let Some(function) = computed(catalog, origin).find(|function| function.name == target) {
        return Ok(Relationship::Computed(function));
    }
    let all = all(catalog, origin);
    let asked = Asked { catalog, origin, target, hint };
    let mut found: Vec<_> = all.iter().copied().filter(|one| asked.means(*one)).collect();
    if found.is_empty() {
        found = all.iter().copied().filter(|one| asked.names_a_column_of(*one)).collect();
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(not_found(&asked, &all)),
        _ => {
            found.sort_by_cached_key(|one| (one.target(), one.cardinality(), one.detail(&origin.name).relationship));
            let details = found.iter().map(|one| one.detail(&origin.name)).collect();
            let hints: Vec<_> = found.iter().map(|one| one.hint()).collect();
            Err(QueryError::ambiguous_relationship(&origin.name, target, details, &hints))
        }
    }
}

/// What an embed asks for.
struct Asked<'x> {
    catalog: &'x Catalog,
    origin: &'x Relation,
    target: &'x str,
    hint: Option<&'x str>,
}

impl Asked<'_> {
    /// Is this the relationship. Of a relation with itself its name means the children, the key's column the parent.
    fn means(&self, one: Relationship<'_>) -> bool {
        let (schema, name) = one.target();
        if schema != self.origin.schema {
            return false;
        }
        let is_named = name == self.target;
        let is_parent = matches!(one, Relationship::Parent(_));
        let is_child = matches!(one, Relationship::Child(_));
        match (name == self.origin.name, self.hint) {
            (true, None) => {
                is_child && is_named
                    || is_parent && (self.is_near(one, self.target) || one.constraint() == Some(self.target))
            }
            (true, Some(hint)) => {
                is_named && (is_child && self.is_far(one, hint) || is_parent && one.constraint() == Some(hint))
            }
            (false, None) => {
                is_named
                    || (one.constraint() == Some(self.target) || self.is_near(one, self.target)) && !self.is_view(one)
            }
            (false, Some(hint)) => {
                is_named
                    && (one.constraint() == Some(hint)
                        || self.is_near(one, hint)
                        || self.is_far(one, hint)
                        || matches!(one, Relationship::Through(near, _) if near.relation == hint))
            }
        }
    }

    /// Does it merely have the column that is named, among others that tell as much.
    fn names_a_column_of(&self, one: Relationship<'_>) -> bool {
        let (schema, name) = one.target();
        let has = |key: &ForeignKey, column: &str| key.columns.iter().any(|known| known == column);
        schema == self.origin.schema
            && match (one, self.hint) {
                (Relationship::Parent(key), None) => has(key, self.target) && !self.is_view(one),
                (Relationship::Parent(key), Some(hint)) => {
                    name == self.target && name != self.origin.name && has(key, hint)
                }
                (Relationship::Child(key), Some(hint)) => name == self.target && has(key, hint),
                _ => false,
            }
    }

    fn is_near(&self, one: Relationship<'_>, column: &str) -> bool {
        one.sides().is_some_and(|(key, near, _)| self.is_told_by(key, near, column))
    }

    fn is_far(&self, one: Relationship<'_>, column: &str) -> bool {
        one.sides().is_some_and(|(key, _, far)| self.is_told_by(key, far, column))
    }

    /// Is the column the only one on this side of the key that tells it from others.
    fn is_told_by(&self, key: &ForeignKey, side: &[String], column: &str) -> bool {
        if !side.iter().any(|known| known == column) {
            return false;
        }
        let relation = if side.len() > 1 { self.catalog.relation(&key.schema, &key.relation) } else { None };
        let tells = |name: &String| !relation.is_some_and(|relation| is_tenant(relation, name));
        let mut telling = key.columns.iter().zip(side).filter(|(name, _)| tells(name)).map(|(_, known)| known);
        telling.next().is_some_and(|only| only == column) && telling.next().is_none()
    }

    /// Is the related relation a view; those are only asked for by name.
    fn is_view(&self, one: Relationship<'_>) -> bool {
        let (schema, name) = one.target();
        let relation = self.catalog.relation(schema, name);
        relation.is_some_and(|one| matches!(one.kind, RelationKind::View | RelationKind::MaterializedView))
    }
}

/// The functions of a relation's row.
fn computed<'a>(catalog: &'a Catalog, origin: &'a Relation) -> impl Iterator<Item = &'a ComputedRelationship> {
    catalog.computed.iter().filter(|function| {
        function.schema == origin.schema
            && function.relation == origin.name
            && function.relation_schema == origin.schema
    })
}

/// Every relationship of a relation by keys.
fn all<'a>(catalog: &'a Catalog, origin: &Relation) -> Vec<Relationship<'a>> {
    let keys = &catalog.foreign_keys;
    let mut all: Vec<_> = keys.of(&origin.schema, &origin.name).iter().map(Relationship::Parent).collect();
    all.extend(keys.to(&origin.schema, &origin.name).map(Relationship::Child));
    for near in keys.to(&origin.schema, &origin.name) {
        let Some(junction) = catalog.relation(&near.schema, &near.relation) else { continue };
        // Both keys lie within the junction's own key; one that says only whose row it is joins nothing.
        let joins = |key: &ForeignKey| {
            !key.one_to_one
                && key.columns.iter().all(|column| junction.primary_key.contains(column))
                && !key.columns.iter().all(|column| is_tenant(junction, column))
        };
        if joins(near) {
            let far = keys.of(&near.schema, &near.relation).iter().filter(|far| far.name != near.name && joins(far));
            all.extend(far.map(|far| Relationship::Through(near, far)));
        }
    }
    all
}

/// PGRST200, with what may have been meant: another target, or another origin if this one has no relationships, not even
/// hidden ones.
fn not_found(asked: &Asked<'_>, all: &[Relationship<'_>]) -> QueryError {
    let Asked { catalog, origin, target, hint } = *asked;
    let own: Vec<_> = computed(catalog, origin).map(|function| function.target.as_str()).collect();
    let is_hidden = catalog.hidden_links.iter().any(|(schema, name)| *schema == origin.schema && *name == origin.name);
    let meant = if all.is_empty() && own.is_empty() && !is_hidden {
        let keys = catalog
            .foreign_keys
            .iter()
            .flat_map(|key| [(&key.schema, &key.relation), (&key.target_schema, &key.target)]);
        let functions = catalog.computed.iter().map(|function| (&function.relation_schema, &function.relation));
        let related = keys.chain(functions).filter(|(schema, _)| **schema == origin.schema);
        closest(&origin.name, related.map(|(_, name)| name.as_str())).map(|meant| (meant, origin.name.as_str()))
    } else {
        closest(target, all.iter().map(|one| one.target().1).chain(own)).map(|meant| (meant, target))
    };
    QueryError::no_relationship(&origin.schema, &origin.name, target, hint, meant)
}
