//! Resolves a parsed query against the catalog.
//!
//! In: a [`Query`] and the relation it starts from.
//! Out: the [`Node`] of that relation with every embed below it.
//! Invariant: names of columns are left to PostgreSQL, names of relations are resolved here.

use schema::{Catalog, Relation};

use super::Options;
use super::relationship::{self, Relationship};
use super::tree::{Embed, Filter, Link, Node, NodeItem, Order, Source};
use crate::error::QueryError;
use crate::request::Query;
use crate::request::filter::{Condition, IsValue, Test};
use crate::request::logic::Tree;
use crate::request::order::OrderTerm;
use crate::request::range::Range;
use crate::request::select::{Aggregate, ColumnItem, EmbedItem, Item};

/// The tree of a query that starts from the rows of `relation`, which `source` gives, or from those of the function of
/// that name.
pub(crate) fn resolve<'a>(
    catalog: &'a Catalog,
    relation: Option<&'a Relation>,
    source: Source<'a>,
    (schema, name): (&str, &str),
    query: Query,
    options: &Options,
) -> Result<Node<'a>, QueryError> {
    let mut resolver = Resolver { catalog, options, schema, root: name, aliases: 0 };
    let mut root = resolver.node(relation, source, name.to_owned(), query.select)?;
    for (path, tree) in query.filters {
        let node = at(&mut root, &path)?;
        let filter = filter(node, tree)?;
        node.filters.push(filter);
    }
    for (path, terms) in query.orders {
        let node = at(&mut root, &path)?;
        for term in terms {
            let order = order(node, term)?;
            node.order.push(order);
        }
    }
    for (path, rows) in query.offsets {
        let node = at(&mut root, &path)?;
        node.range.offset = Range::from_parameters(None, Some(rows))?.offset;
    }
    for (path, rows) in query.limits {
        let node = at(&mut root, &path)?;
        node.range.limit = Range::from_parameters(Some(rows), None)?.limit;
    }
    Ok(root)
}

struct Resolver<'a, 'o> {
    catalog: &'a Catalog,
    options: &'o Options,
    schema: &'o str,
    root: &'o str,
    aliases: usize,
}

impl<'a> Resolver<'a, '_> {
    fn node(
        &mut self,
        relation: Option<&'a Relation>,
        source: Source<'a>,
        alias: String,
        items: Vec<Item>,
    ) -> Result<Node<'a>, QueryError> {
        let mut node = Node {
            source,
            relation,
            alias,
            items: Vec::with_capacity(items.len()),
            embeds: Vec::new(),
            filters: Vec::new(),
            order: Vec::new(),
            range: Range::default(),
            folds_above: false,
            shows_jsonb: false,
        };
        for item in items {
            let item = match item {
                Item::All => NodeItem::All,
                Item::Column(column) => NodeItem::Column(self.column(relation, column)?),
                Item::Embed(embed) => {
                    let resolved = self.embed(relation, embed)?;
                    node.embeds.push(resolved);
                    NodeItem::Embed(node.embeds.len() - 1)
                }
            };
            node.items.push(item);
        }
        Ok(node)
    }

    /// `rel(count)` counts, even where aggregates are switched off: it is how apps have always counted children.
    fn column(&self, relation: Option<&Relation>, mut item: ColumnItem) -> Result<ColumnItem, QueryError> {
        if item.aggregate.is_some() && !self.options.aggregates {
            return Err(QueryError::aggregates_off());
        }
        let counts = item.aggregate.is_none()
            && item.field.as_ref().is_some_and(|field| field.is_plain() && field.name == "count")
            && relation.is_some_and(|relation| relation.column("count").is_none());
        if counts {
            item.field = None;
            item.aggregate = Some(Aggregate::Count);
            item.aggregate_cast = item.cast.take();
        }
        Ok(item)
    }

    fn embed(&mut self, origin: Option<&'a Relation>, item: EmbedItem) -> Result<Embed<'a>, QueryError> {
        let hint = item.hint.as_deref();
        let Some(origin) = origin else {
            return Err(QueryError::no_relationship(self.schema, self.root, &item.relation, hint, None));
        };
        let found = relationship::find(self.catalog, origin, &item.relation, hint)?;
        let (schema, name) = found.target();
        let Some(target) = self.catalog.relation(schema, name) else {
            return Err(QueryError::no_relationship(schema, &origin.name, &item.relation, hint, None));
        };
        let source = match found {
            Relationship::Computed(one) => Source::Computed { schema: &one.schema, function: &one.name },
            _ => Source::Relation { schema: &target.schema, name: &target.name },
        };
        let alias = self.alias(name);
        let join_alias = self.alias(&item.relation);
        let mut node = self.node(Some(target), source, alias, item.items)?;
        let to_one = found.is_to_one();
        if item.spread && !to_one && node.is_aggregated() {
            return Err(QueryError::not_implemented(
                "Aggregates are not implemented for one-to-many or many-to-many spreads.",
            ));
        }
        node.folds_above = item.spread && to_one;
        Ok(Embed {
            key: item.alias.unwrap_or_else(|| item.relation.clone()),
            written: item.relation,
            link: self.link(found),
            to_one,
            inner: item.inner,
            spread: item.spread,
            join_alias,
            node,
        })
    }

    fn link(&mut self, found: Relationship<'a>) -> Link<'a> {
        fn pairs<'a>(from: &'a [String], to: &'a [String]) -> Vec<(&'a str, &'a str)> {
            from.iter().map(String::as_str).zip(to.iter().map(String::as_str)).collect()
        }
        match found {
            Relationship::Parent(key) => Link::Direct(pairs(&key.columns, &key.target_columns)),
            Relationship::Child(key) => Link::Direct(pairs(&key.target_columns, &key.columns)),
            Relationship::Computed(one) => Link::Row { schema: &one.relation_schema, name: &one.relation },
            Relationship::Through(near, far) => Link::Junction {
                schema: &near.schema,
                name: &near.relation,
                alias: self.alias(&near.relation),
                parent: pairs(&near.target_columns, &near.columns),
                child: pairs(&far.target_columns, &far.columns),
            },
        }
    }

    /// A name for SQL that no other part of the statement has; PostgreSQL cuts names at 63 bytes.
    fn alias(&mut self, name: &str) -> String {
        let mut length = name.len().min(50);
        while !name.is_char_boundary(length) {
            length -= 1;
        }
        let name = name.get(..length).unwrap_or_default();
        loop {
            self.aliases += 1;
            let alias = format!("{name}_{}", self.aliases);
            if alias != self.root {
                return alias;
            }
        }
    }
}

/// The node at the end of a path of embed names.
fn at<'n, 'a>(root: &'n mut Node<'a>, path: &[String]) -> Result<&'n mut Node<'a>, QueryError> {
    let mut node = root;
    for name in path {
        let index = embed_named(node, name).ok_or_else(|| QueryError::not_embedded(name))?;
        node = match node.embeds.get_mut(index) {
            Some(embed) => &mut embed.node,
            None => return Err(QueryError::not_embedded(name)),
        };
    }
    Ok(node)
}

/// An embed by its alias, else by its relation's name.
fn embed_named(node: &Node<'_>, name: &str) -> Option<usize> {
    node.embeds
        .iter()
        .position(|embed| embed.key == name)
        .or_else(|| node.embeds.iter().position(|embed| embed.written == name))
}

fn filter(node: &Node<'_>, tree: Tree) -> Result<Filter, QueryError> {
    match tree {
        Tree::Leaf(condition) => leaf(node, condition),
        Tree::Group { negated, joined, branches } => {
            let branches = branches.into_iter().map(|branch| filter(node, branch)).collect::<Result<_, _>>()?;
            Ok(Filter::Group { negated, joined, branches })
        }
    }
}

/// A condition, on a column or on whether an embed has rows.
fn leaf(node: &Node<'_>, condition: Condition) -> Result<Filter, QueryError> {
    let name = &condition.field.name;
    let is_column = node.relation.is_some_and(|relation| relation.column(name).is_some());
    let embed = if is_column || !condition.field.is_plain() { None } else { embed_named(node, name) };
    let Some(embed) = embed else { return Ok(Filter::Test(condition)) };
    match condition.test {
        Test::Is(IsValue::Null) => Ok(Filter::Embedded { embed, present: condition.negated }),
        Test::Is(IsValue::NotNull) => Ok(Filter::Embedded { embed, present: !condition.negated }),
        _ => Err(QueryError::embed_operator(name)),
    }
}

fn order(node: &Node<'_>, term: OrderTerm) -> Result<Order, QueryError> {
    let embed = match &term.relation {
        None => None,
        Some(name) => {
            let index = embed_named(node, name).ok_or_else(|| QueryError::not_embedded(name))?;
            if !node.embeds.get(index).is_some_and(|embed| embed.to_one) {
                let origin = node.relation.map_or("result", |relation| &relation.name);
                return Err(QueryError::related_order(origin, name));
            }
            Some(index)
        }
    };
    Ok(Order { embed, field: term.field, direction: term.direction, nulls: term.nulls })
}

/// Makes embeds that must be there inner ones: a join finds them once, a condition would look for them again.
pub(crate) fn require(node: &mut Node<'_>) {
    let embeds = &mut node.embeds;
    node.filters.retain(|filter| match filter {
        Filter::Embedded { embed, present: true } => embeds.get_mut(*embed).map(|embed| embed.inner = true).is_none(),
        _ => true,
    });
    for embed in embeds {
        require(&mut embed.node);
    }
}

/// Caps every node whose rows are a list.
pub(crate) fn cap(node: &mut Node<'_>, most: Option<u32>, is_list: bool) {
    if is_list && !node.is_aggregated() {
        node.range = node.range.at_most(most);
    }
    for embed in &mut node.embeds {
        let is_list = !embed.to_one;
        cap(&mut embed.node, most, is_list);
    }
}
