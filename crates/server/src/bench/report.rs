//! What was measured beside what was promised, for people and for machines.
//!
//! In: times per operation, bench/budgets.toml. Out: text, Markdown and JSON.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::operations::Workload;

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
    pub(super) bare: Option<Figure>,
    pub(super) bytes: usize,
}

/// All that was measured.
#[derive(Debug)]
pub struct Report {
    contacts: u64,
    pub(super) rows: Vec<Row>,
    pub(super) throughput: Vec<(&'static str, f64, Option<Figure>)>,
}

impl Report {
    pub(super) fn new(workload: &Workload) -> Self {
        Self { contacts: workload.contacts, rows: Vec::new(), throughput: Vec::new() }
    }

    /// The report as Markdown, which a terminal shows well enough.
    pub fn markdown(&self) -> String {
        let budgets = budgets();
        let mut text = format!(
            "# Benchmark, {} contacts\n\nLoad average at the end: {}. Times in ms, one request after the other; \
             floor and goal are for p95.\n\n| operation | p50 | p95 | p99 | bytes | bare p50 | ratio | floor | goal |\n\
             |---|---|---|---|---|---|---|---|---|\n",
            self.contacts,
            load_average(),
        );
        for row in &self.rows {
            let Some(times) = row.times else { continue };
            let (floor, goal) = promise(&budgets, row.name);
            let bare = row.bare.map(|bare| format!("{:.2}", ms(bare.p50))).unwrap_or_default();
            let ratio = row.bare.map(|bare| format!("{:.2}", ms(times.p50) / ms(bare.p50))).unwrap_or_default();
            let _ = writeln!(
                text,
                "| {} | {:.2} | {:.2} | {:.2} | {} | {bare} | {ratio} | {floor} | {goal} |",
                row.name,
                ms(times.p50),
                ms(times.p95),
                ms(times.p99),
                row.bytes,
            );
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
            let times = row.times.map(Figure::json);
            let bare = row.bare.map(Figure::json);
            operations.insert(row.name.to_owned(), json!({"times": times, "bare": bare, "bytes": row.bytes}));
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
