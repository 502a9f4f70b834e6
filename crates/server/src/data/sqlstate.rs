//! PostgreSQL's error codes as HTTP statuses.
//!
//! In: an SQLSTATE. Out: the status the dialect gives it.
//! Invariant: one table; a code that nobody knows is the caller's fault (400), as in the dialect.

use axum::http::StatusCode;

/// The HTTP status of an SQLSTATE; the message settles the one code that means two things.
pub(super) fn status(sqlstate: &str, message: &str) -> StatusCode {
    StatusCode::from_u16(number(sqlstate, message)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn number(sqlstate: &str, message: &str) -> u16 {
    if let Some(wanted) = sqlstate.strip_prefix("PT") {
        return wanted.parse().ok().filter(|status| (200..600).contains(status)).unwrap_or(500);
    }
    match sqlstate {
        "21000" if message.contains("requires a WHERE clause") => 400,
        "21000" | "42P17" | "53400" => 500,
        "22023" if message.starts_with("role ") && message.ends_with("does not exist") => 401,
        "23503" | "23505" => 409,
        "25006" => 405,
        "57P01" => 503,
        "P0001" => 400,
        "42883" | "42P01" => 404,
        "42501" => 403,
        _ => match sqlstate.get(..2) {
            Some("08" | "53") => 503,
            Some("0L" | "0P" | "28") => 403,
            Some(
                "09" | "25" | "2D" | "38" | "39" | "3B" | "40" | "54" | "55" | "57" | "58" | "F0" | "HV" | "P0" | "XX",
            ) => 500,
            _ => 400,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_dialect_has_its_status() {
        for (sqlstate, expected) in [
            ("08006", 503),
            ("09000", 500),
            ("0L000", 403),
            ("0P000", 403),
            ("21000", 500),
            ("22023", 400),
            ("22P02", 400),
            ("23502", 400),
            ("23503", 409),
            ("23505", 409),
            ("23514", 400),
            ("25006", 405),
            ("25P02", 500),
            ("28000", 403),
            ("2D000", 500),
            ("40001", 500),
            ("42501", 403),
            ("42703", 400),
            ("42883", 404),
            ("42P01", 404),
            ("42P10", 400),
            ("42P17", 500),
            ("53300", 503),
            ("53400", 500),
            ("54001", 500),
            ("57014", 500),
            ("57P01", 503),
            ("58030", 500),
            ("P0001", 400),
            ("P0002", 500),
            ("PT402", 402),
            ("PT999", 500),
            ("XX000", 500),
            ("", 400),
        ] {
            assert_eq!(status(sqlstate, "").as_u16(), expected, "{sqlstate}");
        }
        assert_eq!(status("22023", "role \"x\" does not exist").as_u16(), 401);
    }
}
