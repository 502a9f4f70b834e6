//! Reads of one relation.

use expect_test::expect_file;

use crate::ask::{check, check_with, plan, plan_with};
use query::{Count, Options};

#[test]
fn every_column_is_one_star() {
    check("GET /stages", expect_file!["golden/read_star.sql"]);
}

#[test]
fn a_star_leaves_out_search_columns() {
    check("GET /opportunities?limit=1", expect_file!["golden/read_star_hides_search.sql"]);
}

#[test]
fn columns_have_aliases_casts_and_ways_into_json() {
    check(
        "GET /contacts?select=id,full:last_name,created_at::date,custom->address->>city,phones->0->>value,first:phones->0,tags->0,\"email\"",
        expect_file!["golden/read_columns.sql"],
    );
}

#[test]
fn every_operator_has_its_sql() {
    check(
        "GET /contacts?select=id&version=eq.1&version=neq.2&version=gt.3&version=gte.4&version=lt.5&version=lte.6\
         &city=like.B*n&city=ilike.*b%25&city=match.^B&city=imatch.^b&id=in.(00000000-0000-0000-0000-000000000001)\
         &deleted_at=is.null&do_not_contact=is.TRUE&city=isdistinct.Bonn&tags=cs.{a}&tags=cd.{a,b}&tags=ov.{c}\
         &custom=cs.{\"a\":1}&email=not.is.null&do_not_contact=is.unknown&email=is.not_null",
        expect_file!["golden/read_operators.sql"],
    );
}

#[test]
fn ranges_have_operators_too() {
    check(
        "GET /shipments?select=id&during=sl.(2020-01-01,2021-01-01)&during=sr.[2020-01-01,2021-01-01)\
         &during=nxr.[2020-01-01,2021-01-01)&during=nxl.[2020-01-01,2021-01-01)&during=adj.[2020-01-01,2021-01-01)",
        expect_file!["golden/read_ranges.sql"],
    );
}

#[test]
fn quantifiers_take_an_array_literal() {
    check(
        "GET /contacts?select=id&city=like(any).{B*,C*}&city=ilike(all).{*a*,*b*}&version=eq(any).{1,2}&version=gt(all).{0}",
        expect_file!["golden/read_quantifiers.sql"],
    );
}

#[test]
fn words_are_searched_in_vectors_and_texts() {
    check(
        "GET /organizations?select=id&search_vector=wfts(simple).paper mill&name=fts.paper&description=not.plfts(english).mill\
         &search_vector=phfts(simple).a b",
        expect_file!["golden/read_full_text.sql"],
    );
}

#[test]
fn an_empty_list_matches_nothing() {
    check(
        "GET /stages?select=id&key=in.()&name=not.in.(\"a,b\",\"c\\\"d\",e f,\"\")",
        expect_file!["golden/read_in.sql"],
    );
}

#[test]
fn logic_nests_and_quotes() {
    check(
        "GET /contacts?select=id&or=(city.eq.\"a,b\",not.and(version.gt.1,version.lt.9),tags.cs.{x,y},custom->>k.eq.v,id.in.(00000000-0000-0000-0000-000000000001))\
         &not.or=(city.is.null,city.not.ilike.\"*(x)*\")",
        expect_file!["golden/read_logic.sql"],
    );
}

#[test]
fn order_knows_directions_nulls_and_json() {
    check(
        "GET /contacts?select=id&order=last_name.desc.nullslast,first_name,custom->>rank.asc.nullsfirst,id.nullslast&limit=5",
        expect_file!["golden/read_order.sql"],
    );
}

#[test]
fn a_near_page_is_cut_by_limit_and_offset() {
    check("GET /stages?select=id&limit=10&offset=20", expect_file!["golden/read_page.sql"]);
}

#[test]
fn a_far_page_finds_keys_first() {
    check(
        "GET /contacts?select=id,last_name,organization:organizations(name)&deleted_at=is.null&order=last_name,first_name,id&limit=100&offset=50000",
        expect_file!["golden/read_far_page.sql"],
    );
}

#[test]
fn a_range_header_is_met_with_the_parameters() {
    check("GET /stages?select=id&limit=30\nRange: 10-19", expect_file!["golden/read_range_header.sql"]);
}

#[test]
fn an_exact_count_of_a_page_counts_beside_it() {
    check(
        "GET /stages?select=id&kind=eq.open&limit=2\nPrefer: count=exact",
        expect_file!["golden/read_count_exact.sql"],
    );
}

#[test]
fn an_exact_count_of_everything_is_that_of_the_page() {
    check("GET /stages?select=id\nPrefer: count=exact", expect_file!["golden/read_count_all.sql"]);
}

#[test]
fn a_planned_count_asks_the_planner() {
    check(
        "GET /contacts?select=id&city=eq.Bonn&limit=2\nPrefer: count=planned",
        expect_file!["golden/read_count_planned.sql"],
    );
}

#[test]
fn an_estimated_count_stops_counting() {
    check_with(
        "GET /contacts?select=id&limit=2\nPrefer: count=estimated",
        Options::default(),
        expect_file!["golden/read_count_estimated.sql"],
    );
}

#[test]
fn an_estimate_without_a_most_of_rows_counts_them_all() {
    let plan = plan_with(
        "GET /contacts?select=id&limit=2\nPrefer: count=estimated",
        Options { max_rows: None, ..Options::default() },
    );
    let plan = plan.unwrap();
    assert!(!plan.sql.contains("limit 1001"), "{}", plan.sql);
    assert!(matches!(plan.count, Some(Count::Estimated { ceiling: None, .. })), "{:?}", plan.count);
}

#[test]
fn a_head_request_builds_no_body() {
    check("HEAD /contacts?select=*&deleted_at=is.null\nPrefer: count=exact", expect_file!["golden/read_head.sql"]);
}

#[test]
fn one_object_is_the_first_of_the_list() {
    check(
        "GET /stages?select=id&limit=1\nAccept: application/vnd.pgrst.object+json;nulls=stripped",
        expect_file!["golden/read_object.sql"],
    );
}

#[test]
fn csv_has_a_header_line() {
    check("GET /stages?select=id,\"a name\":name\nAccept: text/csv", expect_file!["golden/read_csv.sql"]);
}

#[test]
fn aggregates_fold_by_what_else_is_selected() {
    check(
        "GET /opportunities?select=status,amount.sum(),average:amount::float8.avg()::int4,count(),organization:organizations(name)",
        expect_file!["golden/read_aggregates.sql"],
    );
}

#[test]
fn a_text_filter_is_probed_first() {
    check(
        "GET /contacts?select=id&deleted_at=is.null&search_text=ilike.*Müller*&order=created_at.desc&limit=50\nPrefer: count=planned",
        expect_file!["golden/read_probe.sql"],
    );
}

#[test]
fn the_contacts_list_of_an_organization_walks_its_index() {
    check(
        "GET /contacts?select=*,organization:organizations!inner(id,name,status)&deleted_at=is.null\
         &or=(first_name.ilike.%25ann%25,last_name.ilike.%25ann%25,email.ilike.%25ann%25)\
         &organization_id=eq.00000000-0000-0000-0000-000000000001&order=created_at.desc&limit=100",
        expect_file!["golden/read_contacts_of_organization.sql"],
    );
}

#[test]
fn a_probe_looks_for_what_every_branch_implies() {
    let probed = |filters: &str| {
        let plan = plan(&format!("GET /contacts?{filters}")).unwrap();
        plan.probe.map(|probe| probe.params[0].clone().unwrap())
    };
    let any = "or=(first_name.ilike.*ann*,last_name.like.*Lee,email.ilike.%25ann%25)";
    let cases = [
        (format!("deleted_at=is.null&{any}"), Some("{\"Lee\",\"ann\"}")),
        (any.to_owned(), Some("{\"Lee\",\"ann\"}")),
        (format!("deleted_at=not.is.null&{any}"), Some("{\"Lee\",\"ann\"}")),
        (String::from("deleted_at=is.null&or=(first_name.ilike.*ann*,city.ilike.*ann*)"), None),
        (String::from("deleted_at=is.null&or=(first_name.ilike.*ann*,email.is.null)"), None),
        (String::from("deleted_at=is.null&first_name=not.ilike.*ann*"), None),
        (String::from("deleted_at=is.null&search_text=ilike.*a*"), None),
        (String::from("deleted_at=is.null&search_text=ilike.*an*&email=like.*example*"), Some("{\"an\",\"example\"}")),
        (String::from("deleted_at=is.null&search_text=ilike.*a*&email=like.*example*"), Some("{\"example\"}")),
        (String::from("deleted_at=is.null&and=(search_text.ilike.*smith*,city.eq.Bonn)"), Some("{\"smith\"}")),
        (String::from("deleted_at=is.null&email=ilike.ann\\_lee%25x"), Some("{\"ann_lee\"}")),
        (String::from("deleted_at=is.null&city=ilike.*bonn*"), None),
        (String::from("deleted_at=is.null&search_text=ilike.*ann*&id=eq.x"), None),
        (String::from("deleted_at=is.null&search_text=ilike.*ann*&assigned_user_id=eq.x"), Some("{\"ann\"}")),
    ];
    for (filters, expected) in cases {
        assert_eq!(probed(&filters).as_deref(), expected, "{filters}");
    }
}

#[test]
fn several_words_are_looked_up_together() {
    let probe = |filters: &str| plan(&format!("GET /contacts?deleted_at=is.null&{filters}")).unwrap().probe.unwrap();
    let both = probe("search_text=ilike.*garcia*&search_text=ilike.*lopez*");
    assert_eq!(both.sql, "select app.matching_ids('contacts', $1, every => true)");
    assert_eq!(both.params, [Some("{\"garcia\",\"lopez\"}".to_owned())]);
    let any = probe("or=(first_name.ilike.*ann*,last_name.ilike.*lee*)");
    assert_eq!(any.sql, "select app.matching_ids('contacts', $1)");
}

#[test]
fn the_name_of_a_plan_is_its_shape() {
    let name = |request: &str| plan(request).unwrap().name;
    assert_eq!(name("GET /stages?id=eq.1&limit=5"), name("GET /stages?id=eq.2&limit=500"));
    assert_ne!(name("GET /stages?id=eq.1"), name("GET /stages?id=gt.1"));
    assert!(name("GET /stages").starts_with("read.stages."));
}

#[test]
fn a_list_is_never_longer_than_allowed() {
    let options = Options { max_rows: Some(100), aggregates: false, ..Options::default() };
    let sql = |request: &str| plan_with(request, options).unwrap().sql;
    assert!(sql("GET /stages").contains("limit 100"));
    assert!(sql("GET /stages?limit=500").contains("limit 100"));
    assert!(sql("GET /stages?limit=5").contains("limit 5)"));
    assert_eq!(sql("GET /organizations?select=id,contacts(id)&contacts.limit=7").matches("limit 100").count(), 1);
    assert!(!sql("POST /stages\nPrefer: return=representation\n\n{}").contains("limit"));
}

#[test]
fn what_is_read_is_known() {
    let set = plan("GET /contacts?select=id,organizations!inner(name)&city=eq.Bonn&id=in.(a,b)&order=created_at")
        .unwrap()
        .read_set;
    assert!(!set.opaque);
    assert_eq!(set.tables.len(), 2);
    let contacts = &set.tables[0];
    assert_eq!(contacts.table, "contacts");
    assert_eq!(contacts.keys.len(), 2);
    assert_eq!(contacts.keys[1].values, ["a", "b"]);
    assert_eq!(contacts.deciding, ["city", "created_at", "id", "organization_id", "workspace_id"]);
    assert_eq!(contacts.shown, Some(vec![String::from("id")]));
    assert_eq!(set.tables[1].deciding, ["id", "workspace_id"]);
}

#[test]
fn a_value_under_an_empty_key_is_called_by_what_leads_to_it() {
    for (select, key) in [("custom->\"\"", "custom"), ("custom->a->\"\"->0", "a")] {
        let sql = plan(&format!("GET /contacts?select={select}")).unwrap().sql;
        assert!(sql.contains(&format!(" as \"{key}\"")), "{sql}");
    }
}
