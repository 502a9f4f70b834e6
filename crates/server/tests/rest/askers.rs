//! Who asks, and what the database is told about it.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Library, expect, header, token};

#[tokio::test]
async fn a_request_runs_as_the_role_of_its_token_or_as_nobody() {
    let library = Library::open(&[]).await;
    let book = json!({"id": 3, "title": "Walden"});
    let write = || library.request(Method::POST, "/books").json(&book);
    let refused = write().send().await.unwrap();
    assert_eq!(header(&refused, "www-authenticate"), Some("Bearer"));
    assert_eq!(header(&refused, "proxy-status"), Some("PostgREST; error=42501"));
    expect(refused, StatusCode::UNAUTHORIZED).await;
    let keeper = token(&json!({"role": "library_keeper"}));
    expect(write().bearer_auth(&keeper).send().await.unwrap(), StatusCode::CREATED).await;
    let closed = library.get("/keys").bearer_auth(&keeper).send().await.unwrap();
    assert_eq!(header(&closed, "www-authenticate"), None, "who is somebody gains nothing by another token");
    expect(closed, StatusCode::FORBIDDEN).await;
    let rows = expect(library.get("/books?select=title&order=id").send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(rows, json!([{"title": "Emma"}, {"title": "Dracula"}, {"title": "Walden"}]));
}

#[tokio::test]
async fn a_token_that_proves_nothing_is_refused_in_the_dialects_words() {
    let library = Library::open(&[("PGRST_JWT_AUD", "readers")]).await;
    let foreign = token(&json!({"role": "library_keeper"})).replace('.', "x.");
    for (sent, code, message) in [
        (String::new(), "PGRST301", "Empty JWT is sent in Authorization header"),
        ("a.b".to_owned(), "PGRST301", "Expected 3 parts in JWT; got 2"),
        (foreign, "PGRST301", "JWT cryptographic operation failed"),
        (token(&json!({"exp": 1})), "PGRST303", "JWT expired"),
        (token(&json!({"nbf": 9_999_999_999_u64})), "PGRST303", "JWT not yet valid"),
        (token(&json!({"iat": 9_999_999_999_u64})), "PGRST303", "JWT issued at future"),
        (token(&json!({"aud": "writers"})), "PGRST303", "JWT not in audience"),
        (token(&json!({"exp": "soon"})), "PGRST303", "The JWT 'exp' claim must be a number"),
    ] {
        let answer = library.get("/books").header("authorization", format!("Bearer {sent}")).send().await.unwrap();
        let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{message}\"");
        assert_eq!(header(&answer, "www-authenticate"), Some(challenge.as_str()));
        let error = expect(answer, StatusCode::UNAUTHORIZED).await;
        assert_eq!((&error["code"], &error["message"]), (&json!(code), &json!(message)));
    }
    let nobody = library.get("/books").bearer_auth(token(&json!({"role": "library_ghost"}))).send().await.unwrap();
    assert_eq!(expect(nobody, StatusCode::UNAUTHORIZED).await["message"], "role \"library_ghost\" does not exist");
}

#[tokio::test]
async fn without_an_anonymous_role_a_token_is_needed_and_without_a_secret_none_is_taken() {
    let library = Library::open(&[("PGRST_DB_ANON_ROLE", "")]).await;
    let error = expect(library.get("/books").send().await.unwrap(), StatusCode::UNAUTHORIZED).await;
    assert_eq!(error["code"], "PGRST302");
    let library = Library::open(&[("PGRST_JWT_SECRET", "")]).await;
    let keeper = token(&json!({"role": "library_keeper"}));
    let answer = library.get("/books").bearer_auth(keeper).send().await.unwrap();
    assert_eq!(expect(answer, StatusCode::INTERNAL_SERVER_ERROR).await["code"], "PGRST300");
    expect(library.get("/books").send().await.unwrap(), StatusCode::OK).await;
}

#[tokio::test]
async fn the_role_stands_where_the_operator_says() {
    let path = ".\"https://library/roles\"[?(@ ^== \"library_\")]";
    let library = Library::open(&[("PGRST_JWT_ROLE_CLAIM_KEY", path)]).await;
    let keeper = token(&json!({"https://library/roles": ["reader", "library_keeper"]}));
    let role = library.setting("role", |request| request.bearer_auth(&keeper)).await;
    assert_eq!(role, "library_keeper");
}

#[tokio::test]
async fn functions_read_the_request_from_settings() {
    let library = Library::open(&[("PGRST_APP_SETTINGS_desk", "4"), ("PGRST_DB_EXTRA_SEARCH_PATH", "tools")]).await;
    let keeper = token(&json!({"role": "library_keeper", "card": 12}));
    let told = async |name: &str| {
        let value = library.setting(name, |request| {
            request.bearer_auth(&keeper).header("x-card", "gold").header("cookie", "seat=5; lamp=on")
        });
        value.await.as_str().map(str::to_owned)
    };
    let claims: Value = serde_json::from_str(&told("request.jwt.claims").await.unwrap()).unwrap();
    assert_eq!(claims, json!({"role": "library_keeper", "card": 12}));
    assert_eq!(told("request.method").await.as_deref(), Some("GET"));
    assert_eq!(told("request.path").await.as_deref(), Some("/rpc/setting"));
    assert_eq!(told("app.settings.desk").await.as_deref(), Some("4"));
    assert_eq!(told("search_path").await.as_deref(), Some("\"library\", \"tools\""));
    assert_eq!(told("request.cookies").await.as_deref(), Some(r#"{"seat":"5","lamp":"on"}"#));
    let headers: Value = serde_json::from_str(&told("request.headers").await.unwrap()).unwrap();
    assert_eq!((&headers["x-card"], &headers["cookie"]), (&json!("gold"), &Value::Null));
    let loud = library.get("/rpc/loud?word=hush").send().await.unwrap();
    assert_eq!(expect(loud, StatusCode::OK).await, "HUSH", "names of the extra schemas need no schema");
}

#[tokio::test]
async fn what_is_set_for_a_role_or_a_function_holds_for_its_requests() {
    let library = Library::open_unread(&[]).await;
    let sql = format!(
        "alter role library_keeper in database {0} set statement_timeout = '7s';
         alter role library_keeper in database {0} set default_transaction_isolation = 'repeatable read'",
        library.db.name()
    );
    library.db.client().await.unwrap().batch_execute(&sql).await.unwrap();
    library.door.try_load().await.unwrap();
    let keeper = token(&json!({"role": "library_keeper"}));
    assert_eq!(library.setting("statement_timeout", |request| request.bearer_auth(&keeper)).await, "7s");
    assert_eq!(library.setting("statement_timeout", |request| request).await, "0");
    let isolation = async |path: &str, role: Option<&str>| {
        let request = library.get(path);
        let request = if let Some(role) = role { request.bearer_auth(role) } else { request };
        expect(request.send().await.unwrap(), StatusCode::OK).await
    };
    assert_eq!(isolation("/rpc/isolation", Some(&keeper)).await, "repeatable read");
    assert_eq!(isolation("/rpc/isolation", None).await, "read committed");
    assert_eq!(isolation("/rpc/strictly", None).await, "serializable");
}
