//! Hopeless reads: refused to members with the index that is missing, before anything is read.

use reqwest::StatusCode;
use serde_json::{Value, json};
use server::config::Options;

use crate::plans::fill;
use crate::support::{Server, expect};

/// A server whose members may read nothing without an index, as if its tables were large.
async fn strict() -> Server {
    Server::start_with(Options { max_cost: Some(100), ..Options::default() }).await
}

async fn read(server: &Server, token: &str, path: &str, status: StatusCode) -> Value {
    expect(server.get(&format!("/rest/v1/{path}")).bearer_auth(token).send().await.unwrap(), status).await
}

#[tokio::test]
async fn a_member_is_told_which_index_is_missing_and_an_administrator_may_wait() {
    let server = strict().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    server.app.reload_catalog().await.unwrap();
    let (member, owner) = (server.token_of(acme.member).await, server.token_of(acme.owner).await);
    let viewer = server.token_of(acme.viewer).await;
    for query in ["description=ilike.*x*", "city=eq.Nowhere&order=created_at.desc&limit=10", "order=city&limit=10"] {
        let path = format!("contacts?select=id&deleted_at=is.null&{query}");
        for token in [&member, &viewer] {
            let refused = read(&server, token, &path, StatusCode::UNPROCESSABLE_ENTITY).await;
            assert_eq!(refused["code"], "PGRSTX01", "{refused}");
            let field = query.split(['=', '&']).find(|word| ["description", "city"].contains(word)).unwrap_or("city");
            assert!(refused["message"].as_str().unwrap().contains(field), "{refused}");
            assert!(refused["hint"].as_str().unwrap().starts_with(&format!("{field}: ")), "{refused}");
        }
        read(&server, &owner, &path, StatusCode::OK).await;
    }
}

#[tokio::test]
async fn what_an_index_serves_costs_no_question_and_what_is_common_no_refusal() {
    let server = strict().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    server.app.reload_catalog().await.unwrap();
    let client = server.db.client().await.unwrap();
    client.batch_execute("update public.contacts set city = 'Oslo'; analyze public.contacts").await.unwrap();
    let token = server.token_of(acme.member).await;
    let list = "contacts?select=id&deleted_at=is.null&order=created_at.desc,id.desc&limit=10";
    read(&server, &token, list, StatusCode::OK).await;
    let before = server.app.pg.statements();
    read(&server, &token, list, StatusCode::OK).await;
    assert_eq!(server.app.pg.statements() - before, 2, "settings and the statement");
    let common = format!("{list}&city=eq.Oslo");
    let rows = read(&server, &token, &common, StatusCode::OK).await;
    assert_eq!(
        rows.as_array().unwrap().len(),
        10,
        "everybody lives there: the first rows of the list are found at once"
    );
    let before = server.app.pg.statements();
    read(&server, &token, &common, StatusCode::OK).await;
    assert_eq!(server.app.pg.statements() - before, 4, "one question more, with its settings");
}

#[tokio::test]
async fn a_small_workspace_may_ask_anything() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    server.app.reload_catalog().await.unwrap();
    let token = server.token_of(acme.member).await;
    let path = "contacts?select=id&description=ilike.*x*&order=city";
    let before = server.app.pg.statements();
    assert_eq!(read(&server, &token, path, StatusCode::OK).await, json!([]));
    assert_eq!(server.app.pg.statements() - before, 2, "nothing is asked about a small table");
}
