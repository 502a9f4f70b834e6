//! What an answer depends on, so that a cache knows when to forget it and a socket whom to tell.
//!
//! In: the resolved nodes. Out: a [`ReadSet`].
//! Invariant: never less than what the statement reads; `opaque` when that cannot be known.

use crate::plan::tree::{Embed, Filter, Link, Node, NodeItem, Source};
use crate::request::filter::{Operator, Test};

/// What an answer depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSet {
    /// Every table read, the request's own first. A table may come twice, in two roles.
    pub tables: Vec<TableRead>,
    /// Does a function read what nobody can see from outside.
    pub opaque: bool,
}

/// One table that is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRead {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub table: String,
    /// Columns that must equal a value (or one of several) for a row to matter.
    pub keys: Vec<KeyEquality>,
    /// Columns whose change can bring a row in, take it out or move it: filters, joins and sort keys.
    pub deciding: Vec<String>,
    /// The columns shown; `None` means all of them.
    pub shown: Option<Vec<String>>,
}

/// A column that must equal one of some values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEquality {
    /// The column.
    pub column: String,
    /// The values, as text.
    pub values: Vec<String>,
}

/// The read set of a resolved request.
pub(crate) fn of(root: &Node<'_>) -> ReadSet {
    let mut set = ReadSet::default();
    add(&mut set, root, &[]);
    set
}

fn add(set: &mut ReadSet, node: &Node<'_>, linked: &[&str]) {
    let mut read = TableRead::default();
    match (node.source, node.relation) {
        (Source::Relation { schema, name }, _) => {
            schema.clone_into(&mut read.schema);
            name.clone_into(&mut read.table);
        }
        (Source::Given, Some(relation)) => {
            read.schema.clone_from(&relation.schema);
            read.table.clone_from(&relation.name);
        }
        (Source::Given, None) => set.opaque = true,
        (Source::Computed { .. }, _) => set.opaque = true,
    }
    let mut deciding: Vec<&str> = linked.to_vec();
    for filter in &node.filters {
        filter.each_column(&mut |column| deciding.push(column));
        if let Filter::Test(condition) = filter
            && condition.field.is_plain()
            && !condition.negated
        {
            let values = match &condition.test {
                Test::Compare { operator: Operator::Eq, quantifier: None, value } => vec![value.clone()],
                Test::In(values) => values.clone(),
                _ => continue,
            };
            read.keys.push(KeyEquality { column: condition.field.name.clone(), values });
        }
    }
    deciding.extend(node.order.iter().filter(|order| order.embed.is_none()).map(|order| order.field.name.as_str()));
    for embed in &node.embeds {
        deciding.extend(link_columns(embed).0);
    }
    deciding.sort_unstable();
    deciding.dedup();
    read.deciding = deciding.into_iter().map(str::to_owned).collect();
    read.shown = shown(node);
    if !read.table.is_empty() {
        set.tables.push(read);
    }
    for embed in &node.embeds {
        if let Link::Junction { schema, name, parent, child, .. } = &embed.link {
            let columns = parent.iter().chain(child).map(|(_, through)| (*through).to_owned());
            set.tables.push(TableRead {
                schema: (*schema).to_owned(),
                table: (*name).to_owned(),
                deciding: columns.collect(),
                shown: Some(Vec::new()),
                keys: Vec::new(),
            });
        }
        let mut linked = link_columns(embed).1;
        let sorts = node
            .order
            .iter()
            .filter(|order| order.embed.and_then(|at| node.embeds.get(at)).is_some_and(|one| one.key == embed.key));
        linked.extend(sorts.map(|order| order.field.name.as_str()));
        add(set, &embed.node, &linked);
    }
}

/// The columns of the link: at the parent, at the embed.
fn link_columns<'a>(embed: &Embed<'a>) -> (Vec<&'a str>, Vec<&'a str>) {
    match &embed.link {
        Link::Direct(pairs) => pairs.iter().copied().unzip(),
        Link::Junction { parent, child, .. } => {
            (parent.iter().map(|(column, _)| *column).collect(), child.iter().map(|(column, _)| *column).collect())
        }
        Link::Row { .. } => (Vec::new(), Vec::new()),
    }
}

fn shown(node: &Node<'_>) -> Option<Vec<String>> {
    let mut columns = Vec::new();
    for item in &node.items {
        match item {
            NodeItem::All => return None,
            NodeItem::Column(item) => columns.extend(item.field.as_ref().map(|field| field.name.clone())),
            NodeItem::Embed(_) => {}
        }
    }
    Some(columns)
}
