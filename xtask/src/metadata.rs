//! The output of `cargo metadata`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

use crate::runtime::Runtime;
use crate::sh::{Cmd, root};

/// The feature that selects RustPython. Packages with this feature compile differently for each runtime.
const SELECTS: &str = "runtime-rustpython";

/// The packages of this workspace.
pub struct Members(Vec<Package>);

impl Members {
    /// Reads the packages from cargo.
    ///
    /// # Errors
    ///
    /// If cargo cannot be started, or rejects a manifest.
    pub fn read() -> Result<Members> {
        Ok(Members(packages(&root())?))
    }

    /// Returns a cargo command for all packages that build for `runtime`, except those in `without`.
    pub fn command(&self, runtime: &Runtime, args: &[&str], without: &[&str]) -> Cmd {
        let mut cmd = Cmd::cargo().args(args);
        match runtime {
            Runtime::CPython(_) => {
                cmd = cmd.arg("--workspace");
                for package in self.rustpython_only().iter().chain(without) {
                    cmd = cmd.args(["--exclude", package]);
                }
            }
            Runtime::RustPython(_) => {
                let selecting: Vec<&str> =
                    self.selecting().into_iter().filter(|package| !without.contains(package)).collect();
                for package in &selecting {
                    cmd = cmd.args(["-p", package]);
                }
                for package in self.rustpython_only() {
                    cmd = cmd.args(["-p", package]);
                }
                cmd = cmd.args(runtime.features(&selecting));
            }
        }
        runtime.prepare(cmd)
    }

    /// Returns the packages that compile differently for each runtime.
    pub fn selecting(&self) -> Vec<&str> {
        self.names(|package| package.features.contains_key(SELECTS))
    }

    /// Returns the packages that exist only with RustPython: they depend on it without a feature that selects it.
    pub fn rustpython_only(&self) -> Vec<&str> {
        self.names(|package| {
            package.dependencies.iter().any(|dependency| {
                let needed = !dependency.optional && dependency.kind == DependencyKind::Normal;
                let is_runtime = dependency.name.starts_with("rustpython-")
                    || dependency.features.iter().any(|feature| feature == SELECTS);
                needed && is_runtime
            })
        })
    }

    /// Returns the packages whose tests form the suite: their manifests say `package.metadata.suite = true`.
    pub fn suite(&self) -> Vec<&str> {
        self.names(|package| package.metadata["suite"] == true)
    }

    fn names(&self, wanted: impl Fn(&Package) -> bool) -> Vec<&str> {
        self.0.iter().filter(|package| wanted(package)).map(|package| package.name.as_str()).collect()
    }
}

/// Returns cargo's target folder for this repository.
pub fn target_folder() -> Result<PathBuf> {
    Ok(ask(Cmd::cargo(), &["--no-deps"])?.target_directory.into())
}

/// Returns the packages of the workspace in `folder`, without their dependencies.
pub fn packages(folder: &Path) -> Result<Vec<Package>> {
    Ok(ask(Cmd::cargo().dir(folder), &["--no-deps"])?.packages)
}

/// Returns the feature names of the package `name` in the workspace of `folder`, including those of optional
/// dependencies.
pub fn features(folder: &Path, name: &str) -> Result<Vec<String>> {
    let metadata = ask(Cmd::cargo().dir(folder), &[])?;
    let package = metadata.packages.into_iter().find(|found| found.name == name).context("no such package")?;
    Ok(package.features.into_keys().collect())
}

/// Returns the folder of the package `name` `version` among the dependencies of the workspace in `workspace`.
pub fn package_folder(workspace: &Path, name: &str, version: &str) -> Result<PathBuf> {
    let metadata = ask(Cmd::cargo().dir(workspace), &[])?;
    let is_it = |found: &Package| found.name == name && found.version.to_string() == version;
    let package = metadata.packages.into_iter().find(is_it);
    let package = package.with_context(|| format!("{name} {version} is not among the dependencies"))?;
    Ok(package.manifest_path.parent().context("a manifest without a folder")?.into())
}

fn ask(cargo: Cmd, args: &[&str]) -> Result<Metadata> {
    let text = cargo.args(["metadata", "--format-version", "1"]).args(args).read()?;
    Ok(MetadataCommand::parse(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_has_its_place() {
        let members = Members::read().expect("cargo takes our manifests");
        let (selecting, only, suite) = (members.selecting(), members.rustpython_only(), members.suite());
        assert!(selecting.contains(&"pyo3") && selecting.contains(&"pyo3-guide"), "{selecting:?}");
        assert_eq!(only, ["pyo3-backend-rustpython", "pyo3-bundle"]);
        assert!(suite.contains(&"pyo3-tests") && suite.contains(&"pyo3-macros-backend"), "{suite:?}");
        assert!(selecting.iter().all(|name| !only.contains(name)), "in two places: {selecting:?}");
    }
}
