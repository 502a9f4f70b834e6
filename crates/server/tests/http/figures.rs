//! The dashboard's figures.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Server, expect};

async fn metrics(server: &Server, token: &str) -> Value {
    let answer = server.get("/api/dashboard/metrics").bearer_auth(token).send().await.unwrap();
    expect(answer, StatusCode::OK).await
}

#[tokio::test]
async fn the_dashboard_adds_up_what_the_records_say() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let client = server.db.client().await.unwrap();
    let (id, member, stages) = (acme.id, acme.member, &acme.stages);
    client
        .batch_execute(&format!(
            "insert into public.organizations (workspace_id, id, name) values ('{id}', '{id}', 'Globex');
             insert into public.opportunities (workspace_id, name, stage_id, pipeline_id, amount, closed_at, organization_id) values
               ('{id}', 'a', '{open}', '{pipeline}', 1000, null, '{id}'), ('{id}', 'b', '{open}', '{pipeline}', 500.50, null, null),
               ('{id}', 'c', '{won}', '{pipeline}', 300, '2017-03-31 23:30Z', '{id}'), ('{id}', 'd', '{won}', '{pipeline}', 200, '2016-02-01', '{id}'),
               ('{id}', 'e', '{lost}', '{pipeline}', 70, '2017-02-10', '{id}');
             insert into public.opportunities (workspace_id, name, stage_id, pipeline_id, amount, deleted_at)
               values ('{id}', 'gone', '{open}', '{pipeline}', 9999, now());
             insert into public.activities (workspace_id, type, subject, due_on, assigned_user_id, organization_id, occurred_at) values
               ('{id}', 'task', 'late', current_date - 3, '{member}', '{id}', now()),
               ('{id}', 'task', 'now', (now() at time zone 'UTC')::date, '{member}', null, now() - interval '1 day'),
               ('{id}', 'call', 'soon', current_date + 3, '{member}', null, now() - interval '2 days'),
               ('{id}', 'task', 'of another', current_date, '{owner}', null, now() - interval '3 days');",
            open = stages[0], won = stages[4], lost = stages[5], pipeline = acme.pipeline, owner = acme.owner,
        ))
        .await
        .unwrap();
    let token = server.token_of(member).await;
    let seen = metrics(&server, &token).await;
    assert_eq!(seen["currency"], "USD");
    assert_eq!(
        seen["totals"],
        json!({
            "open_count": 2, "open_amount": 1500.50, "weighted_amount": 150.05, "won_count": 2, "won_amount": 500.00,
            "lost_count": 1, "lost_amount": 70.00, "organizations": 1, "contacts": 0, "opportunities_without_organization": 1,
        })
    );
    assert_eq!(seen["win_rate"], 0.6667);
    let pipeline = seen["pipeline"].as_array().unwrap();
    assert_eq!(pipeline.len(), 6);
    assert_eq!(
        (&pipeline[0]["key"], &pipeline[0]["count"], &pipeline[0]["pipeline_name"]),
        (&json!("PROSPECTING"), &json!(2), &json!("Sales"))
    );
    let months = seen["won_by_month"].as_array().unwrap();
    assert_eq!(months.len(), 12);
    assert_eq!(months[0], json!({ "month": "2016-04", "won_count": 0, "won_amount": 0, "lost_count": 0 }));
    assert_eq!(months[10], json!({ "month": "2017-02", "won_count": 0, "won_amount": 0, "lost_count": 1 }));
    assert_eq!(months[11], json!({ "month": "2017-03", "won_count": 1, "won_amount": 300.00, "lost_count": 0 }));
    assert_eq!(
        (&seen["my_tasks"]["overdue"], &seen["my_tasks"]["today"], &seen["my_tasks"]["upcoming"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(seen["my_tasks"]["items"][0]["organization_name"], "Globex");
    assert_eq!(seen["recent_activity"].as_array().unwrap().len(), 4);
    assert_eq!(seen["recent_activity"][0]["user_name"], "Member");

    // Half past eleven in the evening of March in UTC is April in Berlin.
    client.execute("update public.workspaces set timezone = 'Europe/Berlin' where id = $1", &[&id]).await.unwrap();
    let months = metrics(&server, &token).await;
    assert_eq!(months["won_by_month"][11]["month"], "2017-04");
    client.execute("update public.workspaces set timezone = 'Mars/Olympus' where id = $1", &[&id]).await.unwrap();
    assert_eq!(metrics(&server, &token).await["won_by_month"][11]["month"], "2017-03");
}

#[tokio::test]
async fn an_empty_workspace_has_a_dashboard_too() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let seen = metrics(&server, &server.token_of(acme.viewer).await).await;
    assert_eq!(seen["win_rate"], Value::Null);
    assert_eq!(seen["won_by_month"], json!([]));
    assert_eq!(seen["totals"]["open_amount"], 0);
    assert_eq!(seen["my_tasks"], json!({ "overdue": 0, "today": 0, "upcoming": 0, "items": [] }));
}

#[tokio::test]
async fn more_records_than_anybody_counts_are_estimated() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let client = server.db.client().await.unwrap();
    let sql =
        "insert into public.contacts (workspace_id, last_name) select $1, 'n' || n from generate_series(1, 10100) n";
    client.execute(sql, &[&acme.id]).await.unwrap();
    client.batch_execute("analyze public.contacts").await.unwrap();
    let seen = metrics(&server, &server.token_of(acme.viewer).await).await;
    let contacts = seen["totals"]["contacts"].as_u64().unwrap();
    assert!((10_001..=10_500).contains(&contacts), "{contacts}");
}
