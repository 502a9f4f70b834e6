//! What the product asks, asked of a workspace that is large: no list, search or page reads a whole table.

use std::collections::BTreeSet;

use bytes::Bytes;
use query::request::accept::Accept;
use query::request::prefer;
use query::{Access, Options, Plan, ReadRequest, Verb, WriteRequest, plan_read, plan_write};
use serde_json::Value;
use server::pg::{self, Identity, Request, Statement};
use uuid::Uuid;

use crate::support::{Server, owner_of};

/// Tables that grow with the business.
const LARGE: [&str; 6] =
    ["contacts", "organizations", "opportunities", "activities", "opportunity_contacts", "opportunity_items"];

/// The reads of the web app and of anybody who follows docs/api.md. `{id}` is some record's id, `{user}` the caller's.
const READS: &[&str] = &[
    // Contacts: the list in each order it offers, narrowed, searched.
    "contacts?select=*,organization:organizations(id,name)&deleted_at=is.null&order=created_at.desc,id.desc&limit=100",
    "contacts?select=*&deleted_at=is.null&order=created_at.desc,id.desc&limit=100&offset=20000",
    "contacts?select=*&deleted_at=is.null&order=created_at,id&limit=100",
    "contacts?select=*&deleted_at=is.null&order=updated_at.desc,id.desc&limit=100",
    "contacts?select=*&deleted_at=is.null&order=last_name,first_name,id&limit=100",
    "contacts?select=*&deleted_at=is.null&order=last_name.desc,first_name.desc,id.desc&limit=100&offset=10000",
    "contacts?select=*&deleted_at=is.null&assigned_user_id=eq.{user}&order=created_at.desc,id.desc&limit=100",
    "contacts?select=*&deleted_at=is.null&organization_id=eq.{id}&order=created_at.desc&limit=100",
    "contacts?select=*&deleted_at=is.null&search_text=ilike.*smith*&order=created_at.desc,id.desc&limit=100",
    "contacts?select=*&deleted_at=is.null&search_text=ilike.*sm*&order=last_name,first_name,id&limit=100",
    "contacts?select=*,organization:organizations!inner(id,name,status)&deleted_at=is.null\
     &or=(first_name.ilike.*ann*,last_name.ilike.*ann*,email.ilike.*ann*)&organization_id=eq.{id}&order=created_at.desc&limit=100",
    "contacts?select=*&id=eq.{id}",
    "contacts?select=id,first_name&id=in.({id},{user})",
    // Organizations.
    "organizations?select=*&deleted_at=is.null&order=name,id&limit=100",
    "organizations?select=*&deleted_at=is.null&order=name.desc,id.desc&limit=100",
    "organizations?select=*&deleted_at=is.null&order=created_at.desc,id.desc&limit=100",
    "organizations?select=*&deleted_at=is.null&order=updated_at.desc,id.desc&limit=100",
    "organizations?select=*&deleted_at=is.null&order=annual_revenue.desc.nullslast,id.desc&limit=100",
    "organizations?select=*&deleted_at=is.null&assigned_user_id=eq.{user}&order=created_at.desc&limit=100",
    "organizations?select=*&deleted_at=is.null&search_text=ilike.*corp*&order=updated_at.desc&limit=8",
    "organizations?select=*&parent_id=eq.{id}&deleted_at=is.null&order=name&limit=100",
    // Opportunities: list, board, an organization's, a contact's.
    "opportunities?select=*&deleted_at=is.null&order=created_at.desc,id.desc&limit=100",
    "opportunities?select=*&deleted_at=is.null&order=updated_at.desc,id.desc&limit=100",
    "opportunities?select=*&deleted_at=is.null&order=name,id&limit=100",
    "opportunities?select=*&deleted_at=is.null&order=amount.desc,id.desc&limit=100",
    "opportunities?select=*&deleted_at=is.null&order=expected_close_date,id&limit=100",
    "opportunities?select=*,organization:organizations(name)&deleted_at=is.null&stage_id=eq.{stage}&order=board_position,id&limit=51",
    "opportunities?select=*&organization_id=eq.{id}&deleted_at=is.null&order=created_at.desc&limit=100",
    "opportunities?select=*&deleted_at=is.null&assigned_user_id=eq.{user}&order=created_at.desc&limit=100",
    "opportunities?select=*&deleted_at=is.null&search_text=ilike.*renewal*&order=updated_at.desc&limit=8",
    "opportunity_contacts?select=*,contact:contacts(id,first_name,last_name)&opportunity_id=eq.{id}",
    "opportunity_contacts?select=opportunity:opportunities!inner(*)&contact_id=eq.{id}&opportunity.deleted_at=is.null&limit=200",
    "opportunity_items?select=*&opportunity_id=eq.{id}&deleted_at=is.null&order=position&limit=500",
    // Activities: timelines and what is due.
    "activities?select=*&contact_id=eq.{id}&deleted_at=is.null&order=occurred_at.desc,id.desc&limit=31",
    "activities?select=*&organization_id=eq.{id}&deleted_at=is.null&order=occurred_at.desc,id.desc&limit=31",
    "activities?select=*&opportunity_id=eq.{id}&deleted_at=is.null&order=occurred_at.desc,id.desc&limit=31",
    "activities?select=*&deleted_at=is.null&order=occurred_at.desc,id.desc&limit=51",
    "activities?select=*&deleted_at=is.null&assigned_user_id=eq.{user}&done_at=is.null&due_on=not.is.null&order=due_on,due_at,id&limit=51",
    "activities?select=*&deleted_at=is.null&done_at=is.null&due_on=eq.2026-11-24&order=due_on,due_at,id&limit=51",
    "activities?select=*&deleted_at=is.null&done_at=is.null&due_on=lt.2026-11-24&order=due_on,due_at,id&limit=51",
];

/// The writes of the web app.
const WRITES: &[(Verb, &str, &str)] = &[
    (Verb::Update, "contacts?id=eq.{id}&select=*", r#"{"job_title":"x"}"#),
    (Verb::Update, "contacts?id=in.({id},{user})", r#"{"deleted_at":"2026-01-01"}"#),
    (Verb::Update, "opportunities?id=eq.{id}&select=*", r#"{"stage_id":"{stage}","board_position":"a1"}"#),
    (Verb::Update, "activities?id=eq.{id}&select=*", r#"{"done_at":"2026-01-01"}"#),
    (Verb::Delete, "organizations?id=eq.{id}", ""),
];

#[tokio::test]
async fn no_request_of_the_product_reads_a_whole_large_table() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    let identity = owner_of(&acme);
    let record = nth(7);
    let filled = |text: &str| {
        text.replace("{id}", &record.to_string())
            .replace("{user}", &acme.owner.to_string())
            .replace("{stage}", &acme.stages[0].to_string())
    };
    let catalog = server.app.catalog();
    let prefer = prefer::parse(&[], &BTreeSet::new()).unwrap();
    let mut plans: Vec<(String, Plan)> = Vec::new();
    for read in READS {
        let read = filled(read);
        let (relation, query) = read.split_once('?').unwrap();
        let request = ReadRequest {
            schema: "public",
            relation,
            query,
            prefer: &prefer,
            accept: &Accept::default(),
            range: None,
            head: false,
            options: Options::default(),
        };
        plans.push((read.clone(), plan_read(&catalog, &request).unwrap()));
    }
    for (verb, write, body) in WRITES {
        let (write, body) = (filled(write), filled(body));
        let (relation, query) = write.split_once('?').unwrap();
        let request = WriteRequest {
            verb: *verb,
            schema: "public",
            relation,
            query,
            prefer: &prefer,
            accept: &Accept::default(),
            content_type: None,
            body: body.as_bytes(),
            options: Options::default(),
        };
        plans.push((write.clone(), plan_write(&catalog, &request).unwrap()));
    }
    let mut bad = Vec::new();
    for (name, plan) in &plans {
        if let Some(probe) = &plan.probe {
            let mut params: Vec<Option<Bytes>> =
                probe.narrowed_params.iter().map(|param| param.clone().map(Bytes::from)).collect();
            params[0] = Some(Bytes::from(format!("{{{record}}}")));
            bad.extend(scans(&server, &identity, plan.access, name, &probe.narrowed_sql, &params).await);
            // The statement without ids runs only when thousands match; it then walks the sort index until it has enough,
            // which a table of this size does not make worth while.
            continue;
        }
        let params: Vec<Option<Bytes>> = plan.params.iter().map(|param| param.clone().map(Bytes::from)).collect();
        bad.extend(scans(&server, &identity, plan.access, name, &plan.sql, &params).await);
    }
    let metrics = include_str!("../../src/dashboard/sql/metrics.sql");
    let params = [Some(Bytes::from(acme.id.to_string())), Some(Bytes::from(acme.owner.to_string())), None];
    bad.extend(scans(&server, &identity, Access::Read, "dashboard", metrics, &params).await);
    assert!(bad.is_empty(), "whole tables are read:\n{}", bad.join("\n"));
}

/// What comes after a row of a list, in each order that lists offer and an index keeps.
const WINDOWS: &[&str] = &[
    "contacts?select=id,email&deleted_at=is.null&order=last_name,first_name,id&limit=100&or=(last_name.gt.Last5,and(last_name.eq.Last5,first_name.gt.First9),and(last_name.eq.Last5,first_name.eq.First9,id.gt.{id}))",
    "contacts?select=*&deleted_at=is.null&order=last_name.desc,first_name.desc,id.desc&limit=100&or=(last_name.lt.Last5,and(last_name.eq.Last5,first_name.lt.First9),and(last_name.eq.Last5,first_name.eq.First9,id.lt.{id}))",
    "contacts?select=*,organization:organizations(name)&deleted_at=is.null&order=created_at.desc,id.desc&limit=100&or=(created_at.lt.2026-01-01,and(created_at.eq.2026-01-01,id.lt.{id}))",
    "organizations?select=*&deleted_at=is.null&order=updated_at.desc,id.desc&limit=100&or=(updated_at.lt.2026-01-01,and(updated_at.eq.2026-01-01,id.lt.{id}))",
    "organizations?select=*&deleted_at=is.null&order=name,id&limit=100&or=(name.gt.Org 4,and(name.eq.Org 4,id.gt.{id}))",
    "opportunities?select=*&deleted_at=is.null&order=expected_close_date,id&limit=100&or=(expected_close_date.gt.2026-01-01,and(expected_close_date.eq.2026-01-01,id.gt.{id}))",
    "activities?select=*&deleted_at=is.null&order=occurred_at.desc,id.desc&limit=100&or=(occurred_at.lt.2026-01-01,and(occurred_at.eq.2026-01-01,id.lt.{id}))",
    // Of two directions the first bounds the walk.
    "contacts?select=*&deleted_at=is.null&order=created_at.desc,id&limit=100&or=(created_at.lt.2026-01-01,and(created_at.eq.2026-01-01,id.gt.{id}))",
];

#[tokio::test]
async fn a_window_starts_in_the_index_at_any_depth() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    let identity = owner_of(&acme);
    let catalog = server.app.catalog();
    let prefer = prefer::parse(&[], &BTreeSet::new()).unwrap();
    for window in WINDOWS {
        let (relation, query) = window.split_once('?').unwrap();
        let request = ReadRequest {
            schema: "public",
            relation,
            query: &query.replace("{id}", &nth(7).to_string()),
            prefer: &prefer,
            accept: &Accept::default(),
            range: None,
            head: false,
            options: Options::default(),
        };
        let plan = plan_read(&catalog, &request).unwrap();
        let params: Vec<Option<Bytes>> = plan.params.iter().map(|param| param.clone().map(Bytes::from)).collect();
        let mut starts = Vec::new();
        walk(&explain(&server, &identity, plan.access, window, &plan.sql, &params).await, &mut |node| {
            starts.extend(node["Index Cond"].as_str().map(str::to_owned));
        });
        let key = query.split("or=(").nth(1).unwrap().split('.').next().unwrap();
        let first = starts.iter().find(|condition| condition.contains(key));
        assert!(first.is_some_and(|condition| condition.contains(['<', '>'])), "{window}: {starts:?}");
    }
}

/// The large tables that a statement would read whole.
pub(crate) async fn scans(
    server: &Server,
    identity: &Identity,
    access: Access,
    name: &str,
    sql: &str,
    params: &[Option<Bytes>],
) -> Vec<String> {
    let mut found = Vec::new();
    walk(&explain(server, identity, access, name, sql, params).await, &mut |node| {
        let table = node["Relation Name"].as_str().unwrap_or_default();
        if node["Node Type"] == "Seq Scan" && LARGE.contains(&table) {
            found.push(format!("{table}: {name}"));
        }
    });
    found
}

/// How a statement would run.
async fn explain(
    server: &Server,
    identity: &Identity,
    access: Access,
    name: &str,
    sql: &str,
    params: &[Option<Bytes>],
) -> Value {
    let request = Request {
        identity,
        access: if access == Access::Read { pg::Access::Read } else { pg::Access::Write },
        method: "GET",
        path: "/",
        headers: "{}".into(),
        search_path: "public, extensions",
        timeout_ms: 5000,
        timezone: None,
        usage: None,
    };
    let explain = format!("explain (format json) {sql}");
    let rows = server.app.pg.run(&request, &[Statement { name, sql: &explain, params }]).await;
    let rows = rows.unwrap_or_else(|error| panic!("{name}: {error}"));
    let text: Vec<u8> = rows[0].rows.iter().flat_map(|row| row[0].clone().unwrap()).collect();
    serde_json::from_slice(&text).unwrap()
}

fn walk(plan: &Value, visit: &mut impl FnMut(&Value)) {
    match plan {
        Value::Array(list) => list.iter().for_each(|part| walk(part, visit)),
        Value::Object(fields) => {
            visit(plan);
            fields.values().for_each(|part| walk(part, visit));
        }
        _ => {}
    }
}

fn nth(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// Thousands of records, their triggers left out for speed.
pub(crate) async fn fill(server: &Server, workspace: Uuid, pipeline: Uuid, stages: &[Uuid]) {
    let client = server.db.client().await.unwrap();
    let stages = stages.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
    let id = "lpad(to_hex(n), 32, '0')::uuid";
    client
        .batch_execute(&format!(
            "set session_replication_role = replica;
             insert into public.organizations (workspace_id, id, name, created_at)
               select '{workspace}', {id}, 'Org ' || n, now() - n * interval '1 hour' from generate_series(1, 5000) n;
             insert into public.contacts (workspace_id, id, first_name, last_name, organization_id, created_at)
               select '{workspace}', {id}, 'First' || n, 'Last' || n % 977, lpad(to_hex(n % 5000 + 1), 32, '0')::uuid,
                 now() - n * interval '1 minute' from generate_series(1, 25000) n;
             insert into public.opportunities (workspace_id, id, name, organization_id, pipeline_id, stage_id, status, probability_percent,
                 amount, closed_at, created_at)
               select '{workspace}', {id}, 'Deal ' || n, lpad(to_hex(n % 5000 + 1), 32, '0')::uuid, '{pipeline}',
                 (array[{stages}]::uuid[])[n % 6 + 1], (array['open','open','open','open','won','lost'])[n % 6 + 1], 50, n,
                 case when n % 6 > 3 then now() - n * interval '1 hour' end, now() - n * interval '1 hour'
               from generate_series(1, 12000) n;
             insert into public.opportunity_contacts (workspace_id, opportunity_id, contact_id)
               select '{workspace}', {id}, {id} from generate_series(1, 12000) n;
             insert into public.opportunity_items (workspace_id, opportunity_id, name)
               select '{workspace}', {id}, 'Item' from generate_series(1, 12000) n;
             insert into public.activities (workspace_id, type, subject, occurred_at, due_on, done_at, contact_id, organization_id, opportunity_id)
               select '{workspace}', 'call', 'Call ' || n, now() - n * interval '1 minute', current_date - n % 900,
                 case when n % 20 > 0 then now() end, {id}, lpad(to_hex(n % 5000 + 1), 32, '0')::uuid, lpad(to_hex(n % 12000 + 1), 32, '0')::uuid
               from generate_series(1, 25000) n;"
        ))
        .await
        .unwrap();
    client.batch_execute("vacuum analyze").await.unwrap();
}
