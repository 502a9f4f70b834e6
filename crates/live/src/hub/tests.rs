//! Claims about who receives what.

use bytes::Bytes;
use schema::{ChangeColumn, Row, Value};
use serde_json::{Value as Json, json};

use super::*;

const A: &str = "00000000-0000-0000-0000-00000000000a";
const B: &str = "00000000-0000-0000-0000-00000000000b";

fn catalog() -> Catalog {
    let column = |name: &str, type_name: &str| {
        json!({
            "name": name, "type_name": type_name, "sql_type": type_name, "nullable": true, "has_default": false,
            "default_sql": null, "generated": false, "search": false, "search_sources": [], "enum_values": [],
            "max_length": null, "comment": null
        })
    };
    let relation = |name: &str| {
        json!({
            "oid": 1, "schema": "public", "name": name, "kind": "Table",
            "columns": [column("workspace_id", "uuid"), column("id", "int4"), column("name", "text")],
            "primary_key": ["workspace_id", "id"], "unique_keys": [], "row_security": true,
            "insertable": true, "updatable": true, "deletable": true, "comment": null
        })
    };
    serde_json::from_value(json!({
        "schemas": ["public"], "relations": [relation("contacts"), relation("tags")], "foreign_keys": [], "functions": []
    }))
    .unwrap()
}

fn row(workspace_id: &str, id: u32, name: &str) -> Row {
    let text = |text: &str| Value::Text(Bytes::copy_from_slice(text.as_bytes()));
    Row { values: vec![text(workspace_id), text(&id.to_string()), text(name)] }
}

fn change(table: &str, op: Op) -> Change {
    let columns = [("workspace_id", 2950), ("id", 23), ("name", 25)].map(|(name, type_oid)| ChangeColumn {
        name: name.into(),
        type_oid,
        key: true,
    });
    Change { schema: "public".into(), table: table.into(), oid: 1, columns: Arc::new(columns), op }
}

fn insert(table: &str, workspace_id: &str, id: u32, name: &str) -> Change {
    change(table, Op::Insert { new: row(workspace_id, id, name) })
}

fn transaction(changes: Vec<Change>) -> Transaction {
    Transaction { xid: 1, commit_lsn: Lsn(5), end_lsn: Lsn(6), commit_time_us: 0, changes }
}

fn binding(id: u64, interest: Interest, table: Option<&str>, filter: &str) -> Binding {
    let catalog = catalog();
    let filter = table.map_or_else(Filter::default, |table| {
        Filter::parse(filter, catalog.relation("public", table).unwrap()).unwrap()
    });
    Binding { id, interest, schema: Some("public".into()), table: table.map(str::to_owned), filter, columns: None }
}

fn reader(workspace_id: &str) -> Reader {
    Reader { workspace_id: workspace_id.into() }
}

/// Who received which binding ids with which record.
fn publish(hub: &mut Hub<&'static str>, changes: Vec<Change>) -> Vec<(&'static str, Vec<u64>, Json)> {
    let mut seen = Vec::new();
    hub.publish(&catalog(), &transaction(changes), |handle, delivery| match delivery {
        Delivery::Change { data, ids } => {
            let data: Json = serde_json::from_str(data.as_str()).unwrap();
            seen.push((*handle, ids.to_vec(), data["record"]["id"].clone()));
        }
        Delivery::Resync => seen.push((*handle, Vec::new(), json!("resync"))),
    });
    seen
}

#[test]
fn two_workspaces_never_see_each_others_rows() {
    let mut hub = Hub::default();
    hub.register(reader(A), vec![binding(1, Interest::All, Some("contacts"), "")], "ann");
    hub.register(reader(B), vec![binding(1, Interest::All, None, "")], "bob");
    let seen = publish(&mut hub, vec![insert("contacts", A, 1, "x"), insert("contacts", B, 2, "y")]);
    assert_eq!(seen, [("ann", vec![1], json!(1)), ("bob", vec![1], json!(2))]);
}

#[test]
fn a_delete_is_judged_on_the_whole_old_row() {
    let mut hub = Hub::default();
    hub.register(reader(A), vec![binding(1, Interest::Delete, Some("contacts"), "name=eq.x")], "ann");
    hub.register(reader(B), vec![binding(1, Interest::Delete, Some("contacts"), "")], "bob");
    let gone = |id, name| change("contacts", Op::Delete { old: row(A, id, name) });
    let seen = publish(&mut hub, vec![gone(1, "x"), gone(2, "y")]);
    assert_eq!(seen, [("ann", vec![1], Json::Null)]);
}

#[test]
fn a_row_that_moves_out_of_sight_is_not_sent() {
    let mut hub = Hub::default();
    hub.register(reader(A), vec![binding(1, Interest::All, Some("contacts"), "")], "ann");
    let moved = change("contacts", Op::Update { old: Some(row(A, 1, "x")), new: row(B, 1, "x") });
    assert_eq!(publish(&mut hub, vec![moved]), []);
}

#[test]
fn one_message_answers_all_matching_bindings() {
    let mut hub = Hub::default();
    let bindings = vec![
        binding(1, Interest::All, Some("contacts"), ""),
        binding(2, Interest::Insert, Some("contacts"), "id=gt.5"),
        binding(3, Interest::Update, Some("contacts"), ""),
        binding(4, Interest::Insert, None, ""),
    ];
    hub.register(reader(A), bindings, "ann");
    let seen = publish(&mut hub, vec![insert("contacts", A, 6, "x"), insert("tags", A, 1, "t")]);
    assert_eq!(seen, [("ann", vec![1, 2, 4], json!(6)), ("ann", vec![4], json!(1))]);
}

#[test]
fn a_relation_outside_the_catalog_never_leaves() {
    let mut hub = Hub::default();
    let everything = Binding { schema: None, ..binding(1, Interest::All, None, "") };
    hub.register(reader(A), vec![everything], "ann");
    let secret = Change { schema: "auth".into(), ..insert("contacts", A, 1, "x") };
    assert_eq!(publish(&mut hub, vec![secret, insert("unknown", A, 2, "x")]), []);
}

#[test]
fn who_leaves_receives_nothing_more() {
    let mut hub = Hub::default();
    let ticket = hub.register(reader(A), vec![binding(1, Interest::All, Some("contacts"), "")], "ann");
    hub.unregister(ticket);
    assert_eq!(publish(&mut hub, vec![insert("contacts", A, 1, "x")]), []);
    assert!(hub.is_empty() && hub.interests.is_empty());
    assert_eq!(hub.position(), Lsn(6));
}

#[test]
fn a_gap_concerns_everybody_and_a_large_change_only_its_table() {
    let mut hub = Hub::default();
    hub.register(reader(A), vec![binding(1, Interest::All, Some("contacts"), "")], "ann");
    hub.register(reader(B), vec![binding(1, Interest::All, None, "")], "bob");
    hub.register(reader(B), vec![binding(1, Interest::All, Some("tags"), "")], "tom");
    let told = |tables: Option<&[(Arc<str>, Arc<str>)]>| {
        let mut told = Vec::new();
        hub.resync(tables, |handle| told.push(*handle));
        told.sort_unstable();
        told
    };
    assert_eq!(told(None), ["ann", "bob", "tom"]);
    assert_eq!(told(Some(&[("public".into(), "contacts".into())])), ["ann", "bob"]);
}

#[test]
fn a_crowd_of_changes_is_told_as_one_to_its_own_workspace() {
    let mut hub = Hub::default();
    hub.register(reader(A), vec![binding(1, Interest::All, Some("contacts"), "id=eq.1")], "ann");
    hub.register(reader(A), vec![binding(1, Interest::All, Some("tags"), "")], "tom");
    hub.register(reader(B), vec![binding(1, Interest::All, Some("contacts"), "")], "bob");
    let mut changes: Vec<Change> = (0..=100).map(|id| insert("contacts", A, id, "x")).collect();
    changes.push(insert("contacts", B, 7, "y"));
    changes.push(Change { oid: 2, ..insert("tags", A, 8, "z") });
    let seen = publish(&mut hub, changes);
    assert_eq!(seen, [("ann", vec![], json!("resync")), ("bob", vec![1], json!(7)), ("tom", vec![1], json!(8))]);
}

#[test]
fn receivers_of_the_same_columns_share_the_bytes() {
    let mut hub = Hub::default();
    for name in ["ann", "amy"] {
        hub.register(reader(A), vec![binding(1, Interest::All, Some("contacts"), "")], name);
    }
    let mut addresses = Vec::new();
    hub.publish(&catalog(), &transaction(vec![insert("contacts", A, 1, "x")]), |_, delivery| {
        let Delivery::Change { data, .. } = delivery else { return };
        addresses.push(data.as_bytes().as_ptr());
    });
    assert!(addresses.len() == 2 && addresses[0] == addresses[1]);
}
