//! The list of contacts as the web app asks for it, and the ceilings of what planning it may cost.

use std::collections::BTreeSet;

use query::request::{accept, prefer};
use query::{Options, ReadRequest};

const LIST: &str = "select=id,first_name,last_name,email,phones,organization:organizations(id,name)\
    &deleted_at=is.null&order=created_at.desc.nullslast,id.desc&limit=50&offset=50";

/// Hands on the request.
pub(crate) fn with_request<T>(work: impl FnOnce(&ReadRequest<'_>) -> T) -> T {
    let prefer = prefer::parse(&["count=planned"], &BTreeSet::new()).unwrap();
    let accept = accept::parse(None);
    work(&ReadRequest {
        schema: "public",
        relation: "contacts",
        query: LIST,
        prefer: &prefer,
        accept: &accept,
        range: None,
        head: false,
        options: Options::default(),
    })
}

/// The floor of a budget in bench/budgets.toml.
pub(crate) fn ceiling(name: &str) -> u64 {
    let budgets = include_str!("../../../../bench/budgets.toml");
    let line = budgets.lines().find(|line| line.starts_with(name)).unwrap();
    let floor = line.split_once("floor = ").unwrap().1;
    floor.split([',', ' ', '}']).next().unwrap().replace('_', "").parse().unwrap()
}
