//! Claims about rows of other workspaces, judged against row-level security.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use server::pg::{Access, Identity, Request, Statement};
use testdb::Workspace;

use super::Live;

/// Filters as sockets take them, beside what they mean in SQL.
const FILTERS: &[(&str, &str)] = &[
    ("", "true"),
    ("city=eq.Oslo", "city = 'Oslo'"),
    ("city=neq.Oslo", "city <> 'Oslo'"),
    ("city=not.eq.Oslo", "not city = 'Oslo'"),
    ("city=is.null", "city is null"),
    ("city=in.(Oslo,\"São, Paulo\")", "city in ('Oslo', 'São, Paulo')"),
    ("first_name=like.A%", "first_name like 'A%'"),
    ("first_name=ilike.*n*,do_not_contact=is.false", "first_name ilike '%n%' and do_not_contact is false"),
    ("created_at=gte.2024-06-01T00:00:00Z", "created_at >= '2024-06-01T00:00:00Z'"),
    ("created_at=lt.2024-06-01T02:00:00+02:00", "created_at < '2024-06-01T02:00:00+02:00'"),
    ("city=isdistinct.Oslo", "city is distinct from 'Oslo'"),
    ("do_not_contact=eq.true", "do_not_contact = true"),
];

/// A stream of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_admits_exactly_the_rows_that_row_level_security_shows() {
    let live = Live::start().await;
    let globex = live.server.db.workspace("Globex").await.unwrap();
    let wanted =
        |filter: &str| json!([{ "event": "INSERT", "schema": "public", "table": "contacts", "filter": filter }]);
    let mut sockets = Vec::new();
    for (place, (filter, condition)) in FILTERS.iter().enumerate() {
        let workspace = if place % 2 == 0 { &live.acme } else { &globex };
        for workspace in [workspace, &globex] {
            let socket = live.subscribed(workspace.viewer, &format!("c{place}"), wanted(filter)).await;
            sockets.push((socket, workspace, *condition));
        }
    }
    let mut dice = Dice(42);
    let writer = live.server.db.client().await.unwrap();
    let insert = "insert into public.contacts (workspace_id, first_name, city, do_not_contact, created_at)
        values ($1, $2, $3, $4, $5::text::timestamptz)";
    for _ in 0..120 {
        let workspace_id = [live.acme.id, globex.id][dice.roll(2)];
        let first_name = ["Ann", "ann", "Bob", "Ängel", "N"][dice.roll(5)];
        let city = [None, Some("Oslo"), Some("São, Paulo"), Some("oslo"), Some("")][dice.roll(5)];
        let created_at =
            ["2024-05-31 23:59:59.999999+00", "2024-06-01 00:00:00+00", "2024-06-01 01:00:00+02"][dice.roll(3)];
        let blocked = dice.roll(2) == 0;
        writer.execute(insert, &[&workspace_id, &first_name, &city, &blocked, &created_at]).await.unwrap();
    }
    for (socket, workspace, condition) in &mut sockets {
        let expected = select(&live, workspace, condition).await;
        let mut seen = BTreeSet::new();
        while seen.len() < expected.len() {
            seen.insert(socket.change().await["record"]["id"].as_str().unwrap().to_owned());
        }
        assert_eq!(seen, expected, "{condition}");
        assert_eq!(socket.all_within(Duration::from_millis(20)).await, [], "{condition}");
    }
}

/// The ids that the workspace's viewer reads under row-level security.
async fn select(live: &Live, workspace: &Workspace, condition: &str) -> BTreeSet<String> {
    let identity = Identity {
        db_role: "rapport_viewer",
        user_id: Some(workspace.viewer),
        workspace_id: Some(workspace.id),
        workspace_role: Some("viewer"),
        claims: Arc::from("{}"),
    };
    let request = Request {
        identity: &identity,
        access: Access::Read,
        method: "GET",
        path: "/",
        headers: "{}".into(),
        search_path: "public",
        timeout_ms: 5000,
        timezone: None,
        usage: None,
    };
    let sql = format!("select id from contacts where {condition}");
    let rows =
        live.server.app.pg.run(&request, &[Statement { name: "visible", sql: &sql, params: &[] }]).await.unwrap();
    let text = |row: &Vec<Option<bytes::Bytes>>| String::from_utf8(row[0].clone().unwrap().to_vec()).unwrap();
    rows[0].rows.iter().map(text).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_published_table_is_told_to_its_own_workspace_only() {
    let live = Live::start().await;
    let globex = live.server.db.workspace("Globex").await.unwrap();
    let everything = json!([{ "event": "*", "schema": "public" }]);
    let mut ours = live.subscribed(live.acme.viewer, "all", everything.clone()).await;
    let mut theirs = live.subscribed(globex.viewer, "all", everything).await;
    let (workspace_id, stage) = (live.acme.id, live.acme.stages[0]);
    live.sql(&format!(
        "begin;
         update public.workspaces set name = 'New' where id = '{workspace_id}';
         update public.memberships set full_name = 'New' where workspace_id = '{workspace_id}' and role = 'owner';
         insert into public.tags (workspace_id, name) values ('{workspace_id}', 'a');
         insert into public.teams (workspace_id, name) values ('{workspace_id}', 'a');
         insert into public.organizations (workspace_id, name) values ('{workspace_id}', 'a');
         insert into public.contacts (workspace_id, first_name) values ('{workspace_id}', 'a');
         insert into public.products (workspace_id, name) values ('{workspace_id}', 'a');
         insert into public.activities (workspace_id, type, subject) values ('{workspace_id}', 'note', 'a');
         insert into public.opportunities (workspace_id, name, stage_id) values ('{workspace_id}', 'a', '{stage}');
         insert into public.imports (workspace_id) values ('{workspace_id}');
         insert into public.custom_fields (workspace_id, table_name, key, label) values ('{workspace_id}', 'contacts', 'a', 'a');
         update public.pipelines set name = 'New' where workspace_id = '{workspace_id}';
         update public.stages set name = 'New' where id = '{stage}';
         insert into public.opportunity_items (workspace_id, opportunity_id, name)
           select workspace_id, id, 'a' from public.opportunities;
         insert into public.opportunity_contacts (workspace_id, opportunity_id, contact_id)
           select o.workspace_id, o.id, c.id from public.opportunities o, public.contacts c;
         commit"
    ))
    .await;
    let mut tables = BTreeSet::new();
    while tables.len() < 15 {
        let data = ours.change().await;
        let tenant =
            if data["table"] == "workspaces" { &data["record"]["id"] } else { &data["record"]["workspace_id"] };
        assert_eq!(tenant, &Value::from(workspace_id.to_string()));
        tables.insert(data["table"].as_str().unwrap().to_owned());
    }
    // Their own news may still come, such as the rows that made their workspace.
    let heard = theirs.all_within(Duration::from_millis(300)).await;
    let ours_among_it = heard.iter().find(|frame| frame.payload.to_string().contains(&workspace_id.to_string()));
    assert_eq!(ours_among_it, None);
}
