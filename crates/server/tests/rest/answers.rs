//! What answers look like beside their rows.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::json;
use server::rest::keep_fresh;

use crate::support::{Library, expect, header, token};

#[tokio::test]
async fn a_check_before_requests_may_refuse_them_and_shape_their_answers() {
    let library = Library::open(&[("PGRST_DB_PRE_REQUEST", "library.greet")]).await;
    let keeper = token(&json!({"role": "library_keeper"}));
    let read = library.get("/books?id=eq.1").send().await.unwrap();
    assert_eq!(header(&read, "x-library"), Some("open"));
    let cookies: Vec<_> = read.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(cookies, ["a=1", "b=2"], "a header may come more than once");
    expect(read, StatusCode::OK).await;
    let write = library.request(Method::DELETE, "/books?id=eq.99").bearer_auth(&keeper).send().await.unwrap();
    assert_eq!(header(&write, "x-library"), Some("open"));
    assert_eq!(write.status(), StatusCode::ACCEPTED);
    let refused = library.get("/books").header("x-card", "lost").send().await.unwrap();
    let error = expect(refused, StatusCode::BAD_REQUEST).await;
    assert_eq!((&error["message"], &error["hint"]), (&json!("Your card is lost"), &json!("Ask at the desk")));
}

#[tokio::test]
async fn a_function_may_make_up_an_error_down_to_its_reason_phrase() {
    let library = Library::open(&[]).await;
    let closed = library.request(Method::POST, "/rpc/closed").json(&json!({})).send().await.unwrap();
    assert_eq!(closed.extensions().get::<hyper::ext::ReasonPhrase>().unwrap().as_bytes(), b"Closed Today");
    assert_eq!(header(&closed, "x-opens"), Some("nine"));
    let error = expect(closed, StatusCode::LOCKED).await;
    assert_eq!(
        error,
        json!({"code": "CLOSED", "message": "We are closed", "details": null, "hint": "Come back at nine"})
    );
    let teapot = library.request(Method::POST, "/rpc/teapot").json(&json!({})).send().await.unwrap();
    assert_eq!(teapot.extensions().get::<hyper::ext::ReasonPhrase>().unwrap().as_bytes(), b"Short and stout");
    assert_eq!(expect(teapot, StatusCode::IM_A_TEAPOT).await["code"], "PT418");
}

#[tokio::test]
async fn a_header_chooses_among_the_exposed_schemas() {
    let library = Library::open(&[("PGRST_DB_SCHEMAS", "library, archive, odd \"name")]).await;
    for (asked, expected, title) in [(None, "library", "Emma"), (Some("archive"), "archive", "Ossian")] {
        let request = library.get("/books?select=title&limit=1");
        let request = if let Some(schema) = asked { request.header("accept-profile", schema) } else { request };
        let answer = request.send().await.unwrap();
        assert_eq!(header(&answer, "content-profile"), Some(expected));
        assert_eq!(expect(answer, StatusCode::OK).await[0]["title"], title);
    }
    let odd = library.request(Method::OPTIONS, "/notes").header("accept-profile", "odd \"name").send().await.unwrap();
    assert_eq!(odd.status(), StatusCode::OK);
    let hidden = library.get("/books").header("accept-profile", "tools").send().await.unwrap();
    let error = expect(hidden, StatusCode::NOT_ACCEPTABLE).await;
    assert_eq!(error["message"], "Invalid schema: tools");
    assert_eq!(error["hint"], "Only the following schemas are exposed: library, archive, odd \"name");
}

#[tokio::test]
async fn a_relation_and_a_function_tell_their_methods_and_refuse_others() {
    let library = Library::open(&[]).await;
    for (path, expected) in [
        ("/books", "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"),
        ("/titles", "OPTIONS,GET,HEAD,POST,PATCH,DELETE"),
        ("/counts", "OPTIONS,GET,HEAD"),
        ("/rpc/move", "OPTIONS,POST"),
        ("/rpc/loud", "OPTIONS,GET,HEAD,POST"),
        ("/", "OPTIONS,GET,HEAD"),
    ] {
        let answer = library.request(Method::OPTIONS, path).send().await.unwrap();
        assert_eq!((answer.status(), header(&answer, "allow")), (StatusCode::OK, Some(expected)), "{path}");
    }
    for (method, path, status, code, message) in [
        (Method::TRACE, "/books", 405, "PGRST117", "Unsupported HTTP method: TRACE"),
        (Method::POST, "/", 405, "PGRST117", "Unsupported HTTP method: POST"),
        (Method::PUT, "/rpc/move", 405, "PGRST101", "Cannot use the PUT method on RPC"),
        (Method::GET, "/books/1", 404, "PGRST125", "Invalid path specified in request URL"),
    ] {
        let answer = library.request(method, path).send().await.unwrap();
        let error = expect(answer, StatusCode::from_u16(status).unwrap()).await;
        assert_eq!((&error["code"], &error["message"]), (&json!(code), &json!(message)));
    }
}

#[tokio::test]
async fn pages_of_the_listed_origins_may_read_answers_and_others_may_not() {
    let preflight = async |library: &Library, origin: &'static str| {
        let request = library.request(Method::OPTIONS, "/books").header("origin", origin);
        let request = request.header("access-control-request-method", "POST");
        request.header("access-control-request-headers", "X-One,X-Two").send().await.unwrap()
    };
    let library = Library::open(&[]).await;
    let answer = preflight(&library, "http://a.example").await;
    assert_eq!(header(&answer, "access-control-allow-origin"), Some("*"));
    let allowed = "Authorization, X-One, X-Two, Accept, Accept-Language, Content-Language";
    assert_eq!(header(&answer, "access-control-allow-headers"), Some(allowed));
    assert_eq!(header(&library.get("/books").send().await.unwrap(), "access-control-allow-origin"), Some("*"));
    let library = Library::open(&[("PGRST_SERVER_CORS_ALLOWED_ORIGINS", "http://a.example, http://b.example")]).await;
    let answer = preflight(&library, "http://b.example").await;
    assert_eq!(header(&answer, "access-control-allow-origin"), Some("http://b.example"));
    let answer = preflight(&library, "http://c.example").await;
    assert_eq!(header(&answer, "access-control-allow-origin"), None);
}

#[tokio::test]
async fn the_operator_may_have_timings_traces_and_short_errors() {
    let told = [
        ("PGRST_SERVER_TIMING_ENABLED", "true"),
        ("PGRST_SERVER_TRACE_HEADER", "X-Trace"),
        ("PGRST_CLIENT_ERROR_VERBOSITY", "minimal"),
    ];
    let library = Library::open(&told).await;
    let answer = library.get("/books").header("x-trace", "t1").send().await.unwrap();
    assert_eq!(header(&answer, "x-trace"), Some("t1"));
    let timing = header(&answer, "server-timing").unwrap();
    let names: Vec<_> = timing.split(", ").map(|part| part.split(';').next().unwrap()).collect();
    assert_eq!(names, ["jwt", "parse", "plan", "transaction", "response"]);
    let answer = library.get("/books?id=is.nonsense").send().await.unwrap();
    assert!(!header(&answer, "server-timing").unwrap().contains("transaction"), "only what was reached is told");
    let error = expect(answer, StatusCode::BAD_REQUEST).await;
    assert_eq!(error.as_object().unwrap().keys().collect::<Vec<_>>(), ["code", "message"]);
    let plain = Library::open(&[]).await;
    assert_eq!(header(&plain.get("/books").send().await.unwrap(), "server-timing"), None);
}

#[tokio::test]
async fn the_definition_is_read_when_it_can_be_and_again_when_the_database_says_so() {
    let library = Library::open_unread(&[]).await;
    let error = expect(library.get("/books").send().await.unwrap(), StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(error["code"], "PGRST002");
    let keeping = tokio::spawn(keep_fresh(library.door.clone()));
    let seen = async |path: &str| {
        let deadline = Instant::now() + Duration::from_secs(30);
        while library.get(path).send().await.unwrap().status() != StatusCode::OK {
            assert!(Instant::now() < deadline, "{path} is not there");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    seen("/books").await;
    let client = library.db.client().await.unwrap();
    let sql = "create table library.maps (id int); grant select on library.maps to library_guest";
    client.batch_execute(sql).await.unwrap();
    // Listening may begin only after the first load, so the word is given until it is heard.
    let speaking = async {
        loop {
            client.batch_execute("notify pgrst, 'reload schema'").await.unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::select! {
        () = seen("/maps") => {}
        () = speaking => {}
    }
    keeping.abort();
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_its_statement_along() {
    let library = Library::open_unread(&[]).await;
    let client = library.db.client().await.unwrap();
    let nap = "create function library.nap() returns void language sql as 'select pg_sleep(600)'";
    client.batch_execute(nap).await.unwrap();
    library.door.try_load().await.unwrap();
    let naps = async || -> i64 {
        let sql = "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and usename = 'library_login'";
        client.query_one(sql, &[]).await.unwrap().get(0)
    };
    let until = async |wanted: i64| {
        let deadline = Instant::now() + Duration::from_secs(20);
        while naps().await != wanted {
            assert!(Instant::now() < deadline, "{} statements run, not {wanted}", naps().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let asking = tokio::spawn(library.get("/rpc/nap").send());
    until(1).await;
    asking.abort();
    until(0).await;
}
