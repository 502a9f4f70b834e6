//! What a token claims about its time and its audience.
//!
//! In: claims, the audience of the installation, the time. Out: whether they hold now.

use serde_json::{Map, Value};

use super::TokenError;

/// Clocks of two machines may differ by this much.
const CLOCK_SKEW_S: i64 = 30;

/// Do the claims hold now, for this audience.
pub fn check(claims: &Map<String, Value>, audience: Option<&str>, now_s: i64) -> Result<(), TokenError> {
    if seconds(claims, "exp")?.is_some_and(|end| end < now_s - CLOCK_SKEW_S) {
        return Err(TokenError::Expired);
    }
    if seconds(claims, "nbf")?.is_some_and(|begin| begin > now_s + CLOCK_SKEW_S) {
        return Err(TokenError::Early);
    }
    if seconds(claims, "iat")?.is_some_and(|made| made > now_s + CLOCK_SKEW_S) {
        return Err(TokenError::IssuedLater);
    }
    match claims.get("aud") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(one)) => meant(std::iter::once(one.as_str()), audience),
        Some(Value::Array(several)) => {
            let texts: Option<Vec<&str>> = several.iter().map(Value::as_str).collect();
            let texts = texts.ok_or(TokenError::NotAnAudience)?;
            if texts.is_empty() { Ok(()) } else { meant(texts.into_iter(), audience) }
        }
        Some(_) => Err(TokenError::NotAnAudience),
    }
}

fn meant<'a>(mut named: impl Iterator<Item = &'a str>, audience: Option<&str>) -> Result<(), TokenError> {
    let meant = audience.is_none_or(|audience| named.any(|name| name == audience));
    if meant { Ok(()) } else { Err(TokenError::Audience) }
}

#[expect(clippy::cast_possible_truncation, reason = "a time beyond the range of i64 is as good as its end")]
fn seconds(claims: &Map<String, Value>, name: &'static str) -> Result<Option<i64>, TokenError> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => Ok(number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))),
        Some(_) => Err(TokenError::NotANumber(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_S: i64 = 1_800_000_000;

    #[test]
    fn claims_hold_within_their_time_and_for_their_audience() {
        let late = NOW_S - CLOCK_SKEW_S;
        let soon = NOW_S + CLOCK_SKEW_S;
        for (claims, expected) in [
            ("{}".to_owned(), Ok(())),
            (format!(r#"{{"exp":{late},"nbf":{soon},"iat":{soon}}}"#), Ok(())),
            (format!(r#"{{"exp":{}}}"#, late - 1), Err(TokenError::Expired)),
            (format!(r#"{{"nbf":{}}}"#, soon + 1), Err(TokenError::Early)),
            (format!(r#"{{"iat":{}}}"#, soon + 1), Err(TokenError::IssuedLater)),
            (r#"{"exp":"soon"}"#.to_owned(), Err(TokenError::NotANumber("exp"))),
            (r#"{"exp":1e300,"nbf":null}"#.to_owned(), Ok(())),
            (r#"{"aud":"us"}"#.to_owned(), Ok(())),
            (r#"{"aud":["them","us"]}"#.to_owned(), Ok(())),
            (r#"{"aud":[]}"#.to_owned(), Ok(())),
            (r#"{"aud":"them"}"#.to_owned(), Err(TokenError::Audience)),
            (r#"{"aud":["us",1]}"#.to_owned(), Err(TokenError::NotAnAudience)),
            (r#"{"aud":1}"#.to_owned(), Err(TokenError::NotAnAudience)),
        ] {
            let parsed = serde_json::from_str(&claims).unwrap();
            assert_eq!(check(&parsed, Some("us"), NOW_S), expected, "{claims}");
        }
    }

    #[test]
    fn who_names_no_audience_takes_any() {
        let claims = serde_json::from_str(r#"{"aud":"them"}"#).unwrap();
        assert_eq!(check(&claims, None, NOW_S), Ok(()));
    }
}
