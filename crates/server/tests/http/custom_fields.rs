//! Fields of a workspace's own: records are found and sorted by them through indexes that the server makes.

use std::time::{Duration, Instant};

use bytes::Bytes;
use query::Access;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::config::Options;
use server::{changes, custom_fields};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::plans::{fill, scans};
use crate::support::{Server, expect, owner_of};

/// Fields as the API takes them.
async fn define(server: &Server, token: &str, field: Value) -> Value {
    let request = server.post("/rest/v1/custom_fields?select=id", &field).bearer_auth(token);
    expect(request.header("prefer", "return=representation").send().await.unwrap(), StatusCode::CREATED).await
}

/// The definitions of the finished indexes of fields of contacts.
async fn indexes(client: &Client) -> Vec<String> {
    let sql = "select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'public.contacts'::regclass
        and indisvalid and pg_get_indexdef(indexrelid) ~ '_custom_' order by 1";
    client.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Waits for so many of them, in the database and in the server's own view.
async fn becomes(server: &Server, client: &Client, number: usize) {
    let deadline = Instant::now() + Duration::from_secs(120);
    loop {
        let known = server.app.catalog();
        let known = known.relation("public", "contacts").unwrap().indexes.iter();
        let known = known.filter(|index| index.name.contains("_custom_")).count();
        let present = indexes(client).await;
        if present.len() == number && known == number {
            return;
        }
        assert!(Instant::now() < deadline, "{present:?}, {known} known, instead of {number}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn names(server: &Server, token: &str, query: &str) -> Vec<String> {
    let path = format!("/rest/v1/contacts?select=first_name&deleted_at=is.null&{query}");
    let rows = expect(server.get(&path).bearer_auth(token).send().await.unwrap(), StatusCode::OK).await;
    rows.as_array().unwrap().iter().map(|row| row["first_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_new_field_is_indexed_by_itself_and_members_find_and_sort_by_it_in_a_large_table() {
    let server = Server::start_with(Options { max_cost: Some(100), ..Options::default() }).await;
    let acme = server.db.workspace("Acme").await.unwrap();
    fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    let client = server.db.client().await.unwrap();
    let values = "update public.contacts set custom = jsonb_build_object('score', ('x' || right(id::text, 6))::bit(24)::int % 500,
          'plan', 'plan ' || ('x' || right(id::text, 6))::bit(24)::int % 700) where right(id::text, 1) <> '0'";
    client
        .batch_execute(&format!("set session_replication_role = replica; {values}; analyze public.contacts"))
        .await
        .unwrap();
    server.app.reload_catalog().await.unwrap();
    let (owner, member) = (server.token_of(acme.owner).await, server.token_of(acme.member).await);
    let tasks =
        [changes::start(&server.app), changes::keep_definition(&server.app), custom_fields::keep_indexes(&server.app)];
    let refused =
        server.get("/rest/v1/contacts?select=id&deleted_at=is.null&custom->>plan=eq.plan%207").bearer_auth(&member);
    let refused = expect(refused.send().await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(
        refused["hint"],
        "custom->>plan: an administrator can have the field plan indexed (custom_fields.indexed)"
    );

    define(&server, &owner, json!({ "table_name": "contacts", "key": "plan", "label": "Plan", "type": "select" }))
        .await;
    define(&server, &owner, json!({ "table_name": "contacts", "key": "score", "label": "Score", "type": "number" }))
        .await;
    define(&server, &owner, json!({ "table_name": "contacts", "key": "story", "label": "Story", "type": "text" }))
        .await;
    becomes(&server, &client, 4).await;

    // What members could not ask before: by value, by range, sorted either way, with those without a value last.
    assert!(names(&server, &member, "custom->>plan=eq.plan%207").await.len() > 20);
    let both = names(&server, &member, "custom->>plan=in.(plan%207,plan%208)&order=created_at.desc&limit=500").await;
    assert!(both.len() > 50, "{both:?}");
    let score = "select first_name from public.contacts where workspace_id = $1 and deleted_at is null";
    let truth = async |rest: &str| -> Vec<String> {
        client.query(&format!("{score} {rest}"), &[&acme.id]).await.unwrap().iter().map(|row| row.get(0)).collect()
    };
    assert_eq!(
        names(&server, &member, "custom->score=gte.498&order=custom->score.desc.nullslast,id.desc&limit=50").await,
        truth("and (custom->>'score')::int >= 498 order by (custom->>'score')::int desc, id desc limit 50").await,
        "numbers sort as numbers"
    );
    for (order, by) in [
        ("custom->score.desc.nullslast,id.desc", "(custom->>'score')::int desc nulls last, id desc"),
        ("custom->score,id", "(custom->>'score')::int, id"),
        ("custom->>plan,id", "custom->>'plan', id"),
        ("custom->>plan.desc.nullslast,id.desc", "custom->>'plan' desc nulls last, id desc"),
    ] {
        let read = format!("order={order}&limit=20");
        assert_eq!(names(&server, &member, &read).await, truth(&format!("order by {by} limit 20")).await, "{order}");
    }
    let identity = owner_of(&acme);
    let ordered = "select id from public.contacts where deleted_at is null order by left(custom ->> 'plan', 500) desc nulls last, id desc limit 20";
    let whole = scans(&server, &identity, Access::Read, "by plan", ordered, &[]).await;
    assert!(whole.is_empty(), "{whole:?}");

    // Going on from the last row, page by page, meets every row with a value once and in order.
    let mut walked: Vec<Uuid> = Vec::new();
    let mut window = String::new();
    loop {
        let path = format!(
            "/rest/v1/contacts?select=id,score:custom->score&deleted_at=is.null&order=custom->score.desc.nullslast,id.desc&limit=1000{window}"
        );
        let page = expect(server.get(&path).bearer_auth(&member).send().await.unwrap(), StatusCode::OK).await;
        let page: Vec<_> = page.as_array().unwrap().iter().filter(|row| !row["score"].is_null()).cloned().collect();
        let Some(last) = page.last() else { break };
        let (score, id) = (&last["score"], last["id"].as_str().unwrap());
        window = format!("&or=(custom->score.lt.{score},and(custom->score.eq.{score},id.lt.{id}))");
        walked.extend(page.iter().map(|row| row["id"].as_str().unwrap().parse::<Uuid>().unwrap()));
    }
    let rows = "select id from public.contacts where workspace_id = $1 and custom ? 'score' order by (custom->>'score')::int desc, id desc";
    let rows = client.query(rows, &[&acme.id]).await.unwrap();
    assert!(rows.len() > 20_000, "{}", rows.len());
    assert!(
        walked.iter().eq(rows.iter().map(|row| row.get::<_, Uuid>(0)).collect::<Vec<_>>().iter()),
        "{}",
        walked.len()
    );

    // A text beyond what an index holds is no problem for whoever writes it.
    let long = "ä".repeat(9000);
    let body = json!({ "first_name": "Long", "last_name": "Story", "custom": { "plan": long } });
    let born = server.post("/rest/v1/contacts", &body).bearer_auth(&member).send().await.unwrap();
    expect(born, StatusCode::CREATED).await;
    let found = names(&server, &member, &format!("custom->>plan=eq.{}", "%C3%A4".repeat(9000))).await;
    assert_eq!(found, ["Long"]);
    assert!(names(&server, &member, &format!("custom->>plan=eq.{}", "%C3%A4".repeat(8999))).await.is_empty());

    // A field that nobody wants indexed any more, and one that is gone.
    let change = |filter: &str, body: Value| {
        let request = server.request(Method::PATCH, &format!("/rest/v1/custom_fields?{filter}")).bearer_auth(&owner);
        request.json(&body).send()
    };
    expect(change("key=eq.plan", json!({ "indexed": false })).await.unwrap(), StatusCode::NO_CONTENT).await;
    becomes(&server, &client, 2).await;
    expect(change("key=eq.score", json!({ "deleted_at": "2026-01-01" })).await.unwrap(), StatusCode::NO_CONTENT).await;
    becomes(&server, &client, 0).await;
    tasks.iter().for_each(|task| task.abort());
}

#[tokio::test]
async fn a_broken_index_is_made_again_and_one_of_the_administrators_is_left_alone() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let client = server.db.client().await.unwrap();
    client.batch_execute("create index contacts_custom_own_idx on public.contacts ((custom ->> 'x'))").await.unwrap();
    let owner = server.token_of(acme.owner).await;
    define(&server, &owner, json!({ "table_name": "contacts", "key": "plan", "label": "Plan", "type": "select" }))
        .await;
    let tasks = [changes::keep_definition(&server.app), custom_fields::keep_indexes(&server.app)];
    becomes(&server, &client, 3).await;
    tasks.iter().for_each(|task| task.abort());
    let broken =
        "update pg_index set indisvalid = false where indexrelid::regclass::text ~ '_custom_[0-9a-f]{12}_text_asc_idx'";
    client.batch_execute(broken).await.unwrap();
    assert_eq!(indexes(&client).await.len(), 2);
    let tasks = [changes::keep_definition(&server.app), custom_fields::keep_indexes(&server.app)];
    becomes(&server, &client, 3).await;
    assert!(indexes(&client).await.iter().any(|index| index.contains("contacts_custom_own_idx")));
    tasks.iter().for_each(|task| task.abort());
}

#[tokio::test]
async fn candidates_are_of_the_callers_own_workspace_only() {
    let server = Server::start().await;
    let (acme, other) = (server.db.workspace("Acme").await.unwrap(), server.db.workspace("Other").await.unwrap());
    let client = server.db.client().await.unwrap();
    for workspace in [acme.id, other.id] {
        let sql = "insert into public.contacts (workspace_id, first_name, custom, tags) values ($1, 'Ann', '{\"plan\": \"gold\"}', '{vip}')";
        client.execute(sql, &[&workspace]).await.unwrap();
    }
    let identity = owner_of(&acme);
    let request = server::pg::Request {
        identity: &identity,
        access: server::pg::Access::Read,
        method: "GET",
        path: "/",
        headers: "{}".into(),
        search_path: "public",
        timeout_ms: 5000,
        timezone: None,
        usage: None,
    };
    let ask = async |call: &str| {
        let rows = server.app.pg.run(&request, &[server::pg::Statement { name: "ids", sql: call, params: &[] }]).await;
        rows.map(|rows| rows[0].rows[0][0].clone())
    };
    let own: Uuid =
        client.query_one("select id from public.contacts where workspace_id = $1", &[&acme.id]).await.unwrap().get(0);
    for call in [
        "select app.ids_where('contacts', 'custom', 'plan', true, '=', 'gold')",
        "select app.ids_where('contacts', 'custom', 'plan', true, 'in', '{gold}')",
        "select app.ids_where('contacts', 'custom', 'plan', false, '>=', '\"gold\"')",
        "select app.ids_where('contacts', 'tags', null, false, '@>', '{vip}')",
        "select app.ids_after('contacts', 'custom', 'plan', true, false, 'a', '00000000-0000-0000-0000-000000000000', false, 10)",
        "select app.ids_after('contacts', 'custom', 'plan', false, true, '\"x\"', '00000000-0000-0000-0000-000000000000', true, 10)",
    ] {
        assert_eq!(ask(call).await.unwrap(), Some(Bytes::from(format!("{{{own}}}"))), "{call}");
    }
    // It asks indexes of records, nothing else, and takes no SQL.
    for call in [
        "select app.ids_where('memberships', 'role', null, false, '@>', 'x')",
        "select app.ids_where('contacts', 'nothing', null, false, '@>', '{}')",
        "select app.ids_where('contacts', 'custom', 'plan', true, '= '''' or true or 1 =', 'x')",
        "select app.ids_where('contacts', 'custom', 'plan', true, 'like', 'x')",
    ] {
        assert!(ask(call).await.is_err(), "{call}");
    }
    for injected in [
        "select app.ids_where('contacts', 'custom', 'plan'' = '''' or true --', true, '=', 'x')",
        "select app.ids_after('contacts', 'custom', 'plan'' or true --', true, false, ''' or true --', '00000000-0000-0000-0000-000000000000', false, 10)",
    ] {
        assert_eq!(ask(injected).await.unwrap(), Some(Bytes::from("{}")), "{injected}");
    }
}
