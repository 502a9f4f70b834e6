//! Brings the rows into the database.
//!
//! In: a recipe, a connection as the database's owner. Out: rows, indexed and analysed.
//! Invariant: one transaction, index definitions included: a seed that breaks off leaves tables and indexes as they were.

use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::SinkExt as _;
use tokio::sync::mpsc;
use tokio_postgres::{Client, Transaction};
use uuid::Uuid;

use super::dice::Dice;
use super::opportunities::{Rows, Stage};
use super::organizations::Face;
use super::words::{PRODUCTS, SELLERS};
use super::world::{self, World};
use super::{Recipe, activities, contacts, opportunities, organizations};
use crate::imports::stage::CopyText;

/// Why no data was made.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The same recipe was cooked before.
    #[error("the workspace has these records already; choose another --random-seed or another --workspace")]
    Again,
    /// The database refused.
    #[error("the database did not take the data")]
    Database(#[from] tokio_postgres::Error),
    /// The program is stopping.
    #[error("stopped before the end; nothing was written")]
    Stopped,
}

/// How far it is: what it does, rows done, rows in all.
pub type Step<'a> = &'a (dyn Fn(&str, u64, u64) + Sync);

const CHUNK_BYTES: usize = 512 * 1024;
const TABLES: [&str; 4] = ["organizations", "contacts", "opportunities", "activities"];
const ALL_TABLES: [&str; 7] = [
    "organizations",
    "contacts",
    "opportunities",
    "activities",
    "products",
    "opportunity_items",
    "opportunity_contacts",
];

/// Makes the data in the workspace; the connection logs in as the owner of the tables.
pub async fn seed(client: &mut Client, workspace_id: Uuid, recipe: Recipe, step: Step<'_>) -> Result<(), SeedError> {
    step("deciding", 0, 1);
    let superuser: bool = client.query_one("select current_setting('is_superuser') = 'on'", &[]).await?.try_get(0)?;
    let prepared = tokio::task::spawn_blocking(move || {
        let world = World::new(recipe);
        let faces = organizations::faces(&world);
        (world, faces)
    });
    let (world, faces) = prepared.await.map_err(|_| SeedError::Stopped)?;
    let world = Arc::new(world);
    let faces = Arc::new(faces);

    let transaction = client.transaction().await?;
    // Whoever may, loads without checking references one by one: they are right by construction.
    let mode = if superuser { "set local session_replication_role = replica" } else { "" };
    transaction.batch_execute(mode).await?;
    transaction.batch_execute("set local synchronous_commit = off; set local maintenance_work_mem = '512MB'").await?;
    let rebuild = drop_indexes(&transaction, &world).await?;
    if !superuser {
        transaction.batch_execute("set local role rapport_system").await?;
    }
    let stages = stages(&transaction, workspace_id).await?;
    load_people(&transaction, workspace_id, &world).await?;
    load_tables(&transaction, workspace_id, &world, &faces, stages, step).await?;
    if !superuser {
        transaction.batch_execute("reset role").await?;
    }
    let count = rebuild.len() as u64;
    for (done, definition) in (0_u64..).zip(&rebuild) {
        step("building indexes", done, count);
        transaction.batch_execute(definition).await?;
    }
    transaction.commit().await?;
    for (done, table) in (0_u64..).zip(ALL_TABLES) {
        step("analysing", done, ALL_TABLES.len() as u64);
        client.batch_execute(&format!("vacuum (analyze) public.{table}")).await?;
    }
    step("analysing", 1, 1);
    Ok(())
}

/// Drops the indexes of tables that will be mostly new rows; gives back the statements that build them again.
async fn drop_indexes(transaction: &Transaction<'_>, world: &World) -> Result<Vec<String>, SeedError> {
    let amounts = world.recipe.amounts;
    let news = [amounts.organizations, amounts.contacts, amounts.opportunities, amounts.activities];
    let mut definitions = Vec::new();
    for (table, new) in TABLES.into_iter().zip(news) {
        let limit = i64::try_from(new / 4).unwrap_or(i64::MAX);
        let few = format!("select count(*) < $1 from (select from public.{table} limit $1) t");
        let few: bool = transaction.query_one(&few, &[&limit.max(1)]).await?.try_get(0)?;
        if new < 2_000 || !few {
            continue;
        }
        for row in transaction.query(include_str!("sql/indexes.sql"), &[&table]).await? {
            let (name, definition): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            transaction.batch_execute(&format!("drop index {name}")).await?;
            definitions.push(definition);
        }
    }
    Ok(definitions)
}

async fn stages(transaction: &Transaction<'_>, workspace_id: Uuid) -> Result<Vec<Stage>, SeedError> {
    let rows = transaction.query(include_str!("sql/stages.sql"), &[&workspace_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Stage {
                id: row.try_get(0)?,
                pipeline_id: row.try_get(1)?,
                kind: row.try_get(2)?,
                probability: row.try_get(3)?,
            })
        })
        .collect()
}

async fn load_people(transaction: &Transaction<'_>, workspace_id: Uuid, world: &World) -> Result<(), SeedError> {
    for (id, name) in world.sellers.iter().zip(SELLERS) {
        transaction.execute(include_str!("sql/seller.sql"), &[&workspace_id, id, name]).await?;
    }
    for (id, (name, code, price)) in world.products.iter().zip(PRODUCTS) {
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&workspace_id, id, name, code, price, &world.recipe.currency];
        let made = transaction.execute(include_str!("sql/product.sql"), &values).await?;
        if made == 0 {
            return Err(SeedError::Again);
        }
    }
    Ok(())
}

/// What a generator hands to the database: which COPY, and its next bytes.
type Chunk = (Target, Bytes);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Organizations,
    Contacts,
    Opportunities,
    Items,
    Roles,
    Activities,
}

impl Target {
    fn copy(self) -> String {
        let (table, columns) = match self {
            Self::Organizations => ("organizations", organizations::COLUMNS),
            Self::Contacts => ("contacts", contacts::COLUMNS),
            Self::Opportunities => ("opportunities", opportunities::COLUMNS),
            Self::Items => ("opportunity_items", opportunities::ITEM_COLUMNS),
            Self::Roles => ("opportunity_contacts", opportunities::ROLE_COLUMNS),
            Self::Activities => ("activities", activities::COLUMNS),
        };
        format!("copy public.{table} ({columns}) from stdin")
    }
}

async fn load_tables(
    transaction: &Transaction<'_>,
    workspace_id: Uuid,
    world: &Arc<World>,
    faces: &Arc<Vec<Face>>,
    stages: Vec<Stage>,
    step: Step<'_>,
) -> Result<(), SeedError> {
    let workspace = workspace_id.to_string();
    let amounts = world.recipe.amounts;
    let total = (amounts.organizations + amounts.contacts + amounts.opportunities + amounts.activities) as u64;
    let (sender, mut receiver) = mpsc::channel::<Chunk>(8);
    let (world, faces) = (Arc::clone(world), Arc::clone(faces));
    let making = tokio::task::spawn_blocking(move || make(&world, &faces, &stages, &workspace, &sender));
    let mut next = receiver.recv().await;
    let mut done = 0_u64;
    while let Some((target, mut bytes)) = next.take() {
        let mut sink = pin!(transaction.copy_in::<_, Bytes>(&target.copy()).await?);
        loop {
            if !matches!(target, Target::Items | Target::Roles) {
                done += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            }
            step("writing", done, total);
            sink.send(bytes).await?;
            match receiver.recv().await {
                Some((same, more)) if same == target => bytes = more,
                other => {
                    next = other;
                    break;
                }
            }
        }
        sink.finish().await?;
    }
    making.await.map_err(|_| SeedError::Stopped)?.ok_or(SeedError::Stopped)
}

/// Makes the rows of every table in turn; `None` when nobody takes them any more.
fn make(world: &World, faces: &[Face], stages: &[Stage], workspace: &str, sender: &mpsc::Sender<Chunk>) -> Option<()> {
    let seed = world.recipe.random_seed;
    let flush = |target: Target, text: &mut CopyText, least: usize| -> Option<()> {
        if text.len() <= least {
            return Some(());
        }
        sender.blocking_send((target, text.take())).ok()
    };
    let mut text = CopyText::default();
    let mut dice = Dice::new(seed, world::ORGANIZATIONS);
    for n in 0..world.organizations.len() {
        organizations::write(world, faces, workspace, &mut dice, n, &mut text);
        flush(Target::Organizations, &mut text, CHUNK_BYTES)?;
    }
    flush(Target::Organizations, &mut text, 0)?;
    let mut dice = Dice::new(seed, world::CONTACTS);
    let mut taken = contacts::Addresses::default();
    for n in 0..world.contacts.len() {
        contacts::write(world, faces, workspace, &mut dice, &mut taken, n, &mut text);
        flush(Target::Contacts, &mut text, CHUNK_BYTES)?;
    }
    flush(Target::Contacts, &mut text, 0)?;
    drop(taken);
    let mut dice = Dice::new(seed, world::OPPORTUNITIES);
    let mut rows = Rows::default();
    for n in 0..world.opportunities.len() {
        opportunities::write(world, faces, stages, workspace, &mut dice, n, &mut rows);
        flush(Target::Opportunities, &mut rows.opportunities, CHUNK_BYTES)?;
    }
    flush(Target::Opportunities, &mut rows.opportunities, 0)?;
    flush(Target::Items, &mut rows.items, 0)?;
    flush(Target::Roles, &mut rows.roles, 0)?;
    let mut dice = Dice::new(seed, world::ACTIVITIES);
    for n in 0..world.recipe.amounts.activities {
        activities::write(world, workspace, &mut dice, n, &mut text);
        flush(Target::Activities, &mut text, CHUNK_BYTES)?;
    }
    flush(Target::Activities, &mut text, 0)
}
