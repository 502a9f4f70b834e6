//! The API's description of itself at the root.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Server, expect};

async fn document(server: &Server, token: &str) -> Value {
    let answer = server.get("/rest/v1/").bearer_auth(token).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/openapi+json; charset=utf-8");
    expect(answer, StatusCode::OK).await
}

#[tokio::test]
async fn the_root_describes_the_tables_that_a_member_may_use() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let document = document(&server, &server.token_of(acme.member).await).await;
    assert_eq!(document["swagger"], "2.0");
    assert_eq!(document["info"]["title"], "Rapport data API");
    assert_eq!(document["basePath"], "/rest/v1");
    assert_eq!(document["host"], server.address.to_string());
    assert_eq!(document["security"], json!([{ "JWT": [] }]));
    let tables = document["definitions"].as_object().unwrap();
    assert!(tables.contains_key("contacts") && tables.contains_key("opportunities"));

    let contact = &document["definitions"]["contacts"];
    assert_eq!(
        contact["properties"]["do_not_contact"],
        json!({
            "description": "Asked not to be contacted.", "format": "boolean", "type": "boolean", "default": false,
        })
    );
    assert_eq!(
        contact["properties"]["organization_id"],
        json!({
            "description": "Where the person works.\n\nNote:\nThis is a Foreign Key to `organizations.id`.<fk table='organizations' column='id'/>",
            "format": "uuid", "type": "string", "x-nullable": true,
        })
    );
    assert!(contact["properties"]["id"]["description"].as_str().unwrap().ends_with("This is a Primary Key.<pk/>"));
    assert_eq!(contact["properties"]["tags"]["items"], json!({ "type": "string" }));
    assert_eq!(document["definitions"]["stages"]["properties"]["probability_percent"]["format"], "int32");
    assert_eq!(document["definitions"]["contacts"]["properties"]["version"]["format"], "int64");

    // A search column is for filters: rows do not show it.
    assert_eq!(contact["properties"]["search_text"], Value::Null);
    assert!(document["parameters"]["rowFilter.contacts.search_text"].is_object());
    let read = &document["paths"]["/contacts"]["get"];
    assert_eq!(read["summary"], "People the workspace knows.");
    assert_eq!(read["responses"]["200"]["schema"]["items"]["$ref"], "#/definitions/contacts");
    assert_eq!(read["responses"]["default"]["$ref"], "#/responses/Error");
}

#[tokio::test]
async fn every_table_and_column_says_what_it_is_for() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let document = document(&server, &server.token_of(acme.member).await).await;
    for (table, definition) in document["definitions"].as_object().unwrap() {
        assert!(definition["description"].is_string(), "{table} says nothing about itself");
        for column in ["id", "created_at"] {
            let property = &definition["properties"][column];
            assert!(property.is_null() || property["description"].is_string(), "{table}.{column} says nothing");
        }
    }
}

#[tokio::test]
async fn a_viewer_is_told_of_reading_only() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let verbs = async |user| {
        let document = document(&server, &server.token_of(user).await).await;
        let path = document["paths"]["/contacts"].as_object().unwrap().clone();
        path.keys().cloned().collect::<BTreeSet<_>>()
    };
    let set = |verbs: &[&str]| verbs.iter().map(|verb| (*verb).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(verbs(acme.viewer).await, set(&["get"]));
    assert_eq!(verbs(acme.member).await, set(&["get", "post", "patch", "delete"]));
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_path_answers() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let document = document(&server, &token).await;
    let mut open = vec![&document];
    let mut references = 0;
    while let Some(value) = open.pop() {
        if let Some(to) = value.get("$ref").and_then(Value::as_str) {
            assert!(document.pointer(to.strip_prefix('#').unwrap()).is_some(), "{to}");
            references += 1;
        }
        open.extend(value.as_object().into_iter().flat_map(|fields| fields.values()));
        open.extend(value.as_array().into_iter().flatten());
    }
    assert!(references > 100, "{references}");
    for (path, verbs) in document["paths"].as_object().unwrap() {
        if path.starts_with("/rpc/") || verbs.get("get").is_none() {
            continue;
        }
        let answer = server.get(&format!("/rest/v1{path}")).bearer_auth(&token).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn the_description_comes_as_json_too_and_in_no_other_form() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.viewer).await;
    let ask = async |method, accept| {
        let request = server.request(method, "/rest/v1/").bearer_auth(&token).header("accept", accept);
        request.send().await.unwrap()
    };
    let json = ask(Method::GET, "application/json").await;
    assert_eq!(json.headers()["content-type"], "application/json; charset=utf-8");
    assert_eq!(expect(json, StatusCode::OK).await["swagger"], "2.0");

    let head = ask(Method::HEAD, "application/openapi+json").await;
    assert_eq!(head.status(), StatusCode::OK);
    assert_eq!(head.headers()["content-type"], "application/openapi+json; charset=utf-8");
    assert!(head.headers().get("content-length").is_none());

    let refused = expect(ask(Method::GET, "text/csv").await, StatusCode::NOT_ACCEPTABLE).await;
    assert_eq!(refused["code"], "PGRST107");
    assert_eq!(refused["message"], "None of these media types are available: text/csv");
}

#[tokio::test]
async fn a_stranger_is_told_nothing() {
    let server = Server::start().await;
    let refused = expect(server.get("/rest/v1/").send().await.unwrap(), StatusCode::UNAUTHORIZED).await;
    assert_eq!(refused["code"], "PGRST302");
}

#[tokio::test]
async fn a_function_is_described_with_its_arguments() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let sql = "
        create domain public.percent as numeric(5,2);
        create type public.mood as enum ('good', 'bad');
        create function public.describe_me(a integer, moods mood[], b percent default 1, out c text) language sql stable
          as 'select null::text';
        comment on function public.describe_me is E'Says something.\\n\\nAt length.';
        create function public.many(variadic names text[]) returns void language sql volatile as '';
        create function public.hidden() returns integer language sql immutable return 1;
        revoke execute on function public.hidden() from public;
        create table public.shares (part public.percent not null, mood public.mood default 'good');
        grant select on public.shares to authenticated;";
    server.db.client().await.unwrap().batch_execute(sql).await.unwrap();
    server.app.reload_catalog().await.unwrap();
    let document = document(&server, &server.token_of(acme.member).await).await;

    let path = &document["paths"]["/rpc/describe_me"];
    assert_eq!(path["get"]["summary"], "Says something.");
    assert_eq!(path["get"]["description"], "At length.");
    assert_eq!(
        path["get"]["parameters"],
        json!([
            { "name": "a", "in": "query", "required": true, "type": "integer", "format": "int32" },
            { "name": "moods", "in": "query", "required": true, "type": "string", "format": "mood[]" },
            { "name": "b", "in": "query", "required": false, "type": "string", "format": "percent" },
        ])
    );
    let body = &path["post"]["parameters"][0]["schema"];
    assert_eq!(body["required"], json!(["a", "moods"]));
    assert_eq!(
        body["properties"]["moods"],
        json!({ "type": "array", "format": "mood[]", "items": { "type": "string" } })
    );

    let many = &document["paths"]["/rpc/many"];
    assert!(many.get("get").is_none() && many["post"]["responses"]["204"].is_object());
    assert!(document["paths"].get("/rpc/hidden").is_none());

    let shares = &document["definitions"]["shares"]["properties"];
    assert_eq!(shares["part"]["format"], "numeric");
    assert_eq!(shares["part"]["type"], "number");
    assert_eq!(
        shares["mood"],
        json!({
            "type": "string", "format": "public.mood", "enum": ["good", "bad"], "default": "good", "x-nullable": true,
        })
    );
}
