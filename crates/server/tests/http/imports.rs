//! The wizard's side of imports: upload, plan, dry run, run, problems, undo; and who may do what.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::config::Options;

use crate::support::{Server, expect, text};

const CONTACTS: &str = "First Name,Last Name,Email,Company,Contact Owner\n\
    Ann,Lee,ann@example.com,Globex,Sam Seller\nBob,Ray,not an address,Globex,\n";
const DEALS: &str = "Deal Name,Company,Deal Stage,Amount,Close Date\n\
    Roof,Globex,Won,1000,03/04/2017\nHall,Initech,Someday,50,05/06/2017\n";

struct Bench {
    server: Server,
    acme: testdb::Workspace,
    _folder: tempfile::TempDir,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { data_dir: Some(folder.path().to_owned()), ..Options::default() };
        let server = Server::start_with(options).await;
        let acme = server.db.workspace("Acme").await.unwrap();
        Self { server, acme, _folder: folder }
    }

    async fn call(&self, user: uuid::Uuid, method: Method, path: &str, body: &Value) -> reqwest::Response {
        let token = self.server.token_of(user).await;
        self.server.request(method, path).bearer_auth(token).json(body).send().await.unwrap()
    }

    async fn upload(&self, user: uuid::Uuid, files: &[(&str, &str)]) -> reqwest::Response {
        let token = self.server.token_of(user).await;
        let form = files.iter().fold(Form::new(), |form, (name, text)| {
            form.part("files", Part::text((*text).to_owned()).file_name((*name).to_owned()))
        });
        self.server.request(Method::POST, "/api/imports").bearer_auth(token).multipart(form).send().await.unwrap()
    }

    /// The import once it is no longer on its way.
    async fn settled(&self, id: &str) -> Value {
        for _ in 0..200 {
            let answer = self.call(self.acme.owner, Method::GET, &format!("/api/imports/{id}"), &json!({})).await;
            let import = expect(answer, StatusCode::OK).await;
            if !matches!(text(&import, "state"), "running" | "undoing") {
                return import;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the import does not end");
    }

    async fn count(&self, table: &str) -> i64 {
        let sql = format!("select count(*) from public.{table}");
        self.server.db.client().await.unwrap().query_one(&sql, &[]).await.unwrap().get(0)
    }
}

#[tokio::test]
async fn files_become_records_and_records_become_nothing_again() {
    let bench = Bench::new().await;
    let owner = bench.acme.owner;
    let answer = bench.upload(owner, &[("contacts.csv", CONTACTS), ("deals.csv", DEALS)]).await;
    let mut import = expect(answer, StatusCode::CREATED).await;
    let id = text(&import, "id").to_owned();
    assert_eq!(import["plan"]["files"][0]["table"], "contacts");
    assert_eq!(import["plan"]["files"][1]["table"], "opportunities");
    let asked: Vec<&str> = import["questions"].as_array().unwrap().iter().map(|q| text(q, "code")).collect();
    assert_eq!(asked, ["unmapped_value", "ambiguous_date"]);

    let run = format!("/api/imports/{id}/run");
    let refused =
        expect(bench.call(owner, Method::POST, &run, &json!({})).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(
        (text(&refused, "code"), text(&refused, "field")),
        ("open_questions", "plan.files[1].columns[2].values")
    );

    let mut plan = import["plan"].take();
    plan["files"][1]["columns"][2]["values"]["Someday"] = json!("PROSPECTING");
    plan["files"][1]["columns"][4]["date_format"] = json!("dmy");
    let mut wrong = plan.clone();
    wrong["files"][0]["columns"][1]["field"] = json!("shoe_size");
    let path = format!("/api/imports/{id}/plan");
    let refused = expect(bench.call(owner, Method::PUT, &path, &wrong).await, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(text(&refused, "field"), "plan.files[0].columns[1].field");
    let import = expect(bench.call(owner, Method::PUT, &path, &plan).await, StatusCode::OK).await;
    assert_eq!(import["questions"], json!([]));

    let path = format!("/api/imports/{id}/dry-run");
    expect(bench.call(owner, Method::POST, &path, &json!({})).await, StatusCode::ACCEPTED).await;
    let import = bench.settled(&id).await;
    assert_eq!((text(&import, "state"), &import["summary"]["dry_run"]), ("draft", &json!(true)));
    assert_eq!(import["problems"], json!({"refused": 1, "warnings": 0}));
    assert_eq!(bench.count("contacts").await, 0);

    expect(bench.call(owner, Method::POST, &run, &json!({})).await, StatusCode::ACCEPTED).await;
    let import = bench.settled(&id).await;
    assert_eq!(text(&import, "state"), "done", "{import}");
    assert_eq!((bench.count("contacts").await, bench.count("opportunities").await), (1, 2));
    assert_eq!(bench.count("organizations").await, 2);
    expect(bench.call(owner, Method::POST, &run, &json!({})).await, StatusCode::CONFLICT).await;

    let path = format!("/api/imports/{id}/problems.csv");
    let csv = bench.call(owner, Method::GET, &path, &json!({})).await.text().await.unwrap();
    assert!(csv.contains("contacts.csv,3,refused,Email,not an address"), "{csv}");

    let client = bench.server.db.client().await.unwrap();
    client.execute("update public.contacts set city = 'Bern'", &[]).await.unwrap();
    let path = format!("/api/imports/{id}/undo");
    let refused = expect(bench.call(owner, Method::POST, &path, &json!({})).await, StatusCode::CONFLICT).await;
    assert_eq!((text(&refused, "code"), text(&refused, "field")), ("edited_since", "edited"));
    expect(bench.call(owner, Method::POST, &path, &json!({"edited": "undo"})).await, StatusCode::ACCEPTED).await;
    assert_eq!(text(&bench.settled(&id).await, "state"), "undone");
    for table in ["contacts", "organizations", "opportunities", "custom_fields"] {
        assert_eq!(bench.count(table).await, 0, "{table}");
    }
    let path = format!("/api/imports/{id}");
    expect(bench.call(owner, Method::DELETE, &path, &json!({})).await, StatusCode::NO_CONTENT).await;
    expect(bench.call(owner, Method::GET, &path, &json!({})).await, StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn members_import_for_themselves_and_invite_nobody() {
    let bench = Bench::new().await;
    let acme = &bench.acme;
    let answer = bench.upload(acme.member, &[("contacts.csv", CONTACTS)]).await;
    let import = expect(answer, StatusCode::CREATED).await;
    let path = format!("/api/imports/{}", text(&import, "id"));
    assert_eq!(import["plan"]["files"][0]["columns"][4]["missing"], "empty");
    let mut plan = import["plan"].clone();
    plan["files"][0]["columns"][4]["missing"] = json!("invite");
    let saving = bench.call(acme.member, Method::PUT, &format!("{path}/plan"), &plan).await;
    let refused = expect(saving, StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(text(&refused, "field"), "plan.files[0].columns[4].missing");

    let other = bench.server.db.workspace("Other").await.unwrap();
    expect(bench.call(other.owner, Method::GET, &path, &json!({})).await, StatusCode::NOT_FOUND).await;
    let theirs = expect(bench.upload(acme.owner, &[("contacts.csv", CONTACTS)]).await, StatusCode::CREATED).await;
    let theirs = format!("/api/imports/{}", text(&theirs, "id"));
    expect(bench.call(acme.member, Method::GET, &theirs, &json!({})).await, StatusCode::FORBIDDEN).await;
    expect(bench.call(acme.manager, Method::GET, &path, &json!({})).await, StatusCode::OK).await;
}

#[tokio::test]
async fn what_is_no_table_is_refused_and_not_kept() {
    let bench = Bench::new().await;
    let owner = bench.acme.owner;
    for (name, content, word) in [
        ("deals.xlsx", "PK\u{3}\u{4}rest", "spreadsheet"),
        ("open.csv", "a,b\n1,\"2\n", "never closed"),
        ("nothing.csv", "", "empty"),
    ] {
        let refused = expect(bench.upload(owner, &[(name, content)]).await, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(text(&refused, "field"), "files");
        assert!(text(&refused, "detail").contains(word), "{refused}");
    }
    assert_eq!(bench.count("imports").await, 0);
    let kept = bench.server.app.config.database.data_dir.join("imports");
    assert_eq!(std::fs::read_dir(kept).unwrap().count(), 0);
}
