//! Source distributions: fetched once, by the registries' own clients, and checked against the table each time.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::table::{Row, Source};
use super::{folder, python};
use crate::sh::Cmd;

/// The archive of the row's crate.
///
/// # Errors
///
/// If it cannot be fetched, or is not the one that the table names.
pub fn archive(row: &Row) -> Result<PathBuf> {
    let cache = folder().join("archives");
    fs::create_dir_all(&cache)?;
    let file = match row.source {
        Source::PyPi => cache.join(format!("{}-{}.tar.gz", row.name.replace('-', "_"), row.version)),
        Source::CratesIo => cache.join(format!("{}-{}.crate", row.name, row.version)),
    };
    if !file.is_file() {
        match row.source {
            Source::PyPi => from_pypi(row, &cache, &file)?,
            Source::CratesIo => from_crates_io(row, &file)?,
        }
    }
    let found = sha256(&file)?;
    if found != row.sha256 {
        bail!(
            "{} has the SHA-256 {found}, and the table says {}\n  remedy: if the table is right, delete the file",
            file.display(),
            row.sha256
        );
    }
    Ok(file)
}

/// Unpacks the crate's archive into `target`, in place of what is there. Returns the folder in it.
///
/// # Errors
///
/// As [`archive`], and if it cannot be unpacked.
pub fn unpack(row: &Row, target: &Path) -> Result<PathBuf> {
    let archive = archive(row)?;
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::create_dir_all(target)?;
    // Files keep their times, so that cargo builds only what is new.
    Cmd::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(target).run()?;
    let mut folders = fs::read_dir(target)?.flatten().map(|entry| entry.path());
    match (folders.next(), folders.next()) {
        (Some(only), None) => Ok(only),
        _ => bail!("{} has more than one folder in it, or none", archive.display()),
    }
}

fn from_pypi(row: &Row, cache: &Path, file: &Path) -> Result<()> {
    let python = python::tools()?;
    let incoming = cache.join(format!("incoming-{}", row.id()));
    fs::create_dir_all(&incoming)?;
    let cmd = Cmd::new(python).args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    cmd.args(["--no-binary", &row.name])
        .arg("--dest")
        .arg(&incoming)
        .arg(format!("{}=={}", row.name, row.version))
        .run()?;
    let only = fs::read_dir(&incoming)?.flatten().next().context("pip downloaded nothing")?;
    fs::rename(only.path(), file)?;
    fs::remove_dir_all(&incoming)?;
    Ok(())
}

/// Cargo fetches what a workspace needs, so it is given one that needs this crate.
fn from_crates_io(row: &Row, file: &Path) -> Result<()> {
    let workspace = folder().join("fetch").join(format!("{}-{}", row.name, row.version));
    fs::create_dir_all(workspace.join("src"))?;
    fs::write(workspace.join("src/lib.rs"), "")?;
    fs::write(
        workspace.join("Cargo.toml"),
        format!(
            "[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{} = \"={}\"\n\n\
             [workspace]\n",
            row.name, row.version
        ),
    )?;
    Cmd::cargo().dir(&workspace).args(["fetch", "--quiet"]).run()?;
    let home = match std::env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => std::env::home_dir().context("there is no home folder")?.join(".cargo"),
    };
    let name = format!("{}-{}.crate", row.name, row.version);
    for registry in fs::read_dir(home.join("registry/cache"))?.flatten() {
        let found = registry.path().join(&name);
        if found.is_file() {
            fs::copy(found, file)?;
            return Ok(());
        }
    }
    bail!("cargo fetched {name}, but it is not in {}", home.join("registry/cache").display())
}

fn sha256(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut text = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}
