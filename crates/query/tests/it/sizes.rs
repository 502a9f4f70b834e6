//! Large and deep requests are answered fast or refused, never by an overflow.

use std::fmt::Write as _;

use crate::ask::plan;

#[test]
fn fifty_levels_of_logic_are_planned() {
    let tree = format!("{}name.eq.1{}", "and(".repeat(50), ")".repeat(50));
    assert!(plan(&format!("GET /stages?or=({tree})")).is_ok());
}

#[test]
fn a_hundred_thousand_levels_are_refused() {
    for request in [
        format!("GET /stages?or=({}", "and(".repeat(100_000)),
        format!("GET /stages?select={}", "pipelines(".repeat(100_000)),
        format!("GET /stages?{}name=eq.1", "pipelines.".repeat(100_000)),
    ] {
        assert_eq!(plan(&request).unwrap_err().code, "54001");
    }
}

#[test]
fn json_that_would_exhaust_the_stack_of_the_database_is_refused() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    for request in [
        format!("POST /contacts\n\n{{\"custom\":{}}}", deep(1000)),
        format!("POST /rpc/take\n\n{}", deep(1001)),
        format!("GET /contacts?custom=cs.{}", deep(1001)),
    ] {
        assert_eq!(plan(&request).unwrap_err().code, "54001");
    }
    assert!(plan(&format!("POST /contacts\n\n{{\"custom\":{}}}", deep(999))).is_ok());
    assert!(
        plan(&format!("POST /contacts\n\n{{\"first_name\":\"{}\\\"\"}}", deep(2000))).is_ok(),
        "text is not nested"
    );
}

#[test]
fn a_name_however_long_is_looked_for_at_once() {
    let error = plan(&format!("GET /{}", "contacts".repeat(10_000))).unwrap_err();
    assert_eq!((error.code, error.hint), ("PGRST205", None));
}

#[test]
fn ten_thousand_ids_are_one_parameter() {
    let mut ids = String::new();
    for id in 0..10_000 {
        let _ = write!(ids, "{}{id}", if id == 0 { "" } else { "," });
    }
    let plan = plan(&format!("GET /places?id=in.({ids})")).unwrap();
    assert_eq!(plan.params.len(), 1);
}

#[test]
fn more_values_than_the_wire_counts_are_refused() {
    let branches = vec!["name.eq.1"; 40_000].join(",");
    assert_eq!(plan(&format!("GET /stages?or=({branches})")).unwrap_err().code, "54000");
}
