//! The operations people wait for, as requests that the web app makes.
//!
//! In: what the workspace holds. Out: [`Operation`]s with the budget each must keep.
//! Invariant: writes touch only the records the benchmark made itself.

use serde_json::{Value, json};

use super::BenchError;
use super::client::{Client, HttpError, Request};

const CONTACT_COLUMNS: &str = "id,first_name,last_name,email,phones,job_title,organization_id,assigned_user_id,city,tags,created_at,\
                               updated_at,version,organization:organizations(id,name)";
const CARD_COLUMNS: &str = "id,name,amount,currency,probability_percent,stage_id,board_position,expected_close_date,\
                            assigned_user_id,organization_id,version,organization:organizations(id,name)";

/// One operation.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    /// Its name, that of its budget less the unit.
    pub(super) name: &'static str,
    /// Also measured with many clients at once.
    pub(super) shared: bool,
    /// Taken in turn.
    requests: Vec<Request>,
}

impl Operation {
    /// Does it leave everything as it was.
    pub(super) fn reads(&self) -> bool {
        self.requests.iter().all(|request| request.method == "GET")
    }

    /// The request of a turn.
    pub(super) fn request(&self, turn: u32) -> Request {
        let at = turn as usize % self.requests.len().max(1);
        let nothing = || Request { method: "GET", path: "/livez".to_owned(), body: None };
        self.requests.get(at).cloned().unwrap_or_else(nothing)
    }
}

/// What the operations work on.
#[derive(Debug)]
pub(super) struct Workload {
    pub(super) contacts: u64,
    organization_id: String,
    own: Option<Own>,
    stages: Vec<String>,
    fragments: Vec<String>,
}

/// The records that writes change.
#[derive(Debug)]
struct Own {
    contact_id: String,
    opportunity_id: String,
}

impl Workload {
    /// Looks at the workspace and, unless nothing may be written, makes the records that the writes will change.
    pub(super) async fn prepare(client: &mut Client, read_only: bool) -> Result<Self, BenchError> {
        let people = "/rest/v1/contacts?select=organization_id&organization_id=not.is.null&deleted_at=is.null\
                      &order=created_at.desc,id.desc&limit=1000";
        let employers: Vec<String> =
            client.rows(people).await?.iter().map(|row| text(row, "organization_id")).collect();
        // Of those the latest contacts work for, the one with the most of them.
        let busiest = employers.iter().max_by_key(|id| employers.iter().filter(|other| other == id).count());
        let some = client
            .rows("/rest/v1/contacts?select=last_name&deleted_at=is.null&order=created_at.desc,id.desc&limit=5")
            .await?;
        let stages = client.rows("/rest/v1/stages?select=id&kind=eq.open&deleted_at=is.null&order=position").await?;
        let own = if read_only { None } else { Some(Own::make(client).await?) };
        let mut fragments: Vec<String> = some.iter().map(|row| text(row, "last_name").to_lowercase()).collect();
        fragments.retain(|name| name.is_ascii() && name.len() > 3);
        fragments.extend(["an", "ann", "zzyzx"].map(str::to_owned));
        Ok(Self {
            contacts: planned_count(client).await?,
            organization_id: busiest.cloned().unwrap_or_default(),
            own,
            stages: stages.iter().map(|row| text(row, "id")).collect(),
            fragments,
        })
    }

    /// Every operation; without records of its own, those that only read.
    pub(super) fn operations(&self) -> Vec<Operation> {
        let list = |rest: &str| get(format!("/rest/v1/contacts?select={CONTACT_COLUMNS}&deleted_at=is.null&{rest}"));
        let contacts = self.contacts;
        let mut all = vec![
            operation("contacts_list", true, vec![list("order=created_at.desc,id.desc&limit=100")]),
            operation(
                "contacts_deep_scroll",
                false,
                [95, 50, 80]
                    .map(|percent| list(&format!("order=last_name,first_name,id&limit=100&offset={}", contacts * percent / 100)))
                    .to_vec(),
            ),
            operation(
                "contacts_search",
                true,
                self.fragments
                    .iter()
                    .map(|fragment| list(&format!("search_text=ilike.*{fragment}*&order=last_name,first_name,id&limit=50")))
                    .collect(),
            ),
            operation(
                "search",
                true,
                // As it is typed, from the first letter on.
                ["a", "an"].into_iter()
                    .chain(self.fragments.iter().map(String::as_str))
                    .chain(["call", "ann gmail", "49171"])
                    .map(|text| get(format!("/api/search?q={}", text.replace(' ', "+"))))
                    .collect(),
            ),
            operation(
                "organization_detail",
                true,
                // A workspace without organizations has no detail to show.
                Some(&self.organization_id).filter(|id| !id.is_empty()).map(|id| organization_detail(id)).into_iter().collect(),
            ),
            operation(
                "opportunity_search",
                false,
                ["an", "ann", "renew", "zzyzx"]
                    .map(|fragment| {
                        get(format!("/rest/v1/opportunities?select={CARD_COLUMNS}&deleted_at=is.null&search_text=ilike.*{fragment}*&order=created_at.desc,id.desc&limit=50"))
                    })
                    .to_vec(),
            ),
            operation(
                "opportunity_board",
                false,
                self.stages
                    .iter()
                    .map(|stage| get(format!("/rest/v1/opportunities?select={CARD_COLUMNS}&deleted_at=is.null&stage_id=eq.{stage}&order=board_position,id&limit=100")))
                    .collect(),
            ),
            operation("dashboard", true, vec![get("/api/dashboard/metrics".to_owned())]),
        ];
        if let Some(own) = &self.own {
            all.extend(self.writes(own));
        }
        all.retain(|operation| !operation.requests.is_empty());
        all
    }

    fn writes(&self, own: &Own) -> Vec<Operation> {
        let patch = |path: String, body: Value| Request { method: "PATCH", path, body: Some(body) };
        let contact = format!("/rest/v1/contacts?id=eq.{}&select=id,version", own.contact_id);
        let opportunity = format!("/rest/v1/opportunities?id=eq.{}&select=id,version", own.opportunity_id);
        let born = Request {
            method: "POST",
            path: "/rest/v1/contacts?select=id".to_owned(),
            body: Some(json!({"first_name": "Bench", "last_name": "Mark", "source": MARK})),
        };
        vec![
            operation("contact_create", false, vec![born]),
            operation(
                "contact_update",
                false,
                ["Oslo", "Rome"].map(|city| patch(contact.clone(), json!({"city": city}))).to_vec(),
            ),
            operation(
                "stage_move",
                false,
                self.stages.iter().map(|stage| patch(opportunity.clone(), json!({"stage_id": stage}))).collect(),
            ),
        ]
    }

    /// Takes away what the benchmark made.
    pub(super) async fn clean_up(&self, client: &mut Client) -> Result<(), BenchError> {
        let Some(own) = &self.own else { return Ok(()) };
        for path in [
            format!("/rest/v1/contacts?source=eq.{MARK}&select=id"),
            format!("/rest/v1/contacts?id=eq.{}&select=id", own.contact_id),
            format!("/rest/v1/opportunities?id=eq.{}&select=id", own.opportunity_id),
        ] {
            client.send(&Request { method: "DELETE", path, body: None }).await?;
        }
        Ok(())
    }
}

impl Own {
    async fn make(client: &mut Client) -> Result<Self, BenchError> {
        let contact = json!({"first_name": "Bench", "last_name": "Mark", "source": MARK});
        Ok(Self {
            contact_id: create(client, "contacts", contact).await?,
            opportunity_id: create(client, "opportunities", json!({"name": "Benchmark", "amount": 1})).await?,
        })
    }
}

/// How the records of the benchmark are told from others.
const MARK: &str = "rapport-bench";

fn operation(name: &'static str, shared: bool, requests: Vec<Request>) -> Operation {
    Operation { name, shared, requests }
}

/// One organization with what belongs to it, as its page asks.
fn organization_detail(id: &str) -> Request {
    get(format!(
        "/rest/v1/organizations?id=eq.{id}&select=*,contacts({CONTACT_COLUMNS}),opportunities({CARD_COLUMNS}),activities(*)\
         &contacts.deleted_at=is.null&contacts.limit=50&opportunities.deleted_at=is.null&opportunities.limit=50\
         &activities.deleted_at=is.null&activities.order=occurred_at.desc&activities.limit=50"
    ))
}

fn get(path: String) -> Request {
    Request { method: "GET", path, body: None }
}

async fn create(client: &mut Client, table: &'static str, body: Value) -> Result<String, BenchError> {
    let path = format!("/rest/v1/{table}?select=id");
    let answer = client.send(&Request { method: "POST", path, body: Some(body) }).await?;
    let rows: Vec<Value> = serde_json::from_slice(&answer.body).unwrap_or_default();
    rows.first().map(|row| text(row, "id")).ok_or_else(|| BenchError::Refused {
        operation: table,
        status: answer.status,
        answer: String::from_utf8_lossy(&answer.body).into_owned(),
    })
}

async fn planned_count(client: &mut Client) -> Result<u64, HttpError> {
    // The dashboard counts them anyway.
    let answer = client.send(&get("/api/dashboard/metrics".to_owned())).await?;
    let metrics: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    Ok(metrics.pointer("/totals/contacts").and_then(Value::as_u64).unwrap_or(0))
}

fn text(row: &Value, key: &str) -> String {
    row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
