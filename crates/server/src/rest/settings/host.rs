//! The words for "every address" that the dialect's servers take beside host names.

/// The addresses that a host setting means, in the order in which they are tried.
pub(super) fn addresses(host: &str) -> Vec<String> {
    let (every4, every6) = ("0.0.0.0", "::");
    let names: &[&str] = match host {
        "*4" | "!4" => &[every4],
        "*6" | "!6" => &[every6],
        "*" => &[every6, every4],
        name => &[name],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}
