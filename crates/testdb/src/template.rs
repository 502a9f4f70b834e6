//! The database that all others are copies of: every migration applied once.
//!
//! In: `db/migrations/*.sql`. Out: the name of a finished template.
//! Invariant: named after its migrations, and has its name only when it is complete.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::cluster::Cluster;

/// Makes the template for the migrations as they are on disk, unless it is there.
pub(crate) async fn prepare(cluster: &Cluster) -> Result<String, Error> {
    let files = migrations()?;
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    let name = format!("template_{:016x}", hasher.finish());
    if exists(cluster, &name).await? {
        return Ok(name);
    }
    let _lock = cluster.lock().await?;
    if exists(cluster, &name).await? {
        return Ok(name);
    }
    let building = format!("building_{name}");
    cluster.drop_database(&building).await?;
    let admin = cluster.connect("postgres").await?;
    let run = async |sql: String| admin.batch_execute(&sql).await.map_err(|error| Error::Sql(sql, error));
    run(format!("create database {building} template template0")).await?;
    apply(cluster, &building, &files).await?;
    run(format!("alter database {building} rename to {name}")).await?;
    Ok(name)
}

async fn apply(cluster: &Cluster, database: &str, files: &[(String, String)]) -> Result<(), Error> {
    let client = cluster.connect(database).await?;
    for (name, sql) in files {
        let failed = |error| Error::Sql(name.clone(), error);
        if sql.starts_with("-- no-transaction") {
            for statement in statements(sql) {
                // A copy needs no concurrent build, and the plain one is faster.
                let plain = statement.replacen("index concurrently", "index", 1);
                client.batch_execute(&plain).await.map_err(failed)?;
            }
        } else {
            client.batch_execute(sql).await.map_err(failed)?;
        }
    }
    client.batch_execute("analyze").await.map_err(|error| Error::Sql("analyze".to_owned(), error))?;
    drop(client);
    wait_until_unused(cluster, database).await
}

/// The server needs a moment to notice that a client left; a database in use cannot be renamed.
async fn wait_until_unused(cluster: &Cluster, database: &str) -> Result<(), Error> {
    let admin = cluster.connect("postgres").await?;
    let sql = "select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = $1";
    admin.query(sql, &[&database]).await.map_err(|error| Error::Sql(sql.to_owned(), error))?;
    Ok(())
}

async fn exists(cluster: &Cluster, name: &str) -> Result<bool, Error> {
    let sql = "select exists (select from pg_database where datname = $1)";
    let row = cluster.connect("postgres").await?.query_one(sql, &[&name]).await;
    Ok(row.map_err(|error| Error::Sql(sql.to_owned(), error))?.get(0))
}

/// The files in the order they apply: name and text.
fn migrations() -> Result<Vec<(String, String)>, Error> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../db/migrations");
    let io = |error| Error::Io(dir.clone(), error);
    let mut paths: Vec<PathBuf> = fs::read_dir(&dir).map_err(io)?.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(|error| Error::Io(path.clone(), error))?;
        Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text))
    };
    paths.into_iter().map(read).collect()
}

/// The statements of a file that holds nothing but plain ones, each ended by `;` at the end of a line.
fn statements(sql: &str) -> Vec<String> {
    let code: Vec<&str> = sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    code.join("\n").split(";\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
