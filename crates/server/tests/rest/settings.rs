//! Limits and switches that the operator sets.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Library, expect, header};

#[tokio::test]
async fn lists_aggregates_and_plans_are_what_the_operator_allows() {
    let library = Library::open(&[("PGRST_DB_MAX_ROWS", "1")]).await;
    let rows = expect(library.get("/books?select=id&order=id").send().await.unwrap(), StatusCode::OK).await;
    assert_eq!(rows, json!([{"id": 1}]));
    let sum = async |library: &Library| library.get("/books?select=shelf.sum()").send().await.unwrap();
    assert_eq!(expect(sum(&library).await, StatusCode::BAD_REQUEST).await["code"], "PGRST123");
    let plan = async |library: &Library| {
        library.get("/books").header("accept", "application/vnd.pgrst.plan+json").send().await.unwrap()
    };
    assert_eq!(expect(plan(&library).await, StatusCode::NOT_ACCEPTABLE).await["code"], "PGRST107");
    let open = [("PGRST_DB_AGGREGATES_ENABLED", "true"), ("PGRST_DB_PLAN_ENABLED", "true")];
    let library = Library::open(&open).await;
    assert_eq!(expect(sum(&library).await, StatusCode::OK).await, json!([{"sum": 21}]));
    assert!(expect(plan(&library).await, StatusCode::OK).await[0]["Plan"].is_object());
}

#[tokio::test]
async fn a_time_zone_may_be_preferred_unless_the_operator_forbids_it() {
    let zone = async |library: &Library| {
        let answer = library.get("/rpc/setting?name=timezone").header("prefer", "timezone=Asia/Tokyo");
        let answer = answer.send().await.unwrap();
        let applied = header(&answer, "preference-applied").map(str::to_owned);
        (expect(answer, StatusCode::OK).await, applied)
    };
    let library = Library::open(&[]).await;
    assert_eq!(zone(&library).await, (json!("Asia/Tokyo"), Some("timezone=Asia/Tokyo".to_owned())));
    let library = Library::open(&[("PGRST_DB_TIMEZONE_ENABLED", "false")]).await;
    let (zone, applied) = zone(&library).await;
    assert!(zone != "Asia/Tokyo" && applied.is_none(), "{zone}");
}

#[tokio::test]
async fn a_function_may_answer_in_the_place_of_the_description() {
    let library = Library::open(&[("PGRST_DB_ROOT_SPEC", "isolation")]).await;
    assert_eq!(expect(library.get("/").send().await.unwrap(), StatusCode::OK).await, "read committed");
    let library = Library::open(&[("PGRST_OPENAPI_MODE", "disabled")]).await;
    assert_eq!(expect(library.get("/").send().await.unwrap(), StatusCode::NOT_FOUND).await["code"], "PGRST126");
}
