//! Prints the statement of a read and how long planning it takes.
//!
//! In: a catalog as JSON, and a request as `relation?query`. Out: SQL, parameters, nanoseconds a plan.
//! `cargo run --release -p query --example plan -- catalog.json 'contacts?select=*&limit=10'`
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeSet;
use std::error::Error;
use std::time::Instant;

use query::request::prefer;
use query::{Options, ReadRequest, plan_read};

const ROUNDS: u32 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(catalog), Some(request)) = (arguments.next(), arguments.next()) else {
        return Err("usage: plan CATALOG.json 'relation?query' [PREFER]".into());
    };
    let catalog: schema::Catalog = serde_json::from_str(&std::fs::read_to_string(catalog)?)?;
    let prefer = prefer::parse(&[arguments.next().as_deref().unwrap_or_default()], &BTreeSet::new())?;
    let (relation, query) = request.split_once('?').unwrap_or((&request, ""));
    let request = ReadRequest {
        schema: "public",
        relation,
        query,
        prefer: &prefer,
        accept: &query::request::accept::Accept::default(),
        range: None,
        head: false,
        options: Options::default(),
    };
    let plan = plan_read(&catalog, &request)?;
    println!("-- {}\n{}\n-- {:?}", plan.name, plan.sql, plan.params);
    if let Some(probe) = &plan.probe {
        println!("-- probe\n{}\n-- {:?}", probe.sql, probe.params);
    }
    let start = Instant::now();
    for _ in 0..ROUNDS {
        std::hint::black_box(plan_read(&catalog, std::hint::black_box(&request))?);
    }
    println!("-- {:?} a plan", start.elapsed() / ROUNDS);
    Ok(())
}
