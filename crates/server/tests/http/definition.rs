//! A changed definition reaches a running server by itself.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use server::changes;

use crate::support::Server;

#[tokio::test]
async fn a_new_table_and_its_removal_are_noticed_without_a_restart() {
    let server = Server::start().await;
    let acme = server.db.workspace("Acme").await.unwrap();
    let token = server.token_of(acme.owner).await;
    let keeping = changes::keep_definition(&server.app);
    let client = server.db.client().await.unwrap();
    let becomes = async |expected: StatusCode| {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let answer = server.get("/rest/v1/gadgets").bearer_auth(&token).send().await.unwrap();
            if answer.status() == expected {
                break;
            }
            assert!(Instant::now() < deadline, "{} instead of {expected}", answer.status());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    becomes(StatusCode::NOT_FOUND).await;
    let sql = "create table public.gadgets (id int); grant select on public.gadgets to authenticated";
    client.batch_execute(sql).await.unwrap();
    becomes(StatusCode::OK).await;
    client.batch_execute("drop table public.gadgets").await.unwrap();
    becomes(StatusCode::NOT_FOUND).await;
    keeping.abort();
}
