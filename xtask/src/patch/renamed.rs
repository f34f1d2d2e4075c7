//! Renames the package below a facade.
//!
//! maturin rejects a graph with two packages called `pyo3` or `pyo3-ffi`, and a facade is such a package on top of
//! another. So a crate that uses facades gets separate manifests. For `pyo3` there are two: that of the facade, and one
//! called `pyo3-core` with the sources, features and dependencies of our `pyo3`. For `pyo3-ffi`, whose facade differs
//! only in its version, there is one, with the facade's version and features and our sources; packages of ours that
//! depend on `pyo3-ffi` get manifests that name it. All these manifests compile sources of this repository.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::family::{self, Ours};
use crate::sh::root;

/// The new name of our `pyo3`.
const CORE: &str = "pyo3-core";
/// The name by which a facade depends on the package below it.
const BELOW: &str = "current";

/// The name of the CPython backend, which depends on `pyo3-ffi`.
const BACKEND: &str = "pyo3-backend-cpython";

/// Writes the manifests into folders below `folder`, replacing existing ones, and makes `ours` refer to them. Leaves
/// packages that are not facades, or that cannot be renamed together with the others.
///
/// # Errors
///
/// If our manifests cannot be read, or the folder cannot be written.
pub fn write(ours: &mut [Ours], folder: &Path) -> Result<()> {
    let find = |name: &str| ours.iter().position(|package| package.name == name);
    let facade =
        |index: &usize| family::canonical(&ours[*index].folder).starts_with(family::canonical(&root().join("compat")));
    let pyo3 = find("pyo3");
    let with_facade = pyo3.filter(facade);
    // Without a facade, our `pyo3` depends on our own `pyo3-ffi`.
    let ffi = find("pyo3-ffi").filter(facade).filter(|_| pyo3.is_none() || with_facade.is_some());

    let mut below: Vec<(&str, PathBuf)> = Vec::new();
    if let Some(index) = ffi {
        let target = folder.join("ffi");
        save(&target, &numbered(&root().join("pyo3-ffi"), &ours[index].folder)?)?;
        ours[index].folder = family::canonical(&target);
        below.push(("pyo3-ffi", family::canonical(&target)));
        if with_facade.is_some() {
            let target = folder.join("backend");
            save(&target, &inherited(&root().join("backends/cpython"), "pyo3_backend_cpython", &below)?)?;
            below.push((BACKEND, family::canonical(&target)));
        }
    }
    if let Some(index) = with_facade {
        let (core, target) = (folder.join("core"), folder.join("pyo3"));
        let mut manifest = inherited(&root().join("pyo3"), "pyo3", &below)?;
        part(&mut manifest, "package")?.insert("name".to_owned(), CORE.into());
        save(&core, &manifest)?;
        save(&target, &facade_manifest(&ours[index].folder, &core)?)?;
        ours[index].folder = family::canonical(&target);
    }
    Ok(())
}

/// Returns the manifest of the package in `folder`, with the version and the additional features of its facade.
fn numbered(folder: &Path, facade: &Path) -> Result<Table> {
    let mut facade = read(facade)?;
    let mut manifest = inherited(folder, "pyo3_ffi", &[])?;
    let version = part(&mut facade, "package")?.get("version").cloned().context("a facade has a version")?;
    part(&mut manifest, "package")?.insert("version".to_owned(), version);
    let features = part(&mut manifest, "features")?;
    for (name, parts) in part(&mut facade, "features")?.iter() {
        features.entry(name.clone()).or_insert_with(|| parts.clone());
    }
    Ok(manifest)
}

/// Returns the manifest of the package in `folder` for a library called `name`, with the values that it inherits from
/// the workspace, and with the dependencies in `below` replaced.
fn inherited(folder: &Path, name: &str, below: &[(&str, PathBuf)]) -> Result<Table> {
    let mut manifest = read(folder)?;
    let workspace = read(&root())?;
    let shared = |table: &str, key: &str| -> Result<Value> {
        let value = workspace["workspace"].get(table).and_then(|table| table.get(key));
        value.cloned().with_context(|| format!("the workspace has no {table}.{key}"))
    };
    let package = part(&mut manifest, "package")?;
    for (key, value) in package.iter_mut() {
        if is_inherited(value) {
            *value = shared("package", key)?;
        }
    }
    for table in dependency_tables(&mut manifest) {
        for (key, value) in table.iter_mut() {
            if is_inherited(value) {
                let own = value.as_table().cloned().unwrap_or_default();
                let mut all = match shared("dependencies", key)? {
                    Value::Table(table) => table,
                    version => Table::from_iter([("version".to_owned(), version)]),
                };
                if let Some(path) = all.get_mut("path") {
                    *path = text(&root().join(path.as_str().unwrap_or_default()));
                }
                all.extend(own.into_iter().filter(|(key, _)| key != "workspace"));
                if let Some((_, folder)) = below.iter().find(|(name, _)| name == key) {
                    all.remove("version");
                    all.insert("path".to_owned(), text(folder));
                }
                *value = Value::Table(all);
            }
        }
    }
    Ok(alone(manifest, folder, name))
}

fn facade_manifest(folder: &Path, core: &Path) -> Result<Table> {
    let mut manifest = read(folder)?;
    let below = part(&mut manifest, "dependencies")?;
    let below = below.get_mut(BELOW).and_then(Value::as_table_mut).context("a facade is on top of something")?;
    below.insert("package".to_owned(), CORE.into());
    below.insert("path".to_owned(), text(&family::canonical(core)));
    Ok(alone(manifest, folder, "pyo3"))
}

/// Turns a manifest into a separate workspace that compiles the sources in `folder` to a library called `name`.
fn alone(mut manifest: Table, folder: &Path, name: &str) -> Table {
    for key in ["workspace", "lints", "profile", "dev-dependencies", "test"] {
        manifest.remove(key);
    }
    manifest.insert("workspace".to_owned(), Table::new().into());
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        let build = package.get("build").and_then(Value::as_str).unwrap_or("build.rs");
        let build = text(&family::canonical(&folder.join(build)));
        package.insert("build".to_owned(), build);
    }
    // Keeps the name of the crate, which appears in compiler messages.
    let source = text(&family::canonical(&folder.join("src/lib.rs")));
    let lib = Table::from_iter([("name".to_owned(), name.into()), ("path".to_owned(), source)]);
    manifest.insert("lib".to_owned(), lib.into());
    manifest
}

/// Returns the tables of dependencies, including those of single targets.
fn dependency_tables(manifest: &mut Table) -> Vec<&mut Table> {
    let mut tables = Vec::new();
    for (key, value) in manifest.iter_mut() {
        match (key.as_str(), value) {
            ("dependencies" | "build-dependencies", Value::Table(table)) => tables.push(table),
            ("target", Value::Table(targets)) => {
                let targets = targets.iter_mut().filter_map(|(_, target)| target.as_table_mut());
                tables.extend(targets.flat_map(dependency_tables));
            }
            _ => {}
        }
    }
    tables
}

fn is_inherited(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

fn text(path: &Path) -> Value {
    path.to_string_lossy().into_owned().into()
}

fn part<'t>(manifest: &'t mut Table, name: &str) -> Result<&'t mut Table> {
    manifest.get_mut(name).and_then(Value::as_table_mut).with_context(|| format!("a manifest without {name}"))
}

fn read(folder: &Path) -> Result<Table> {
    let file = folder.join("Cargo.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.parse()?)
}

fn save(folder: &Path, manifest: &Table) -> Result<()> {
    let contents = format!("# Written by `cargo xtask patch`.\n{manifest}");
    let file = folder.join("Cargo.toml");
    fs::create_dir_all(folder)?;
    // An unchanged file is not touched, so that nothing is rebuilt.
    if !fs::read_to_string(&file).is_ok_and(|old| old == contents) {
        fs::write(&file, contents).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
