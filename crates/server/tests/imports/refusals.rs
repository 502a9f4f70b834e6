//! What an import refuses, and what is left when it is stopped.

use server::imports::detect::DateFormat;
use server::imports::engine;
use server::imports::problems;
use server::imports::run::Reporter;

use crate::support::{Bench, with_dates};

#[tokio::test]
async fn ambiguous_dates_are_asked_for_and_the_answer_is_used() {
    let bench = Bench::new().await;
    let files =
        [bench.file("deals.csv", "deal name,stage,amount,close date\nA,Won,5,03/04/2017\nB,Won,5,05/06/2017\n")];
    let error = bench.import(&files).await.unwrap_err().to_string();
    assert!(error.contains("close date") && error.contains("03/04/2017"), "{error}");
    assert_eq!(bench.count("select count(*) from opportunities").await, 0);
    bench.import_with(&files, false, |plan| with_dates(plan, DateFormat::Mdy)).await.unwrap();
    assert_eq!(bench.text("select min(expected_close_date)::text from opportunities").await, "2017-03-04");
}

#[tokio::test]
async fn bad_rows_are_told_whole_and_good_rows_go_in() {
    let bench = Bench::new().await;
    let text = "first name,last name,email,company\n\
        Ann,Lee,ann@example.com,Globex\n\
        Bob,Ray,bob@example.com,\"Initech, Inc.\"\n\
        Cy,Doe,not an address,Globex\n\
        Di,Poe,di@example.com,Globex,surplus\n\
        Ed,Fox,ANN@example.com,Globex\n\
        ,,,Globex\n"
        .to_owned()
        + &(0..30).map(|n| format!("F{n},L,f{n}@example.com,\n")).collect::<String>();
    let files = [bench.file("contacts.csv", &text)];
    let (id, summary) = bench.import(&files).await.unwrap();
    let outcome = summary.tables["contacts"];
    assert_eq!((outcome.created, outcome.skipped, outcome.refused), (32, 1, 3));
    assert_eq!(summary.tables["organizations"].created, 2);
    let found = problems::list(&bench.client, bench.workspace.id, id, 100).await.unwrap();
    let told: Vec<(i64, &str, &str)> =
        found.iter().map(|problem| (problem.line, problem.severity.as_str(), problem.reason.as_str())).collect();
    assert_eq!(
        told,
        [
            (4, "refused", "not an e-mail address"),
            (5, "refused", "has 5 cells, but the file has 4 columns"),
            (7, "refused", "a contact needs a name or an e-mail address"),
            (6, "warning", "repeats line 2; only that line was imported"),
        ]
    );
    assert_eq!(found[0].row, serde_json::json!(["Cy", "Doe", "not an address", "Globex"]));
}

#[tokio::test]
async fn an_import_that_is_cut_off_leaves_nothing() {
    let bench = Bench::new().await;
    let rows: String = (0..60_000).map(|n| format!("Ann{n},Lee,ann{n}@example.com\n")).collect();
    let files = [bench.file("contacts.csv", &format!("first name,last name,email\n{rows}"))];
    let before = bench.content(false).await;
    let (facts, plan) = bench.prepare(&files).await.unwrap();
    let job = bench.job(&files, facts, plan, false).await;
    let (reporter, mut progress) = Reporter::new();
    let (pg, id) = (bench.pg.clone(), job.import_id);
    let running = tokio::spawn(async move { engine::carry_out(&pg, &job, &reporter).await });
    while progress.changed().await.is_ok() && progress.borrow_and_update().percent < 45 {}
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert_eq!(bench.content(false).await, before);
    // The backend notices once its statement ends; until then the import is not given up.
    let mut recovered = 0;
    for _ in 0..120 {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        recovered = server::imports::store::recover(&bench.client).await.unwrap();
        if recovered > 0 {
            break;
        }
    }
    assert_eq!(recovered, 1);
    assert_eq!(bench.content(false).await, before);
    assert_eq!(bench.text(&format!("select state from imports where id = '{id}'")).await, "failed");
}

#[tokio::test]
async fn a_plan_that_cannot_be_done_names_its_field() {
    let bench = Bench::new().await;
    let files = [bench.file("contacts.csv", "first name,email\nAnn,ann@example.com\n")];
    let error = bench.import_with(&files, false, |plan| plan.files[0].columns[1].field = "shoe_size".to_owned()).await;
    let server::imports::error::ImportError::Plan { field, .. } = error.unwrap_err() else { panic!("a plan error") };
    assert_eq!(field, "plan.files[0].columns[1].field");
}
