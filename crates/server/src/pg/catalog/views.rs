//! Gives views the keys of the tables they show.
//!
//! In: the database's foreign and primary keys, and its views with the columns they pass on.
//! Out: the foreign keys of what is exposed, and the views' primary keys.
//! Invariant: a view has a key only when it shows every column of it; a column shown twice makes a key each time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use schema::ForeignKey;
use serde::Deserialize;

use super::rewrite::Origin;

/// A foreign key of a table, by numbers and by names.
#[derive(Debug, Deserialize)]
pub(super) struct Key {
    /// The referencing table's oid.
    pub relation: u32,
    /// The numbers of its columns.
    pub numbers: Vec<i16>,
    /// The referenced table's oid.
    pub target_relation: u32,
    /// The numbers of its columns.
    pub target_numbers: Vec<i16>,
    /// The same with names.
    pub key: ForeignKey,
}

/// A view.
#[derive(Debug)]
pub(super) struct View {
    /// Its oid.
    pub oid: u32,
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Can it be asked for; otherwise others may be built on it.
    pub exposed: bool,
    /// Its columns.
    pub columns: Vec<String>,
    /// The columns that it passes on.
    pub origins: Vec<Origin>,
}

/// Most ways in which a view may show one key: beyond that a column is shown more often than anybody could want.
const MOST_WAYS: usize = 64;
/// Most views that a column is followed through.
const MOST_VIEWS: usize = 64;

/// What exposed views show of tables.
pub(super) struct Shown<'v> {
    views: Vec<(&'v View, Columns<'v>)>,
    /// The views that show something of a table, by its oid.
    by_table: HashMap<u32, Vec<usize>>,
}

/// The view's columns that show a table's column.
type Columns<'v> = BTreeMap<(u32, i16), Vec<&'v str>>;

impl<'v> Shown<'v> {
    /// Follows the columns of every exposed view down to tables.
    pub(super) fn of(views: &'v [View]) -> Self {
        let passed: HashMap<(u32, i16), (u32, i16)> = views
            .iter()
            .flat_map(|view| {
                view.origins.iter().map(|origin| ((view.oid, origin.column), (origin.relation, origin.number)))
            })
            .collect();
        let mut shown = Self { views: Vec::new(), by_table: HashMap::new() };
        for view in views.iter().filter(|view| view.exposed) {
            let mut columns = Columns::new();
            for (number, name) in (1..).zip(&view.columns) {
                let steps = std::iter::successors(passed.get(&(view.oid, number)), |at| passed.get(*at));
                if let Some(end) = steps.take(MOST_VIEWS).last() {
                    columns.entry(*end).or_default().push(name.as_str());
                }
            }
            let place = shown.views.len();
            for (table, _) in columns.keys() {
                let places = shown.by_table.entry(*table).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
            shown.views.push((view, columns));
        }
        shown
    }

    /// Every view that shows all of these columns of a table, with the names it has for them; one entry for each way.
    fn all(&self, table: u32, numbers: &[i16]) -> Vec<(&'v View, Vec<String>)> {
        let places = self.by_table.get(&table).map(Vec::as_slice).unwrap_or_default();
        let views = places.iter().filter_map(|place| self.views.get(*place));
        views.flat_map(|(view, columns)| ways(columns, table, numbers).into_iter().map(|way| (*view, way))).collect()
    }

    /// The primary key of each view that shows one: the keys of all its tables together, each column once.
    pub(super) fn primary_keys(&self, tables: &HashMap<u32, Vec<i16>>) -> Vec<(&'v View, Vec<String>)> {
        let of = |columns: &Columns<'v>| {
            let mut shown: Vec<u32> = columns.keys().map(|(table, _)| *table).collect();
            shown.dedup();
            let keys = shown.iter().filter_map(|table| Some((*table, tables.get(table)?)));
            keys.filter_map(|(table, numbers)| ways(columns, table, numbers).into_iter().next()).flatten().collect()
        };
        self.views.iter().map(|(view, columns)| (*view, of(columns))).collect()
    }
}

/// Every way in which columns of a view stand for these columns of a table.
fn ways(columns: &Columns<'_>, table: u32, numbers: &[i16]) -> Vec<Vec<String>> {
    let mut ways = vec![Vec::with_capacity(numbers.len())];
    for number in numbers {
        let names = columns.get(&(table, *number)).map(Vec::as_slice).unwrap_or_default();
        ways = ways
            .iter()
            .flat_map(|way: &Vec<String>| {
                names.iter().map(|name| way.iter().cloned().chain([(*name).to_owned()]).collect())
            })
            .take(MOST_WAYS)
            .collect();
    }
    ways
}

/// The exposed relations that a hidden table relates with others.
pub(super) fn hidden_links(keys: &[Key], shown: &Shown<'_>, schemas: &[&str]) -> BTreeSet<(String, String)> {
    let is_exposed = |schema: &String| schemas.contains(&schema.as_str());
    let mut reached: HashMap<u32, Vec<&Key>> = HashMap::new();
    for key in keys.iter().filter(|key| !is_exposed(&key.key.schema)) {
        reached.entry(key.relation).or_default().push(key);
    }
    let between = reached.into_values().filter(|keys| keys.len() > 1).flatten();
    between
        .flat_map(|Key { target_relation, target_numbers, key, .. }| {
            let views = shown.all(*target_relation, target_numbers).into_iter();
            let tables = std::iter::once((&key.target_schema, &key.target)).filter(|(schema, _)| is_exposed(schema));
            tables.chain(views.map(|(view, _)| (&view.schema, &view.name)))
        })
        .map(|(schema, name)| (schema.clone(), name.clone()))
        .collect()
}

/// The foreign keys between exposed relations: those of tables, and those that views pass on at either end or at both.
pub(super) fn foreign_keys(keys: Vec<Key>, shown: &Shown<'_>, schemas: &[&str]) -> Vec<ForeignKey> {
    let is_exposed = |schema: &String| schemas.contains(&schema.as_str());
    let mut all = Vec::with_capacity(keys.len());
    for Key { relation, numbers, target_relation, target_numbers, key } in keys {
        let from = shown.all(relation, &numbers);
        let to = shown.all(target_relation, &target_numbers);
        for (view, columns) in &from {
            let leaving = leaving(&key, view, columns);
            all.extend(to.iter().map(|(view, columns)| reaching(&leaving, view, columns)));
            if is_exposed(&key.target_schema) {
                all.push(leaving);
            }
        }
        if is_exposed(&key.schema) {
            all.extend(to.iter().map(|(view, columns)| reaching(&key, view, columns)));
            if is_exposed(&key.target_schema) {
                all.push(key);
            }
        }
    }
    all
}

/// The key, leaving a view instead of its table.
fn leaving(key: &ForeignKey, view: &View, columns: &[String]) -> ForeignKey {
    ForeignKey { schema: view.schema.clone(), relation: view.name.clone(), columns: columns.to_vec(), ..key.clone() }
}

/// The key, reaching a view instead of its table.
fn reaching(key: &ForeignKey, view: &View, columns: &[String]) -> ForeignKey {
    ForeignKey {
        target_schema: view.schema.clone(),
        target: view.name.clone(),
        target_columns: columns.to_vec(),
        ..key.clone()
    }
}
