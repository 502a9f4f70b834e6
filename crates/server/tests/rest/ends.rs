//! How a request's transaction ends.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Library, expect, header, token};

async fn persists(library: &Library, prefer: &str) -> (bool, Option<String>) {
    let keeper = token(&json!({"role": "library_keeper"}));
    let write =
        library.request(Method::POST, "/books").bearer_auth(&keeper).json(&json!({"id": 9, "title": "Ulysses"}));
    let answer = write.header("prefer", format!("return=representation, {prefer}")).send().await.unwrap();
    let applied = header(&answer, "preference-applied").map(str::to_owned);
    assert_eq!(expect(answer, StatusCode::CREATED).await[0]["title"], "Ulysses", "the answer shows what was done");
    let found = expect(library.get("/books?id=eq.9").send().await.unwrap(), StatusCode::OK).await;
    let kept = found != json!([]);
    let removed = library.request(Method::DELETE, "/books?id=eq.9").bearer_auth(&keeper).header("prefer", "tx=commit");
    expect(removed.send().await.unwrap(), StatusCode::NO_CONTENT).await;
    (kept, applied)
}

#[tokio::test]
async fn the_operator_decides_how_a_request_ends_and_whether_its_caller_may() {
    let shown = || Some("return=representation".to_owned());
    let with = |tx: &str| Some(format!("return=representation, {tx}"));
    for (end, prefer, kept, applied) in [
        ("commit", "", true, shown()),
        ("commit", "tx=rollback", true, shown()),
        ("commit-allow-override", "", true, shown()),
        ("commit-allow-override", "tx=rollback", false, with("tx=rollback")),
        ("rollback", "tx=commit", false, shown()),
        ("rollback-allow-override", "", false, shown()),
        ("rollback-allow-override", "tx=commit", true, with("tx=commit")),
    ] {
        let library = Library::open(&[("PGRST_DB_TX_END", end)]).await;
        assert_eq!(persists(&library, prefer).await, (kept, applied), "{end} {prefer}");
    }
}

#[tokio::test]
async fn a_rehearsal_fails_where_the_performance_would() {
    for end in ["commit", "rollback"] {
        let library = Library::open(&[("PGRST_DB_TX_END", end)]).await;
        let keeper = token(&json!({"role": "library_keeper"}));
        let call = library.request(Method::POST, "/rpc/move").bearer_auth(&keeper);
        let answer = call.json(&json!({"book": 1, "place": 11})).send().await.unwrap();
        assert_eq!(expect(answer, StatusCode::CONFLICT).await["code"], "23505", "{end}");
        let free = library.request(Method::POST, "/rpc/move").bearer_auth(&keeper);
        let answer = free.json(&json!({"book": 1, "place": 12})).send().await.unwrap();
        expect(answer, StatusCode::NO_CONTENT).await;
    }
}

#[tokio::test]
async fn a_read_cannot_write_even_by_a_function() {
    let library = Library::open(&[]).await;
    let keeper = token(&json!({"role": "library_keeper"}));
    let answer = library.get("/rpc/move?book=1&place=30").bearer_auth(keeper).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::METHOD_NOT_ALLOWED).await["code"], "25006");
}
