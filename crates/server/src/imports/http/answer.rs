//! An import as clients see it.
//!
//! In: a stored import. Out: JSON as `docs/imports.md` shows it.

use serde_json::{Value as Json, json};

use super::power;
use crate::app::App;
use crate::http::error::Problem;
use crate::imports::store::Import;
use crate::imports::{engine, problems};
use crate::sessions::Membership;

/// Without what only the wizard needs.
pub(super) fn short(import: &Import) -> Json {
    let files: Vec<Json> = import
        .files
        .iter()
        .map(|file| {
            json!({"name": file.name, "bytes": file.bytes, "rows": file.rows, "delimiter": file.delimiter,
                "encoding": file.encoding, "has_header": file.has_header, "notes": file.notes})
        })
        .collect();
    let mut value = json!(import);
    if let Some(object) = value.as_object_mut() {
        object.remove("plan");
        object.insert("files".to_owned(), json!(files));
        let count = |name: &str| import.summary.get(name).cloned().unwrap_or(json!(0));
        object.insert("problems".to_owned(), json!({"refused": count("refused"), "warnings": count("warnings")}));
    }
    value
}

/// With open questions, while there can be any.
pub(super) async fn whole(app: &App, here: Membership, import: Import) -> Result<Json, Problem> {
    let counts = {
        let client = app.pg.system().await?;
        problems::count(&**client, here.workspace_id, import.id).await?
    };
    let plannable = matches!(import.state.as_str(), "draft" | "failed");
    // A stored plan may have become impossible (a stage went, a role changed): the next save or run says so.
    let questions = match plannable {
        true => engine::questions(&app.pg, here.workspace_id, power(here), &import.files, &import.plan)
            .await
            .unwrap_or_default(),
        false => Vec::new(),
    };
    let mut value = json!(import);
    if let Some(object) = value.as_object_mut() {
        object.insert("questions".to_owned(), json!(questions));
        object.insert("problems".to_owned(), json!(counts));
    }
    Ok(value)
}
