//! Requests as a reader writes them, planned against the fixture.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::{Expect, ExpectFile};
use query::request::{accept, prefer, range};
use query::{
    CallRequest, Count, Method, Options, Plan, QueryError, ReadRequest, Verb, WriteRequest, plan_call, plan_read,
    plan_write,
};

use crate::fixture::catalog;

/// Plans a request: `GET /contacts?select=id`, then header lines, then a body behind an empty line.
pub(crate) fn plan(request: &str) -> Result<Plan, QueryError> {
    plan_with(request, Options { max_rows: None, ..Options::default() })
}

/// The same with other options.
pub(crate) fn plan_with(request: &str, options: Options) -> Result<Plan, QueryError> {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.split('\n');
    let (verb, target) = lines.next().unwrap().split_once(" /").unwrap();
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    let header = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let prefers: Vec<&str> = headers.iter().filter(|(name, _)| *name == "Prefer").map(|(_, value)| *value).collect();
    let prefer = prefer::parse(&prefers, &BTreeSet::from([String::from("Europe/Berlin")]))?;
    let accept = accept::parse(header("Accept"));
    let range = range::parse(header("Range"))?;
    let content_type = header("Content-Type");
    let (name, query) = target.split_once('?').unwrap_or((target, ""));
    let schema = "public";
    let body = body.as_bytes();
    if let Some(function) = name.strip_prefix("rpc/") {
        let method = match verb {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            _ => Method::Post,
        };
        let request = CallRequest {
            method,
            schema,
            function,
            query,
            prefer: &prefer,
            accept: &accept,
            range,
            content_type,
            body,
            options,
        };
        return plan_call(catalog(), &request);
    }
    let verb = match verb {
        "POST" => Verb::Insert,
        "PATCH" => Verb::Update,
        "DELETE" => Verb::Delete,
        "PUT" => Verb::Put,
        _ => {
            let head = verb == "HEAD";
            let request =
                ReadRequest { schema, relation: name, query, prefer: &prefer, accept: &accept, range, head, options };
            return plan_read(catalog(), &request);
        }
    };
    let request = WriteRequest {
        verb,
        schema,
        relation: name,
        query,
        prefer: &prefer,
        accept: &accept,
        content_type,
        body,
        options,
    };
    plan_write(catalog(), &request)
}

/// Holds every statement of a plan against a file, from which a test of the server prepares them.
pub(crate) fn check(request: &str, golden: ExpectFile) {
    check_with(request, Options { max_rows: None, ..Options::default() }, golden);
}

/// The same with other options.
pub(crate) fn check_with(request: &str, options: Options, golden: ExpectFile) {
    let plan = plan_with(request, options).unwrap_or_else(|error| panic!("{request}: {}", error.to_json()));
    let mut text = String::new();
    for line in request.lines() {
        let _ = writeln!(text, "-- {line}");
    }
    statement(&mut text, &plan.sql, &plan.params);
    if let Some(probe) = &plan.probe {
        text.push_str("-- probe\n");
        statement(&mut text, &probe.sql, &probe.params);
        text.push_str("-- with the ids found\n");
        statement(&mut text, &probe.narrowed_sql, &probe.narrowed_params);
    }
    if let Some(Count::Planned { explain, params, .. } | Count::Estimated { explain, params, .. }) = &plan.count {
        text.push_str("-- count\n");
        statement(&mut text, explain, params);
    }
    golden.assert_eq(&text);
}

fn statement(text: &mut String, sql: &str, params: &[Option<String>]) {
    let _ = writeln!(text, "{sql};");
    for (index, param) in params.iter().enumerate() {
        let _ = writeln!(text, "-- ${} = {}", index + 1, param.as_deref().unwrap_or("(ids)"));
    }
}

/// Holds the body of a refusal, and its status, against a text.
pub(crate) fn refused(request: &str, expected: Expect) {
    let error = plan_with(request, Options { max_rows: None, aggregates: false, ..Options::default() })
        .err()
        .unwrap_or_else(|| panic!("{request} was planned"));
    expected.assert_eq(&format!("{} {}", error.status, error.to_json()));
}
