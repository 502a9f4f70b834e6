//! In which form an answer leaves.

use std::sync::OnceLock;

use query::request::accept::{self, Accept};
use query::request::prefer::Prefer;
use query::{Body, Options, Plan, QueryError, ReadRequest, ResultRow, plan_read};
use schema::{Catalog, MediaHandler};

use crate::fixture::catalog;

fn with_handlers() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    let handler = |name: &str, target: Option<&str>, media_type: &str, base_type: &str| MediaHandler {
        schema: String::from("public"),
        name: name.to_owned(),
        target: target.map(|relation| (String::from("public"), relation.to_owned())),
        media_type: media_type.to_owned(),
        base_type: base_type.to_owned(),
    };
    CATALOG.get_or_init(|| Catalog {
        media_handlers: vec![
            handler("lines_of", None, "text/tab-separated-values", "text"),
            handler("shapes_of_places", Some("places"), "application/vnd.shapes", "bytea"),
            handler("tree_of_places", Some("places"), "application/json", "jsonb"),
            handler("anything", Some("stages"), "*/*", "text"),
        ],
        ..catalog().clone()
    })
}

fn plan(catalog: &Catalog, target: &str, accept: &Accept, options: Options) -> Result<Plan, QueryError> {
    let (relation, query) = target.split_once('?').unwrap_or((target, ""));
    let prefer = Prefer::default();
    let request =
        ReadRequest { schema: "public", relation, query, prefer: &prefer, accept, range: None, head: false, options };
    plan_read(catalog, &request)
}

fn content_type(plan: &Plan) -> String {
    let row = ResultRow { page_total: 1, ..ResultRow::default() };
    let answer = if plan.explains { plan.answer_plan() } else { plan.answer(&row, None).unwrap() };
    match answer.body {
        Body::Row { content_type } => content_type.into_owned(),
        Body::Empty => String::new(),
    }
}

/// The content type that comes of an `Accept` header, or the message of the refusal.
fn negotiated(catalog: &Catalog, target: &str, header: &str) -> String {
    let accept = accept::parse(Some(header));
    let options = Options { plans: true, ..Options::default() };
    plan(catalog, target, &accept, options).map_or_else(|error| error.message, |plan| content_type(&plan))
}

#[test]
fn the_most_wanted_type_that_can_be_had_is_sent() {
    for (header, expected) in [
        ("*/*", "application/json; charset=utf-8"),
        ("", "application/json; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json; charset=utf-8"),
        ("text/csv, */*", "text/csv; charset=utf-8"),
        ("text/csv;q=0.3, application/json;q=0.5", "application/json; charset=utf-8"),
        ("text/unknown, text/csv; version=1", "text/csv; charset=utf-8"),
        ("Application/Vnd.Pgrst.Object+json", "application/vnd.pgrst.object+json; charset=utf-8"),
        ("application/vnd.pgrst.object", "application/vnd.pgrst.object+json; charset=utf-8"),
        ("application/vnd.pgrst.array+json", "application/json; charset=utf-8"),
        (
            "application/vnd.pgrst.array;nulls=stripped",
            "application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8",
        ),
        ("text/html, image/png;q=0.5", "None of these media types are available: text/html, image/png"),
        ("application/geo+json", "None of these media types are available: application/geo+json"),
    ] {
        assert_eq!(negotiated(catalog(), "stages", header), expected, "{header}");
    }
}

#[test]
fn a_plan_names_what_it_is_the_plan_of() {
    for (header, expected) in [
        ("application/vnd.pgrst.plan", "application/vnd.pgrst.plan+text; for=\"application/json\"; charset=utf-8"),
        (
            "application/vnd.pgrst.plan+json; for=\"application/vnd.pgrst.object\"; options=wal|analyze",
            "application/vnd.pgrst.plan+json; for=\"application/vnd.pgrst.object+json\"; options=analyze|wal; charset=utf-8",
        ),
        (
            "application/vnd.pgrst.plan; for=\"text/x\"",
            "None of these media types are available: application/vnd.pgrst.plan+text; for=\"text/x\"",
        ),
    ] {
        assert_eq!(negotiated(catalog(), "stages", header), expected, "{header}");
    }
    let accept = accept::parse(Some("application/vnd.pgrst.plan+json;options=analyze|buffers"));
    let options = Options { plans: true, ..Options::default() };
    let explained = plan(catalog(), "stages?id=eq.1", &accept, options).unwrap();
    assert!(explained.sql.starts_with("explain (format json, analyze, buffers)\nselect "), "{}", explained.sql);
}

#[test]
fn nobody_sees_plans_unless_told_otherwise() {
    let accept = accept::parse(Some("application/vnd.pgrst.plan"));
    assert_eq!(plan(catalog(), "stages", &accept, Options::default()).unwrap_err().code, "PGRST107");
}

#[test]
fn the_database_can_make_types_of_its_own() {
    for (target, header, expected) in [
        ("contacts?select=id", "text/tab-separated-values", "text/tab-separated-values"),
        ("places", "application/vnd.shapes", "application/vnd.shapes"),
        ("places?select=*&id=eq.1", "application/vnd.shapes", "application/vnd.shapes"),
        (
            "places?select=id",
            "application/vnd.shapes",
            "None of these media types are available: application/vnd.shapes",
        ),
        ("contacts", "application/vnd.shapes", "None of these media types are available: application/vnd.shapes"),
        ("places", "application/json", "application/json; charset=utf-8"),
        ("stages", "image/anything", "application/octet-stream"),
        ("stages", "*/*", "application/octet-stream"),
        ("stages", "application/vnd.pgrst.object+json", "application/vnd.pgrst.object+json; charset=utf-8"),
        ("stages?select=id", "*/*", "application/json; charset=utf-8"),
    ] {
        assert_eq!(negotiated(with_handlers(), target, header), expected, "{target} as {header}");
    }
    let made =
        |target, header| plan(with_handlers(), target, &accept::parse(Some(header)), Options::default()).unwrap();
    let shapes = made("places", "application/vnd.shapes");
    assert!(shapes.bytes && shapes.sql.contains(r#""public"."shapes_of_places"("~rows"::"public"."places") as body"#));
    let lines = made("contacts", "text/tab-separated-values");
    assert!(!lines.bytes && lines.sql.contains(r#""public"."lines_of"("~rows") as body"#), "{}", lines.sql);
    let tree = made("places", "application/json");
    assert!(tree.bytes && tree.sql.contains(r#"jsonb_send("public"."tree_of_places"("#), "{}", tree.sql);
}
