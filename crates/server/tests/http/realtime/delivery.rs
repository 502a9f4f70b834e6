//! Claims about what arrives, in which form, order and time.

use std::time::Duration;

use serde_json::json;

use super::socket::Socket;
use super::{Live, contacts};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_made_with_sql_arrives_as_the_data_api_would_show_it() {
    let live = Live::start().await;
    for version in ["1.0.0", "2.0.0"] {
        let mut socket = Socket::open(live.server.address, version).await;
        let token = live.server.token_of(live.acme.viewer).await;
        let wanted = json!([
            { "event": "UPDATE", "schema": "public", "table": "contacts", "filter": "first_name=in.(Ann,Amy)" },
            { "event": "*", "schema": "public", "table": "organizations" },
        ]);
        let reply = socket.join("view", json!({ "postgres_changes": wanted }), Some(&token)).await;
        let echo = &reply["response"]["postgres_changes"];
        assert_eq!(echo[0]["filter"], "first_name=in.(Ann,Amy)");
        assert_eq!((&echo[1]["event"], &echo[1]["table"]), (&json!("*"), &json!("organizations")));
        socket.event("system").await;
        let id = live.contact(live.acme.id, "Ann").await;
        live.sql(&format!("update public.contacts set custom = '{{\"a\": [1]}}', tags = '{{x,y}}' where id = '{id}'"))
            .await;
        let message = socket.event("postgres_changes").await;
        assert_eq!(message["ids"], json!([echo[0]["id"]]));
        let data = &message["data"];
        assert_eq!(
            (&data["type"], &data["table"], &data["errors"]),
            (&json!("UPDATE"), &json!("contacts"), &json!(null))
        );
        let sql = format!("/rest/v1/contacts?id=eq.{id}");
        let rows: serde_json::Value =
            live.server.get(&sql).bearer_auth(&token).send().await.unwrap().json().await.unwrap();
        assert_eq!(data["record"], rows[0], "the same spelling as by HTTP");
        assert_eq!((&data["record"]["version"], &data["old_record"]["version"]), (&json!(2), &json!(1)));
        assert!(data["lsn"].as_str().unwrap().parse::<u64>().unwrap() > 0);
        assert!(data["columns"].as_array().unwrap().contains(&json!({ "name": "custom", "type": "jsonb" })));
        live.sql(&format!("delete from public.contacts where id = '{id}'")).await;
        let rest = socket.all_within(Duration::from_millis(300)).await;
        assert_eq!(rest, [], "neither the insert nor the delete was asked for");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_row_shows_only_its_key() {
    let live = Live::start().await;
    let id = live.contact(live.acme.id, "Ann").await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("DELETE")).await;
    live.sql(&format!("delete from public.contacts where id = '{id}'")).await;
    let data = socket.change().await;
    assert_eq!(data["type"], "DELETE");
    assert_eq!(data["old_record"], json!({ "workspace_id": live.acme.id, "id": id }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_changes_arrive_once_and_in_order() {
    let live = Live::start().await;
    let id = live.contact(live.acme.id, "Ann").await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("UPDATE")).await;
    let noise = live.server.db.client().await.unwrap();
    let workspace_id = live.acme.id;
    let noise = tokio::spawn(async move {
        for n in 0..300 {
            let sql = format!("insert into public.tags (workspace_id, name) values ('{workspace_id}', 't{n}')");
            noise.batch_execute(&sql).await.unwrap();
        }
    });
    let writer = live.server.db.client().await.unwrap();
    let writing = tokio::spawn(async move {
        for n in 0..2000 {
            let sql = format!("update public.contacts set job_title = '{n}' where id = '{id}'");
            writer.batch_execute(&sql).await.unwrap();
        }
    });
    for n in 0..2000 {
        let data = socket.change().await;
        assert_eq!(data["record"]["job_title"], n.to_string());
        assert_eq!(data["record"]["version"], n + 2);
    }
    writing.await.unwrap();
    noise.await.unwrap();
    assert_eq!(socket.all_within(Duration::from_millis(200)).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_of_many_rows_asks_its_readers_to_read_again() {
    let live = Live::start().await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("*")).await;
    let mut tags =
        live.subscribed(live.acme.member, "tags", json!([{ "event": "*", "schema": "public", "table": "tags" }])).await;
    let workspace_id = live.acme.id;
    live.sql(&format!(
        "insert into public.contacts (workspace_id, first_name) select '{workspace_id}', 'n' || n from generate_series(1, 500) n"
    ))
    .await;
    let resync = socket.event("system").await;
    assert_eq!((&resync["code"], &resync["channel"]), (&json!("resync"), &json!("view")));
    socket.event("phx_error").await;
    assert_eq!(socket.all_within(Duration::from_millis(200)).await, []);
    assert_eq!(tags.all_within(Duration::from_millis(100)).await, [], "other tables are not concerned");

    let mut gentle =
        Socket::open_with(live.server.address, "2.0.0", "&resync=message", None).await.unwrap_or_else(|_| panic!());
    let token = live.server.token_of(live.acme.member).await;
    gentle.join("view", json!({ "postgres_changes": contacts("*") }), Some(&token)).await;
    gentle.event("system").await;
    live.sql("update public.contacts set city = 'Oslo'").await;
    assert_eq!(gentle.event("system").await["code"], "resync");
    live.contact(live.acme.id, "Ann").await;
    assert_eq!(gentle.change().await["record"]["first_name"], "Ann", "the channel goes on");
    for _ in 0..5 {
        live.sql("update public.contacts set city = 'Rome'").await;
    }
    let told = gentle.all_within(Duration::from_millis(1500)).await;
    assert!((1..=3).contains(&told.len()), "a storm is told once a second: {told:?}");
}
