//! What was measured beside what was promised, for people and for machines.
//!
//! In: times per operation, bench/budgets.toml. Out: text, Markdown and JSON.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};

const BUDGETS: &str = include_str!("../../../../bench/budgets.toml");

/// Percentiles of some times.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    p50: Duration,
    p95: Duration,
    p99: Duration,
}

impl Figure {
    /// The percentiles, or nothing of nothing.
    pub(super) fn of(mut times: Vec<Duration>) -> Option<Self> {
        times.sort();
        let at = |percent: usize| times.get(((times.len() * percent).div_ceil(100)).saturating_sub(1)).copied();
        Some(Self { p50: at(50)?, p95: at(95)?, p99: at(99)? })
    }

    fn json(self) -> Value {
        json!({"p50_ms": ms(self.p50), "p95_ms": ms(self.p95), "p99_ms": ms(self.p99)})
    }
}

/// One operation, one request after the other.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) times: Option<Figure>,
    /// The bare statements of the same requests.
    pub(super) bare: Option<Figure>,
    /// From the request's text to SQL.
    pub(super) plan: Option<Figure>,
    /// The most statements of a request, its settings included.
    pub(super) statements: Option<u32>,
    pub(super) bytes: usize,
}

impl Row {
    /// How many times as long as the bare statements: at p50 and at p95.
    fn ratios(&self) -> Option<(f64, f64)> {
        let (times, bare) = (self.times?, self.bare?);
        Some((ms(times.p50) / ms(bare.p50), ms(times.p95) / ms(bare.p95)))
    }
}

/// All that was measured.
#[derive(Debug)]
pub struct Report {
    contacts: u64,
    pub(super) rows: Vec<Row>,
    /// Why there are no bare statements.
    pub(super) no_comparison: Option<String>,
    pub(super) throughput: Vec<(&'static str, f64, Option<Figure>)>,
}

impl Report {
    pub(super) fn new(contacts: u64) -> Self {
        Self { contacts, rows: Vec::new(), no_comparison: None, throughput: Vec::new() }
    }

    /// The report as Markdown, which a terminal shows well enough.
    pub fn markdown(&self) -> String {
        let budgets = budgets();
        let mut text = format!(
            "# Benchmark, {} contacts\n\nLoad average at the end: {}. Times in ms, one request after the other; \
             floor and goal are for p95. Bare: the same SQL as prepared statements on a connection of their own, in turn with the requests.\n\n\
             | operation | p50 | p95 | p99 | bare p50 | bare p95 | ratio p50 | ratio p95 | statements | plan | bytes | floor | goal |\n\
             |---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
            self.contacts,
            load_average(),
        );
        for row in &self.rows {
            let Some(times) = row.times else { continue };
            let (floor, goal) = promise(&budgets, row.name);
            let bare = row.bare.map_or([String::new(), String::new()], |bare| [bare.p50, bare.p95].map(two_places));
            let ratios = row
                .ratios()
                .map_or([String::new(), String::new()], |(p50, p95)| [p50, p95].map(|ratio| format!("{ratio:.2}")));
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} | {} | {floor} | {goal} |",
                row.name,
                [times.p50, times.p95, times.p99].map(two_places).join(" | "),
                bare.join(" | "),
                ratios.join(" | "),
                row.statements.map(|count| count.to_string()).unwrap_or_default(),
                row.plan.map(|plan| two_places(plan.p50)).unwrap_or_default(),
                row.bytes,
            );
        }
        if let Some(why) = &self.no_comparison {
            let _ = writeln!(text, "\nNo bare statements from here on: {why}.");
        }
        if !self.throughput.is_empty() {
            text.push_str("\n| many clients at once | requests/s | p50 | p95 | p99 |\n|---|---|---|---|---|\n");
        }
        for (name, per_second, figure) in &self.throughput {
            let Some(times) = figure else { continue };
            let _ = writeln!(
                text,
                "| {name} | {per_second:.0} | {:.2} | {:.2} | {:.2} |",
                ms(times.p50),
                ms(times.p95),
                ms(times.p99),
            );
        }
        text
    }

    fn json(&self) -> Value {
        let mut operations = Map::new();
        for row in &self.rows {
            let [times, bare, plan] = [row.times, row.bare, row.plan].map(|figure| figure.map(Figure::json));
            let ratio = row.ratios().map(|(p50, p95)| json!({"p50": p50, "p95": p95}));
            operations.insert(
                row.name.to_owned(),
                json!({"times": times, "bare": bare, "ratio": ratio, "plan": plan, "statements": row.statements, "bytes": row.bytes}),
            );
        }
        let mut at_once = Map::new();
        for (name, per_second, figure) in &self.throughput {
            at_once.insert((*name).to_owned(), json!({"per_s": per_second, "times": figure.map(Figure::json)}));
        }
        json!({"contacts": self.contacts, "load_average": load_average(), "operations": operations, "at_once": at_once})
    }

    /// Writes `latest.json` and `latest.md`.
    pub(super) fn write(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("latest.md"), self.markdown())?;
        std::fs::write(folder.join("latest.json"), format!("{:#}\n", self.json()))
    }
}

fn budgets() -> toml::Table {
    BUDGETS.parse().unwrap_or_default()
}

fn promise(budgets: &toml::Table, name: &str) -> (String, String) {
    let budget = budgets.get("api").and_then(|api| api.get(format!("{name}_ms")));
    let figure = |key| budget.and_then(|budget| budget.get(key)).map(ToString::to_string).unwrap_or_default();
    (figure("floor"), figure("goal"))
}

fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

fn two_places(time: Duration) -> String {
    format!("{:.2}", ms(time))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let figure = Figure::of((1..=100).map(Duration::from_millis).collect()).unwrap();
        assert_eq!((ms(figure.p50), ms(figure.p95), ms(figure.p99)), (50.0, 95.0, 99.0));
        assert!(Figure::of(Vec::new()).is_none());
    }

    #[test]
    fn a_budget_is_found_by_the_name_of_its_operation() {
        assert_eq!(promise(&budgets(), "contacts_list"), ("200".to_owned(), "6".to_owned()));
    }
}
