//! What cargo knows about a workspace: who depends on PyO3, and which versions are locked and resolved.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::semver::{Version, VersionReq};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use serde::Deserialize;

use super::family::{BUILD_CONFIG, FAMILY};
use crate::sh::Cmd;

/// A crate, or a workspace of crates.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of its lock file.
    pub root: PathBuf,
}

/// A dependency of some package on one of PyO3's.
#[derive(Debug)]
pub struct Asked {
    /// Name and version of the package that has the dependency.
    pub by: String,
    pub name: String,
    pub requirement: VersionReq,
    /// All features that it turns on, or can turn on.
    pub features: BTreeSet<String>,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} asks for {} {}", self.by, self.name, self.requirement)?;
        if !self.features.is_empty() {
            let features: Vec<_> = self.features.iter().map(String::as_str).collect();
            write!(f, " with {}", features.join(", "))?;
        }
        Ok(())
    }
}

/// A package of a lock file.
#[derive(Clone, Debug, Deserialize)]
pub struct Locked {
    pub name: String,
    pub version: Version,
    /// The source. A package of a folder has none.
    pub source: Option<String>,
}

impl Workspace {
    /// Returns the workspace that the crate in `folder` belongs to.
    ///
    /// # Errors
    ///
    /// If there is no crate.
    pub fn of(folder: &Path) -> Result<Workspace> {
        let manifest = folder.join("Cargo.toml");
        if !manifest.is_file() {
            bail!("{} has no Cargo.toml\n  remedy: name the folder of a crate", folder.display());
        }
        let cmd = Cmd::cargo().dir(folder).args(["metadata", "--format-version", "1", "--no-deps"]);
        let metadata = MetadataCommand::parse(cmd.read()?)?;
        Ok(Workspace { root: metadata.workspace_root.into() })
    }

    pub fn lock(&self) -> PathBuf {
        self.root.join("Cargo.lock")
    }

    /// Returns the contents of the lock file, or nothing if there is none.
    pub fn locked(&self) -> Result<Vec<Locked>> {
        #[derive(Deserialize)]
        struct Lock {
            #[serde(default)]
            package: Vec<Locked>,
        }
        let file = self.lock();
        if !file.exists() {
            return Ok(Vec::new());
        }
        let text = fs::read_to_string(&file)?;
        let lock: Lock = toml::from_str(&text).with_context(|| format!("{} cannot be read", file.display()))?;
        Ok(lock.package)
    }

    /// Returns the graph with all features and all kinds of dependencies, which is what cargo locks, and cargo's
    /// warnings.
    ///
    /// # Errors
    ///
    /// If cargo cannot resolve it.
    pub fn graph(&self, args: &[String]) -> Result<(Metadata, String)> {
        let cmd = self.cargo().args(["metadata", "--format-version", "1", "--all-features"]).args(args);
        let output = cmd.command().output().with_context(|| format!("cannot start `{cmd}`"))?;
        let warnings = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            bail!("`{cmd}` failed\n{}", warnings.trim_end());
        }
        Ok((MetadataCommand::parse(String::from_utf8(output.stdout)?)?, warnings))
    }
}

/// Lists the dependencies on PyO3's packages, except those between these packages.
pub fn asked(graph: &Metadata) -> Vec<Asked> {
    let mut found = Vec::new();
    for package in graph.packages.iter().filter(|package| !FAMILY.contains(&package.name.as_str())) {
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            if !FAMILY.contains(&name) && name != BUILD_CONFIG {
                continue;
            }
            // The graph does not contain what another crate needs for its own tests.
            if dependency.kind == cargo_metadata::DependencyKind::Development
                && !graph.workspace_members.contains(&package.id)
            {
                continue;
            }
            let local = dependency.rename.as_deref().unwrap_or(name);
            let mut features: BTreeSet<String> = dependency.features.iter().cloned().collect();
            for entry in package.features.values().flatten() {
                if let Some((of, feature)) = entry.split_once('/')
                    && of.trim_end_matches('?') == local
                {
                    features.insert(feature.to_owned());
                }
            }
            found.push(Asked {
                by: format!("{} {}", package.name, package.version),
                name: name.to_owned(),
                requirement: dependency.req.clone(),
                features,
            });
        }
    }
    found
}

/// Returns PyO3's packages in a graph. Includes `pyo3-build-config` only if its version does not ask `pyo3`.
pub fn family(graph: &Metadata) -> Vec<&Package> {
    let asks_nobody =
        |package: &&Package| *package.name == BUILD_CONFIG && (package.version.major, package.version.minor) < (0, 29);
    let member = |package: &&Package| FAMILY.contains(&package.name.as_str()) || asks_nobody(package);
    graph.packages.iter().filter(member).collect()
}

/// Restores a file on drop, or removes it if it did not exist.
pub struct Kept {
    path: PathBuf,
    contents: Option<Vec<u8>>,
}

impl Kept {
    /// # Errors
    /// If the file exists but cannot be read.
    /// If it is there and cannot be read.
    pub fn new(path: PathBuf) -> Result<Kept> {
        let contents = if path.exists() { Some(fs::read(&path)?) } else { None };
        Ok(Kept { path, contents })
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let done = match &self.contents {
            // An unchanged file is not touched, since cargo looks at modification times.
            Some(contents) if fs::read(&self.path).is_ok_and(|now| now == *contents) => Ok(()),
            Some(contents) => fs::write(&self.path, contents),
            None if self.path.exists() => fs::remove_file(&self.path),
            None => Ok(()),
        };
        if let Err(error) = done {
            eprintln!("warning: {} could not be put back: {error}", self.path.display());
        }
    }
}
