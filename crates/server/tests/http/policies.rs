//! Who may use which route: every route of the table, asked by strangers.

use std::collections::BTreeMap;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::http::routes::{Policy, table};

use crate::support::{Server, expect};

/// A path of the table with its parameters filled in.
fn filled(path: &str) -> String {
    path.replace("{relation}", "contacts")
        .replace("{function}", "greet")
        .replace("{id}", "0190a000-0000-7000-8000-000000000000")
}

#[tokio::test]
async fn a_stranger_is_refused_by_every_route_that_is_not_public() {
    let server = Server::start().await;
    server.db.workspace("Acme").await.unwrap();
    let before = server.fingerprint().await;
    let mut refused = 0;
    for route in table().iter().filter(|route| route.policy != Policy::Public) {
        for bearer in [None, Some("rapport"), Some("not.a.token"), Some("e30.e30.AAAA")] {
            let mut request = server.request(route.method.clone(), &filled(route.path)).json(&json!({}));
            if let Some(bearer) = bearer {
                request = request.bearer_auth(bearer);
            }
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            let forged_for_auth = route.path.starts_with("/auth/") && bearer.is_some_and(|bearer| bearer != "rapport");
            let expected = if forged_for_auth { 403 } else { 401 };
            assert_eq!(status, expected, "{} {} {bearer:?}", route.method, route.path);
            assert!(!answer.headers().contains_key("server-timing"), "{} {}", route.method, route.path);
            refused += 1;
        }
    }
    assert!(refused >= 40, "{refused}");
    assert_eq!(server.fingerprint().await, before);
}

#[tokio::test]
async fn a_role_that_does_not_suffice_is_refused() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let tokens =
        [server.token_of(acme.viewer).await, server.token_of(acme.member).await, server.token_of(acme.manager).await];
    let before = server.fingerprint().await;
    for route in table() {
        let Policy::AtLeast(least) = route.policy else { continue };
        for (token, role) in tokens.iter().zip(["viewer", "member", "manager"]) {
            if role.parse::<server::members::Role>().unwrap() >= least {
                continue;
            }
            let request = server.request(route.method.clone(), &filled(route.path)).bearer_auth(token).json(&json!({}));
            let answer = request.send().await.unwrap();
            assert_eq!(expect(answer, StatusCode::FORBIDDEN).await["code"], "forbidden", "{role} {}", route.path);
        }
    }
    assert_eq!(server.fingerprint().await, before);
}

#[tokio::test]
async fn a_user_without_a_workspace_and_an_ended_session_get_nothing() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.member).await;
    let get = async || server.get("/rest/v1/contacts").bearer_auth(&token).send().await.unwrap();
    expect(get().await, StatusCode::OK).await;
    let client = server.db.client().await.unwrap();
    client
        .execute("update public.memberships set status = 'disabled' where user_id = $1", &[&acme.member])
        .await
        .unwrap();
    server.app.sessions.forget_user(acme.member);
    assert_eq!(expect(get().await, StatusCode::FORBIDDEN).await["code"], "42501");
    client.execute("delete from auth.sessions where user_id = $1", &[&acme.member]).await.unwrap();
    server.app.sessions.forget_all();
    assert_eq!(expect(get().await, StatusCode::UNAUTHORIZED).await["code"], "PGRST303");
}

#[tokio::test]
async fn another_workspace_is_neither_read_nor_written_by_any_verb_on_any_table() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let eve = server.db.workspace("Evil").await.unwrap();
    let client = server.db.client().await.unwrap();
    fill(&client, &acme).await;
    let token = server.token_of(eve.owner).await;
    let before = server.fingerprint().await;
    let catalog = server.app.catalog();
    for ((_, table), relation) in &catalog.relations {
        let key = if table == "workspaces" { "id" } else { "workspace_id" };
        let rows: i64 = client
            .query_one(&format!("select count(*) from public.{table} where {key} = $1"), &[&acme.id])
            .await
            .unwrap()
            .get(0);
        assert!(rows > 0 || table == "imports", "{table} holds nothing to protect");
        let path = format!("/rest/v1/{table}?{key}=eq.{}", acme.id);
        let send = async |method: Method, body: Value| {
            let request = server.request(method, &path).bearer_auth(&token).header("prefer", "return=representation");
            let answer = request.json(&body).send().await.unwrap();
            (answer.status(), answer.text().await.unwrap())
        };
        let (status, body) = send(Method::GET, json!({})).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, "[]"), "GET {table}");
        for (method, body) in [
            (Method::DELETE, json!({})),
            (Method::PATCH, json!({ "updated_at": "2020-01-01" })),
            (Method::PATCH, json!({ key: eve.id })),
            (Method::POST, json!({ key: acme.id, "id": uuid::Uuid::nil() })),
        ] {
            if relation.primary_key.iter().all(|column| column != "id") && body.get("id").is_some() {
                continue;
            }
            let (status, answer) = send(method.clone(), body.clone()).await;
            let harmless = status.is_client_error() || answer == "[]";
            assert!(harmless, "{method} {table} {body}: {status} {answer}");
        }
    }
    assert_eq!(server.fingerprint().await, before);
    // Nor by pointing at it.
    let contact: uuid::Uuid =
        client.query_one("select id from public.contacts where workspace_id = $1", &[&acme.id]).await.unwrap().get(0);
    let note = json!({ "type": "note", "subject": "x", "contact_id": contact });
    let answer = server.post("/rest/v1/activities", &note).bearer_auth(&token).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::CONFLICT).await["code"], "23503");
    let person = json!({ "first_name": "x", "assigned_user_id": acme.owner });
    let answer = server.post("/rest/v1/contacts", &person).bearer_auth(&token).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::CONFLICT).await["code"], "23503");
    let metrics = server.get("/api/dashboard/metrics").bearer_auth(&token).send().await.unwrap();
    let metrics = expect(metrics, StatusCode::OK).await;
    assert_eq!(metrics["totals"]["contacts"], 0);
    assert_eq!(metrics["recent_activity"], json!([]));
}

/// A row in every table of a workspace.
async fn fill(client: &tokio_postgres::Client, workspace: &testdb::Workspace) {
    let (id, owner, pipeline, stage) = (workspace.id, workspace.owner, workspace.pipeline, workspace.stages[0]);
    client
        .batch_execute(&format!(
            "insert into public.teams (workspace_id, name) values ('{id}', 'T');
             insert into public.organizations (workspace_id, id, name) values ('{id}', '{id}', 'O');
             insert into public.contacts (workspace_id, id, first_name, organization_id, assigned_user_id) values ('{id}', '{id}', 'C', '{id}', '{owner}');
             insert into public.opportunities (workspace_id, id, name, pipeline_id, stage_id) values ('{id}', '{id}', 'P', '{pipeline}', '{stage}');
             insert into public.opportunity_contacts (workspace_id, opportunity_id, contact_id) values ('{id}', '{id}', '{id}');
             insert into public.products (workspace_id, id, name) values ('{id}', '{id}', 'Q');
             insert into public.opportunity_items (workspace_id, opportunity_id, product_id, name) values ('{id}', '{id}', '{id}', 'I');
             insert into public.activities (workspace_id, type, subject, contact_id) values ('{id}', 'note', 'N', '{id}');
             insert into public.tags (workspace_id, name) values ('{id}', 'G');
             insert into public.custom_fields (workspace_id, table_name, key, label) values ('{id}', 'contacts', 'k', 'K');"
        ))
        .await
        .unwrap();
}

#[tokio::test]
async fn two_callers_on_one_connection_never_see_each_others_settings() {
    let server = Server::start().await;
    let workspaces = [server.db.workspace("Acme").await.unwrap(), server.db.workspace("Beta").await.unwrap()];
    let mut tokens = Vec::new();
    for workspace in &workspaces {
        tokens.push((workspace.id, server.token_of(workspace.owner).await));
        tokens.push((workspace.id, server.token_of(workspace.viewer).await));
    }
    let mut requests = Vec::new();
    for n in 0..200_usize {
        let (workspace, token) = &tokens[n % tokens.len()];
        let request = match n % 5 {
            // An error in between must not leave anything behind either.
            4 => server.get("/rest/v1/contacts?id=eq.x"),
            _ => server.get("/rest/v1/workspaces?select=id"),
        };
        let request = request.bearer_auth(token).send();
        requests.push(async move { (workspace, request.await.unwrap()) });
    }
    let mut seen = BTreeMap::new();
    for (workspace, answer) in futures_util::future::join_all(requests).await {
        if answer.status() == StatusCode::OK {
            assert_eq!(expect(answer, StatusCode::OK).await, json!([{ "id": workspace }]));
            *seen.entry(workspace).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), 2);
}

#[tokio::test]
async fn only_an_owner_unmakes_an_owner_and_one_always_stays() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let (owner, admin) = (server.token_of(acme.owner).await, server.token_of(acme.admin).await);
    let change = async |token: &str, user: uuid::Uuid, method: Method, body: Value| {
        let path = format!("/rest/v1/memberships?user_id=eq.{user}");
        let request = server.request(method, &path).bearer_auth(token).header("prefer", "return=representation");
        let answer = request.json(&body).send().await.unwrap();
        let status = answer.status();
        (status, serde_json::from_str::<Value>(&answer.text().await.unwrap()).unwrap())
    };
    let before = server.fingerprint().await;
    for (method, body) in [
        (Method::PATCH, json!({ "role": "member" })),
        (Method::PATCH, json!({ "status": "disabled" })),
        (Method::DELETE, json!({})),
    ] {
        let (status, error) = change(&admin, acme.owner, method.clone(), body.clone()).await;
        assert_eq!((status, &error["code"]), (StatusCode::FORBIDDEN, &json!("42501")), "{method} {body}");
        let (status, error) = change(&owner, acme.owner, method, body).await;
        assert_eq!((status, &error["code"]), (StatusCode::BAD_REQUEST, &json!("23514")));
        assert!(error["hint"].as_str().unwrap().starts_with("role: "), "{error}");
    }
    let (status, _) = change(&admin, acme.admin, Method::PATCH, json!({ "role": "owner" })).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(server.fingerprint().await, before);

    let (status, _) = change(&owner, acme.admin, Method::PATCH, json!({ "role": "owner" })).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = change(&owner, acme.owner, Method::PATCH, json!({ "role": "viewer" })).await;
    assert_eq!(status, StatusCode::OK);
    server.app.sessions.forget_user(acme.owner);
    let refused = server.post("/rest/v1/tags", &json!({ "name": "x" })).bearer_auth(&owner).send().await.unwrap();
    expect(refused, StatusCode::FORBIDDEN).await;
}
