//! What planning the list of contacts costs: processor time, and instructions where valgrind is installed.
//!
//! In: bench/budgets.toml. Out: figures beside their ceilings; a crossed ceiling ends with status 1.
//! `cargo bench -p query`. Allocations are counted by a test, `cost`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement prints, and may stop by panicking"
)]

#[path = "../tests/it/fixture.rs"]
mod fixture;
#[path = "../tests/cost/list.rs"]
mod list;

use std::hint::black_box;
use std::process::{Command, ExitCode};

use query::plan_read;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, mode, rounds] = arguments.as_slice()
        && mode == "--rounds"
    {
        plan(rounds.parse().unwrap());
        return ExitCode::SUCCESS;
    }
    plan(1_000);
    let rounds = 100_000;
    let before = on_processor_ns();
    plan(rounds);
    let ns = (on_processor_ns() - before) / rounds;
    println!("{ns} ns of processor time a plan");
    let Some(instructions) = instructions() else {
        println!("instructions are not counted: there is no valgrind");
        return ExitCode::SUCCESS;
    };
    let ceiling = list::ceiling("list_instructions_count");
    println!("{instructions} instructions a plan, at most {ceiling}");
    if instructions > ceiling { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn plan(rounds: u64) {
    let catalog = fixture::catalog();
    list::with_request(|request| {
        for _ in 0..rounds {
            black_box(plan_read(catalog, black_box(request)).unwrap());
        }
    });
}

/// How long this process has had a processor; waiting for one does not count.
fn on_processor_ns() -> u64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    told.split_whitespace().next().unwrap().parse().unwrap()
}

/// Instructions of one plan: what a longer run takes more than a shorter one.
fn instructions() -> Option<u64> {
    let few = collected(100)?;
    Some((collected(300)? - few) / 200)
}

fn collected(rounds: u32) -> Option<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(std::env::current_exe().ok()?);
    let run = valgrind.args(["--rounds", &rounds.to_string()]).output().ok()?;
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    told.lines().find_map(|line| line.split_once("Collected : ")?.1.split_whitespace().next()?.parse().ok())
}
