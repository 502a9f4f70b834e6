//! Domains with casts of their own: what an answer shows, a filter compares with, and a body gives.

use expect_test::expect_file;

use crate::ask::check;

#[test]
fn an_answer_shows_what_the_domain_makes_of_its_values() {
    check("GET /paints?select=*,tone:shade,shade::text", expect_file!["golden/domain_read.sql"]);
}

#[test]
fn rows_are_grouped_by_what_the_domain_shows() {
    check("GET /paints?select=*,count()", expect_file!["golden/domain_grouped.sql"]);
}

#[test]
fn a_filter_compares_with_what_the_domain_reads() {
    check(
        "GET /paints?select=id&shade=eq.ff&or=(shade.in.(aa,bb),shade.isdistinct.cc,shade.is.null)&order=shade",
        expect_file!["golden/domain_filter.sql"],
    );
}

#[test]
fn a_body_is_read_by_the_domain() {
    check(
        "POST /paints\nPrefer: return=representation, missing=default\n\n[{\"shade\":\"ff\"}]",
        expect_file!["golden/domain_insert.sql"],
    );
    check("PATCH /paints?shade=gt.aa\n\n{\"shade\":\"ff\"}", expect_file!["golden/domain_update.sql"]);
}
