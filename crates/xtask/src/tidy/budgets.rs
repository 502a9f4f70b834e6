//! bench/budgets.toml is the one source of every performance figure; CI, the web build and the server read it.

use super::text;

#[test]
fn every_budget_has_a_unit_in_its_name_and_a_goal_below_its_floor() {
    let budgets: toml::Table = text("bench/budgets.toml").parse().expect("bench/budgets.toml");
    let mut seen = 0;
    for (section, entries) in &budgets {
        for (name, entry) in entries.as_table().unwrap_or_else(|| panic!("[{section}] is no table")) {
            let has_unit =
                ["_ms", "_bytes", "_per_s", "_count", "_score", "_ratio"].iter().any(|unit| name.ends_with(unit));
            assert!(has_unit, "{section}.{name}: say the unit in the name");
            let floor = number(entry, "floor");
            let goal = number(entry, "goal");
            assert!(floor.or(goal).is_some(), "{section}.{name}: neither floor nor goal");
            if let Some((floor, goal)) = floor.zip(goal) {
                let better = if name.ends_with("_per_s") { goal >= floor } else { goal <= floor };
                assert!(better, "{section}.{name}: the goal {goal} is worse than the floor {floor}");
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} budgets");
}

#[expect(clippy::cast_precision_loss, reason = "budgets are small numbers")]
fn number(entry: &toml::Value, key: &str) -> Option<f64> {
    let value = entry.get(key)?;
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}
