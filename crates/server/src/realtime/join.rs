//! What a client asks for when it joins a channel.
//!
//! In: the payload of `phx_join`, the catalog. Out: bindings for the hub, and the list the client wants back.
//! Invariant: the list goes back in the order and spelling it came in; the client compares.

use std::hash::{Hash as _, Hasher as _};

use live::{Binding, Filter, Interest};
use rustc_hash::FxHasher;
use schema::Catalog;
use serde::{Deserialize, Serialize};

use super::limits::MAX_BINDINGS;

/// The payload of `phx_join`; unknown keys are of later clients and ignored.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Join {
    #[serde(default)]
    pub(super) config: Config,
    pub(super) access_token: Option<String>,
}

/// What the channel shall do.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Config {
    #[serde(default)]
    pub(super) broadcast: BroadcastConfig,
    #[serde(default)]
    pub(super) presence: PresenceConfig,
    #[serde(default)]
    pub(super) postgres_changes: Vec<Wanted>,
    #[serde(default)]
    pub(super) private: bool,
}

/// How the channel broadcasts.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(super) struct BroadcastConfig {
    #[serde(default)]
    pub(super) ack: bool,
    #[serde(default, rename = "self")]
    pub(super) own: bool,
}

/// Under which key the channel is present.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct PresenceConfig {
    #[serde(default)]
    pub(super) key: String,
    #[serde(default)]
    pub(super) enabled: bool,
}

/// Changes the channel waits for.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Wanted {
    event: String,
    schema: String,
    table: Option<String>,
    filter: Option<String>,
    select: Option<Select>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Select {
    List(Vec<String>),
    Text(String),
}

/// One entry of the list that goes back.
#[derive(Debug, Serialize)]
pub(super) struct Echo<'a> {
    id: u64,
    event: &'a str,
    schema: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
}

/// Gives every wanted change an id: the same for the same wish, so that pages which wish alike share their frames.
pub(super) fn ids(wanted: &[Wanted]) -> Vec<u64> {
    let mut ids = Vec::with_capacity(wanted.len());
    for wish in wanted {
        let mut hasher = FxHasher::default();
        (&wish.event, &wish.schema, &wish.table, &wish.filter).hash(&mut hasher);
        // Clients take an id for a number; it must be exact there and not zero.
        let mut id = (hasher.finish() >> 33) + 1;
        while ids.contains(&id) {
            id += 1;
        }
        ids.push(id);
    }
    ids
}

/// The list that goes back.
pub(super) fn echo<'a>(wanted: &'a [Wanted], ids: &[u64]) -> Vec<Echo<'a>> {
    let entry = |(wish, id): (&'a Wanted, &u64)| Echo {
        id: *id,
        event: &wish.event,
        schema: &wish.schema,
        table: wish.table.as_deref(),
        filter: wish.filter.as_deref(),
    };
    wanted.iter().zip(ids).map(entry).collect()
}

/// The bindings for the hub, or why there are none.
pub(super) fn bindings(catalog: &Catalog, wanted: &[Wanted], ids: &[u64]) -> Result<Vec<Binding>, String> {
    if wanted.len() > MAX_BINDINGS {
        return Err(format!("at most {MAX_BINDINGS} changes may be listened to on one channel"));
    }
    let bind = |(wish, id): (&Wanted, &u64)| {
        binding(catalog, wish, *id).map_err(|why| format!("{}: {why}", wish.parameters()))
    };
    wanted.iter().zip(ids).map(bind).collect()
}

fn binding(catalog: &Catalog, wish: &Wanted, id: u64) -> Result<Binding, String> {
    let interest = match wish.event.to_ascii_uppercase().as_str() {
        "*" => Interest::All,
        "INSERT" => Interest::Insert,
        "UPDATE" => Interest::Update,
        "DELETE" => Interest::Delete,
        other => return Err(format!("there is no event {other}")),
    };
    let any = |name: &str| name == "*" || name.is_empty();
    let schema = Some(wish.schema.clone()).filter(|schema| !any(schema));
    if let Some(schema) = schema.as_ref().filter(|schema| !catalog.schemas.contains(schema)) {
        return Err(format!("schema {schema} is not published"));
    }
    let table = wish.table.clone().filter(|table| !any(table));
    let relation = match (&schema, &table) {
        (schema, Some(table)) => {
            let schema = schema.as_deref().or(catalog.schemas.first().map(String::as_str)).unwrap_or_default();
            Some(catalog.relation(schema, table).ok_or_else(|| format!("table {table} is not published"))?)
        }
        (_, None) => None,
    };
    let filter = match (wish.filter.as_deref().unwrap_or_default(), relation) {
        ("", _) => Filter::default(),
        (text, Some(relation)) => Filter::parse(text, relation).map_err(|error| error.to_string())?,
        (_, None) => return Err("a filter needs a table".to_owned()),
    };
    let columns = wish.select.as_ref().map(Select::columns).filter(|columns| !columns.is_empty());
    Ok(Binding { id, interest, schema, table, filter, columns })
}

impl Select {
    fn columns(&self) -> Vec<String> {
        match self {
            Self::List(columns) => columns.clone(),
            Self::Text(text) => text.split(',').map(|column| column.trim().to_owned()).collect(),
        }
    }
}

impl Wanted {
    /// As messages show it.
    pub(super) fn parameters(&self) -> String {
        format!(
            "[event: {}, schema: {}, table: {}, filters: [{}]]",
            self.event,
            self.schema,
            self.table.as_deref().unwrap_or("*"),
            self.filter.as_deref().unwrap_or_default()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(json: &str) -> Vec<Wanted> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_list_goes_back_as_it_came() {
        let wanted = wanted(
            r#"[{"event":"*","schema":"public","table":"contacts","filter":"name=eq.\"a, b\""},
                {"event":"insert","schema":"public"},{"event":"insert","schema":"public"}]"#,
        );
        let ids = ids(&wanted);
        let sent = serde_json::to_value(echo(&wanted, &ids)).unwrap();
        assert_eq!(sent[0]["filter"], "name=eq.\"a, b\"");
        assert_eq!(sent[1], serde_json::json!({"id": ids[1], "event": "insert", "schema": "public"}));
        assert_ne!(ids[1], ids[2]);
        assert!(ids.iter().all(|id| *id > 0 && *id < 1 << 32));
    }

    #[test]
    fn what_cannot_be_published_is_refused_with_its_parameters() {
        let catalog = Catalog { schemas: vec!["public".into()], ..Catalog::default() };
        for (json, why) in [
            (r#"[{"event":"*","schema":"auth","table":"users"}]"#, "schema auth is not published"),
            (r#"[{"event":"*","schema":"public","table":"secrets"}]"#, "table secrets is not published"),
            (r#"[{"event":"MERGE","schema":"public"}]"#, "there is no event MERGE"),
            (r#"[{"event":"*","schema":"public","filter":"id=eq.1"}]"#, "a filter needs a table"),
        ] {
            let wanted = wanted(json);
            let refused = bindings(&catalog, &wanted, &ids(&wanted)).unwrap_err();
            assert!(refused.ends_with(why) && refused.starts_with("[event: "), "{refused}");
        }
    }
}
