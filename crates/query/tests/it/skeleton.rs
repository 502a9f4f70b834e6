//! What is left of a statement without its quoted names, literals and parameters: the planner's own words.

/// Panics when something in the statement is not the planner's own, that is, when it left its quotes.
pub(crate) fn assert_is_ours(sql: &str) {
    let left = skeleton(sql);
    let is_ours =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || " _.,()*=<>~&@|!:+-\n[]'".contains(c) || c == 'E';
    assert!(left.chars().all(is_ours), "{left}");
    assert!(!left.contains("--") && !left.contains(';') && !left.contains("/*"), "{left}");
}

/// Removes every quoted name and literal, and every parameter.
fn skeleton(sql: &str) -> String {
    let mut left = String::new();
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\'' => {
                while let Some(inner) = chars.next() {
                    if inner == c {
                        if chars.peek() == Some(&c) {
                            chars.next();
                        } else {
                            break;
                        }
                    }
                }
            }
            '$' => while chars.next_if(char::is_ascii_digit).is_some() {},
            other => left.push(other),
        }
    }
    left
}
