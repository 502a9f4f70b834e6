//! Related rows.

use expect_test::{expect, expect_file};

use crate::ask::{check, plan, refused};

#[test]
fn an_embedded_parent_is_one_lateral_join() {
    check("GET /contacts?select=id,organization:organizations(id,name)", expect_file!["golden/embed_parent.sql"]);
}

#[test]
fn embeds_join_the_page_not_the_table() {
    check(
        "GET /contacts?select=id,organizations(name)&deleted_at=is.null&order=created_at.desc&limit=100",
        expect_file!["golden/embed_after_limit.sql"],
    );
}

#[test]
fn embedded_children_are_a_list_with_a_life_of_their_own() {
    check(
        "GET /organizations?select=id,contacts(id,email)&contacts.deleted_at=is.null&contacts.order=created_at.desc\
         &contacts.limit=3&contacts.offset=3&contacts.or=(city.eq.Bonn,city.eq.Ulm)",
        expect_file!["golden/embed_children.sql"],
    );
}

#[test]
fn a_junction_joins_many_to_many() {
    check(
        "GET /opportunities?select=id,contacts(id,email)&contacts.city=eq.Bonn",
        expect_file!["golden/embed_many_to_many.sql"],
    );
}

#[test]
fn an_inner_child_is_asked_for_before_the_limit() {
    check(
        "GET /organizations?select=id,contacts!inner(id)&contacts.city=eq.Bonn&limit=10\nPrefer: count=exact",
        expect_file!["golden/embed_inner_children.sql"],
    );
}

#[test]
fn an_inner_child_without_a_limit_is_an_inner_join() {
    check("GET /organizations?select=id,contacts!inner(id)", expect_file!["golden/embed_inner_all.sql"]);
}

#[test]
fn embeds_nest() {
    check(
        "GET /organizations?select=id,opportunities(id,items:opportunity_items(name),stage:stages(name,pipelines(name)))\
         &opportunities.items.order=position&opportunities.stage.pipelines.name=eq.Sales&limit=2",
        expect_file!["golden/embed_nested.sql"],
    );
}

#[test]
fn a_self_reference_is_told_apart_by_its_hint() {
    check(
        "GET /organizations?select=id,parent_id(name),children:organizations!parent_id(name),\
         parent:organizations!organizations_parent_id_fkey(name)",
        expect_file!["golden/embed_self.sql"],
    );
}

#[test]
fn a_relationship_is_named_by_constraint_column_or_junction() {
    check(
        "GET /opportunities?select=a:organizations!opportunities_organization_id_fkey(id),b:organizations!organization_id(id),\
         c:organization_id(id),d:opportunities_organization_id_fkey(id),e:contacts!opportunity_contacts(id),f:stage_id(id),\
         g:pipeline_id(id),h:workspace_id(id),i:assigned_user_id(full_name)",
        expect_file!["golden/embed_hints.sql"],
    );
}

#[test]
fn two_keys_to_one_table_need_a_hint() {
    check(
        "GET /shipments?select=from:places!from_id(name),to:places!shipments_to_id_fkey(name),labels(text)",
        expect_file!["golden/embed_two_keys.sql"],
    );
}

#[test]
fn children_are_counted() {
    check(
        "GET /organizations?select=name,contacts(count),open:opportunities!inner(count)&open.status=eq.open",
        expect_file!["golden/embed_count.sql"],
    );
}

#[test]
fn a_spread_parent_gives_its_columns() {
    check(
        "GET /contacts?select=id,...organizations(company:name,...parent_id(holding:name))&limit=5",
        expect_file!["golden/embed_spread.sql"],
    );
}

#[test]
fn spread_children_give_lists() {
    check(
        "GET /organizations?select=id,...contacts(mails:email,id)&contacts.order=id",
        expect_file!["golden/embed_spread_children.sql"],
    );
}

#[test]
fn an_embed_can_be_asked_whether_it_is_there() {
    check(
        "GET /contacts?select=id,organizations(),opportunities()&or=(organizations.is.null,opportunities.not.is.null,city.eq.Bonn)&limit=3",
        expect_file!["golden/embed_null_filter.sql"],
    );
}

#[test]
fn parents_are_ordered_by_what_they_have_one_of() {
    check(
        "GET /contacts?select=id,organization:organizations(id)&order=organization(name).desc.nullslast,id&limit=5&offset=5",
        expect_file!["golden/embed_order.sql"],
    );
}

#[test]
fn an_alias_and_its_relation_mean_the_same_embed() {
    let by = |name: &str| plan(&format!("GET /contacts?select=id,o:organizations(id)&{name}.name=eq.x")).unwrap().sql;
    assert_eq!(by("o"), by("organizations"));
}

#[test]
fn a_view_is_asked_for_by_name_and_told_apart_by_its_columns() {
    check(
        "GET /arrivals?select=id,place_names!place(name),other:places!again(name)",
        expect_file!["golden/embed_view.sql"],
    );
}

#[test]
fn a_constraint_or_column_alone_means_the_table_and_not_its_views() {
    let plans = |select: &str| plan(&format!("GET /arrivals?select={select}(name)")).is_ok();
    assert!(plans("place") && plans("again"), "the views of the same table do not make it ambiguous");
    refused(
        "GET /arrivals?select=places(name)",
        expect![[
            r#"300 {"code":"PGRST201","details":[{"cardinality":"many-to-one","embedding":"arrivals with places","relationship":"shipments_to_id_fkey using arrivals(again) and places(id)"},{"cardinality":"many-to-one","embedding":"arrivals with places","relationship":"shipments_to_id_fkey using arrivals(place) and places(id)"}],"hint":"Try changing 'places' to one of the following: 'places!shipments_to_id_fkey', 'places!shipments_to_id_fkey'. Find the desired relationship in the 'details' key.","message":"Could not embed because more than one relationship was found for 'arrivals' and 'places'"}"#
        ]],
    );
}

#[test]
fn a_relation_without_relationships_may_be_another_one() {
    refused(
        "GET /paints?select=places(name)",
        expect![[
            r#"400 {"code":"PGRST200","details":"Searched for a foreign key relationship between 'paints' and 'places' in the schema 'public', but no matches were found.","hint":"Perhaps you meant 'shipments' instead of 'paints'.","message":"Could not find a relationship between 'paints' and 'places' in the schema cache"}"#
        ]],
    );
    refused(
        "GET /labels?select=shipment(id)",
        expect![[
            r#"400 {"code":"PGRST200","details":"Searched for a foreign key relationship between 'labels' and 'shipment' in the schema 'public', but no matches were found.","hint":"Perhaps you meant 'shipments' instead of 'shipment'.","message":"Could not find a relationship between 'labels' and 'shipment' in the schema cache"}"#
        ]],
    );
    refused(
        "POST /rpc/take?select=places(name)\n\n{}",
        expect![[
            r#"400 {"code":"PGRST200","details":"Searched for a foreign key relationship between 'take' and 'places' in the schema 'public', but no matches were found.","hint":null,"message":"Could not find a relationship between 'take' and 'places' in the schema cache"}"#
        ]],
    );
}

#[test]
fn an_embed_that_must_be_there_is_an_inner_one() {
    for (asked, inner) in [
        (
            "GET /organizations?select=id,contacts(id)&contacts=not.is.null&limit=5",
            "GET /organizations?select=id,contacts!inner(id)&limit=5",
        ),
        (
            "GET /contacts?select=id,organizations()&organizations=is.not_null&organizations.name=eq.x",
            "GET /contacts?select=id,organizations!inner()&organizations.name=eq.x",
        ),
    ] {
        assert_eq!(plan(asked).unwrap().sql, plan(inner).unwrap().sql, "{asked}");
    }
    let either = plan("GET /contacts?select=id,organizations(id)&or=(organizations.not.is.null,city.eq.x)").unwrap();
    assert!(either.sql.contains("or \"contacts\".\"city\"") && either.sql.contains("exists ("), "{}", either.sql);
}
