//! `POST /api/imports`: files come in, are kept, looked at and given a first plan.
//!
//! In: a multipart body with files. Out: a draft.
//! Invariant: streamed to disk; a file's name on disk is made here, never taken from the client; a refused upload
//! leaves nothing behind.

use std::path::{Path, PathBuf};

use axum::Json as Answer;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::StatusCode;
use serde_json::Value as Json;
use tokio::fs;
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

use super::{answer, membership, power};
use crate::app::App;
use crate::entropy;
use crate::http::error::{Code, Problem};
use crate::http::extract::Caller;
use crate::imports::engine::{self, Upload};
use crate::imports::store;

const MOST_FILES: usize = 20;
const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;
const LONGEST_NAME: usize = 120;

/// Takes the files in.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    mut request: Request,
) -> Result<(StatusCode, Answer<Json>), Problem> {
    let here = membership(&caller)?;
    // Files are limited one by one, as they stream in.
    DefaultBodyLimit::disable().apply(&mut request);
    let multipart = Multipart::from_request(request, &app)
        .await
        .map_err(|_| Problem::new(Code::UnsupportedMediaType, "Send the files as multipart/form-data"))?;
    let id = entropy::uuid_v7();
    let folder = folder(&app, id);
    let made = async {
        let uploads = receive(multipart, &folder).await?;
        let (files, plan) = engine::prepare(&app.pg, here.workspace_id, power(here), uploads).await?;
        let client = app.pg.system().await?;
        store::create(&**client, here.workspace_id, id, Some(caller.user_id), &files, &plan).await?;
        let import = store::load(&**client, here.workspace_id, id).await?;
        drop(client);
        answer::whole(&app, here, import).await
    };
    match made.await {
        Ok(import) => Ok((StatusCode::CREATED, Answer(import))),
        Err(problem) => {
            remove_files(&app, id).await;
            Err(problem)
        }
    }
}

/// Where the files of an import are kept.
fn folder(app: &App, id: Uuid) -> PathBuf {
    app.config.database.data_dir.join("imports").join(id.to_string())
}

/// Where the file of that number is kept.
pub(super) fn path(app: &App, id: Uuid, file: usize) -> PathBuf {
    folder(app, id).join(format!("{file}.csv"))
}

/// Removes what was kept; what is not there need not be removed.
pub(super) async fn remove_files(app: &App, id: Uuid) {
    if let Err(error) = fs::remove_dir_all(folder(app, id)).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, import = %id, "uploaded files could not be removed");
    }
}

async fn receive(mut multipart: Multipart, folder: &Path) -> Result<Vec<Upload>, Problem> {
    fs::create_dir_all(folder).await.map_err(Problem::internal)?;
    let mut uploads = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(|error| broken(&error))? {
        if field.name() != Some("files") {
            continue;
        }
        if uploads.len() == MOST_FILES {
            return Err(Problem::invalid("files", format!("At most {MOST_FILES} files at a time")));
        }
        let name = display_name(field.file_name().unwrap_or_default(), uploads.len());
        let path = folder.join(format!("{}.csv", uploads.len()));
        keep(field, &path, &name).await?;
        uploads.push(Upload { path, name });
    }
    if uploads.is_empty() {
        return Err(Problem::invalid("files", "No file came in; send them in the field `files`"));
    }
    Ok(uploads)
}

async fn keep(mut field: Field<'_>, path: &Path, name: &str) -> Result<(), Problem> {
    let mut file = fs::File::create(path).await.map_err(Problem::internal)?;
    let mut bytes = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes += chunk.len() as u64;
        if bytes > MOST_BYTES {
            return Err(Problem::new(Code::TooLarge, format!("{name} is larger than 2 GiB")).with_field("files"));
        }
        file.write_all(&chunk).await.map_err(Problem::internal)?;
    }
    file.flush().await.map_err(Problem::internal)
}

/// The file's name as it is shown: its last part, without what cannot be shown.
fn display_name(given: &str, place: usize) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    if name.trim().is_empty() { format!("file {}", place + 1) } else { name }
}

fn broken(error: &MultipartError) -> Problem {
    Problem::new(Code::BadRequest, format!("The upload broke off: {}", error.body_text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_nothing_about_folders() {
        assert_eq!(display_name("../../etc/passwd", 0), "passwd");
        assert_eq!(display_name("C:\\export\\deals.csv", 0), "deals.csv");
        assert_eq!(display_name("a\u{0}b\n.csv", 0), "ab.csv");
        assert_eq!(display_name("", 2), "file 3");
    }
}
