//! `cargo xtask patch`: makes a crate that was written for PyO3 use ours, without editing the crate.
//!
//! Cargo uses a replacement (`[patch.crates-io]`) only if it fits, and otherwise prints only a warning. So writing the
//! table is not enough: this command checks that the graph which cargo resolves contains our packages and none of
//! upstream's.
//!
//! For RustPython, the table names a package that turns the feature on (`selector`).

mod config;
mod family;
mod graph;
mod problems;
mod renamed;
mod selector;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::Package;

use crate::flags;
use crate::runtime::Choice;
use crate::sh::{Cmd, root};

pub use self::config::Written;
pub use self::family::{BUILD_CONFIG, FAMILY, Ours};
use self::graph::{Asked, Kept, Workspace};
pub use self::problems::Problem;

/// Our packages that replace upstream's in a workspace.
#[derive(Debug)]
pub struct Plan {
    workspace: Workspace,
    /// The dependencies on PyO3's packages.
    asked: Vec<Asked>,
    ours: Vec<Ours>,
    rustpython: bool,
}

/// The result of resolving the workspace with the patch.
#[derive(Debug)]
pub struct Proof {
    /// Our packages in the graph, each as `pyo3 0.30.1 (/folder)`.
    pub ours: Vec<String>,
    /// The problems, each with a remedy. Empty if the graph contains ours and not stock.
    pub problems: Vec<Problem>,
}

/// Runs the command. Returns `false` if the crate would not use ours.
///
/// # Errors
///
/// If the folder contains no crate, cargo cannot resolve it, or the configuration cannot be written.
pub fn run(options: &flags::Patch) -> Result<bool> {
    let rustpython = match options.runtime {
        None | Some(Choice::CPython) => false,
        Some(Choice::RustPython) => true,
        Some(Choice::All) => bail!("`--runtime all` is not possible: one build has one runtime"),
    };
    let folder = options.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    if options.undo {
        if options.write {
            bail!("give --write or --undo, not both");
        }
        let workspace = Workspace::of(&folder)?;
        match undo(&workspace.root)? {
            Some(file) => println!("removed the patch from {}", file.display()),
            None => println!("nothing to undo: no patch of ours in {}", workspace.root.join(".cargo").display()),
        }
        return Ok(true);
    }

    let mut plan = Plan::new(&folder, rustpython)?;
    for asked in &plan.asked {
        eprintln!("{asked}");
    }
    let proof = if options.write {
        let written = plan.write()?;
        eprintln!("written to {}; `cargo xtask patch --undo` undoes it", written.file.display());
        plan.prove()?
    } else {
        plan.select_apart()?;
        println!("{}", plan.table());
        plan.prove_unwritten()?
    };
    for package in &proof.ours {
        eprintln!("ours is used: {package}");
    }
    for problem in &proof.problems {
        eprintln!("\nproblem: {problem}");
    }
    if !proof.problems.is_empty() {
        return Ok(false);
    }
    eprintln!("nothing of upstream's PyO3 is in the graph");
    Ok(true)
}

impl Plan {
    /// Examines the crate or workspace in `folder` and chooses our packages.
    ///
    /// # Errors
    ///
    /// If there is no crate, cargo cannot resolve it, or nothing in it depends on PyO3.
    pub fn new(folder: &Path, rustpython: bool) -> Result<Plan> {
        let workspace = Workspace::of(folder)?;
        // Examines the crate without our patch, and restores its files afterwards.
        let _lock = Kept::new(workspace.lock())?;
        let _config = config::suspended(&workspace.root)?;
        let graph = workspace.graph(&[])?.0;
        let asked = graph::asked(&graph);
        if asked.iter().all(|asked| asked.name == family::BUILD_CONFIG) {
            bail!(
                "nothing in {} depends on pyo3\n  remedy: name the folder of a crate that was written for PyO3",
                workspace.root.display()
            );
        }
        let ours = family::choose(&asked, &workspace.locked()?)?;
        Ok(Plan { workspace, asked, ours, rustpython })
    }

    /// For RustPython: writes the package that selects it into a folder, and uses it in place of ours.
    fn select(&mut self, folder: impl Fn(&Ours) -> PathBuf) -> Result<()> {
        if self.rustpython {
            for package in self.ours.iter_mut().filter(|package| package.name == "pyo3") {
                *package = selector::write(package, &folder(package))?;
            }
        }
        Ok(())
    }

    /// Returns the table for a configuration file.
    pub fn table(&self) -> String {
        let mut text = String::from("[patch.crates-io]\n");
        for package in &self.ours {
            text.push_str(&format!("{} = {{ path = {} }}\n", package.name, config::quoted(&package.folder)));
        }
        text
    }

    /// Writes the table into `.cargo/config.toml` of the workspace.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or already patches the same packages.
    pub fn write(&mut self) -> Result<Written> {
        let folder = selector_folder(&self.workspace.root);
        self.select(|_| folder.clone())?;
        if !self.rustpython {
            let folder = renamed_folder(&self.workspace.root);
            renamed::write(&mut self.ours, &folder)?;
        }
        config::write(&self.workspace.root, &self.ours)
    }

    /// Resolves the workspace in its present state, and checks that it uses ours and not stock. Does not change the
    /// lock file.
    ///
    /// # Errors
    ///
    /// If cargo fails to resolve the graph for another reason than the patch.
    pub fn prove(&self) -> Result<Proof> {
        self.resolve(&[])
    }

    /// Like [`prove`](Plan::prove), but first applies the remedies that update the lock file. Ignores other problems.
    ///
    /// # Errors
    ///
    /// If an update fails.
    pub fn settle(&self) -> Result<Proof> {
        let mut done: Vec<Vec<String>> = Vec::new();
        loop {
            let proof = self.prove()?;
            let update = proof.problems.iter().find_map(|problem| problem.update.clone());
            match update {
                // An update that did not help the first time will not help again.
                Some(update) if !done.contains(&update) => {
                    self.workspace.cargo().args(&update).read()?;
                    done.push(update);
                }
                _ => return Ok(proof),
            }
        }
    }

    /// Like [`prove`](Plan::prove), with the patch on the command line instead of in a file.
    fn prove_unwritten(&self) -> Result<Proof> {
        let _config = config::suspended(&self.workspace.root)?;
        self.resolve(&self.arguments())
    }

    /// Returns the patch as arguments for cargo.
    fn arguments(&self) -> Vec<String> {
        let setting =
            |package: &Ours| format!("patch.crates-io.{}.path={}", package.name, config::quoted(&package.folder));
        self.ours.iter().flat_map(|package| ["--config".to_owned(), setting(package)]).collect()
    }

    /// For RustPython: writes the package that selects it below this repository's `target`, outside the crate.
    fn select_apart(&mut self) -> Result<()> {
        self.select(|package| root().join(format!("target/patch/{}-{}-rustpython", package.name, package.version)))
    }

    fn resolve(&self, args: &[String]) -> Result<Proof> {
        let lock = self.workspace.locked()?;
        let _kept = Kept::new(self.workspace.lock())?;
        let resolved = self.workspace.graph(args);
        let mut proof = Proof { ours: Vec::new(), problems: Vec::new() };
        let (graph, warnings) = match resolved {
            Ok(resolved) => resolved,
            Err(error) => {
                // cargo fails if it cannot fall back to stock.
                let text = format!("cargo cannot resolve the crate with the patch:\n{error:#}");
                proof.problems = if text.contains("replacing registry `crates-io`") {
                    vec![problems::replaced_registry()]
                } else {
                    problems::find(&self.asked, &self.ours, &lock, &self.unpatched()?, self.rustpython)?
                };
                proof.problems.push(Problem::new(text));
                return Ok(proof);
            }
        };
        let found = graph::family(&graph);
        proof.ours = found.iter().filter(|package| self.is_ours(package)).map(|package| title(package)).collect();
        let stock: Vec<_> = found.iter().filter(|package| !self.is_ours(package)).map(|p| title(p)).collect();
        if !stock.is_empty() || proof.ours.is_empty() {
            proof.problems = problems::find(&self.asked, &self.ours, &lock, &self.unpatched()?, self.rustpython)?;
            let why = if proof.problems.is_empty() { ", for unknown reasons" } else { ", for the reasons above" };
            proof.problems.push(Problem::new(format!(
                "cargo uses upstream's packages{why}: {}\n{}",
                stock.join(", "),
                warnings.trim_end()
            )));
        } else if self.rustpython {
            proof.problems = problems::rustpython(&graph);
        }
        Ok(proof)
    }

    /// Whether a package of a graph is in this repository, or is one that this plan replaces it with.
    fn is_ours(&self, package: &Package) -> bool {
        let folder = package.manifest_path.parent().map(|folder| family::canonical(folder.as_std_path()));
        package.source.is_none()
            && (family::in_repository(package.manifest_path.as_std_path())
                || self.ours.iter().any(|ours| folder.as_deref() == Some(&*family::canonical(&ours.folder))))
    }

    /// Returns the graph without the patch.
    fn unpatched(&self) -> Result<cargo_metadata::Metadata> {
        let _config = config::suspended(&self.workspace.root)?;
        Ok(self.workspace.graph(&[]).context("the crate cannot be resolved without the patch either")?.0)
    }
}

/// A patch on the command line. Restores the crate's lock file on drop.
pub struct Unwritten {
    /// Arguments for cargo.
    pub args: Vec<String>,
    _lock: Kept,
}

/// Returns the patch with which one command makes the crate in `folder` use ours, or `None` if it needs none.
///
/// # Errors
///
/// As for [`Plan::new`], and if the crate would not use ours. The error gives the reasons and remedies.
pub fn unwritten(folder: &Path, rustpython: bool) -> Result<Option<Unwritten>> {
    let workspace = Workspace::of(folder)?;
    let lock = Kept::new(workspace.lock())?;
    if stock(&workspace.graph(&[])?.0).is_empty() {
        return Ok(None);
    }
    let mut plan = Plan::new(folder, rustpython)?;
    plan.select_apart()?;
    let problems = plan.prove_unwritten()?.problems;
    if !problems.is_empty() {
        let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
        bail!("{} would not use this repository's pyo3\n{}", folder.display(), texts.join("\n"));
    }
    Ok(Some(Unwritten { args: plan.arguments(), _lock: lock }))
}

/// Returns our packages that replace the dependencies of the crate in `folder`. They select RustPython in a graph that
/// turns `runtime-rustpython` on.
///
/// # Errors
///
/// As for [`Plan::new`].
pub fn replacements(folder: &Path) -> Result<Vec<Ours>> {
    Ok(Plan::new(folder, false)?.ours)
}

/// Returns upstream's packages in a graph.
pub fn stock(graph: &cargo_metadata::Metadata) -> Vec<&Package> {
    graph::family(graph).into_iter().filter(|package| package.source.is_some()).collect()
}

/// Returns problems that keep a graph without stock from working on RustPython, with remedies.
pub fn problems_on_rustpython(graph: &cargo_metadata::Metadata) -> Vec<Problem> {
    problems::rustpython(graph)
}

/// Removes everything that [`Plan::write`] wrote in the workspace at `root`. Returns the changed file, if any.
///
/// # Errors
///
/// If a file cannot be changed.
pub fn undo(root: &Path) -> Result<Option<PathBuf>> {
    let undone = config::undo(root)?;
    for folder in [selector_folder(root), renamed_folder(root)] {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
            // Stays if it contains anything else.
            fs::remove_dir(root.join(".cargo")).ok();
        }
    }
    Ok(undone)
}

/// Returns the folder of the package that selects RustPython, next to the configuration that names it.
fn selector_folder(root: &Path) -> PathBuf {
    root.join(".cargo/pyo3-rustpython")
}

/// Returns the folder of the renamed packages for maturin.
fn renamed_folder(root: &Path) -> PathBuf {
    root.join(".cargo/pyo3-facade")
}

fn title(package: &Package) -> String {
    let source = match &package.source {
        Some(source) => source.to_string(),
        None => package.manifest_path.parent().map(ToString::to_string).unwrap_or_default(),
    };
    format!("{} {} ({source})", package.name, package.version)
}

impl Workspace {
    /// A cargo command in the workspace.
    pub fn cargo(&self) -> Cmd {
        Cmd::cargo().dir(&self.root)
    }
}
