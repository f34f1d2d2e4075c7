//! The packages of PyO3, and which of ours replaces each.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::semver::Version;
use toml::Table;

use super::graph::{Asked, Locked};
use crate::sh::root;

/// The package with which build scripts learn the configuration of Python. Upstream's package stays, unless a crate
/// requires a version that would look for a Python itself, regardless of what `pyo3` was built for.
pub const BUILD_CONFIG: &str = "pyo3-build-config";

/// The upstream packages that ours replace, in addition to [`BUILD_CONFIG`].
pub const FAMILY: [&str; 4] = ["pyo3", "pyo3-ffi", "pyo3-macros", "pyo3-macros-backend"];

/// A package of this repository that replaces one of upstream's.
#[derive(Clone, Debug)]
pub struct Ours {
    pub name: String,
    pub version: Version,
    pub folder: PathBuf,
}

/// Whether a file belongs to one of our packages. Files below `target` do not: other crates are unpacked there.
pub fn in_repository(file: &Path) -> bool {
    let (file, root) = (canonical(file), canonical(&root()));
    file.strip_prefix(&root).is_ok_and(|rest| !rest.starts_with("target"))
}

pub fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Returns all of our packages, including the facades for older versions.
fn all() -> Result<Vec<Ours>> {
    let mut found = Vec::new();
    for name in FAMILY {
        found.push(read(&root().join(name))?);
    }
    if let Ok(entries) = std::fs::read_dir(root().join("compat")) {
        for entry in entries.flatten().filter(|entry| entry.path().join("Cargo.toml").is_file()) {
            let package = read(&entry.path())?;
            found.push(package);
        }
    }
    Ok(found)
}

/// Reads the package in `folder`.
fn read(folder: &Path) -> Result<Ours> {
    let parse = |file: &Path| -> Result<Table> {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(text.parse::<Table>()?)
    };
    let file = folder.join("Cargo.toml");
    let manifest = parse(&file)?;
    let package = manifest.get("package").with_context(|| format!("{} has no package", file.display()))?;
    let name = package.get("name").and_then(|name| name.as_str()).context("a package without a name")?;
    let version = match package.get("version").and_then(|version| version.as_str()) {
        Some(version) => version.to_owned(),
        None => {
            let workspace = parse(&root().join("Cargo.toml"))?;
            let version = &workspace["workspace"]["package"]["version"];
            version.as_str().context("the workspace has no version")?.to_owned()
        }
    };
    Ok(Ours { name: name.to_owned(), version: version.parse()?, folder: folder.to_owned() })
}

/// Chooses our packages for a graph: one for each name that is required.
///
/// Among several versions, prefers the one that satisfies most requirements, then the one that is nearest to the lock
/// file, since the crate was last built with that, then the newest.
pub fn choose(asked: &[Asked], locked: &[Locked]) -> Result<Vec<Ours>> {
    let all = all()?;
    let mut chosen = Vec::new();
    for name in FAMILY.into_iter().chain([BUILD_CONFIG]) {
        let requirements: Vec<_> = asked.iter().filter(|asked| asked.name == name).collect();
        if requirements.is_empty() {
            continue;
        }
        let satisfied =
            |package: &Ours| requirements.iter().filter(|asked| asked.requirement.matches(&package.version)).count();
        // An exact pin of another patch level: choose the package of the same line, so that the error can name the pin.
        let near =
            |package: &Ours| {
                let series = Version::new(package.version.major, package.version.minor, 0);
                requirements.iter().any(|asked| {
                    asked.requirement.matches(&series)
                        || asked.requirement.comparators.iter().any(|comparator| {
                            comparator.major == series.major && comparator.minor == Some(series.minor)
                        })
                })
            };
        let is_locked = |package: &Ours| {
            locked.iter().any(|locked| {
                locked.name == name
                    && (locked.version.major, locked.version.minor) == (package.version.major, package.version.minor)
            })
        };
        let best = all
            .iter()
            .filter(|package| package.name == name && near(package))
            .max_by_key(|package| (satisfied(package), is_locked(package), package.version.clone()));
        match best {
            Some(package) => chosen.push(package.clone()),
            None if name == BUILD_CONFIG => {}
            None => {
                let have: Vec<_> =
                    all.iter().filter(|ours| ours.name == name).map(|ours| ours.version.to_string()).collect();
                let want: Vec<_> = requirements.iter().map(|asked| asked.to_string()).collect();
                bail!(
                    "no `{name}` of ours satisfies the requirements\n  {}\n  ours: {}\n  remedy: update the crate to \
                     one of these versions",
                    want.join("\n  "),
                    have.join(", ")
                )
            }
        }
    }
    Ok(chosen)
}
