//! Claims about the demo workspace and about seeded data.
#![expect(clippy::unwrap_used, reason = "a failing test may say so by panicking")]

use std::time::Duration;

use chrono::{DateTime, Utc};
use server::config::DemoConfig;
use server::demo;
use server::pg::{Pg, Target};
use server::seed::{Amounts, Recipe, seed};
use testdb::Database;
use tokio_postgres::Client;

async fn number(client: &Client, sql: &str) -> i64 {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

async fn text(client: &Client, sql: &str) -> String {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn the_demo_is_made_once_and_is_whole() {
    let database = Database::create().await.unwrap();
    let pg = Pg::new(Target::parse(&database.url()).unwrap(), 2, Duration::from_secs(5)).unwrap();
    let config = DemoConfig { enabled: true, password: "rapport-demo".to_owned() };
    let id = demo::ensure(&pg, &config).await.unwrap();
    let client = database.client().await.unwrap();
    let counts = "select concat_ws(' ', (select count(*) from organizations), (select count(*) from contacts),
        (select count(*) from opportunities), (select count(*) from opportunity_items), (select count(*) from activities))";
    let before = text(&client, counts).await;
    assert_eq!(before, "40 126 60 92 90");
    assert_eq!(demo::ensure(&pg, &config).await.unwrap(), id);
    assert_eq!(text(&client, counts).await, before);
    let users = "select count(*) from auth.users u join memberships m on m.user_id = u.id and m.role in ('owner', 'manager', 'member', 'viewer')
        where u.email like '%@rapport.test' and u.encrypted_password is not null and u.current_workspace_id = m.workspace_id";
    assert_eq!(number(&client, users).await, 4);
    assert_eq!(number(&client, "select count(distinct stage_id) from opportunities").await, 6);
    let agree = "select count(*) from opportunities o where o.amount <> (
        select sum(i.quantity * i.unit_price) from opportunity_items i where i.opportunity_id = o.id)";
    assert_eq!(number(&client, agree).await, 0);
    for when in ["< current_date", "= current_date", "> current_date"] {
        let due = format!("select count(*) from activities where type = 'task' and done_at is null and due_on {when}");
        assert!(number(&client, &due).await >= 5, "open tasks due {when}");
    }
    assert_eq!(number(&client, "select count(*) from activities where occurred_at > now()").await, 0);
}

fn recipe(random_seed: u64) -> Recipe {
    let until: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
    let amounts = Amounts { contacts: 3000, organizations: 300, opportunities: 600, activities: 6000 };
    Recipe { amounts, random_seed, until, currency: "USD".to_owned() }
}

/// Everything that a seed writes, without what the database adds by the clock.
const CONTENT: &str = "select md5(string_agg(x, '' order by x)) from (
    select (to_jsonb(t) - 'workspace_id' - 'pipeline_id' - 'stage_id')::text as x from opportunities t where workspace_id = $1
    union all select (to_jsonb(t) - 'workspace_id')::text from organizations t where workspace_id = $1
    union all select (to_jsonb(t) - 'workspace_id')::text from contacts t where workspace_id = $1
    union all select (to_jsonb(t) - 'workspace_id')::text from opportunity_items t where workspace_id = $1
    union all select (to_jsonb(t) - 'workspace_id')::text from activities t where workspace_id = $1) rows";

#[tokio::test]
async fn the_same_recipe_gives_the_same_rows_and_every_index_is_there_again() {
    let database = Database::create().await.unwrap();
    let mut client = database.client().await.unwrap();
    let indexes =
        "select md5(string_agg(indexdef, ';' order by indexname)) from pg_indexes where schemaname = 'public'";
    let before = text(&client, indexes).await;
    let mut contents = Vec::new();
    for (name, random_seed) in [("One", 7), ("Two", 7), ("Three", 8)] {
        let workspace = database.workspace(name).await.unwrap();
        seed(&mut client, workspace.id, recipe(random_seed), &|_, _, _| {}).await.unwrap();
        contents.push(client.query_one(CONTENT, &[&workspace.id]).await.unwrap().get::<_, String>(0));
    }
    assert_eq!(contents[0], contents[1]);
    assert_ne!(contents[0], contents[2]);
    assert_eq!(text(&client, indexes).await, before);
    assert_eq!(number(&client, "select count(*) from contacts").await, 9000);
    // What foreign keys and triggers would have seen to.
    let strays = "select count(*) from contacts c where organization_id is not null and not exists (
        select from organizations o where o.workspace_id = c.workspace_id and o.id = c.organization_id)";
    assert_eq!(number(&client, strays).await, 0);
    let strays = "select count(*) from activities a where not exists (
        select from contacts c where c.workspace_id = a.workspace_id and c.id = a.contact_id)";
    assert_eq!(number(&client, strays).await, 0);
    let wrong = "select count(*) from opportunities o join stages s on s.id = o.stage_id
        where o.status <> s.kind or o.probability_percent <> s.probability_percent or (s.kind = 'open') <> (o.closed_at is null)";
    assert_eq!(number(&client, wrong).await, 0);
    let workspace = client.query_one("select id from workspaces where name = 'One'", &[]).await.unwrap().get(0);
    let again = seed(&mut client, workspace, recipe(7), &|_, _, _| {}).await.unwrap_err();
    assert!(again.to_string().contains("--random-seed"), "{again}");
}
