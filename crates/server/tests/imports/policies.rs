//! Duplicates, undo of updates, and other workspaces.

use server::imports::plan::Duplicates;
use server::imports::undo::{self, Edited};

use crate::support::Bench;

const FIRST: &str = "first name,last name,email,job title,company\nAnn,Lee,ann@example.com,CTO,Globex\n";
const SECOND: &str =
    "first name,last name,email,job title,company\nAnna,Lee,ANN@example.com,CEO,Initech\nBob,Ray,bob@example.com,,\n";

async fn imported(policy: Duplicates) -> (Bench, uuid::Uuid) {
    let bench = Bench::new().await;
    bench.import(&[bench.file("contacts.csv", FIRST)]).await.unwrap();
    let second = bench.file("contacts.csv", SECOND);
    let (id, _) = bench.import_with(&[second], false, |plan| plan.files[0].duplicates = policy).await.unwrap();
    (bench, id)
}

const ANN: &str = "select concat_ws('|', c.first_name, c.email, c.job_title, o.name)
    from contacts c join organizations o on o.id = c.organization_id where c.last_name = 'Lee'";

#[tokio::test]
async fn skip_keeps_what_is_there() {
    let (bench, _) = imported(Duplicates::Skip).await;
    assert_eq!(bench.text(ANN).await, "Ann|ann@example.com|CTO|Globex");
    assert_eq!(bench.count("select count(*) from contacts").await, 2);
}

#[tokio::test]
async fn update_fills_in_what_the_file_says_and_undo_puts_it_back() {
    let bench = Bench::new().await;
    bench.import(&[bench.file("contacts.csv", FIRST)]).await.unwrap();
    let before = bench.content(true).await;
    let second = bench.file("contacts.csv", SECOND);
    let change = |plan: &mut server::imports::plan::Plan| plan.files[0].duplicates = Duplicates::Update;
    let (id, summary) = bench.import_with(&[second], false, change).await.unwrap();
    assert_eq!(bench.text(ANN).await, "Anna|ANN@example.com|CEO|Initech");
    assert_eq!((summary.tables["contacts"].updated, summary.tables["contacts"].created), (1, 1));
    bench.undo(id, Edited::Undo).await.unwrap();
    assert_eq!(bench.content(true).await, before);
}

#[tokio::test]
async fn create_makes_another_unless_a_key_is_taken() {
    let (bench, id) = imported(Duplicates::Create).await;
    assert_eq!(bench.text(ANN).await, "Ann|ann@example.com|CTO|Globex");
    assert_eq!(bench.count("select count(*) from contacts").await, 2);
    let refused = format!("select reason from app.import_problems where import_id = '{id}'");
    assert_eq!(bench.text(&refused).await, "another contact has this e-mail address");
}

#[tokio::test]
async fn rows_edited_since_are_reported_and_kept_if_wished() {
    let bench = Bench::new().await;
    let (id, _) = bench.import(&[bench.file("contacts.csv", SECOND)]).await.unwrap();
    bench.client.execute("update contacts set city = 'Bern' where last_name = 'Ray'", &[]).await.unwrap();
    let preview = undo::preview(&bench.client, bench.workspace.id, id).await.unwrap();
    assert_eq!((preview.rows["contacts"], preview.edited()), (2, 1));
    bench.undo(id, Edited::Keep).await.unwrap();
    assert_eq!(bench.text("select string_agg(first_name, ',') from contacts").await, "Bob");
}

#[tokio::test]
async fn another_workspace_is_neither_read_nor_touched() {
    let bench = Bench::new().await;
    let other = bench.database.workspace("Other").await.unwrap();
    let theirs = "insert into organizations (workspace_id, name) values ($1, 'Globex') returning id";
    let theirs: uuid::Uuid = bench.client.query_one(theirs, &[&other.id]).await.unwrap().get(0);
    bench.import(&[bench.file("contacts.csv", FIRST)]).await.unwrap();
    let linked = bench.client.query_one("select organization_id from contacts", &[]).await.unwrap();
    assert_ne!(linked.get::<_, uuid::Uuid>(0), theirs);
    let sql = "select count(*) from contacts where workspace_id = $1";
    assert_eq!(bench.client.query_one(sql, &[&other.id]).await.unwrap().get::<_, i64>(0), 0);
}
