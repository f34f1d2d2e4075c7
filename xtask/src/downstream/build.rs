//! Builds a crate and lays out its package.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::folder;
use super::table::Row;
use crate::artifacts;
use crate::metadata::target_folder;
use crate::patch::FAMILY;
use crate::sh::{Cmd, root};

/// The result of a build.
#[derive(Debug, Default)]
pub struct Built {
    /// Shared libraries and test programs.
    pub files: Vec<PathBuf>,
    /// Upstream's PyO3 packages, from the registry.
    pub stock: Vec<String>,
    /// The packages of folders that replace them.
    pub ours: Vec<String>,
}

/// Returns a cargo command that builds the crate unpacked in `tree` for CPython. `kind` names the target folder, which
/// all crates share.
///
/// All crates use one profile: the tests do not need speed, link-time optimisation takes minutes, and line tables show
/// where code comes from (see `evidence`).
pub fn for_cpython(row: &Row, tree: &Path, kind: &str, command: &str) -> Cmd {
    cargo(row, tree, command)
        .arg("--release")
        .env("CARGO_TARGET_DIR", folder().join("build").join(kind))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only")
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
}

/// Like [`for_cpython`], but for RustPython. Uses the target folder and profile of this workspace's own tests, so that
/// the virtual machine is not compiled again.
///
/// # Errors
///
/// If cargo fails to name its folder, or the profile is missing in our manifest.
pub fn for_rustpython(row: &Row, tree: &Path, command: &str) -> Result<Cmd> {
    let mut cmd = cargo(row, tree, command).env("CARGO_TARGET_DIR", target_folder()?);
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml"))?.parse()?;
    let settings = || manifest.get("profile")?.get("dev")?.get("package")?.get("*")?.as_table();
    for (name, value) in settings().context("Cargo.toml has no profile for the dependencies of dev builds")? {
        cmd = cmd.arg("--config").arg(format!("profile.dev.package.\"*\".{name}={value}"));
    }
    Ok(cmd)
}

fn cargo(row: &Row, tree: &Path, command: &str) -> Cmd {
    let cmd = Cmd::cargo().dir(tree.join(&row.manifest)).arg(command);
    if row.features.is_empty() { cmd } else { cmd.args(["--features", &row.features.join(",")]) }
}

/// Runs `cmd`, made by [`for_cpython`] or [`for_rustpython`].
///
/// # Errors
///
/// If it fails.
pub fn run(cmd: &Cmd) -> Result<Built> {
    let cmd = cmd.clone().args(["--quiet", "--message-format", "json-render-diagnostics"]);
    println!("  $ {}", cmd.brief());
    let mut built = Built::default();
    if !artifacts::messages(&cmd, |message| built.take(message))? {
        bail!("it does not compile");
    }
    Ok(built)
}

impl Built {
    fn take(&mut self, message: &Value) {
        if message["reason"] != "compiler-artifact" {
            return;
        }
        let id = message["package_id"].as_str().unwrap_or_default();
        if let Some(name) = family_member(id) {
            let list = if id.starts_with("path+") { &mut self.ours } else { &mut self.stock };
            if !list.contains(&name) {
                list.push(name);
            }
        }
        if let Some(program) = message["executable"].as_str().filter(|_| message["profile"]["test"] == true) {
            self.files.push(program.into());
        }
        // Only the crate's own library: a shared library of a dependency is a procedural macro.
        if message["target"]["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "cdylib")) {
            let files =
                message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str).map(PathBuf::from);
            self.files
                .extend(files.filter(|file| file.extension() == Some(OsStr::new(std::env::consts::DLL_EXTENSION))));
        }
    }
}

/// Returns `pyo3@0.30.1` if the package is one of PyO3's. Identifiers are `path+file:///folder/pyo3#0.30.1`, with a
/// name before the version if it differs from the folder's, and `registry+…#pyo3@0.30.1`.
fn family_member(id: &str) -> Option<String> {
    let (source, rest) = id.split_once('#')?;
    let (name, version) = match rest.split_once('@') {
        Some(parts) => parts,
        None => (source.rsplit('/').next()?, rest),
    };
    FAMILY.contains(&name).then(|| format!("{name}@{version}"))
}

/// Puts the library where its module can be imported. Returns the folder for `sys.path`.
///
/// The Python part of a package, if there is one, stays where it was unpacked. Otherwise this creates a package that
/// re-exports everything in the module, like maturin.
///
/// # Errors
///
/// If a file cannot be written.
pub fn lay_out(row: &Row, tree: &Path, library: &Path) -> Result<PathBuf> {
    let module = row.module.as_deref().context("the row names no module")?;
    let (package, name) = module.rsplit_once('.').context("the module is not in a package")?;
    let site = match &row.python_source {
        Some(source) => tree.join(source),
        None => tree.join(".site"),
    };
    let parent = site.join(package.replace('.', "/"));
    if row.python_source.is_none() {
        fs::create_dir_all(&parent)?;
        let text = format!(
            "from . import {name}\nfrom .{name} import *\n\n__doc__ = {name}.__doc__\nif hasattr({name}, \"__all__\"):\n    \
             __all__ = {name}.__all__\n"
        );
        fs::write(parent.join("__init__.py"), text)?;
    }
    fs::copy(library, parent.join(format!("{name}.{}", artifacts::MODULE_EXTENSION)))?;
    // `importlib.metadata` reads this folder.
    let metadata = site.join(format!("{}-{}.dist-info", row.name.replace('-', "_"), row.version));
    fs::create_dir_all(&metadata)?;
    fs::copy(tree.join("PKG-INFO"), metadata.join("METADATA")).context("the source distribution has no PKG-INFO")?;
    Ok(site)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_the_family_are_found_in_what_cargo_says() {
        assert_eq!(family_member("path+file:///home/me/pyo3#0.30.1").as_deref(), Some("pyo3@0.30.1"));
        assert_eq!(family_member("path+file:///x/compat/pyo3-0.29#pyo3@0.29.3").as_deref(), Some("pyo3@0.29.3"));
        assert_eq!(family_member("registry+https://x#pyo3-ffi@0.30.1").as_deref(), Some("pyo3-ffi@0.30.1"));
        assert_eq!(family_member("registry+https://x#pyo3-log@0.13.5"), None);
    }
}
