//! Where a text stops making sense, and what could have stood there.

use crate::ask::plan;

/// Holds column and details of a refusal for each text in the place of `{}`.
fn check(request: &str, cases: &[(&str, usize, &str)]) {
    for (text, column, details) in cases {
        let error = plan(&request.replace("{}", text)).err().unwrap_or_else(|| panic!("{text} was planned"));
        let place = error.message.rsplit_once("(line 1, column ").unwrap().1.trim_end_matches(')');
        assert_eq!((error.code, place), ("PGRST100", column.to_string().as_str()), "{text}: {}", error.to_json());
        assert_eq!(serde_json::to_value(&error).unwrap()["details"], *details, "{text}");
    }
}

#[test]
fn a_filter_points_behind_what_it_understood() {
    check(
        "GET /stages?name={}",
        &[
            ("0", 1, r#"unexpected "0" expecting "not" or operator (eq, gt, ...)"#),
            ("", 1, r#"unexpected end of input expecting "not" or operator (eq, gt, ...)"#),
            ("eqx.1", 3, r#"unexpected "x" expecting operator (eq, gt, ...)"#),
            ("not.nope.1", 5, r#"unexpected "n" expecting operator (eq, gt, ...)"#),
            ("nota.1", 4, r#"unexpected "a" expecting delimiter (.)"#),
            ("neq(any).{a}", 4, r#"unexpected "(" expecting operator (eq, gt, ...)"#),
            ("eq().1", 4, r#"unexpected ")" expecting operator (eq, gt, ...)"#),
            ("eq(anyone).1", 7, r#"unexpected "o" expecting operator (eq, gt, ...)"#),
            ("fts().a", 5, r#"unexpected ")" expecting operator (eq, gt, ...)"#),
            ("in().1", 3, r#"unexpected "(" expecting operator (eq, gt, ...)"#),
            ("is().1", 3, r#"unexpected "(" expecting operator (eq, gt, ...)"#),
            ("in.1", 4, r#"unexpected "1" expecting "(""#),
            ("is.not.null", 7, r#"unexpected "." expecting isVal: (null, not_null, true, false, unknown)"#),
            ("is.ü", 4, r#"unexpected "\252" expecting isVal: (null, not_null, true, false, unknown)"#),
        ],
    );
}

#[test]
fn an_order_points_behind_what_it_understood() {
    check(
        "GET /stages?order={}",
        &[
            ("name.ac", 6, r#"unexpected "c" expecting "asc", "desc", "nullsfirst" or "nullslast""#),
            ("name.descc", 10, r#"unexpected 'c' expecting delimiter (.), "," or end of input"#),
            ("name.asc.nlsfst", 10, r#"unexpected "l" expecting "nullsfirst" or "nullslast""#),
            ("name.nullslastt", 15, r#"unexpected 't' expecting "," or end of input"#),
            (
                "pipelines(name,id)",
                10,
                r#"unexpected '(' expecting letter, digit, "-", "->>", "->", delimiter (.), "," or end of input"#,
            ),
            ("name,", 6, "unexpected end of input expecting field name (* or [a..z0..9_$])"),
        ],
    );
}

#[test]
fn a_select_points_behind_what_it_understood() {
    let after_name = r#"expecting letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input"#;
    check(
        "GET /contacts?select={}",
        &[
            ("id,", 4, r#"unexpected end of input expecting "...", field name (* or [a..z0..9_$]), "*" or "count()""#),
            ("*!x", 2, r#"unexpected '!' expecting ")", "," or end of input"#),
            ("id!x", 3, &format!("unexpected '!' {after_name}")),
            ("id,organizations(name[])", 22, &format!("unexpected '[' {after_name}")),
            ("id::", 5, "unexpected end of input expecting letter or digit"),
            ("version.foo()", 9, r#"unexpected "f" expecting "sum", "avg", "count", "max" or "min""#),
            ("version.sum", 12, r#"unexpected end of input expecting "()""#),
            ("custom->>--34", 11, r#"unexpected "-" expecting digit"#),
            ("custom->>-78xy", 13, r#"unexpected 'x' expecting digit, "->", "::", ".", "," or end of input"#),
            (
                "custom->(x",
                9,
                r#"unexpected "(" expecting "-", digit or any non reserved character different from: .,>()"#,
            ),
            ("organizations(owner(id)x)", 24, r#"unexpected "x" expecting "," or ")""#),
        ],
    );
}

#[test]
fn a_logic_tree_counts_its_own_name() {
    check(
        "GET /stages?{}",
        &[
            ("or=()", 4, NO_BRANCH),
            ("and=()", 5, NO_BRANCH),
            ("not.and=()", 9, NO_BRANCH),
            ("or=(id.in.1,2,id.eq.3)", 10, r#"unexpected "1" expecting "(""#),
            ("or=)(", 3, r#"unexpected ")" expecting "(""#),
            ("and=(ord(id.eq.1,id.eq.1),id.eq.2)", 7, r#"unexpected "d" expecting "(""#),
            ("or=(id.eq.1,not.xor(id.eq.2,id.eq.3))", 16, r#"unexpected "x" expecting logic operator (and, or)"#),
        ],
    );
}

const NO_BRANCH: &str =
    r#"unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)"#;

#[test]
fn what_follows_a_closed_list_is_not_read() {
    for (request, like) in [
        ("GET /stages?and=(id.eq.1,name.neq.2))", "GET /stages?and=(id.eq.1,name.neq.2)"),
        ("GET /contacts?select=id,organizations(name)'", "GET /contacts?select=id,organizations(name)"),
        ("GET /stages?id=in.(1,2)3)", "GET /stages?id=in.(1,2)"),
        ("GET /stages?name=is.nullity", "GET /stages?name=is.null"),
        ("GET /stages?id=in.(   )", "GET /stages?id=in.()"),
        ("GET /stages?and=( or ( id.eq.1 , name.eq.2 ) )", "GET /stages?and=(or(id.eq.1 ,name.eq.2 ))"),
    ] {
        let (read, like) = (plan(request).unwrap(), plan(like).unwrap());
        assert_eq!((read.sql, read.params), (like.sql, like.params), "{request}");
    }
}
