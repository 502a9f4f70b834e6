//! Any query string is refused or read, and what was read prints as a query that reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use query::request::{Values, parse};

fuzz_target!(|text: &str| {
    for values in [Values::Conditions, Values::ConditionsOrArguments] {
        if let Ok(read) = parse(text, values) {
            let printed = read.to_string();
            assert_eq!(parse(&printed, values).as_ref(), Ok(&read), "{printed}");
        }
    }
});
