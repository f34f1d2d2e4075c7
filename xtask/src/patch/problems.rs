//! Finds out why cargo silently uses upstream's packages instead of a patch.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use anyhow::{Context, Result};
use cargo_metadata::semver::{Op, Version};
use cargo_metadata::{Dependency, DependencyKind, Metadata, MetadataCommand, Package, PackageId};

use super::family::{self, BUILD_CONFIG, FAMILY, Ours};
use super::graph::{Asked, Locked};
use crate::sh::Cmd;

/// A reason why cargo does not use the patch, or another problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    text: String,
    /// The arguments of the cargo command that solves the problem, if there is one.
    pub update: Option<Vec<String>>,
}

impl Problem {
    /// Creates a problem whose text contains the remedy.
    pub fn new(text: impl Into<String>) -> Problem {
        Problem { text: text.into(), update: None }
    }

    /// Creates a problem with a cargo command as the remedy.
    fn with_update(text: impl Into<String>, update: &[&str]) -> Problem {
        let update = update.iter().map(|part| (*part).to_owned()).collect();
        Problem { text: text.into(), update: Some(update) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match &self.update {
            Some(update) => {
                write!(f, "\n  remedy: with the patch in place, in your crate's folder: cargo {}", update.join(" "))
            }
            None => Ok(()),
        }
    }
}

/// Finds all known reasons, each with its remedy, in the order in which the remedies must be applied. `rustpython` says
/// that the virtual machine will be part of the graph.
///
/// # Errors
///
/// If cargo cannot read our own manifests.
pub fn find(
    asked: &[Asked],
    ours: &[Ours],
    locked: &[Locked],
    unpatched: &Metadata,
    rustpython: bool,
) -> Result<Vec<Problem>> {
    let mut found = Vec::new();
    for package in ours {
        let own = graph_of(package)?;
        let manifest = manifest_of(package, &own)?;
        let mine: Vec<_> = asked.iter().filter(|asked| asked.name == package.name).collect();
        found.extend(mine.iter().filter_map(|asked| missing_features(asked, manifest)));
        found.extend(mine.iter().filter_map(|asked| pinned(asked, package)));
        let mut parts = reachable(&own, manifest);
        if !rustpython {
            parts.retain(|part| part.name != "pyo3-backend-rustpython");
        }
        // First, since cargo cannot change the version of ours while its dependencies are locked too low.
        found.extend(locked_too_low(&own, &parts, locked));
        found.extend(locked_elsewhere(&mine, package, locked));
        found.extend(same_links(&parts, unpatched));
    }
    found.dedup();
    Ok(found)
}

/// Finds features that ours does not have.
fn missing_features(asked: &Asked, manifest: &Package) -> Option<Problem> {
    let missing: Vec<_> =
        asked.features.iter().filter(|name| !manifest.features.contains_key(*name)).map(String::as_str).collect();
    (!missing.is_empty()).then(|| {
        Problem::new(format!(
            "{} asks for features of {} that ours does not have: {}\n  remedy: turn them off in the crate; and report it, \
             since ours should have all of upstream's",
            asked.by,
            asked.name,
            missing.join(", ")
        ))
    })
}

/// Finds a requirement that our version does not satisfy, usually an exact one.
fn pinned(asked: &Asked, package: &Ours) -> Option<Problem> {
    if asked.requirement.matches(&package.version) {
        return None;
    }
    let exact = asked.requirement.comparators.iter().any(|comparator| comparator.op == Op::Exact);
    let what = if exact { "pins" } else { "asks for" };
    Some(Problem::new(format!(
        "{} {what} {} {}, which ours ({}) does not satisfy\n  remedy: change the requirement to `{}.{}` in its Cargo.toml",
        asked.by, asked.name, asked.requirement, package.version, package.version.major, package.version.minor
    )))
}

/// Finds another version in the lock file.
fn locked_elsewhere(asked: &[&Asked], package: &Ours, locked: &[Locked]) -> Option<Problem> {
    if !asked.iter().all(|asked| asked.requirement.matches(&package.version)) {
        // This has another reason, and an update does not help.
        return None;
    }
    let other = locked.iter().find(|locked| locked.name == package.name && locked.version != package.version)?;
    Some(Problem::with_update(
        format!(
            "Cargo.lock has {} {}, but ours is {}: cargo keeps the locked version",
            package.name, other.version, package.version
        ),
        &["update", "-p", &package.name, "--precise", &package.version.to_string()],
    ))
}

/// Finds locked versions that are too low for our direct and indirect dependencies. One remedy covers all of them.
fn locked_too_low(own: &Metadata, parts: &[&Package], locked: &[Locked]) -> Option<Problem> {
    let mut found = BTreeMap::new();
    for (package, dependency) in needs(own, parts) {
        let same = |locked: &&Locked| {
            locked.name == dependency.name
                && locked.source.is_some()
                && !dependency.req.matches(&locked.version)
                && dependency.req.comparators.iter().any(|wanted| compatible(&locked.version, wanted))
        };
        // cargo updates the build configuration together with its `pyo3`.
        if let Some(low) = locked.iter().find(same)
            && low.name != BUILD_CONFIG
        {
            let whose = if package.source.is_none() { "our " } else { "" };
            let text = format!("{} {}, and {whose}{} needs {}", low.name, low.version, package.name, dependency.req);
            found.entry(format!("{}@{}", low.name, low.version)).or_insert(text);
        }
    }
    let update: Vec<_> = found.keys().flat_map(|id| ["-p", id]).collect();
    let list: Vec<_> = found.values().map(String::as_str).collect();
    (!found.is_empty()).then(|| {
        Problem::with_update(format!("Cargo.lock has {}", list.join("; ")), &[&["update"][..], &update].concat())
    })
}

/// Returns the registry dependencies of our packages `parts`, direct and indirect, each with the package that has it.
fn needs<'a>(own: &'a Metadata, parts: &[&'a Package]) -> Vec<(&'a Package, &'a Dependency)> {
    let mut found = Vec::new();
    let mut seen: BTreeSet<&PackageId> = BTreeSet::new();
    let mut next: Vec<&Package> = parts.to_vec();
    let nodes = own.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let nodes: BTreeMap<_, _> = nodes.map(|node| (&node.id, node)).collect();
    while let Some(package) = next.pop() {
        if !seen.insert(&package.id) {
            continue;
        }
        let resolved = nodes.get(&package.id).map(|node| &node.dependencies[..]).unwrap_or_default();
        for id in resolved {
            let Some(other) = own.packages.iter().find(|other| other.id == *id && other.source.is_some()) else {
                continue;
            };
            // Our graph includes all optional dependencies of ours, so skip those. Optional dependencies of others are
            // in it only if enabled.
            let wanted = package.dependencies.iter().filter(|dependency| {
                dependency.name == *other.name
                    && dependency.req.matches(&other.version)
                    && dependency.kind != DependencyKind::Development
                    && (!dependency.optional || package.source.is_some())
            });
            let before = found.len();
            found.extend(wanted.map(|dependency| (package, dependency)));
            if found.len() > before {
                next.push(other);
            }
        }
    }
    found
}

/// Whether a graph cannot contain both a version and another one that satisfies a comparator.
fn compatible(version: &Version, wanted: &cargo_metadata::semver::Comparator) -> bool {
    version.major == wanted.major && (version.major > 0 || wanted.minor.is_none_or(|minor| minor == version.minor))
}

/// Finds packages that stay in the graph and have the same `links` value as one of ours.
fn same_links(parts: &[&Package], unpatched: &Metadata) -> Vec<Problem> {
    let mut found = Vec::new();
    for part in parts.iter().filter(|part| part.links.is_some()) {
        let other = unpatched.packages.iter().find(|other| {
            other.links == part.links && other.name != part.name && !FAMILY.contains(&other.name.as_str())
        });
        if let Some(other) = other {
            found.push(Problem::new(format!(
                "{} {} has `links = \"{}\"`, as our {} has, but a graph may contain that only once\n  remedy: build without {}, or \
                 change its `links`",
                other.name,
                other.version,
                part.links.as_deref().unwrap_or_default(),
                part.name,
                other.name
            )));
        }
    }
    found
}

/// Reports a replacement of crates.io, usually a folder, that lacks our dependencies.
pub fn replaced_registry() -> Problem {
    Problem::new(
        "cargo is configured to replace crates.io with a source that lacks dependencies of ours\n  \
         remedy: remove `replace-with` from [source.crates-io], or vendor again with the patch in place",
    )
}

/// Finds what can go wrong for RustPython in a graph without stock.
pub fn rustpython(graph: &Metadata) -> Vec<Problem> {
    if !graph.packages.iter().any(|package| package.name == "rustpython-vm") {
        return vec![Problem::new(
            "the crate depends only on `pyo3-ffi`, but the virtual machine comes with `pyo3`\n  remedy: build the crate into an \
             executable that depends on `pyo3` with the feature `runtime-rustpython`",
        )];
    }
    let mut found = Vec::new();
    let mut integers: Vec<_> =
        graph.packages.iter().filter(|package| package.name == "malachite-bigint").map(|p| &p.version).collect();
    integers.sort();
    if let [wanted, .., other] = integers[..] {
        found.push(Problem::with_update(
            format!(
                "the graph has malachite-bigint twice, {wanted} and {other}, so RustPython's standard library does not \
                 compile"
            ),
            &["update", "-p", &format!("malachite-bigint@{other}"), "--precise", &wanted.to_string()],
        ));
    }
    found
}

/// Returns cargo's description of one of our packages in the graph of its workspace.
pub fn manifest_of<'a>(package: &Ours, own: &'a Metadata) -> Result<&'a Package> {
    let file = family::canonical(&package.folder.join("Cargo.toml"));
    let is = |other: &&Package| family::canonical(other.manifest_path.as_std_path()) == file;
    own.packages.iter().find(is).with_context(|| format!("cargo does not know {}", package.folder.display()))
}

/// Returns the graph of the workspace of one of our packages.
pub fn graph_of(package: &Ours) -> Result<Metadata> {
    let cmd = Cmd::cargo().args(["metadata", "--format-version", "1", "--all-features", "--manifest-path"]);
    Ok(MetadataCommand::parse(cmd.arg(package.folder.join("Cargo.toml")).read()?)?)
}

/// Returns our packages that `start` depends on, including itself.
pub fn reachable<'a>(own: &'a Metadata, start: &'a Package) -> Vec<&'a Package> {
    let mut list = vec![start];
    let mut next = 0;
    while let Some(package) = list.get(next).copied() {
        next += 1;
        for dependency in &package.dependencies {
            // Compares folders, since a facade has the same name as the package below it.
            let part = dependency.path.as_ref().and_then(|folder| {
                let file = family::canonical(folder.join("Cargo.toml").as_std_path());
                own.packages.iter().find(|part| family::canonical(part.manifest_path.as_std_path()) == file)
            });
            if let Some(part) = part
                && !list.iter().any(|seen| seen.id == part.id)
                && dependency.kind != DependencyKind::Development
            {
                list.push(part);
            }
        }
    }
    list
}
