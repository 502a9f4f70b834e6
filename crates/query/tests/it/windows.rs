//! Windows: what comes after a row in the order of some keys, at the same price at any depth.

use std::collections::BTreeSet;

use expect_test::expect_file;
use tokio_postgres::{Client, SimpleQueryMessage};

use crate::ask::{check, plan};

#[test]
fn a_window_is_one_comparison_of_rows() {
    check(
        "GET /contacts?select=id&deleted_at=is.null&order=last_name,first_name,id&limit=100\
         &or=(last_name.gt.Mae,and(last_name.eq.Mae,first_name.gt.Ann),and(last_name.eq.Mae,first_name.eq.Ann,id.gt.00000000-0000-0000-0000-000000000001))",
        expect_file!["golden/read_window.sql"],
    );
}

#[test]
fn keys_of_different_directions_are_bounded_by_the_first_ones() {
    check(
        "GET /contacts?select=id&order=last_name,created_at.desc&limit=100\
         &or=(last_name.gt.Mae,and(last_name.eq.Mae,created_at.lte.2026-01-01))",
        expect_file!["golden/read_window_mixed.sql"],
    );
}

#[test]
fn what_only_looks_like_a_window_is_left_as_it_is() {
    for logic in [
        "or=(last_name.gt.Mae,and(last_name.eq.Moe,id.gt.1))",
        "or=(last_name.gt.Mae,and(first_name.eq.Mae,id.gt.1))",
        "or=(last_name.gt.Mae,id.gt.1)",
        "or=(last_name.gte.Mae,and(last_name.eq.Mae,id.gt.1))",
        "or=(last_name.gt.Mae,and(last_name.eq.Mae,last_name.gt.1))",
        "or=(last_name.gt.Mae,and(last_name.eq.Mae,id.gt.1,version.eq.1))",
        "or=(last_name.gt.Mae,and(last_name.eq.Mae,id.not.gt.1))",
        "or=(last_name.gt.Mae,last_name.is.null,and(last_name.eq.Mae,id.gt.1))",
        "not.or=(last_name.gt.Mae,and(last_name.eq.Mae,id.gt.1))",
        "and=(last_name.gt.Mae,and(last_name.eq.Mae,id.gt.1))",
        "or=(tags.gt.{},and(tags.eq.{},id.gt.1))",
        "or=(custom->a.gt.1,and(custom->a.eq.1,id.gt.1))",
        "or=(custom->score.gt.1,and(custom->score.eq.1,id.gt.1))",
    ] {
        let sql = plan(&format!("GET /contacts?select=id&{logic}")).unwrap().sql;
        assert!(!sql.contains("row("), "{logic}: {sql}");
    }
}

#[test]
fn a_window_over_a_member_with_an_index_is_found_first() {
    check(
        "GET /contacts?select=id&deleted_at=is.null&order=custom->score.desc.nullslast,id.desc&limit=100\
         &or=(custom->score.lt.90,and(custom->score.eq.90,id.lt.00000000-0000-0000-0000-000000000001))",
        expect_file!["golden/read_member_window.sql"],
    );
    for other in [
        "order=custom->score,id&limit=100",
        "order=custom->score.desc,id&limit=100",
        "order=custom->score.desc&limit=100",
        "order=custom->score.desc,id.desc",
        "order=custom->score.desc,id.desc&limit=100&offset=1",
        "order=custom->score.desc,id.desc&limit=100&city=eq.Oslo",
        "order=custom->plan.desc,id.desc&limit=100",
    ] {
        let window = "or=(custom->score.lt.90,and(custom->score.eq.90,id.lt.1))";
        let planned = plan(&format!("GET /contacts?select=id&deleted_at=is.null&{window}&{other}")).unwrap();
        assert_eq!(planned.probe, None, "{other}");
    }
    let counted = "GET /contacts?select=id&deleted_at=is.null&order=custom->score.desc,id.desc&limit=100\
                   &or=(custom->score.lt.90,and(custom->score.eq.90,id.lt.1))\nPrefer: count=exact";
    assert_eq!(plan(counted).unwrap().probe, None, "a page is no count");
}

/// Rows with many equals and many nulls.
const ROWS: &str = "
    insert into public.workspaces (id, name) values ('00000000-0000-0000-0000-00000000000a', 'A');
    insert into public.organizations (workspace_id, id, name, annual_revenue, employees, deleted_at)
    select '00000000-0000-0000-0000-00000000000a', lpad(to_hex(n), 32, '0')::uuid, (array['Ann', 'ann', 'Bob', 'Ümit'])[n % 4 + 1],
      case when n % 3 > 0 then n % 5 end, case when n % 7 > 1 then n % 2 end, now()
    from generate_series(1, 120) as n";

#[tokio::test]
async fn a_window_holds_the_rows_that_its_conditions_say_nulls_and_equals_included() {
    let database = testdb::Database::create().await.unwrap();
    let client = database.client().await.unwrap();
    client.batch_execute(ROWS).await.unwrap();
    let id = "00000000-0000-0000-0000-000000000028";
    let mut compared = 0;
    for (first, second) in [("annual_revenue", "name"), ("name", "employees"), ("employees", "annual_revenue")] {
        for directions in 0..8_u8 {
            let word = |bit: u8| if directions & bit == 0 { ("gt", ">") } else { ("lt", "<") };
            for last in ["", "e"] {
                for (x, y) in [("2", "1"), ("0", "0"), ("4", "3")] {
                    let value = |column: &str, number: &str| {
                        if column == "name" {
                            format!("{}nn", if number > "1" { "A" } else { "a" })
                        } else {
                            number.to_owned()
                        }
                    };
                    let (x, y) = (value(first, x), value(second, y));
                    let ((a, sa), (b, sb), (c, sc)) = (word(1), word(2), word(4));
                    let equals = if last.is_empty() { "" } else { "=" };
                    let request = format!(
                        "GET /organizations?select=id&or=(and({first}.eq.{x},{second}.eq.{y},id.{c}{last}.{id}),{first}.{a}.{x},and({second}.{b}.{y},{first}.eq.{x}))"
                    );
                    let plain = format!(
                        "select id from public.organizations where {first} {sa} '{x}' or {first} = '{x}' and {second} {sb} '{y}'
                         or {first} = '{x}' and {second} = '{y}' and id {sc}{equals} '{id}'"
                    );
                    let planned = plan(&request).unwrap();
                    assert!(planned.sql.contains("row("), "{request}: {}", planned.sql);
                    let params: Vec<String> = planned.params.iter().flatten().cloned().collect();
                    assert_eq!(
                        ids_of_answer(&client, &planned.sql, &params).await,
                        ids(&client, &plain).await,
                        "{request}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 144);
}

/// The ids in the body of an answer.
async fn ids_of_answer(client: &Client, sql: &str, params: &[String]) -> BTreeSet<String> {
    // Parameters are text of unspecified type; the simple protocol has literals for that.
    let sql = params
        .iter()
        .enumerate()
        .rev()
        .fold(sql.to_owned(), |sql, (index, value)| sql.replace(&format!("${}", index + 1), &format!("'{value}'")));
    ids(client, &format!("select row ->> 'id' from ({sql}) as answer, json_array_elements(answer.body::json) as row"))
        .await
}

async fn ids(client: &Client, sql: &str) -> BTreeSet<String> {
    let rows = client.simple_query(sql).await.unwrap();
    rows.iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap().to_owned()),
            _ => None,
        })
        .collect()
}
