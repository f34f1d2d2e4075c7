//! Fetches source distributions once, as published, and checks them against the table each time.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::folder;
use super::table::{Row, Source};
use crate::bundle::fetch::{self, Wanted};
use crate::sh::Cmd;

/// Returns the archive of the row's crate.
///
/// # Errors
///
/// If it cannot be fetched, or differs from the one in the table.
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
    let found = fetch::sha256(&file)?;
    if found != row.sha256 {
        bail!(
            "{} has the SHA-256 {found}, but the table says {}\n  remedy: if the table is right, delete the file",
            file.display(),
            row.sha256
        );
    }
    Ok(file)
}

/// Replaces `target` with the contents of the crate's archive. Returns the folder inside.
///
/// # Errors
///
/// As for [`archive`], and if the archive cannot be unpacked.
pub fn unpack(row: &Row, target: &Path) -> Result<PathBuf> {
    let archive = archive(row)?;
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::create_dir_all(target)?;
    // tar preserves file times, so cargo rebuilds only what changed.
    Cmd::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(target).run()?;
    let mut folders = fs::read_dir(target)?.flatten().map(|entry| entry.path());
    match (folders.next(), folders.next()) {
        (Some(only), None) => {
            if row.vendored {
                fs::remove_file(only.join(".cargo/config.toml"))
                    .context("the row says `vendored`, but .cargo/config.toml cannot be removed")?;
            }
            Ok(only)
        }
        _ => bail!("{} has more than one folder in it, or none", archive.display()),
    }
}

fn from_pypi(row: &Row, cache: &Path, file: &Path) -> Result<()> {
    let wanted = Wanted { name: row.name.clone(), version: Some(row.version.clone()) };
    let (_, archive) = fetch::archive(&wanted, cache)?;
    fs::rename(archive, file)?;
    Ok(())
}

/// Fetches the archive with cargo, by means of a workspace that depends on this crate.
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
