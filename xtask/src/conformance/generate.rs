//! Generates the package that compiles upstream's test files against our crate.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::Table;

use crate::metadata;
use crate::runtime::{Runtime, STABLE_ABI};
use crate::sh::root;

/// The release whose tests we run.
pub const VERSION: &str = "0.30.1";
/// The features to compile the tests with, and to request of `pyo3`.
const FEATURES: [&str; 3] = ["auto-initialize", "full", "multiple-pymethods"];
/// Features that no test needs. They would change the virtual machine's dependencies and so rebuild all of it.
const APART: [&str; 2] = ["arc_lock", "bigdecimal"];

/// Returns the unpacked release in cargo's registry. Cargo downloads it if necessary.
///
/// # Errors
///
/// If cargo cannot download it.
pub fn upstream(work: &Path) -> Result<PathBuf> {
    let scratch = scratch(work);
    let manifest = format!(
        "[package]\nname = \"conformance-fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\npyo3 = \"={VERSION}\"\n"
    );
    write(&scratch.join("Cargo.toml"), &manifest)?;
    write(&scratch.join("src/lib.rs"), "")?;
    metadata::package_folder(&scratch, "pyo3", VERSION)
}

fn scratch(work: &Path) -> PathBuf {
    work.join("fetch")
}

/// Returns the features of the release that our manifest does not declare. Call [`upstream`] first.
///
/// For a crate that requests one of them, cargo would silently use the published package.
///
/// # Errors
///
/// If cargo cannot read a manifest.
pub fn undeclared(work: &Path) -> Result<Vec<String>> {
    let ours = metadata::features(&root(), "pyo3")?;
    Ok(metadata::features(&scratch(work), "pyo3")?.into_iter().filter(|name| !ours.contains(name)).collect())
}

/// Returns the names of upstream's test files, without `.rs`.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn test_files(upstream: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(upstream.join("tests"))? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if let Some(name) = name.strip_suffix(".rs").filter(|name| name.starts_with("test_")) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Writes the package for `runtime` into `folder`. Returns the features that our crate does not turn on under the same
/// names.
///
/// # Errors
///
/// If a file cannot be read or written.
pub fn generate(folder: &Path, upstream: &Path, files: &[String], runtime: &Runtime) -> Result<Vec<String>> {
    let manifest: Table = fs::read_to_string(upstream.join("Cargo.toml"))?.parse()?;
    let table = manifest["features"].as_table().context("upstream has no features")?;
    let stable_abi = runtime.variant() == "cpython-abi3";
    let mut wanted = expand(table);
    let own: Table = fs::read_to_string(root().join("pyo3/Cargo.toml"))?.parse()?;
    let ours = expand(own["features"].as_table().context("pyo3 has no features")?);
    let missing: Vec<String> = wanted.iter().filter(|name| !ours.contains(name)).cloned().collect();
    // `full` would also turn on the features in `APART`, under other names.
    let expected = |name: &&String| ours.contains(*name) && *name != "full" && !APART.contains(&name.as_str());
    let mut asked: Vec<String> = wanted.iter().filter(expected).cloned().collect();
    if stable_abi {
        wanted.extend(["abi3".to_owned(), STABLE_ABI.to_owned()]);
        asked.push(STABLE_ABI.to_owned());
    }
    if let Runtime::RustPython(_) = runtime {
        asked.push("runtime-rustpython".to_owned());
    }
    let pyo3 = format!("pyo3 = {{ path = {:?}, features = {asked:?} }}", root().join("pyo3"));

    let edition = manifest["package"]["edition"].as_str().context("upstream has no edition")?;
    let mut text = format!(
        "[package]\nname = \"pyo3-conformance\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\nautotests = false\n\n\
         [workspace]\n\n[dependencies]\n{pyo3}\n\n[build-dependencies]\npyo3-build-config = \"={VERSION}\"\n\n\
         [dev-dependencies]\npyo3-macros = {{ path = \"pyo3-macros\" }}\npyo3-ffi = {{ path = \"pyo3-ffi\" }}\n\
         futures = \"0.3\"\ntempfile = \"3\"\nuuid = {{ version = \"1\", features = [\"v4\"] }}\n\n\
         [lints.rust]\nunexpected_cfgs = \"allow\"\n\n[profile.dev]\ndebug = false\n\n\
         [profile.dev.package.\"*\"]\nopt-level = 1\ndebug = false\ndebug-assertions = false\n\
         overflow-checks = false\n\n[features]\ndefault = {wanted:?}\n"
    );
    for name in table.keys().filter(|name| *name != "default") {
        writeln!(text, "{name} = []")?;
    }
    for name in files {
        let path = upstream.join(format!("tests/{name}.rs"));
        write!(text, "\n[[test]]\nname = \"{name}\"\npath = {path:?}\n")?;
    }
    write(&folder.join("Cargo.toml"), &text)?;
    write(&folder.join("src/lib.rs"), "")?;
    write(&folder.join("build.rs"), BUILD_SCRIPT)?;
    // Some tests name these crates, so they exist as aliases for ours.
    for (name, source) in [("pyo3-macros", "pub use pyo3::*;\n"), ("pyo3-ffi", "pub use pyo3::ffi::*;\n")] {
        let shim = format!(
            "[package]\nname = \"{name}\"\nversion = \"99.0.0\"\nedition = \"2024\"\n\n[lib]\ndoctest = false\n\n\
             [dependencies]\n{pyo3}\n"
        );
        write(&folder.join(name).join("Cargo.toml"), &shim)?;
        write(&folder.join(name).join("src/lib.rs"), source)?;
    }
    seed_lock(folder)?;
    Ok(missing)
}

/// Copies our lock file, and copies it again whenever it has changed.
fn seed_lock(folder: &Path) -> Result<()> {
    let ours = fs::read_to_string(root().join("Cargo.lock"))?;
    let seed = folder.join("Cargo.lock.seed");
    if fs::read_to_string(&seed).ok().as_deref() != Some(ours.as_str()) {
        fs::write(folder.join("Cargo.lock"), &ours)?;
        fs::write(seed, ours)?;
    }
    Ok(())
}

/// Does the same as upstream's own build script for its tests.
const BUILD_SCRIPT: &str = r#"fn main() {
    println!("cargo:rustc-check-cfg=cfg(wip_feature_std)");
    println!("cargo:rustc-cfg=wip_feature_std");
    pyo3_build_config::use_pyo3_cfgs();
    pyo3_build_config::add_libpython_rpath_link_args();
}
"#;

/// Returns all crate features that `FEATURES` turn on.
fn expand(table: &Table) -> Vec<String> {
    let mut todo: Vec<String> = FEATURES.iter().map(|name| (*name).to_owned()).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = todo.pop() {
        let Some(implied) = table.get(&name).and_then(|implied| implied.as_array()) else {
            continue;
        };
        if found.insert(name) {
            todo.extend(implied.iter().filter_map(|value| value.as_str()).map(str::to_owned));
        }
    }
    found.into_iter().collect()
}

/// Writes a file, unless it has the same contents already, so that cargo does not rebuild.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().context("a file without a folder")?)?;
        fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
