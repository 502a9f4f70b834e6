//! What the values of a column with fixed choices mean to us.
//!
//! In: the values, the choices. Out: our key for each value that has a clear meaning.
//! Invariant: pure; a value without a clear meaning is left open, and asked for.

use std::collections::BTreeMap;

use super::normalise;
use crate::imports::fields::{Field, Kind, Table};
use crate::imports::read::ColumnFacts;

/// A stage of the workspace's default pipeline.
#[derive(Debug, Clone)]
pub struct StageOption {
    /// Its key.
    pub key: String,
    /// What people see.
    pub name: String,
    /// `open`, `won` or `lost`.
    pub kind: String,
}

/// What other products call the stages of the usual pipeline.
const STAGES: [(&str, &[&str]); 6] = [
    ("CLOSED_WON", &["won", "closed won", "closedwon", "win", "success", "signed", "closed and won"]),
    (
        "CLOSED_LOST",
        &[
            "lost",
            "closed lost",
            "closedlost",
            "dead",
            "disqualified",
            "unqualified",
            "rejected",
            "closed and lost",
            "closed lost to competition",
        ],
    ),
    (
        "PROSPECTING",
        &[
            "prospecting",
            "prospect",
            "new",
            "open",
            "lead",
            "lead in",
            "appointment scheduled",
            "appointmentscheduled",
            "discovery",
            "inbox",
            "idea",
        ],
    ),
    (
        "QUALIFICATION",
        &[
            "qualification",
            "qualified",
            "qualify",
            "qualified to buy",
            "qualifiedtobuy",
            "engaging",
            "engaged",
            "contact made",
            "contacted",
            "needs analysis",
            "needs defined",
            "demo scheduled",
            "value proposition",
            "working",
            "in progress",
        ],
    ),
    (
        "PROPOSAL",
        &[
            "proposal",
            "proposal made",
            "proposal price quote",
            "presentation scheduled",
            "presentationscheduled",
            "quote",
            "quoted",
            "quote sent",
            "offer",
            "offer sent",
            "id decision makers",
            "perception analysis",
            "decision maker bought in",
            "decisionmakerboughtin",
        ],
    ),
    (
        "NEGOTIATION",
        &[
            "negotiation",
            "negotiating",
            "negotiations started",
            "negotiation review",
            "contract sent",
            "contractsent",
            "contract",
            "commit",
            "verbal",
            "closing",
        ],
    ),
];

/// What other words mean one of our choices, whatever the field.
const WORDS: [(&str, &[&str]); 12] = [
    ("customer", &["client", "existing customer", "customer direct", "customer channel", "current client"]),
    ("prospect", &["lead", "potential", "target", "prospective client"]),
    (
        "partner",
        &["reseller", "channel partner", "channel partner reseller", "technology partner", "installation partner"],
    ),
    ("supplier", &["vendor"]),
    ("other", &["competitor", "investor", "press", "analyst", "integrator"]),
    ("email", &["e mail", "mail"]),
    ("meeting", &["event", "lunch", "appointment", "demo"]),
    ("task", &["to do", "todo", "deadline", "follow up"]),
    ("call", &["phone", "phone call"]),
    ("normal", &["medium", "none", "not urgent"]),
    ("high", &["urgent", "highest", "important"]),
    ("member", &["user", "standard user", "sales", "sales user", "agent"]),
];

/// Our keys for the values of a column, as far as they are clear.
pub(super) fn guess(
    table: Table,
    field: &Field,
    found: &ColumnFacts,
    stages: &[StageOption],
) -> BTreeMap<String, String> {
    let meaning = |value: &str| match field.kind {
        Kind::Stage => stage(value, stages),
        Kind::Choice(options) => choice(value, options),
        _ => None,
    };
    debug_assert!(table.field(field.name).is_some());
    found.values.iter().filter_map(|entry| Some((entry.value.clone(), meaning(&entry.value)?))).collect()
}

/// The meaning of one value in a column with fixed choices, when the plan does not say it.
pub fn default_values(kind: Kind, value: &str, stages: &[StageOption]) -> Option<String> {
    match kind {
        Kind::Stage => stage(value, stages),
        Kind::Choice(options) => choice(value, options),
        _ => None,
    }
}

fn stage(value: &str, stages: &[StageOption]) -> Option<String> {
    let words = normalise(value);
    let own = stages.iter().find(|stage| normalise(&stage.key) == words || normalise(&stage.name) == words);
    if let Some(stage) = own {
        return Some(stage.key.clone());
    }
    let usual = STAGES.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(key, _)| *key);
    if let Some(stage) = stages.iter().find(|stage| Some(stage.key.as_str()) == usual) {
        return Some(stage.key.clone());
    }
    // Pipelines of their own making still end in won and lost.
    let has = |word: &str| words.split(' ').any(|part| part == word);
    let kind = if has("won") || usual == Some("CLOSED_WON") {
        "won"
    } else if has("lost") || usual == Some("CLOSED_LOST") {
        "lost"
    } else {
        return None;
    };
    stages.iter().find(|stage| stage.kind == kind).map(|stage| stage.key.clone())
}

fn choice(value: &str, options: &[(&str, &str)]) -> Option<String> {
    let words = normalise(value);
    let direct = options.iter().find(|(key, label)| *key == words || normalise(label) == words);
    let (key, _) = direct.or_else(|| {
        options.iter().find(|(key, _)| WORDS.iter().any(|(to, from)| to == key && from.contains(&words.as_str())))
    })?;
    Some((*key).to_owned())
}
