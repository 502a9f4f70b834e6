//! Puts the built web app into the binary, compressed, and the migrations.
//!
//! In: `web/dist`, if the web app was built; `db/migrations`. Out: `$OUT_DIR/web.rs`, a table of files with their
//! compressed forms, and `$OUT_DIR/migrations.rs`, names and texts in order.
//! Invariant: a file that did not change is not compressed again; without `web/dist` the table is empty.

use std::fmt::Write as _;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Kinds of files that shrink, and those that are compressed already.
const KINDS: [(&str, &str, bool); 16] = [
    ("html", "text/html; charset=utf-8", true),
    ("js", "text/javascript; charset=utf-8", true),
    ("css", "text/css; charset=utf-8", true),
    ("json", "application/json", true),
    ("webmanifest", "application/manifest+json", true),
    ("svg", "image/svg+xml", true),
    ("txt", "text/plain; charset=utf-8", true),
    ("map", "application/json", true),
    ("wasm", "application/wasm", true),
    ("ico", "image/x-icon", true),
    ("png", "image/png", false),
    ("jpg", "image/jpeg", false),
    ("webp", "image/webp", false),
    ("avif", "image/avif", false),
    ("woff2", "font/woff2", false),
    ("woff", "font/woff", false),
];

fn main() -> io::Result<()> {
    let manifest_dir = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out_dir = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let web = manifest_dir.join("../../web");
    let dist = web.join("dist");
    println!("cargo:rerun-if-changed=build.rs");
    if web.is_dir() {
        // Cargo runs a script again each time when a path it watches is missing, so the folder must exist.
        fs::create_dir_all(&dist)?;
        println!("cargo:rerun-if-changed={}", dist.display());
    }
    let mut files = Vec::new();
    if dist.is_dir() {
        collect(&dist, &mut files)?;
    }
    files.sort();
    let mut table = String::from("pub(super) static FILES: &[File] = &[\n");
    for file in &files {
        add(&mut table, &dist, file, &out_dir)?;
    }
    table.push_str("];\n");
    fs::write(out_dir.join("web.rs"), table)?;
    fs::write(out_dir.join("migrations.rs"), migrations(&manifest_dir.join("../../db/migrations"))?)
}

fn migrations(folder: &Path) -> io::Result<String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    collect(&folder.canonicalize()?, &mut files)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    let mut list = String::from("pub(super) const MIGRATIONS: &[Migration] = &[\n");
    for file in &files {
        let name = file.file_name().unwrap_or_default().display();
        writeln!(list, "    Migration {{ name: \"{name}\", sql: include_str!(\"{}\") }},", file.display())
            .map_err(io::Error::other)?;
    }
    list.push_str("];\n");
    Ok(list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn add(table: &mut String, dist: &Path, file: &Path, out_dir: &Path) -> io::Result<()> {
    let bytes = fs::read(file)?;
    let url = format!("/{}", file.strip_prefix(dist).unwrap_or(file).to_string_lossy().replace('\\', "/"));
    let extension = file.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let kind = KINDS.iter().find(|(known, _, _)| *known == extension);
    let (content_type, shrinks) =
        kind.map_or(("application/octet-stream", false), |(_, kind, shrinks)| (kind, *shrinks));
    let hash = hash(&bytes);
    let (mut br, mut gzip) = (None, None);
    if shrinks && bytes.len() >= 256 {
        br = kept(out_dir, &format!("{hash}.br"), &bytes, brotli)?;
        gzip = kept(out_dir, &format!("{hash}.gz"), &bytes, gzipped)?;
    }
    let include = |path: &Path| format!("include_bytes!({:?})", path.display().to_string());
    let optional = |path: Option<PathBuf>| path.map_or("None".to_owned(), |path| format!("Some({})", include(&path)));
    writeln!(
        table,
        "    File {{ path: {url:?}, content_type: {content_type:?}, etag: \"\\\"{hash}\\\"\", identity: {}, br: {}, gzip: {} }},",
        include(&file.canonicalize()?),
        optional(br),
        optional(gzip),
    )
    .map_err(io::Error::other)
}

/// The compressed form, from an earlier run if there was one; none when it is not smaller.
fn kept(
    out_dir: &Path,
    name: &str,
    bytes: &[u8],
    compress: fn(&[u8]) -> io::Result<Vec<u8>>,
) -> io::Result<Option<PathBuf>> {
    let path = out_dir.join(name);
    if !path.exists() {
        let half_written = out_dir.join(format!("{name}.new"));
        fs::write(&half_written, compress(bytes)?)?;
        fs::rename(&half_written, &path)?;
    }
    let smaller = fs::metadata(&path)?.len() < bytes.len() as u64;
    Ok(smaller.then_some(path))
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
    Ok(out)
}

fn gzipped(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// 128 bits that name the content: two runs of the standard hasher, one of them started differently.
fn hash(bytes: &[u8]) -> String {
    let mut one = DefaultHasher::new();
    bytes.hash(&mut one);
    let mut other = DefaultHasher::new();
    "other".hash(&mut other);
    bytes.hash(&mut other);
    format!("{:016x}{:016x}", one.finish(), other.finish())
}
