//! A facade, and what it is on top of under another name.
//!
//! maturin refuses a graph in which two packages are called `pyo3`, and a facade is one on top of another. So a crate that
//! uses a facade is given a manifest for each of the two: the facade's, and one of `pyo3-core`, which has the sources,
//! features and dependencies of our `pyo3`. They are manifests only; what they compile is in this repository.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::family::{self, Ours};
use crate::sh::root;

/// What our `pyo3` is called there.
const CORE: &str = "pyo3-core";
/// What a facade calls the package that it is on top of.
const BELOW: &str = "current";

/// Whether `package` is a facade for `pyo3`.
pub fn is_facade(package: &Ours) -> bool {
    package.name == "pyo3" && family::canonical(&package.folder).starts_with(family::canonical(&root().join("compat")))
}

/// Writes the two manifests into folders below `folder`, in place of what is there. The facade, which stands for `package`.
///
/// # Errors
///
/// If our manifests cannot be read, or the folder cannot be written.
pub fn write(package: &Ours, folder: &Path) -> Result<Ours> {
    let (core, facade) = (folder.join("core"), folder.join("pyo3"));
    save(&core, &core_manifest(&root().join("pyo3"))?)?;
    save(&facade, &facade_manifest(&package.folder, &core)?)?;
    Ok(Ours { folder: family::canonical(&facade), ..package.clone() })
}

fn core_manifest(folder: &Path) -> Result<Table> {
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
    package.insert("name".to_owned(), CORE.into());
    for kind in ["dependencies", "build-dependencies"] {
        for (key, value) in part(&mut manifest, kind)?.iter_mut() {
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
                *value = Value::Table(all);
            }
        }
    }
    Ok(alone(manifest, folder))
}

fn facade_manifest(folder: &Path, core: &Path) -> Result<Table> {
    let mut manifest = read(folder)?;
    let below = part(&mut manifest, "dependencies")?;
    let below = below.get_mut(BELOW).and_then(Value::as_table_mut).context("a facade is on top of something")?;
    below.insert("package".to_owned(), CORE.into());
    below.insert("path".to_owned(), text(&family::canonical(core)));
    Ok(alone(manifest, folder))
}

/// As a workspace by itself, that compiles the sources in `folder`.
fn alone(mut manifest: Table, folder: &Path) -> Table {
    for key in ["workspace", "lints", "profile", "dev-dependencies", "test"] {
        manifest.remove(key);
    }
    manifest.insert("workspace".to_owned(), Table::new().into());
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        let build = package.get("build").and_then(Value::as_str).unwrap_or("build.rs");
        let build = text(&family::canonical(&folder.join(build)));
        package.insert("build".to_owned(), build);
    }
    // The name of the crate stays, which messages of the compiler show.
    let source = text(&family::canonical(&folder.join("src/lib.rs")));
    let lib = Table::from_iter([("name".to_owned(), "pyo3".into()), ("path".to_owned(), source)]);
    manifest.insert("lib".to_owned(), lib.into());
    manifest
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
    // Untouched where it is the same, so that nothing is built again.
    if !fs::read_to_string(&file).is_ok_and(|old| old == contents) {
        fs::write(&file, contents).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
