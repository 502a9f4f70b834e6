//! Sign-up, sign-in, refresh and sign-out in the GoTrue dialect.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::config::Options;

use crate::support::{PASSWORD, Server, expect, text};

async fn refresh(server: &Server, refresh_token: &str) -> reqwest::Response {
    let body = json!({ "refresh_token": refresh_token });
    server.post("/auth/v1/token?grant_type=refresh_token", &body).send().await.unwrap()
}

async fn sign_in(server: &Server, email: &str, password: &str) -> reqwest::Response {
    let body = json!({ "email": email, "password": password });
    server.post("/auth/v1/token?grant_type=password", &body).send().await.unwrap()
}

async fn user(server: &Server, session: &Value) -> reqwest::Response {
    server.get("/auth/v1/user").bearer_auth(text(session, "access_token")).send().await.unwrap()
}

#[tokio::test]
async fn the_first_user_owns_a_workspace_with_a_pipeline() {
    let server = Server::start().await;
    let session = server.sign_up("Ann@Example.org", json!({ "full_name": "Ann Lee", "workspace_name": "Acme" })).await;
    assert_eq!(session["token_type"], "bearer");
    assert_eq!(session["expires_in"], 3600);
    assert_eq!(session["user"]["email"], "ann@example.org");
    assert_eq!(session["user"]["user_metadata"], json!({ "full_name": "Ann Lee" }));
    assert_eq!(session["user"]["identities"][0]["provider"], "email");

    let answer = server.get("/api/session").bearer_auth(text(&session, "access_token")).send().await.unwrap();
    assert!(answer.headers()["server-timing"].to_str().unwrap().starts_with("auth;dur="));
    let here = expect(answer, StatusCode::OK).await;
    assert_eq!(here["role"], "owner");
    assert_eq!(here["workspace"]["name"], "Acme");
    assert_eq!(here["user"]["full_name"], "Ann Lee");
    let stages: i64 = server
        .db
        .client()
        .await
        .unwrap()
        .query_one(
            "select count(*) from public.stages s join public.pipelines p on p.id = s.pipeline_id where p.is_default",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    assert_eq!(stages, 6);
}

#[tokio::test]
async fn after_the_first_user_nobody_signs_up_uninvited() {
    let server = Server::start().await;
    server.sign_up("ann@example.org", json!({})).await;
    for email in ["ann@example.org", "bob@example.org"] {
        let body = json!({ "email": email, "password": PASSWORD });
        let answer = server.post("/auth/v1/signup", &body).send().await.unwrap();
        assert_eq!(answer.headers()["x-sb-error-code"], "signup_disabled");
        let error = expect(answer, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(
            error,
            json!({ "code": 422, "error_code": "signup_disabled", "msg": "Signups not allowed for this instance" })
        );
    }
}

#[tokio::test]
async fn an_open_installation_gives_everybody_a_workspace_of_their_own() {
    let server = Server::start_with(Options { sign_up: Some("open".to_owned()), ..Options::default() }).await;
    server.sign_up("ann@example.org", json!({})).await;
    let session = server.sign_up("bob@example.org", json!({})).await;
    let here = server.get("/api/session").bearer_auth(text(&session, "access_token")).send().await.unwrap();
    let here = expect(here, StatusCode::OK).await;
    assert_eq!(here["workspace"]["name"], "bob's workspace");
    let body = json!({ "email": "BOB@example.org", "password": PASSWORD });
    let again = server.post("/auth/v1/signup", &body).send().await.unwrap();
    assert_eq!(again.headers()["x-sb-error-code"], "user_already_exists");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_the_same_error() {
    let server = Server::start().await;
    server.sign_up("ann@example.org", json!({})).await;
    for (email, password) in [("ann@example.org", "wrong horse"), ("bob@example.org", PASSWORD)] {
        let body = json!({ "email": email, "password": password });
        let answer = server
            .post("/auth/v1/token?grant_type=password", &body)
            .header("x-supabase-api-version", "2024-01-01")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["x-supabase-api-version"], "2024-01-01");
        let error = expect(answer, StatusCode::BAD_REQUEST).await;
        assert_eq!(error, json!({ "code": "invalid_credentials", "message": "Invalid login credentials" }));
    }
    let session = expect(sign_in(&server, "ANN@example.org", PASSWORD).await, StatusCode::OK).await;
    expect(user(&server, &session).await, StatusCode::OK).await;
}

#[tokio::test]
async fn guessing_is_slowed_down_before_anything_is_hashed() {
    let server = Server::start_with(Options { sign_in_attempts: Some(3), ..Options::default() }).await;
    for _ in 0..3 {
        sign_in(&server, "nobody@example.org", "x").await;
    }
    let answer = sign_in(&server, "nobody@example.org", "x").await;
    assert_eq!(answer.headers()["x-sb-error-code"], "over_request_rate_limit");
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_refresh_token_works_once_and_a_retry_gets_the_same_answer() {
    let server = Server::start().await;
    let first = server.sign_up("ann@example.org", json!({})).await;
    let second = expect(refresh(&server, text(&first, "refresh_token")).await, StatusCode::OK).await;
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let third = expect(refresh(&server, text(&second, "refresh_token")).await, StatusCode::OK).await;
    // Within ten seconds even the oldest one leads to the newest.
    let retry = expect(refresh(&server, text(&first, "refresh_token")).await, StatusCode::OK).await;
    assert_eq!(retry["refresh_token"], third["refresh_token"]);
}

#[tokio::test]
async fn twenty_tabs_that_refresh_at_once_end_with_one_token() {
    let server = Server::start().await;
    let first = server.sign_up("ann@example.org", json!({})).await;
    let token = text(&first, "refresh_token");
    let answers = futures_util::future::join_all((0..20).map(|_| refresh(&server, token))).await;
    let mut tokens = std::collections::HashSet::new();
    for answer in answers {
        tokens.insert(text(&expect(answer, StatusCode::OK).await, "refresh_token").to_owned());
    }
    assert_eq!(tokens.len(), 1);
    let client = server.db.client().await.unwrap();
    let active: i64 = client
        .query_one("select count(*) from auth.refresh_tokens where revoked_at is null", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(active, 1);
}

#[tokio::test]
async fn a_copied_refresh_token_ends_the_session() {
    let server = Server::start().await;
    let first = server.sign_up("ann@example.org", json!({})).await;
    let second = expect(refresh(&server, text(&first, "refresh_token")).await, StatusCode::OK).await;
    let third = expect(refresh(&server, text(&second, "refresh_token")).await, StatusCode::OK).await;
    let client = server.db.client().await.unwrap();
    client.execute("update auth.refresh_tokens set revoked_at = revoked_at - interval '1 minute'", &[]).await.unwrap();
    // The parent of the unused token is a retry however late it comes; its grandparent is not.
    expect(refresh(&server, text(&second, "refresh_token")).await, StatusCode::OK).await;
    let answer = refresh(&server, text(&first, "refresh_token")).await;
    assert_eq!(answer.headers()["x-sb-error-code"], "refresh_token_already_used");
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let after = refresh(&server, text(&third, "refresh_token")).await;
    assert_eq!(after.headers()["x-sb-error-code"], "refresh_token_not_found");
    let gone = user(&server, &third).await;
    assert_eq!(gone.headers()["x-sb-error-code"], "session_not_found");
    assert_eq!(gone.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signing_out_acts_on_the_next_request_and_only_as_far_as_asked() {
    let server = Server::start().await;
    server.sign_up("ann@example.org", json!({})).await;
    let mut sessions = Vec::new();
    for _ in 0..3 {
        let session = expect(sign_in(&server, "ann@example.org", PASSWORD).await, StatusCode::OK).await;
        expect(user(&server, &session).await, StatusCode::OK).await;
        sessions.push(session);
    }
    let sign_out = async |session: &Value, scope: &str| {
        let path = format!("/auth/v1/logout?scope={scope}");
        let answer =
            server.request(Method::POST, &path).bearer_auth(text(session, "access_token")).send().await.unwrap();
        expect(answer, StatusCode::NO_CONTENT).await;
    };
    sign_out(&sessions[0], "local").await;
    expect(user(&server, &sessions[0]).await, StatusCode::FORBIDDEN).await;
    expect(user(&server, &sessions[1]).await, StatusCode::OK).await;
    sign_out(&sessions[1], "others").await;
    expect(user(&server, &sessions[1]).await, StatusCode::OK).await;
    expect(user(&server, &sessions[2]).await, StatusCode::FORBIDDEN).await;
    sign_out(&sessions[1], "global").await;
    expect(user(&server, &sessions[1]).await, StatusCode::FORBIDDEN).await;
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_must_be_new() {
    let server = Server::start().await;
    let one = server.sign_up("ann@example.org", json!({ "theme": "dark" })).await;
    let other = expect(sign_in(&server, "ann@example.org", PASSWORD).await, StatusCode::OK).await;
    let change = async |body: Value| {
        let request = server.request(Method::PUT, "/auth/v1/user").bearer_auth(text(&one, "access_token"));
        request.json(&body).send().await.unwrap()
    };
    let same = change(json!({ "password": PASSWORD })).await;
    assert_eq!(same.headers()["x-sb-error-code"], "same_password");
    let weak = expect(change(json!({ "password": "short" })).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(weak["weak_password"]["reasons"], json!(["length"]));
    let body = json!({ "password": "another horse", "data": { "theme": null, "full_name": "Ann Lee" } });
    let changed = expect(change(body).await, StatusCode::OK).await;
    assert_eq!(changed["user_metadata"], json!({ "full_name": "Ann Lee" }));
    expect(user(&server, &other).await, StatusCode::FORBIDDEN).await;
    expect(user(&server, &one).await, StatusCode::OK).await;
    expect(sign_in(&server, "ann@example.org", PASSWORD).await, StatusCode::BAD_REQUEST).await;
    expect(sign_in(&server, "ann@example.org", "another horse").await, StatusCode::OK).await;
}

#[tokio::test]
async fn an_invited_colleague_joins_once_and_in_the_role_they_were_given() {
    let server = Server::start().await;
    let owner = server.sign_up("ann@example.org", json!({ "workspace_name": "Acme" })).await;
    let invite = async |token: &str, body: Value| {
        server.post("/api/members/invite", &body).bearer_auth(token).send().await.unwrap()
    };
    let body = json!({ "email": "Bob@example.org", "full_name": "Bob", "role": "viewer" });
    let invited = expect(invite(text(&owner, "access_token"), body.clone()).await, StatusCode::CREATED).await;
    assert_eq!(invited["membership"]["status"], "invited");
    let twice = expect(invite(text(&owner, "access_token"), body).await, StatusCode::CONFLICT).await;
    assert_eq!(twice["field"], "email");

    let url = text(&invited, "invite_url");
    let token = url.split("token=").nth(1).unwrap();
    let verify = json!({ "type": "invite", "token_hash": token });
    let bob = expect(server.post("/auth/v1/verify", &verify).send().await.unwrap(), StatusCode::OK).await;
    let here = server.get("/api/session").bearer_auth(text(&bob, "access_token")).send().await.unwrap();
    assert_eq!(expect(here, StatusCode::OK).await["role"], "viewer");
    let again = server.post("/auth/v1/verify", &verify).send().await.unwrap();
    assert_eq!(again.headers()["x-sb-error-code"], "otp_expired");
    let refused = invite(text(&bob, "access_token"), json!({ "email": "eve@example.org" })).await;
    assert_eq!(expect(refused, StatusCode::FORBIDDEN).await["code"], "forbidden");
}

#[tokio::test]
async fn an_invitation_never_opens_an_account_that_somebody_has() {
    let server = Server::start_with(Options { sign_up: Some("open".to_owned()), ..Options::default() }).await;
    let ann = server.sign_up("ann@example.org", json!({})).await;
    server.sign_up("bob@example.org", json!({})).await;
    let body = json!({ "email": "bob@example.org", "role": "admin" });
    let invited =
        server.post("/api/members/invite", &body).bearer_auth(text(&ann, "access_token")).send().await.unwrap();
    let invited = expect(invited, StatusCode::CREATED).await;
    assert!(!text(&invited, "invite_url").contains("token"));
    let body = json!({ "membership_id": invited["membership"]["id"] });
    let link =
        server.post("/api/members/recovery", &body).bearer_auth(text(&ann, "access_token")).send().await.unwrap();
    assert_eq!(expect(link, StatusCode::UNPROCESSABLE_ENTITY).await["field"], "membership_id");
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_refused_and_never_break_anything() {
    let server = Server::start().await;
    for path in [
        "/auth/v1/signup",
        "/auth/v1/token?grant_type=password",
        "/auth/v1/token?grant_type=refresh_token",
        "/auth/v1/token",
        "/auth/v1/token?grant_type=pkce",
        "/auth/v1/recover",
        "/auth/v1/verify",
    ] {
        for body in [
            "",
            "{",
            "[]",
            "null",
            "7",
            "{}",
            r#"{"email":7}"#,
            r#"{"email":"a@b","password":{}}"#,
            r#"{"email":"a\u0000@b","password":"12345678"}"#,
            r#"{"email":"a@b","password":"12345678","data":{"x":"\u0000"}}"#,
            r#"{"type":"invite","token":"\u0000"}"#,
            r#"{"refresh_token":"\u0000"}"#,
        ] {
            let answer = server.request(Method::POST, path).body(body).send().await.unwrap();
            let status = answer.status().as_u16();
            assert!(status < 500, "{path} {body}: {status} {}", answer.text().await.unwrap());
        }
    }
}

#[tokio::test]
async fn a_forgotten_password_is_renewed_by_a_link_that_works_once() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let client = server.db.client().await.unwrap();
    let row = client.query_one("select id from public.memberships where user_id = $1", &[&acme.member]).await.unwrap();
    let body = json!({ "membership_id": row.get::<_, uuid::Uuid>(0) });
    let admin = server.token_of(acme.admin).await;
    let made = server.post("/api/members/recovery", &body).bearer_auth(&admin).send().await.unwrap();
    let made = expect(made, StatusCode::CREATED).await;
    let token = text(&made, "recovery_url").split("token=").nth(1).unwrap().to_owned();

    let path = format!("/auth/v1/verify?type=recovery&token={token}&redirect_to=https://elsewhere.example");
    let followed = server.get(&path).send().await.unwrap();
    assert_eq!(followed.status(), StatusCode::SEE_OTHER);
    let target = followed.headers()["location"].to_str().unwrap().to_owned();
    assert!(target.starts_with(&format!("http://{}#access_token=", server.address)), "{target}");
    let access = target.split("access_token=").nth(1).unwrap().split('&').next().unwrap();
    let request = server.request(Method::PUT, "/auth/v1/user").bearer_auth(access);
    expect(request.json(&json!({ "password": PASSWORD })).send().await.unwrap(), StatusCode::OK).await;
    expect(sign_in(&server, "member@acme.test", PASSWORD).await, StatusCode::OK).await;

    let again = server.get(&path).send().await.unwrap();
    assert!(again.headers()["location"].to_str().unwrap().contains("error_code=otp_expired"));
    let owner = client.query_one("select id from public.memberships where user_id = $1", &[&acme.owner]).await.unwrap();
    let body = json!({ "membership_id": owner.get::<_, uuid::Uuid>(0) });
    let refused = server.post("/api/members/recovery", &body).bearer_auth(&admin).send().await.unwrap();
    expect(refused, StatusCode::FORBIDDEN).await;
}
