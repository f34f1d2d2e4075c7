//! The runtimes, and the environment in which each is built and tested.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};

use crate::python::{Interpreter, Which};
use crate::sh::{Cmd, root};

/// The runtimes that a command runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    CPython,
    RustPython,
    #[default]
    All,
}

impl Choice {
    pub fn cpython(self) -> bool {
        self != Choice::RustPython
    }

    pub fn rustpython(self) -> bool {
        self != Choice::CPython
    }
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(name: &str) -> Result<Choice, String> {
        match name {
            "cpython" => Ok(Choice::CPython),
            "rustpython" => Ok(Choice::RustPython),
            "all" => Ok(Choice::All),
            _ => Err(format!("`{name}` is not one of cpython, rustpython, all")),
        }
    }
}

/// Returns the runtimes that the options `--runtime`, `--python`, `--all-pythons` and `--abi3` select. The last two
/// concern CPython: with them, RustPython is included only on request.
///
/// # Errors
///
/// As for [`runtimes`], and if the options contradict each other.
pub fn chosen_runtimes(
    choice: Option<Choice>,
    pythons: &[PathBuf],
    all_pythons: bool,
    stable_abi: bool,
) -> Result<Vec<Runtime>> {
    if choice == Some(Choice::RustPython) && (all_pythons || stable_abi) {
        let option = if all_pythons { "--all-pythons" } else { "--abi3" };
        bail!("`{option}` applies only to CPython\n  remedy: omit it, or give `--runtime all` for both");
    }
    let default = if all_pythons || stable_abi { Choice::CPython } else { Choice::All };
    let mut list = runtimes(choice.unwrap_or(default), Which::new(pythons, all_pythons)?)?;
    for runtime in &mut list {
        if let Runtime::CPython(interpreter) = runtime {
            interpreter.stable_abi = stable_abi;
        }
    }
    Ok(list)
}

/// The feature of `pyo3` for the oldest supported stable ABI.
pub const STABLE_ABI: &str = "abi3-py39";

/// A runtime to build for.
#[derive(Clone, Debug)]
pub enum Runtime {
    CPython(Interpreter),
    RustPython(Pythonless),
}

impl Runtime {
    /// Returns the name that data files use.
    pub fn name(&self) -> &'static str {
        match self {
            Runtime::CPython(_) => "cpython",
            Runtime::RustPython(_) => "rustpython",
        }
    }

    /// Returns the name that data files use for entries that concern only this kind of build.
    pub fn variant(&self) -> &'static str {
        match self {
            Runtime::CPython(Interpreter { stable_abi: true, .. }) => "cpython-abi3",
            _ => self.name(),
        }
    }

    /// Returns the interpreter, if this is CPython.
    pub fn interpreter(&self) -> Option<&Interpreter> {
        match self {
            Runtime::CPython(interpreter) => Some(interpreter),
            Runtime::RustPython(_) => None,
        }
    }

    /// Returns the name to show to users.
    pub fn title(&self) -> String {
        match self {
            Runtime::CPython(interpreter) => interpreter.title(),
            Runtime::RustPython(_) => "RustPython".to_owned(),
        }
    }

    /// Gives `cmd` the environment of this runtime.
    pub fn prepare(&self, cmd: Cmd) -> Cmd {
        match self {
            Runtime::CPython(interpreter) => interpreter.prepare(cmd),
            Runtime::RustPython(pythonless) => pythonless.prepare(cmd),
        }
    }

    /// Returns the features that select this kind of build, for packages with `runtime-rustpython`, such as `pyo3`.
    pub fn features(&self, packages: &[&str]) -> Vec<String> {
        match self {
            Runtime::CPython(Interpreter { stable_abi: true, .. }) => {
                vec!["--features".to_owned(), format!("pyo3/{STABLE_ABI}")]
            }
            Runtime::CPython(_) => Vec::new(),
            Runtime::RustPython(_) => {
                let list: Vec<_> = packages.iter().map(|package| format!("{package}/runtime-rustpython")).collect();
                vec!["--features".to_owned(), list.join(",")]
            }
        }
    }
}

/// Returns the runtimes of `choice`: the CPython interpreters of `which`, then RustPython.
///
/// # Errors
///
/// If CPython is requested and not installed, or a named interpreter does not run.
pub fn runtimes(choice: Choice, which: Which<'_>) -> Result<Vec<Runtime>> {
    let mut list = Vec::new();
    if choice.cpython() {
        list.extend(which.interpreters()?.into_iter().map(Runtime::CPython));
    }
    if choice.rustpython() {
        list.push(Runtime::RustPython(Pythonless::new()?));
    }
    Ok(list)
}

/// An environment without any Python, which proves that none is needed.
#[derive(Clone, Debug)]
pub struct Pythonless {
    path: OsString,
}

impl Pythonless {
    /// Makes a `PATH` on which no Python can be found.
    ///
    /// # Errors
    ///
    /// If a folder of links cannot be made, or a Python can still be found.
    pub fn new() -> Result<Pythonless> {
        let links = root().join("target/no-python");
        let mut folders = Vec::new();
        for (index, folder) in std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).enumerate() {
            let names = programs(&folder);
            if !names.iter().any(|name| is_python(name)) {
                folders.push(folder);
            } else if cfg!(unix) {
                folders.push(link_others(&folder, &names, &links.join(index.to_string()))?);
            }
            // On other systems, links need a privilege, and compilers are not in the same folder as Python.
        }
        for folder in &folders {
            if let Some(name) = programs(folder).iter().find(|name| is_python(name)) {
                bail!("{} can still be found in {}", name, folder.display());
            }
        }
        Ok(Pythonless { path: std::env::join_paths(folders)? })
    }

    pub fn prepare(&self, mut cmd: Cmd) -> Cmd {
        let python = |name: &str| {
            ["PYO3_", "PYTHON", "PYENV", "CONDA", "VIRTUAL_ENV", "UV_"].iter().any(|start| name.starts_with(start))
        };
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(python) {
                cmd = cmd.without_env(name);
            }
        }
        cmd.without_env("LD_LIBRARY_PATH").env("PATH", &self.path)
    }
}

fn programs(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn is_python(name: &str) -> bool {
    ["python", "pypy", "graalpy", "libpython", "rustpython"].iter().any(|start| name.starts_with(start))
}

/// Fills `target` with links to the programs `names` of `folder`, except Python.
fn link_others(folder: &Path, names: &BTreeSet<String>, target: &Path) -> Result<PathBuf> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::create_dir_all(target)?;
    for name in names.iter().filter(|name| !is_python(name)) {
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.join(name), target.join(name))
            .with_context(|| format!("cannot link {name}"))?;
    }
    Ok(target.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn pythonless_environment_has_tools_but_no_python() {
        let script = "for name in python python3 pypy3 cargo cc; do command -v $name; done; \
                      echo \"[$PYO3_PYTHON$PYTHONPATH]\"";
        let cmd = Cmd::new("sh").args(["-c", script]);
        let text = Pythonless::new().expect("links can be made").prepare(cmd).read().expect("it runs");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[0].ends_with("/cargo") && lines[1].ends_with("/cc"), "{text}");
        assert_eq!(lines[2], "[]", "{text}");
    }

    #[test]
    fn options_that_contradict_each_other_are_refused() {
        let message = |choice, pythons: &[PathBuf]| {
            chosen_runtimes(choice, pythons, true, false).expect_err("they do").to_string()
        };
        assert!(message(Some(Choice::RustPython), &[]).contains("--runtime all"));
        assert!(message(None, &[PathBuf::from("python3")]).contains("not both"));
    }

    #[test]
    fn choice_is_read_from_its_name() {
        assert_eq!("cpython".parse(), Ok(Choice::CPython));
        assert!("jython".parse::<Choice>().is_err());
        assert!(Choice::All.cpython() && Choice::All.rustpython() && !Choice::RustPython.cpython());
    }
}
