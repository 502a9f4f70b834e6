//! The sample export: exact figures, whatever the order of the files; undo; dry run; a second import.

use server::imports::undo::Edited;

use crate::support::{Bench, sample};

async fn check_figures(bench: &Bench) {
    let won = bench.count("select count(*) from opportunities where status = 'won'").await;
    let sum = bench.text("select sum(amount)::text from opportunities where status = 'won'").await;
    assert_eq!((won, sum.as_str()), (4238, "10005534.00"));
    assert_eq!(bench.count("select count(*) from opportunities where status = 'lost'").await, 2473);
    let open = "select count(*) from opportunities o join stages s on s.id = o.stage_id where s.key = ";
    assert_eq!(bench.count(&format!("{open} 'QUALIFICATION'")).await, 1589);
    assert_eq!(bench.count(&format!("{open} 'PROSPECTING'")).await, 500);
    assert_eq!(bench.count("select count(*) from opportunities where organization_id is null").await, 1425);
    assert_eq!(bench.count("select count(*) from organizations").await, 85);
    assert_eq!(bench.count("select count(*) from organizations where parent_id is not null").await, 15);
    assert_eq!(bench.count("select count(*) from products").await, 7);
    assert_eq!(bench.count("select count(*) from opportunity_items").await, 8800);
    let listed =
        "select count(*) from opportunity_items i join products p on p.id = i.product_id where i.unit_price = p.price";
    assert_eq!(bench.count(listed).await, 8800);
    assert_eq!(
        bench.count("select count(*) from memberships where status = 'invited' and team_id is not null").await,
        35
    );
    assert_eq!(bench.count("select count(*) from memberships where status = 'invited' and role = 'manager'").await, 6);
    assert_eq!(bench.count("select count(*) from teams where manager_user_id is not null").await, 6);
    assert_eq!(bench.count("select count(distinct region) from teams").await, 3);
    assert_eq!(bench.count("select count(*) from opportunities where assigned_user_id is null").await, 0);
    let closed = "select count(*) from opportunities where status <> 'open' and closed_at::date = expected_close_date";
    assert_eq!(bench.count(closed).await, 6711);
    let first = "select concat_ws('|', o.name, g.name, o.amount, o.closed_at::date, o.custom ->> 'engage_date', o.custom ->> 'opportunity_id')
        from opportunities o join organizations g on g.id = o.organization_id where o.custom ->> 'opportunity_id' = 'Z063OYW0'";
    assert_eq!(bench.text(first).await, "Isdom – GTX Pro|Isdom|4514.00|2017-03-11|2016-10-25|Z063OYW0");
}

#[tokio::test]
async fn the_sample_gives_exactly_its_figures_in_any_order_of_files() {
    let Some(mut files) = sample() else { return };
    for turn in 0..2 {
        if turn == 1 {
            files.reverse();
        }
        let bench = Bench::new().await;
        let before = bench.content(false).await;
        let (id, summary) = bench.import(&files).await.unwrap();
        check_figures(&bench).await;
        assert_eq!((summary.refused, summary.warnings), (0, 0));
        assert_eq!(summary.tables["opportunities"].created, 8800);
        assert_eq!(summary.notes, ["products: \"GTXPro\" was read as \"GTX Pro\" (1,480 rows)"]);

        let (_, again) = bench.import(&files).await.unwrap();
        assert!(
            again.tables.values().all(|outcome| outcome.created == 0 && outcome.updated == 0),
            "{:?}",
            again.tables
        );
        check_figures(&bench).await;

        bench.undo(id, Edited::Undo).await.unwrap();
        assert_eq!(bench.content(false).await, before);
        let state = bench.text(&format!("select state from imports where id = '{id}'")).await;
        assert_eq!(state, "undone");
    }
}

#[tokio::test]
async fn a_dry_run_says_the_same_and_changes_nothing() {
    let Some(files) = sample() else { return };
    let bench = Bench::new().await;
    let before = bench.content(false).await;
    let (id, dry) = bench.import_with(&files, true, |_| {}).await.unwrap();
    assert_eq!(bench.content(false).await, before);
    assert_eq!(bench.text(&format!("select state from imports where id = '{id}'")).await, "draft");
    let (_, real) = bench.import(&files).await.unwrap();
    assert!(dry.dry_run && !real.dry_run);
    assert_eq!(dry.tables, real.tables);
    assert_eq!(dry.notes, real.notes);
}
