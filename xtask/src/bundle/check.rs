//! Checks that run before anything is compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

use super::host::Written;
use super::manifest::{hash, title};
use super::project::Project;
use super::site::write_if_new;
use crate::flags;
use crate::patch;
use crate::sh::Cmd;

/// Rejects options that contradict each other, and missing files.
///
/// # Errors
///
/// If there is such an option or file.
pub fn options(options: &flags::Bundle) -> Result<()> {
    if options.with.is_empty() {
        bail!("no extension crate is named\n  remedy: give --with FOLDER or --with NAME@VERSION, once for each crate");
    }
    super::wasm::check(options)?;
    match (&options.script, &options.module) {
        (Some(_), Some(_)) => bail!("give --script or --module, not both"),
        (Some(script), None) if !script.is_file() => {
            bail!("there is no script {}\n  remedy: name a file with Python code", script.display())
        }
        (None, Some(name)) if name.split('.').any(str::is_empty) || name.contains(['/', '\\']) => {
            bail!("`--module {name}`: give the name of a module, as `python -m` takes it")
        }
        _ => Ok(()),
    }
}

/// Rejects crates whose modules cannot be in one executable.
///
/// # Errors
///
/// If two modules have the same name, or the same exported function.
pub fn modules(projects: &[Project]) -> Result<()> {
    let mut modules = BTreeMap::new();
    let mut exports = BTreeMap::new();
    for extension in projects.iter().flat_map(|project| &project.extensions) {
        let name = title(&extension.package);
        if let Some(other) = modules.insert(extension.module.clone(), name.clone()) {
            bail!("{other} and {name} both make the module {}\n  remedy: leave one of them out", extension.module);
        }
        if let Some((other, module)) = exports.insert(extension.export(), (name.clone(), &extension.module)) {
            bail!(
                "{other} (module {module}) and {name} (module {}) both export PyInit_{}, but an executable can have only one \
                 such function\n  remedy: leave one of them out, or rename the module of one (`module-name` in its \
                 pyproject.toml, and its `#[pymodule]`)",
                extension.module,
                extension.export()
            );
        }
    }
    Ok(())
}

/// Resolves the graph of the bundle with cargo, and writes the lock file.
///
/// # Errors
///
/// If cargo fails.
pub fn resolve(written: &Written, target: Option<&str>) -> Result<Metadata> {
    // Dependencies of other platforms are not compiled, so ignore them.
    let platform = target.map_or_else(this_platform, |target| Ok(target.to_owned()))?;
    let cmd = written.cargo("metadata").args(["--format-version", "1", "--filter-platform", &platform]);
    let text = cmd.read().context(
        "cargo cannot resolve the bundle\n  remedy: if crates contradict each other, leave one out; if the registry cannot be \
         reached, check the network",
    )?;
    Ok(MetadataCommand::parse(text)?)
}

/// Returns the platform that bundles are made for, which is the compiler's own.
fn this_platform() -> Result<String> {
    let text = Cmd::new("rustc").arg("-vV").read()?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say which platform it is for")?.to_owned())
}

/// Rejects packages that cannot work with RustPython, and upstream's PyO3.
///
/// # Errors
///
/// If the graph contains such a package.
pub fn graph(graph: &Metadata) -> Result<()> {
    if let Some(numpy) = graph.packages.iter().find(|package| package.name == "numpy" && package.source.is_some()) {
        bail!(
            "{} uses rust-numpy ({}), which reads the C layouts of NumPy's arrays, and RustPython has neither these layouts nor \
             NumPy\n  remedy: leave the crate out; it works on CPython",
            path_to(graph, &numpy.id),
            title(numpy)
        );
    }
    let stock = patch::stock(graph);
    if !stock.is_empty() {
        bail!(
            "cargo would use upstream's packages for {}: {}\n  remedy: `cargo xtask patch` in the folder of that crate says why",
            path_to(graph, &stock[0].id),
            stock.iter().map(|package| title(package)).collect::<Vec<_>>().join(", ")
        );
    }
    if let Some(problem) = patch::problems_on_rustpython(graph).into_iter().next() {
        bail!("{problem}");
    }
    Ok(())
}

/// Returns the package next to the bundle on the path to `package`.
fn path_to(graph: &Metadata, package: &PackageId) -> String {
    let Some(resolve) = &graph.resolve else { return String::new() };
    let mut current = package.clone();
    let mut seen = BTreeSet::new();
    while seen.insert(current.clone()) {
        let parent = resolve.nodes.iter().find(|node| node.dependencies.contains(&current));
        match parent {
            Some(parent) if resolve.root.as_ref() == Some(&parent.id) => break,
            Some(parent) => current = parent.id.clone(),
            None => break,
        }
    }
    graph.packages.iter().find(|package| package.id == current).map(title).unwrap_or_default()
}

/// Returns the folder that contains a file for each set of features with which RustPython was compiled.
fn memory(target: &Path) -> PathBuf {
    target.join("rustpython")
}

/// Prints whether RustPython must be compiled, and why.
///
/// # Errors
///
/// If the records of earlier builds cannot be read.
pub fn announce_compilation(graph: &Metadata, target: &Path) -> Result<()> {
    let now = rustpython(graph);
    let mut nearest: Option<Vec<&str>> = None;
    for entry in fs::read_dir(memory(target)).into_iter().flatten().flatten() {
        let text = fs::read_to_string(entry.path())?;
        let known: BTreeSet<&str> = text.lines().collect();
        let new: Vec<&str> = now.iter().map(String::as_str).filter(|line| !known.contains(line)).collect();
        if new.is_empty() && known.len() == now.len() {
            return Ok(());
        }
        if nearest.as_ref().is_none_or(|nearest| new.len() < nearest.len()) {
            nearest = Some(new);
        }
    }
    match nearest {
        None => eprintln!("RustPython is compiled first, which takes some minutes; later bundles reuse it"),
        Some(new) => {
            let colon = if new.is_empty() { "" } else { ": " };
            let more = if new.len() > 6 { " ..." } else { "" };
            eprintln!(
                "RustPython is compiled again, once, since its dependencies need other features{colon}{}{more}\n\
                 (xtask/bundle.toml can turn such features on for all bundles)",
                new.into_iter().take(6).collect::<Vec<_>>().join("; ")
            );
        }
    }
    Ok(())
}

/// Records the features with which RustPython was compiled.
///
/// # Errors
///
/// If the record cannot be written.
pub fn remember(graph: &Metadata, target: &Path) -> Result<()> {
    let text = rustpython(graph).into_iter().collect::<Vec<_>>().join("\n");
    fs::create_dir_all(memory(target))?;
    write_if_new(&memory(target).join(format!("{:016x}", hash(Path::new(&text)))), text.as_bytes())
}

/// Returns all packages of the virtual machine with their features.
fn rustpython(graph: &Metadata) -> BTreeSet<String> {
    let Some(resolve) = &graph.resolve else { return BTreeSet::new() };
    let start = graph.packages.iter().filter(|package| package.name == "rustpython-vm").map(|package| &package.id);
    let mut list: Vec<&PackageId> = start.collect();
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while let Some(id) = list.pop() {
        let Some(node) = resolve.nodes.iter().find(|node| &node.id == id).filter(|_| seen.insert(id)) else { continue };
        let name = graph.packages.iter().find(|package| &package.id == id).map(title).unwrap_or_default();
        let features: Vec<_> = node.features.iter().map(|feature| feature.as_str()).collect();
        found.insert(format!("{name} [{}]", features.join(" ")));
        let wanted = node
            .deps
            .iter()
            .filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development));
        list.extend(wanted.map(|dependency| &dependency.pkg));
    }
    found
}
