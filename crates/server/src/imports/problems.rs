//! The rows that did not go in, or went in with something to look at.
//!
//! In: `app.import_problems`. Out: JSON for the wizard, CSV to be corrected and imported again.
//! Invariant: a row is told whole; a cell that a spreadsheet would run as a formula is made harmless.

use serde::Serialize;
use serde_json::Value as Json;
use tokio_postgres::GenericClient;
use uuid::Uuid;

use super::error::ImportError;
use super::read::FileFacts;

/// A row that needs looking at.
#[derive(Debug, Serialize)]
pub struct StoredProblem {
    /// Its file.
    pub file: String,
    /// Its line there.
    pub line: i64,
    /// `refused` or `warning`.
    pub severity: String,
    /// The column it is about.
    pub column: Option<String>,
    /// Its cell.
    pub value: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// The whole row.
    pub row: Json,
}

/// How many rows need looking at.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counts {
    /// Rows that did not go in.
    pub refused: i64,
    /// Rows that went in.
    pub warnings: i64,
}

/// The problems of an import, refused rows first.
pub async fn list(
    client: &impl GenericClient,
    workspace_id: Uuid,
    import_id: Uuid,
    most: i64,
) -> Result<Vec<StoredProblem>, ImportError> {
    let rows = client.query(include_str!("sql/problems.sql"), &[&workspace_id, &import_id, &most]).await?;
    rows.iter()
        .map(|row| {
            Ok(StoredProblem {
                file: row.try_get(0)?,
                line: row.try_get(1)?,
                severity: row.try_get(2)?,
                column: row.try_get(3)?,
                value: row.try_get(4)?,
                reason: row.try_get(5)?,
                row: row.try_get(6)?,
            })
        })
        .collect()
}

/// How many there are.
pub async fn count(client: &impl GenericClient, workspace_id: Uuid, import_id: Uuid) -> Result<Counts, ImportError> {
    let row = client.query_one(include_str!("sql/problem_counts.sql"), &[&workspace_id, &import_id]).await?;
    Ok(Counts { refused: row.try_get(0)?, warnings: row.try_get(1)? })
}

/// The problems as CSV: where, what, why, then the row as it was.
pub fn to_csv(problems: &[StoredProblem], files: &[FileFacts]) -> Result<Vec<u8>, ImportError> {
    let mut names: Vec<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut header: Vec<String> = ["file", "line", "severity", "column", "value", "reason"].map(str::to_owned).into();
    let widest = problems.iter().filter_map(|problem| problem.row.as_array()).map(Vec::len).max().unwrap_or(0);
    match (names.as_slice(), files.iter().find(|facts| names.first() == Some(&facts.name.as_str()))) {
        ([_], Some(facts)) => header.extend(facts.headers().map(str::to_owned)),
        _ => header.extend((1..=widest).map(|cell| format!("cell {cell}"))),
    }
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let broken = |error: csv::Error| ImportError::Disk(std::io::Error::other(error));
    writer.write_record(header.iter().map(|cell| harmless(cell))).map_err(broken)?;
    for problem in problems {
        let line = problem.line.to_string();
        let own = [
            problem.file.as_str(),
            &line,
            &problem.severity,
            problem.column.as_deref().unwrap_or_default(),
            problem.value.as_deref().unwrap_or_default(),
            &problem.reason,
        ];
        let cells = problem.row.as_array().map(Vec::as_slice).unwrap_or_default();
        let row = cells.iter().map(|cell| cell.as_str().unwrap_or_default());
        writer.write_record(own.into_iter().chain(row).map(harmless)).map_err(broken)?;
    }
    writer.into_inner().map_err(|error| ImportError::Disk(std::io::Error::other(error.to_string())))
}

/// The cell, with a quote in front if a spreadsheet would take it for a formula.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_in_a_cell_is_made_harmless() {
        for cell in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("Ann=Bob"), "Ann=Bob");
    }

    #[test]
    fn a_refused_row_is_told_whole() {
        let problem = StoredProblem {
            file: "contacts.csv".to_owned(),
            line: 7,
            severity: "refused".to_owned(),
            column: Some("email".to_owned()),
            value: Some("=ann@".to_owned()),
            reason: "not an e-mail address".to_owned(),
            row: serde_json::json!(["Ann, Lee", "=ann@"]),
        };
        let csv = String::from_utf8(to_csv(&[problem], &[]).unwrap()).unwrap();
        assert_eq!(
            csv,
            "file,line,severity,column,value,reason,cell 1,cell 2\n\
             contacts.csv,7,refused,email,'=ann@,not an e-mail address,\"Ann, Lee\",'=ann@\n"
        );
    }
}
