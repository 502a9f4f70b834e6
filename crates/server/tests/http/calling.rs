//! Functions called through the data API: how one is chosen, what it is given, and what it gives.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Server, expect};

const FUNCTIONS: &str = r#"
    create type public.spot as (x int, y int);
    create domain public.pin as public.spot;
    create function public.sum_of(a int, b int) returns int language sql immutable return a + b;
    create function public.sum_of(a int, b int, c int) returns int language sql immutable return a + b + c;
    create function public.sum_of(a int, b int, scale numeric default 1) returns numeric language sql immutable return (a + b) * scale;
    create function public.joined(glue text, variadic parts text[]) returns text language sql immutable
      return array_to_string(parts, glue);
    create function public.size_of(bytea) returns int language sql immutable return length($1);
    create function public.kind_of(json) returns text language sql immutable return json_typeof($1);
    create function public.kind_of(x int, y int) returns text language sql immutable return 'two numbers';
    create function public.loud(text) returns text language sql immutable return upper($1);
    create function public.root_of(xml) returns text language sql immutable return (xpath('name(/*)', $1))[1]::text;
    create function public.pinned() returns public.pin language sql immutable return row(1, 2)::public.spot::public.pin;
    create function public.loose() returns record language sql immutable as $$ select 1 as n, 'one' as word $$;
    create function public.loose_ones() returns setof record language sql immutable as $$ values (1, 'a'), (2, 'b') $$;
    create function public.next_of(n int, out next int) language sql immutable return n + 1;
    create function public.padded(code char(3)) returns text language sql immutable return code;
    create function public.nameless(int, int) returns int language sql immutable return $1 + $2;
    create sequence public.stamps;
    grant usage on sequence public.stamps to authenticated;
    create function public.stamped() returns bigint language sql volatile as $$ select nextval('public.stamps') $$;
"#;

struct Caller {
    server: Server,
    token: String,
}

impl Caller {
    async fn start() -> Self {
        let server = Server::start().await;
        let acme = server.db.workspace("Acme").await.unwrap();
        let token = server.token_of(acme.owner).await;
        server.db.client().await.unwrap().batch_execute(FUNCTIONS).await.unwrap();
        server.app.reload_catalog().await.unwrap();
        Self { server, token }
    }

    async fn get(&self, call: &str) -> reqwest::Response {
        self.server.get(&format!("/rest/v1/rpc/{call}")).bearer_auth(&self.token).send().await.unwrap()
    }

    async fn post(&self, call: &str, content_type: &str, body: impl Into<reqwest::Body>) -> reqwest::Response {
        let request = self.server.request(Method::POST, &format!("/rest/v1/rpc/{call}")).bearer_auth(&self.token);
        request.header("content-type", content_type).body(body).send().await.unwrap()
    }

    async fn given(&self, call: &str, body: &Value) -> Value {
        expect(self.post(call, "application/json", body.to_string()).await, StatusCode::OK).await
    }
}

#[tokio::test]
async fn the_names_of_the_arguments_choose_among_functions_of_one_name() {
    let caller = Caller::start().await;
    assert_eq!(caller.given("sum_of", &json!({ "a": 1, "b": 2, "c": 3 })).await, 6);
    assert_eq!(caller.given("sum_of", &json!({ "a": 1, "b": 2, "scale": 3 })).await, 9);
    assert_eq!(caller.given("sum_of?columns=a,b,c", &json!({ "a": 1, "b": 2, "c": 3, "d": 4 })).await, 6);
    assert_eq!(caller.given("sum_of", &json!([{ "a": 1, "b": 2, "c": 3 }, { "a": 9, "b": 9, "c": 9 }])).await, 6);
    let several = expect(caller.get("sum_of?a=1&b=2").await, StatusCode::MULTIPLE_CHOICES).await;
    assert_eq!(
        several["message"],
        "Could not choose the best candidate function between: public.sum_of(a => integer, b => integer), \
         public.sum_of(a => integer, b => integer, scale => numeric)"
    );
    let none = expect(caller.get("sum_of?b=2&a=1&d=3").await, StatusCode::NOT_FOUND).await;
    assert_eq!(none["message"], "Could not find the function public.sum_of(a, b, d) in the schema cache");
    assert_eq!(none["hint"], "Perhaps you meant to call the function public.sum_of(a, b, c)");
    let mistyped = expect(caller.get("sum_off?a=1").await, StatusCode::NOT_FOUND).await;
    assert_eq!(mistyped["hint"], "Perhaps you meant to call the function public.sum_of");
    let nameless = expect(caller.get("nameless").await, StatusCode::NOT_FOUND).await;
    assert_eq!(nameless["code"], "PGRST202");
}

#[tokio::test]
async fn a_repeated_argument_is_every_value_or_the_last() {
    let caller = Caller::start().await;
    for (query, joined) in
        [("glue=-&parts=a", "a"), ("glue=-&parts=a&parts=b", "a-b"), ("glue=x&glue=-&parts=a&parts=b", "a-b")]
    {
        assert_eq!(expect(caller.get(&format!("joined?{query}")).await, StatusCode::OK).await, joined, "{query}");
        let form = caller.post("joined", "application/x-www-form-urlencoded", query.to_owned()).await;
        assert_eq!(expect(form, StatusCode::OK).await, joined, "{query}");
    }
    assert_eq!(caller.given("joined", &json!({ "glue": "+", "parts": ["a", "b"] })).await, "a+b");
    assert_eq!(expect(caller.get("padded?code=abcdef").await, StatusCode::OK).await, "abcdef", "nothing is cut");
}

#[tokio::test]
async fn a_whole_body_is_the_argument_without_a_name() {
    let caller = Caller::start().await;
    for (call, content_type, body, given) in [
        ("size_of", "application/octet-stream", vec![0, 255, 10], json!(3)),
        ("loud", "text/plain; charset=utf-8", b"a \"b\"".to_vec(), json!("A \"B\"")),
        ("root_of", "text/xml", b"<a><b/></a>".to_vec(), json!("a")),
        ("kind_of", "application/json", b"[1]".to_vec(), json!("array")),
        ("kind_of", "application/json", b"{\"z\":1}".to_vec(), json!("object")),
        ("kind_of", "application/json", b"{\"x\":1,\"y\":2}".to_vec(), json!("two numbers")),
    ] {
        assert_eq!(expect(caller.post(call, content_type, body).await, StatusCode::OK).await, given, "{call}");
    }
    for (call, content_type, body, status, code) in [
        ("loud", "text/plain", vec![0xff], 400, "22021"),
        ("loud", "text/plain", vec![b'a', 0], 400, "22021"),
        ("root_of", "text/xml", b"<".to_vec(), 400, "2200N"),
        ("loud", "application/octet-stream", vec![1], 404, "PGRST202"),
        ("loud", "image/png", vec![1], 400, "PGRST102"),
    ] {
        let answer = caller.post(call, content_type, body).await;
        let error = expect(answer, StatusCode::from_u16(status).unwrap()).await;
        assert_eq!(error["code"], code, "{call} {content_type}");
    }
}

#[tokio::test]
async fn what_a_function_gives_has_the_form_of_its_type() {
    let caller = Caller::start().await;
    for (call, given) in [
        ("pinned", json!({ "x": 1, "y": 2 })),
        ("loose", json!({ "n": 1, "word": "one" })),
        ("next_of?n=1", json!({ "next": 2 })),
    ] {
        assert_eq!(expect(caller.get(call).await, StatusCode::OK).await, given, "{call}");
    }
    let several = expect(caller.get("loose_ones").await, StatusCode::OK).await;
    assert_eq!(several.as_array().unwrap().len(), 2);
    let head = caller.server.request(Method::HEAD, "/rest/v1/rpc/pinned").bearer_auth(&caller.token).send().await;
    assert_eq!(head.unwrap().headers()["content-type"], "application/json; charset=utf-8");
    let stamp = caller.get("stamped").await;
    assert_eq!(expect(stamp, StatusCode::METHOD_NOT_ALLOWED).await["code"], "25006", "a GET writes nothing");
    assert!(caller.given("stamped", &json!({})).await.is_i64());
}
