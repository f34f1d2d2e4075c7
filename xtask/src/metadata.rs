//! What `cargo metadata` knows.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::sh::Cmd;

/// Where cargo puts what it builds for this repository.
pub fn target_folder() -> Result<PathBuf> {
    let metadata = ask(Cmd::cargo(), &["--no-deps"])?;
    Ok(metadata["target_directory"].as_str().context("cargo names no target directory")?.into())
}

/// The names of the features of the package `name` in the workspace of `folder`, with those of optional dependencies.
pub fn features(folder: &Path, name: &str) -> Result<Vec<String>> {
    let metadata = ask(Cmd::cargo().dir(folder), &[])?;
    let package = find(&metadata, |found| found["name"] == name).context("no such package")?;
    Ok(package["features"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect())
}

/// The folder of the package `name` `version` among the dependencies of the workspace in `workspace`.
pub fn package_folder(workspace: &Path, name: &str, version: &str) -> Result<PathBuf> {
    let metadata = ask(Cmd::cargo().dir(workspace), &[])?;
    let package = find(&metadata, |found| found["name"] == name && found["version"] == version)
        .with_context(|| format!("{name} {version} is not among the dependencies"))?;
    let manifest = package["manifest_path"].as_str().context("a package without a manifest")?;
    Ok(Path::new(manifest).parent().context("a manifest without a folder")?.to_owned())
}

fn ask(cargo: Cmd, args: &[&str]) -> Result<Value> {
    let text = cargo.args(["metadata", "--format-version", "1"]).args(args).read()?;
    Ok(serde_json::from_str(&text)?)
}

fn find(metadata: &Value, wanted: impl Fn(&Value) -> bool) -> Option<&Value> {
    metadata["packages"].as_array()?.iter().find(|package| wanted(package))
}
