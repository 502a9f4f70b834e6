//! The search over all kinds of records: what it finds, in which order, for whom, and at what price.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::plans;
use crate::support::{Server, expect, owner_of, text};

/// The hits of a search, as `type name (match)`.
async fn hits(server: &Server, token: &str, query: &str) -> Vec<String> {
    let found = search(server, token, query).await;
    let line = |hit: &Value| format!("{} {} ({})", text(hit, "type"), text(hit, "name"), text(hit, "match"));
    found.iter().map(line).collect()
}

async fn search(server: &Server, token: &str, query: &str) -> Vec<Value> {
    let answer = server.get(&format!("/api/search?{query}")).bearer_auth(token).send().await.unwrap();
    expect(answer, StatusCode::OK).await["hits"].as_array().unwrap().clone()
}

/// A workspace with a few records of every kind; the token of its member.
async fn office(server: &Server) -> (testdb::Workspace, String) {
    let acme = server.db.workspace("Acme").await.unwrap();
    let (id, member, owner, stage, pipeline) = (acme.id, acme.member, acme.owner, acme.stages[0], acme.pipeline);
    let client = server.db.client().await.unwrap();
    client
        .batch_execute(&format!(
            r#"insert into public.organizations (workspace_id, id, name, domain, phone) values
               ('{id}', '{id}', 'Ångström Labs', 'angstrom.example', '+49 30 555-0199'), ('{id}', '{owner}', 'Bolt & Co', null, null);
             insert into public.contacts (workspace_id, first_name, last_name, email, phones, other_emails, organization_id, assigned_user_id) values
               ('{id}', 'Zoë', 'Marten', 'zoe@mail.test', '[{{"label":"work","value":"+49 (171) 123-4567"}}]', '[]', '{id}', null),
               ('{id}', 'Marten', 'Olsen', null, '[]', '[{{"label":"home","value":"olsen@home.test"}}]', null, null),
               ('{id}', 'Anna', 'Smartenson', null, '[]', '[]', null, '{owner}'),
               ('{id}', 'Jo', 'Smartens', null, '[]', '[]', null, '{member}');
             insert into public.contacts (workspace_id, first_name, last_name, deleted_at) values ('{id}', 'Marten', 'Gone', now());
             insert into public.opportunities (workspace_id, name, stage_id, pipeline_id, amount, organization_id)
               values ('{id}', 'Renewal 2027', '{stage}', '{pipeline}', 1200, '{id}');
             insert into public.activities (workspace_id, type, subject, body) values ('{id}', 'call', 'Call back', 'She asked about the Zürich delivery');
             insert into public.products (workspace_id, name, code) values ('{id}', 'Widget', 'W-100%');
             insert into public.tags (workspace_id, name) values ('{id}', 'Marten friends');"#
        ))
        .await
        .unwrap();
    let token = server.token_of(member).await;
    (acme, token)
}

#[tokio::test]
async fn every_kind_of_record_is_found_by_what_people_know_of_it() {
    let server = Server::start().await;
    let (_, token) = office(&server).await;
    for (query, expected) in [
        ("q=zoe", vec!["contacts Zoë Marten (prefix)"]),
        ("q=ZO%C3%8B%20mart", vec!["contacts Zoë Marten (prefix)"]),
        ("q=marten%20zoe", vec!["contacts Zoë Marten (word)"]),
        ("q=zoe@mail.test", vec!["contacts Zoë Marten (exact)"]),
        ("q=olsen@home.test", vec!["contacts Marten Olsen (exact)"]),
        ("q=%2B49%20171%201234567", vec!["contacts Zoë Marten (exact)"]),
        ("q=0171/123", vec!["contacts Zoë Marten (fragment)"]),
        ("q=5550199", vec!["organizations Ångström Labs (fragment)"]),
        ("q=angstrom.ex", vec!["organizations Ångström Labs (prefix)"]),
        (
            "q=angstrom%20labs",
            vec![
                "organizations Ångström Labs (exact)",
                "opportunities Renewal 2027 (organization)",
                "contacts Zoë Marten (organization)",
            ],
        ),
        ("q=zoe%20angstrom", vec!["contacts Zoë Marten (organization)"]),
        ("q=newal", vec!["opportunities Renewal 2027 (fragment)"]),
        ("q=zurich", vec!["activities Call back (word)"]),
        ("q=call%20back", vec!["activities Call back (exact)"]),
        ("q=w-100", vec!["products Widget (prefix)"]),
        ("q=0%25x", vec![]),
        ("q=%25", vec![]),
        ("q=_", vec![]),
        ("q=martin", vec![]),
    ] {
        assert_eq!(hits(&server, &token, query).await, expected, "{query}");
    }
    let fields = search(&server, &token, "q=newal").await[0]["fields"].clone();
    assert_eq!(
        (&fields["amount"], &fields["currency"], &fields["organization_name"]),
        (&json!(1200.00), &json!("USD"), &json!("Ångström Labs"))
    );
}

#[tokio::test]
async fn better_matches_come_first_and_ones_own_before_those_of_others() {
    let server = Server::start().await;
    let (_, token) = office(&server).await;
    let found = hits(&server, &token, "q=marten&types=contacts,tags").await;
    // Both by a name of their own in full, the newest first; then who has it inside a name, one's own first.
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found[..3].iter().filter(|hit| hit.contains("(prefix)")).count(), 3, "{found:?}");
    assert_eq!(found[3..], ["contacts Jo Smartens (fragment)", "contacts Anna Smartenson (fragment)"]);
    // A place for the best of each kind before the second best of any.
    assert_eq!(hits(&server, &token, "q=marten&limit=2&types=contacts,tags").await.len(), 2);
    let kinds = search(&server, &token, "q=marten&limit=2").await;
    assert!(kinds.iter().any(|hit| hit["type"] == "tags"), "{kinds:?}");
    // One letter is enough.
    assert!(hits(&server, &token, "q=z").await.contains(&"contacts Zoë Marten (prefix)".to_owned()));
}

#[tokio::test]
async fn a_search_stays_inside_the_callers_workspace() {
    let server = Server::start().await;
    office(&server).await;
    let evil = server.db.workspace("Evil").await.unwrap();
    let token = server.token_of(evil.owner).await;
    for query in ["q=marten", "q=m", "q=an", "q=angstrom", "q=call", "q=w-100", "q=49171"] {
        assert_eq!(hits(&server, &token, query).await, Vec::<String>::new(), "{query}");
    }
    let client = server.db.client().await.unwrap();
    let nobody = "set role authenticated; select * from app.search_records(array['marten'], '', array['contacts'], 9)";
    let rows = client.simple_query(nobody).await.unwrap();
    assert!(!rows.iter().any(|row| matches!(row, tokio_postgres::SimpleQueryMessage::Row(_))));
}

#[tokio::test]
async fn what_cannot_be_searched_is_refused_with_the_parameter_at_fault() {
    let server = Server::start().await;
    let (_, token) = office(&server).await;
    let long = format!("q={}", "x".repeat(201));
    for (query, field) in [
        ("", "q"),
        (long.as_str(), "q"),
        ("q=a&q=b", "q"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=101", "limit"),
        ("q=a&limit=-1", "limit"),
        ("q=a&types=users", "types"),
        ("q=a&types=", "types"),
    ] {
        let answer = server.get(&format!("/api/search?{query}")).bearer_auth(&token).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "application/problem+json", "{query}");
        let problem = expect(answer, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!((&problem["code"], &problem["field"]), (&json!("invalid"), &json!(field)), "{query}");
    }
    // Strange, but nothing is wrong with it.
    for query in ["q=", "q=%20%00%09", "q=%FF%FE", "q=%27%27%5C%25_%24%24", "q=a%27b%3A*%26%21", "q=%E7%8E%8B"] {
        assert_eq!(search(&server, &token, query).await, Vec::<Value>::new(), "{query}");
    }
}

#[tokio::test]
async fn a_search_is_one_statement_whatever_it_finds() {
    let server = Server::start().await;
    let (_, token) = office(&server).await;
    hits(&server, &token, "q=warm").await;
    for query in ["q=m", "q=marten", "q=nothing-like-it", "q=call&types=activities"] {
        let before = server.app.pg.statements();
        hits(&server, &token, query).await;
        assert_eq!(server.app.pg.statements() - before, 2, "{query}: the caller's settings and one statement");
    }
}

/// What is asked of each kind: a letter, letters without an index entry, common and rare fragments, words, numbers.
const ASKED: [&str; 9] = ["a", "zq", "la", "last", "last9", "first77 last", "call", "4711", "-/"];

#[tokio::test]
async fn no_search_reads_a_whole_table_or_more_rows_than_it_needs() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    plans::fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    let client = server.db.client().await.unwrap();
    let identity = owner_of(&acme);
    client.batch_execute(&format!("set rapport.workspace_id = '{}'", acme.id)).await.unwrap();
    let start = rows_fetched(&client).await;
    for kind in ["contacts", "organizations", "opportunities", "activities", "products", "tags"] {
        for words in ASKED {
            let before = rows_fetched(&client).await;
            let sql = "select count(*) from app.search_records(string_to_array($1, ' '), '', array[$2], 20)";
            client.query_one(sql, &[&words, &kind]).await.unwrap();
            let (scans, fetched) = rows_fetched(&client).await;
            assert_eq!(scans, before.0, "{kind} {words:?} reads a whole table");
            assert!(fetched - before.1 < 3_000, "{kind} {words:?} fetches {} rows", fetched - before.1);
        }
    }
    assert!(rows_fetched(&client).await.1 > start.1 + 10_000, "the counters must count");
    let records = include_str!("../../src/search/sql/records.sql");
    let params = ["first77", "", "contacts,organizations,opportunities,activities", "20"].map(|text| Some(text.into()));
    let scans = plans::scans(&server, &identity, query::Access::Read, "search", records, &params).await;
    assert!(scans.is_empty(), "{scans:?}");
}

#[tokio::test]
async fn a_list_by_a_fragment_finds_deleted_records_by_the_index_unless_it_leaves_them_out() {
    let server = Server::start().await;
    let (acme, token) = office(&server).await;
    plans::fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    let client = server.db.client().await.unwrap();
    let list = "/rest/v1/contacts?select=last_name&search_text=ilike.*gone*&order=last_name,id";
    for (rest, found) in [("", json!([{"last_name": "Gone"}])), ("&deleted_at=is.null", json!([]))] {
        let before = rows_fetched(&client).await;
        let answer = server.get(&format!("{list}{rest}")).bearer_auth(&token).send().await.unwrap();
        assert_eq!(expect(answer, StatusCode::OK).await, found, "{rest}");
        let (scans, fetched) = rows_fetched(&client).await;
        assert_eq!(scans, before.0, "{rest}");
        assert!(fetched - before.1 < 20, "{rest} fetches {} rows", fetched - before.1);
    }
}

#[tokio::test]
async fn what_is_known_to_be_common_is_not_looked_up() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    plans::fill(&server, acme.id, acme.pipeline, &acme.stages).await;
    let client = server.db.client().await.unwrap();
    client.batch_execute(&format!("set rapport.workspace_id = '{}'", acme.id)).await.unwrap();
    let before = rows_fetched(&client).await;
    let sql = "select app.matching_ids('contacts', array['last'], most => 10) is null";
    assert!(client.query_one(sql, &[]).await.unwrap().get::<_, bool>(0));
    assert_eq!(rows_fetched(&client).await.1, before.1);
}

/// Sequential scans of large tables so far, and rows that were fetched from them.
async fn rows_fetched(client: &tokio_postgres::Client) -> (i64, i64) {
    client.batch_execute("select pg_stat_force_next_flush()").await.unwrap();
    let sql =
        "select sum(seq_scan)::bigint, sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables
               where relname in ('contacts', 'organizations', 'opportunities', 'activities')";
    let row = client.query_one(sql, &[]).await.unwrap();
    (row.get(0), row.get(1))
}
