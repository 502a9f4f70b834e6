//! A workspace to import into, and ways to look at what is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use server::entropy;
use server::imports::check::Power;
use server::imports::detect::DateFormat;
use server::imports::engine::{self, Upload};
use server::imports::error::ImportError;
use server::imports::plan::Plan;
use server::imports::read::FileFacts;
use server::imports::run::{Job, JobFile, Reporter, Summary};
use server::imports::{store, undo};
use server::pg::{Pg, Target};
use testdb::{Database, Workspace};
use uuid::Uuid;

/// Every table whose content an import or its undo may touch.
const TABLES: [&str; 14] = [
    "public.workspaces",
    "public.memberships",
    "public.teams",
    "public.organizations",
    "public.contacts",
    "public.pipelines",
    "public.stages",
    "public.opportunities",
    "public.opportunity_contacts",
    "public.products",
    "public.opportunity_items",
    "public.activities",
    "public.tags",
    "public.custom_fields",
];

pub(crate) const POWER: Power = Power { may_invite: true };

/// A database with a workspace.
pub(crate) struct Bench {
    pub(crate) database: Database,
    pub(crate) workspace: Workspace,
    pub(crate) pg: Pg,
    pub(crate) client: tokio_postgres::Client,
    folder: tempfile::TempDir,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let database = Database::create().await.unwrap();
        let workspace = database.workspace("Acme").await.unwrap();
        let pg = Pg::new(Target::parse(&database.url()).unwrap(), 4, Duration::from_secs(5)).unwrap();
        let client = database.client().await.unwrap();
        Self { workspace, pg, client, folder: tempfile::tempdir().unwrap(), database }
    }

    /// A file of that text.
    pub(crate) fn file(&self, name: &str, text: &str) -> Upload {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        Upload { path, name: name.to_owned() }
    }

    pub(crate) async fn prepare(&self, uploads: &[Upload]) -> Result<(Vec<FileFacts>, Plan), ImportError> {
        engine::prepare(&self.pg, self.workspace.id, POWER, uploads.to_vec()).await
    }

    /// Prepares, lets `change` correct the plan, and runs.
    pub(crate) async fn import_with(
        &self,
        uploads: &[Upload],
        dry_run: bool,
        change: impl FnOnce(&mut Plan),
    ) -> Result<(Uuid, Summary), ImportError> {
        let (files, mut plan) = self.prepare(uploads).await?;
        change(&mut plan);
        let questions = engine::questions(&self.pg, self.workspace.id, POWER, &files, &plan).await?;
        engine::refuse_open(&questions)?;
        let job = self.job(uploads, files, plan, dry_run).await;
        let (reporter, _progress) = Reporter::new();
        let summary = engine::carry_out(&self.pg, &job, &reporter).await?;
        Ok((job.import_id, summary))
    }

    pub(crate) async fn import(&self, uploads: &[Upload]) -> Result<(Uuid, Summary), ImportError> {
        self.import_with(uploads, false, |_| {}).await
    }

    /// A claimed import, ready to be carried out.
    pub(crate) async fn job(&self, uploads: &[Upload], files: Vec<FileFacts>, plan: Plan, dry_run: bool) -> Job {
        let import_id = entropy::uuid_v7();
        let (workspace_id, user_id) = (self.workspace.id, Some(self.workspace.owner));
        store::create(&self.client, workspace_id, import_id, user_id, &files, &plan).await.unwrap();
        store::claim(&self.client, workspace_id, import_id, &["draft"], "running").await.unwrap();
        let files = files.into_iter().zip(uploads);
        let files = files.map(|(facts, upload)| JobFile { path: upload.path.clone(), facts }).collect();
        Job { workspace_id, user_id, import_id, files, plan, dry_run }
    }

    pub(crate) async fn undo(&self, import_id: Uuid, edited: undo::Edited) -> Result<(), ImportError> {
        store::claim(&self.client, self.workspace.id, import_id, &["done"], "undoing").await?;
        let (reporter, _progress) = Reporter::new();
        let user = Some(self.workspace.owner);
        engine::take_back(&self.pg, self.workspace.id, user, import_id, edited, &reporter).await
    }

    /// One number.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        self.client.query_one(sql, &[]).await.unwrap().get(0)
    }

    /// One text.
    pub(crate) async fn text(&self, sql: &str) -> String {
        self.client.query_one(sql, &[]).await.unwrap().get(0)
    }

    /// A hash of each table's whole content. `loose` leaves out what goes on growing when a row is put back.
    pub(crate) async fn content(&self, loose: bool) -> BTreeMap<&'static str, String> {
        let mut hashes = BTreeMap::new();
        let row = if loose { "to_jsonb(t) - 'version' - 'updated_at' - 'updated_by'" } else { "to_jsonb(t)" };
        for table in TABLES.iter().chain(&["auth.users"]) {
            let sql = format!(
                "select coalesce(md5(string_agg(x, '' order by x)), '') from (select ({row})::text as x from {table} t) r"
            );
            hashes.insert(*table, self.text(&sql).await);
        }
        hashes
    }
}

/// The order of dates in digits, for every column that has any.
pub(crate) fn with_dates(plan: &mut Plan, format: DateFormat) {
    for column in plan.files.iter_mut().flat_map(|file| file.columns.iter_mut()) {
        column.date_format = Some(format);
    }
}

/// The public sample export, where it is at hand.
pub(crate) fn sample() -> Option<Vec<Upload>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/crm-sales-opportunities");
    let names = ["sales_pipeline.csv", "accounts.csv", "sales_teams.csv", "products.csv"];
    let uploads: Vec<Upload> =
        names.iter().map(|name| Upload { path: PathBuf::from(&folder).join(name), name: (*name).to_owned() }).collect();
    uploads.iter().all(|upload| upload.path.exists()).then_some(uploads)
}
