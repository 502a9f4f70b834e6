//! The API's description of itself, in the dialect's very form.

use query::openapi::{Address, Detail, Offer, OfferedArgument, OfferedFunction, OfferedRelation, Site, describe};
use serde_json::{Value, json};

use crate::fixture::catalog;

fn document(offer: &Offer, detail: Detail) -> Value {
    let site = Site {
        title: "A title",
        description: "A description.",
        version: "1.2.3",
        address: Address::of("https://example.com/api", ""),
        security: false,
        detail,
    };
    serde_json::from_str(&describe(catalog(), "public", offer, &site)).unwrap()
}

fn offer() -> Offer {
    let read_only = OfferedRelation { name: String::from("places"), ..OfferedRelation::default() };
    Offer { relations: vec![read_only], ..Offer::default() }
}

#[test]
fn what_is_not_offered_is_not_described() {
    let document = document(&offer(), Detail::Dialect);
    let names = |part: &str| document[part].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names("paths"), ["/", "/places"]);
    assert_eq!(names("definitions"), ["places"]);
    assert!(document["parameters"].get("rowFilter.places.name").is_some());
    assert!(document["parameters"].get("rowFilter.shipments.id").is_none());
}

#[test]
fn the_dialects_own_document_tells_every_verb_and_nothing_more() {
    let dialect = document(&offer(), Detail::Dialect);
    let path = &dialect["paths"]["/places"];
    for (verb, answers) in [("get", json!(["200", "206"])), ("post", json!(["201"])), ("delete", json!(["204"]))] {
        assert_eq!(json!(path[verb]["responses"].as_object().unwrap().keys().collect::<Vec<_>>()), answers, "{verb}");
    }
    assert!(!dialect.to_string().contains("x-nullable"));
    assert!(dialect.get("responses").is_none() && dialect.get("security").is_none());

    let full = document(&offer(), Detail::Full);
    assert!(full["paths"]["/places"].get("post").is_none());
    assert_eq!(full["definitions"]["places"]["properties"]["name"]["x-nullable"], true);
}

#[test]
fn a_comment_on_the_schema_gives_title_and_description() {
    let info = |comment: Option<&str>| {
        document(&Offer { comment: comment.map(str::to_owned), ..Offer::default() }, Detail::Dialect)["info"].clone()
    };
    assert_eq!(info(None), json!({ "title": "A title", "description": "A description.", "version": "1.2.3" }));
    assert_eq!(info(Some("One")), json!({ "title": "One", "description": "", "version": "1.2.3" }));
    assert_eq!(
        info(Some("One\n\nTwo\nthree")),
        json!({ "title": "One", "description": "Two\nthree", "version": "1.2.3" })
    );
}

#[test]
fn the_offer_chooses_among_functions_of_one_name() {
    let argument = |name: &str, sql_type: &str| OfferedArgument { name: name.into(), r#type: sql_type.into() };
    let functions = vec![
        OfferedFunction { name: "add".into(), arguments: vec![argument("a", "integer"), argument("b", "integer")] },
        OfferedFunction { name: "add".into(), arguments: vec![argument("unknown", "text")] },
        OfferedFunction { name: "add_all".into(), arguments: vec![argument("values", "integer[]")] },
    ];
    let document = document(&Offer { functions, ..Offer::default() }, Detail::Dialect);
    assert_eq!(document["paths"]["/rpc/add"]["post"]["parameters"][0]["schema"]["required"], json!(["a"]));
    assert_eq!(
        document["paths"]["/rpc/add_all"]["get"]["parameters"][0],
        json!({
            "name": "values", "in": "query", "required": true, "type": "array", "collectionFormat": "multi",
            "items": { "type": "integer", "format": "int32" },
        })
    );
}
