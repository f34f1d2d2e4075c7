//! Generates a package `pyo3` that re-exports ours with the RustPython feature.
//!
//! A patch cannot turn a feature on, but it can name a package that does: one that depends on ours with the feature,
//! re-exports all of it, and has the same features. Then `cargo test` in the unchanged crate uses RustPython, and its
//! lock file contains the virtual machine.
//!
//! Alternatives do not work. `--features pyo3/runtime-rustpython` on the command line builds, but dependencies that
//! only a flag adds are not in the lock file, so they cannot be locked to the versions that the virtual machine needs.
//! No environment variable turns a feature on. A crate around the other one, as `host` makes it, is right for an
//! executable, but does not run the crate's own tests.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use cargo_metadata::semver::BuildMetadata;

use super::config::quoted;
use super::family::{self, Ours};
use super::problems;

/// Our feature that selects RustPython.
const FEATURE: &str = "runtime-rustpython";

/// Spellings of one `links` value. Cargo turns each into `DEP_PYO3_PYTHON_..`, and a graph may contain each only once.
const LINKS: [&str; 3] = ["pyo3-python", "pyo3_python", "PyO3_python"];

const BUILD: &str = r#"//! Forwards what our `pyo3` tells the build scripts of its dependents to those of this package.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    for (name, value) in std::env::vars() {
        if let Some(key) = name.strip_prefix("DEP_PYO3_PYTHON_") {
            println!("cargo:{}={value}", key.to_lowercase());
        }
    }
}
"#;

const LIB: &str = "//! `pyo3`, for RustPython.\n\npub use selected::*;\n";

/// Writes the package into `folder`, replacing an existing one.
///
/// # Errors
///
/// If cargo cannot read our manifests, or the folder cannot be written.
pub fn write(package: &Ours, folder: &Path) -> Result<Ours> {
    let own = problems::graph_of(package)?;
    let manifest = problems::manifest_of(package, &own)?;
    let taken: Vec<_> = problems::reachable(&own, manifest).iter().filter_map(|part| part.links.as_deref()).collect();
    let links = LINKS.into_iter().find(|name| !taken.contains(name)).context("every spelling of `links` is taken")?;
    // A lock file cannot distinguish two packages of the same name and version. Requirements ignore what follows `+`.
    let mut version = package.version.clone();
    version.build = BuildMetadata::new("rustpython")?;
    let mut text = format!(
        "# Written by `cargo xtask patch`.\n[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2024\"\n\
         publish = false\nlinks = \"{links}\"\n\n[lib]\npath = \"lib.rs\"\n\n\
         [dependencies]\nselected = {{ package = \"{name}\", path = {path}, default-features = false, \
         features = [\"{FEATURE}\"] }}\n\n[workspace]\n\n[features]\n",
        name = package.name,
        version = version,
        path = quoted(&package.folder),
    );
    for (feature, parts) in &manifest.features {
        if feature == "default" {
            writeln!(text, "default = {parts:?}")?;
        } else {
            writeln!(text, "{feature} = [\"selected/{feature}\"]")?;
        }
    }
    fs::create_dir_all(folder)?;
    for (name, contents) in [("Cargo.toml", text.as_str()), ("build.rs", BUILD), ("lib.rs", LIB)] {
        let file = folder.join(name);
        // An unchanged file is not touched, so that nothing is rebuilt.
        if !fs::read_to_string(&file).is_ok_and(|old| old == contents) {
            fs::write(&file, contents).with_context(|| format!("cannot write {}", file.display()))?;
        }
    }
    Ok(Ours { folder: family::canonical(folder), version, ..package.clone() })
}
