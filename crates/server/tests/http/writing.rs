//! Writing rows through the data API, and what is refused.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Server, expect};

#[tokio::test]
async fn a_row_is_made_changed_and_removed() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let send = async |method: Method, path: &str, body: Option<Value>, prefer: &str| {
        let request = server
            .request(method, path)
            .bearer_auth(&token)
            .header("prefer", prefer)
            .header("content-profile", "public")
            .header("content-type", "application/json");
        let request = match body {
            Some(body) => request.body(body.to_string()),
            None => request,
        };
        request.send().await.unwrap()
    };
    let new = json!({ "first_name": "Ann", "last_name": "Lee", "email": "ann@example.org" });
    let answer = send(Method::POST, "/rest/v1/contacts", Some(new), "return=representation").await;
    assert_eq!(answer.headers()["content-range"], "*/*");
    let made = expect(answer, StatusCode::CREATED).await;
    let id = made[0]["id"].as_str().unwrap();
    assert_eq!(made[0]["workspace_id"], json!(acme.id));
    assert_eq!(made[0]["created_by"], json!(acme.owner));

    let one = format!("/rest/v1/contacts?id=eq.{id}");
    let answer = send(Method::PATCH, &one, Some(json!({ "first_name": "Anna" })), "").await;
    assert_eq!(answer.headers()["content-range"], "0-0/*");
    assert_eq!(expect(answer, StatusCode::NO_CONTENT).await, Value::Null);
    let answer = send(Method::PATCH, &one, Some(json!({ "job_title": "CEO" })), "return=representation").await;
    let changed = expect(answer, StatusCode::OK).await;
    assert_eq!((&changed[0]["first_name"], &changed[0]["version"]), (&json!("Anna"), &json!(3)));

    expect(send(Method::DELETE, &one, None, "").await, StatusCode::NO_CONTENT).await;
    let gone = expect(
        send(Method::PATCH, &one, Some(json!({ "first_name": "X" })), "return=representation").await,
        StatusCode::OK,
    )
    .await;
    assert_eq!(gone, json!([]));
}

#[tokio::test]
async fn a_broken_rule_names_the_field() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let post = async |table: &str, body: Value| {
        server.post(&format!("/rest/v1/{table}"), &body).bearer_auth(&token).send().await.unwrap()
    };
    expect(post("contacts", json!({ "first_name": "Ann", "email": "ann@example.org" })).await, StatusCode::CREATED)
        .await;
    for (table, body, status, code, field) in [
        ("contacts", json!({ "email": "not a mail" }), 400, "23514", "email"),
        ("contacts", json!({ "first_name": " " }), 400, "23514", "last_name"),
        ("contacts", json!({ "first_name": "B", "email": "ANN@example.org" }), 409, "23505", "email"),
        ("contacts", json!({ "first_name": "B", "organization_id": acme.id }), 409, "23503", "organization_id"),
        ("contacts", json!({ "first_name": null }), 400, "23502", "first_name"),
        ("organizations", json!({ "name": "" }), 400, "23514", "name"),
        ("organizations", json!({ "name": "A", "type": "foe" }), 400, "23514", "type"),
        ("organizations", json!({ "name": "A", "currency": "usd" }), 400, "23514", "currency"),
        ("opportunities", json!({ "name": "A", "amount": -1 }), 400, "23514", "amount"),
        ("opportunities", json!({ "name": "A", "probability_percent": 101 }), 400, "23514", "probability_percent"),
        ("activities", json!({ "type": "note" }), 400, "23514", "subject"),
        ("activities", json!({ "type": "spy", "subject": "x" }), 400, "23514", "type"),
        ("products", json!({ "name": "P", "price": -1 }), 400, "23514", "price"),
    ] {
        let answer = post(table, body.clone()).await;
        assert_eq!(answer.headers()["proxy-status"], format!("PostgREST; error={code}").as_str());
        let error = expect(answer, StatusCode::from_u16(status).unwrap()).await;
        assert_eq!(error["code"], code, "{table} {body}");
        let hint = error["hint"].as_str().unwrap_or_else(|| panic!("no hint: {error}"));
        assert!(hint.starts_with(&format!("{field}: ")), "{table} {body}: {hint}");
    }
}

#[tokio::test]
async fn a_viewer_writes_nothing() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.viewer).await;
    let tables: Vec<String> = server.app.catalog().relations.keys().map(|(_, name)| name.clone()).collect();
    let before = server.fingerprint().await;
    for table in &tables {
        let path = format!("/rest/v1/{table}");
        for (method, path, body) in [
            (Method::POST, path.clone(), json!({ "name": "X" })),
            (Method::PATCH, format!("{path}?workspace_id=eq.{}", acme.id), json!({ "created_at": "2020-01-01" })),
            (Method::DELETE, format!("{path}?workspace_id=eq.{}", acme.id), json!({})),
        ] {
            let path = if table == "workspaces" { path.replace("workspace_id", "id") } else { path };
            let answer = server.request(method.clone(), &path).bearer_auth(&token).json(&body).send().await.unwrap();
            let status = answer.status();
            let error = answer.text().await.unwrap();
            // A body that does not fit the table may be noticed first; nothing may be written in any case.
            assert!(
                status == StatusCode::FORBIDDEN || status == StatusCode::BAD_REQUEST,
                "{method} {path}: {status} {error}"
            );
        }
    }
    assert_eq!(server.fingerprint().await, before);
    let refused =
        server.post("/rest/v1/contacts", &json!({ "first_name": "X" })).bearer_auth(&token).send().await.unwrap();
    assert_eq!(expect(refused, StatusCode::FORBIDDEN).await["code"], "42501");
}

#[tokio::test]
async fn a_write_that_touches_more_than_allowed_is_undone() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let rows = json!([{ "name": "A" }, { "name": "B" }]);
    let made = server.post("/rest/v1/organizations", &rows).bearer_auth(&token).send().await.unwrap();
    expect(made, StatusCode::CREATED).await;
    let before = server.fingerprint().await;
    let all = "/rest/v1/organizations?deleted_at=is.null";
    let change = |prefer: &str, accept: &str| {
        server
            .request(Method::PATCH, all)
            .bearer_auth(&token)
            .json(&json!({ "industry": "X" }))
            .header("prefer", prefer)
            .header("accept", accept)
    };
    let error = change("handling=strict, max-affected=1", "*/*").send().await.unwrap();
    assert_eq!(expect(error, StatusCode::BAD_REQUEST).await["code"], "PGRST124");
    let error = change("return=representation", "application/vnd.pgrst.object+json").send().await.unwrap();
    assert_eq!(expect(error, StatusCode::NOT_ACCEPTABLE).await["code"], "PGRST116");
    assert_eq!(server.fingerprint().await, before);
    expect(change("", "*/*").send().await.unwrap(), StatusCode::NO_CONTENT).await;
    assert_ne!(server.fingerprint().await, before);
}

#[tokio::test]
async fn a_function_is_called_by_the_names_of_its_arguments() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let client = server.db.client().await.unwrap();
    client
        .batch_execute(
            "create function public.greet(name text) returns text language sql stable return 'Hello ' || name",
        )
        .await
        .unwrap();
    server.app.reload_catalog().await.unwrap();
    let answer = server.post("/rest/v1/rpc/greet", &json!({ "name": "Ann" })).bearer_auth(&token).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::OK).await, "Hello Ann");
    let answer = server.get("/rest/v1/rpc/greet?name=Ann").bearer_auth(&token).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::OK).await, "Hello Ann");
    let answer = server.post("/rest/v1/rpc/greet", &json!({ "nome": "Ann" })).bearer_auth(&token).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::NOT_FOUND).await["code"], "PGRST202");
    let put =
        server.request(Method::PUT, "/rest/v1/rpc/greet").bearer_auth(&token).json(&json!({})).send().await.unwrap();
    assert_eq!(expect(put, StatusCode::METHOD_NOT_ALLOWED).await["code"], "PGRST101");
}

#[tokio::test]
async fn requests_that_make_no_sense_are_refused_and_never_break_anything() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let mut requests = Vec::new();
    for query in [
        "select=",
        "select=,",
        "select=id,(",
        "select=organizations(*",
        "id=eq",
        "id=eq.x",
        "id=foo.1",
        "or=(",
        "or=()",
        "limit=x",
        "limit=-1",
        "offset=-1",
        "limit=99999999999999999999",
        "order=",
        "order=id.up",
        "nothing=eq.1",
        "%00=eq.1",
        "first_name=eq.%00",
        "first_name=eq.%ff",
        "%ff=eq.1",
        "id=in.(",
        "id=in.()",
        "tags=cs.{",
        "created_at=gt.yesterdayish",
        "select=*,nobody(*)",
        "select=custom->a->>b",
        "select=custom->>",
        "select=id::regclass",
        "select=id::nosuchtype",
        "first_name=match.(",
        "search_vector=fts.x",
        "select=count()",
        "select=amount.sum()",
        "columns=x",
        "on_conflict=x",
    ] {
        requests.push((Method::GET, format!("/rest/v1/contacts?{query}"), String::new()));
        requests.push((Method::PATCH, format!("/rest/v1/contacts?{query}"), "{\"job_title\":\"x\"}".to_owned()));
    }
    for body in [
        "",
        "{",
        "[",
        "[]",
        "{}",
        "null",
        "7",
        "\"x\"",
        "[1]",
        "[{},7]",
        "[{\"a\":1},{\"b\":2}]",
        "{\"first_name\":{}}",
        "{\"first_name\":\"\\u0000\"}",
        "{\"id\":7}",
        "{\"search_text\":\"x\"}",
        "{\"version\":1e400}",
        "{\"created_at\":\"x\"}",
        "{\"workspace_id\":\"00000000-0000-0000-0000-000000000000\",\"first_name\":\"x\"}",
        "\u{1}",
        "{\"phones\":7}",
    ] {
        for method in [Method::POST, Method::PATCH, Method::PUT, Method::DELETE] {
            requests.push((method, "/rest/v1/contacts".to_owned(), body.to_owned()));
        }
        requests.push((Method::POST, "/rest/v1/rpc/nothing".to_owned(), body.to_owned()));
    }
    for path in [
        "/rest/v1/%ff",
        "/rest/v1/%00",
        "/rest/v1/contacts%00",
        "/rest/v1/rpc/",
        "/rest/v1/rpc/%ff",
        "/rest/v1/'",
        "/rest/v1//",
    ] {
        requests.push((Method::GET, path.to_owned(), String::new()));
    }
    for (method, path, body) in requests {
        let request =
            server.request(method.clone(), &path).bearer_auth(&token).header("content-type", "application/json");
        let answer = request.body(body.clone()).send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        assert!(status < 500, "{method} {path} {body}: {status} {text}");
        if status >= 400 {
            let error: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{method} {path}: {text}"));
            for key in ["code", "message", "details", "hint"] {
                assert!(error.get(key).is_some(), "{method} {path}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_words() {
    let options = server::config::Options { max_body_mb: Some(1), ..Default::default() };
    let server = Server::start_with(options).await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let body = json!({ "description": "x".repeat(1_100_000) });
    let answer = server.post("/rest/v1/contacts", &body).bearer_auth(&token).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::PAYLOAD_TOO_LARGE).await["message"], "The request body is too large");
}
