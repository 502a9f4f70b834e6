//! The forms in which rows leave, and what a caller may prefer about them.

use reqwest::StatusCode;

use crate::support::{Server, expect, text};

#[tokio::test]
async fn administrators_see_how_a_statement_runs_and_nobody_else_does() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let plan = async |user, accept: &'static str| {
        let token = server.token_of(user).await;
        let request = server.get("/rest/v1/stages?name=eq.x").bearer_auth(&token).header("accept", accept);
        request.header("prefer", "count=planned").send().await.unwrap()
    };
    let answer = plan(acme.owner, "application/vnd.pgrst.plan+json; options=analyze|verbose").await;
    assert_eq!(
        answer.headers()["content-type"],
        "application/vnd.pgrst.plan+json; for=\"application/json\"; options=analyze|verbose; charset=utf-8"
    );
    let explained = expect(answer, StatusCode::OK).await;
    assert!(explained[0]["Plan"]["Actual Rows"].is_number(), "{explained}");
    let answer = plan(acme.owner, "application/vnd.pgrst.plan").await;
    let lines = answer.text().await.unwrap();
    assert!(lines.starts_with("Aggregate") && lines.contains("\n  ->"), "{lines}");
    for user in [acme.member, acme.viewer] {
        let error = expect(plan(user, "application/vnd.pgrst.plan").await, StatusCode::NOT_ACCEPTABLE).await;
        assert_eq!(error["code"], "PGRST107");
    }
}

#[tokio::test]
async fn lines_of_values_have_a_header_only_when_there_are_rows() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let client = server.db.client().await.unwrap();
    let sql = "insert into public.contacts (workspace_id, first_name, last_name, city) values ($1, $2, $3, null)";
    client.execute(sql, &[&acme.id, &"Ann \"Andy\"", &"two\nlines, a comma"]).await.unwrap();
    let token = server.token_of(acme.viewer).await;
    let csv = async |query: &str| {
        let request = server.get(&format!("/rest/v1/contacts?{query}")).bearer_auth(&token);
        request.header("accept", "text/csv").send().await.unwrap().text().await.unwrap()
    };
    assert_eq!(
        csv("select=first_name,last_name,city").await,
        "first_name,last_name,city\n\"Ann \"\"Andy\"\"\",\"two\nlines, a comma\","
    );
    assert_eq!(csv("select=first_name&last_name=eq.nobody").await, "\n");
}

#[tokio::test]
async fn times_are_told_in_the_zone_that_a_caller_prefers() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let client = server.db.client().await.unwrap();
    let sql =
        "insert into public.contacts (workspace_id, last_name, created_at) values ($1, 'Lee', '2026-01-01 12:00Z')";
    client.execute(sql, &[&acme.id]).await.unwrap();
    let token = server.token_of(acme.viewer).await;
    for (prefer, zone, applied) in
        [("timezone=Etc/GMT+5", "-05:00", Some("timezone=Etc/GMT+5")), ("timezone=Nowhere/Land", "+00:00", None)]
    {
        let request = server.get("/rest/v1/contacts?select=created_at").bearer_auth(&token).header("prefer", prefer);
        let answer = request.send().await.unwrap();
        let told = answer.headers().get("preference-applied").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(told.as_deref(), applied);
        let rows = expect(answer, StatusCode::OK).await;
        assert!(text(&rows[0], "created_at").ends_with(zone), "{rows}");
    }
    let strict = server.get("/rest/v1/contacts").bearer_auth(&token);
    let strict = strict.header("prefer", "handling=strict, timezone=Nowhere/Land").send().await.unwrap();
    assert_eq!(expect(strict, StatusCode::BAD_REQUEST).await["details"], "Invalid preferences: timezone=Nowhere/Land");
}

#[tokio::test]
async fn a_page_behind_the_end_tells_how_many_rows_there_are() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.viewer).await;
    let request = server.get("/rest/v1/contacts?offset=5").bearer_auth(&token).header("prefer", "count=exact");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["content-range"], "*/0");
    assert_eq!(expect(answer, StatusCode::RANGE_NOT_SATISFIABLE).await["code"], "PGRST103");
}
