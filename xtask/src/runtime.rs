//! The runtimes, and the environment that each is built and tested in.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};

use crate::sh::{Cmd, on_path, root};

/// Which runtimes a command is about.
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
            _ => Err(format!("`{name}` is none of cpython, rustpython, all")),
        }
    }
}

/// A runtime that can be built for.
#[derive(Clone, Debug)]
pub enum Runtime {
    CPython(Interpreter),
    RustPython(Pythonless),
}

impl Runtime {
    /// The name that data files use.
    pub fn name(&self) -> &'static str {
        match self {
            Runtime::CPython(_) => "cpython",
            Runtime::RustPython(_) => "rustpython",
        }
    }

    /// For people.
    pub fn title(&self) -> String {
        match self {
            Runtime::CPython(interpreter) => format!("CPython {}", interpreter.version),
            Runtime::RustPython(_) => "RustPython".to_owned(),
        }
    }

    /// `cmd` in the environment of this runtime.
    pub fn prepare(&self, cmd: Cmd) -> Cmd {
        match self {
            Runtime::CPython(interpreter) => interpreter.prepare(cmd),
            Runtime::RustPython(pythonless) => pythonless.prepare(cmd),
        }
    }

    /// The features that select this runtime, for packages that have `runtime-rustpython`.
    pub fn features(&self, packages: &[&str]) -> Vec<String> {
        match self {
            Runtime::CPython(_) => Vec::new(),
            Runtime::RustPython(_) => {
                let list: Vec<_> = packages.iter().map(|package| format!("{package}/runtime-rustpython")).collect();
                vec!["--features".to_owned(), list.join(",")]
            }
        }
    }
}

/// The runtimes of `choice`: the CPython interpreters named by `pythons` or found, then RustPython.
///
/// # Errors
///
/// If CPython is wanted and there is none, or a named one does not run.
pub fn runtimes(choice: Choice, pythons: &[PathBuf]) -> Result<Vec<Runtime>> {
    let mut list = Vec::new();
    if choice.cpython() {
        let found = Interpreter::all(pythons)?;
        if found.is_empty() {
            bail!(
                "no CPython was found (looked at --python, PYO3_TEST_PYTHONS, PYO3_PYTHON, and for python3 and python \
                 on PATH)\n  remedy: install CPython 3.9 or later, or give `--runtime rustpython`, which needs none"
            );
        }
        list.extend(found.into_iter().map(Runtime::CPython));
    }
    if choice.rustpython() {
        list.push(Runtime::RustPython(Pythonless::new()?));
    }
    Ok(list)
}

/// A CPython of this machine.
#[derive(Clone, Debug)]
pub struct Interpreter {
    pub path: PathBuf,
    pub version: String,
    /// Where its shared library is, if it has one.
    library: PathBuf,
}

impl Interpreter {
    /// The interpreters that were named, else those of the environment, else the first one on `PATH`.
    pub fn all(named: &[PathBuf]) -> Result<Vec<Interpreter>> {
        if !named.is_empty() {
            return named.iter().map(|path| Interpreter::ask(path)).collect();
        }
        if let Some(list) = std::env::var_os("PYO3_TEST_PYTHONS").filter(|list| !list.is_empty()) {
            return std::env::split_paths(&list).map(|path| Interpreter::ask(&path)).collect();
        }
        if let Some(path) = std::env::var_os("PYO3_PYTHON").filter(|path| !path.is_empty()) {
            return Ok(vec![Interpreter::ask(Path::new(&path))?]);
        }
        let candidates = ["python3", "python"].into_iter().filter_map(on_path);
        Ok(candidates.filter_map(|path| Interpreter::ask(&path).ok()).take(1).collect())
    }

    fn ask(path: &Path) -> Result<Interpreter> {
        const QUESTION: &str = "import sys, sysconfig; print(sys.implementation.name); \
            print('.'.join(map(str, sys.version_info[:3]))); print(sys.version_info >= (3, 9)); \
            print(sysconfig.get_config_var('LIBDIR') or sys.base_prefix); print(sys.executable)";
        let answer = Cmd::new(path).args(["-c", QUESTION]).read()?;
        let lines: Vec<&str> = answer.lines().collect();
        let [name, version, recent, library, executable] = lines[..] else {
            bail!("{} does not behave like a Python interpreter", path.display());
        };
        if name != "cpython" || recent != "True" {
            bail!("{} is {name} {version}, but CPython 3.9 or later is needed", path.display());
        }
        // What a launcher or shim on PATH stands for, so that it still means the same in another folder.
        Ok(Interpreter { path: executable.into(), version: version.to_owned(), library: library.into() })
    }

    fn prepare(&self, cmd: Cmd) -> Cmd {
        let variable = if cfg!(target_os = "macos") { "DYLD_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
        let mut folders = vec![self.library.clone()];
        if let Some(others) = std::env::var_os(variable) {
            folders.extend(std::env::split_paths(&others));
        }
        let cmd = cmd.env("PYO3_PYTHON", &self.path);
        match std::env::join_paths(folders) {
            Ok(folders) if cfg!(unix) => cmd.env(variable, folders),
            _ => cmd,
        }
    }
}

/// An environment without any Python: the proof that none is needed.
#[derive(Clone, Debug)]
pub struct Pythonless {
    path: OsString,
}

impl Pythonless {
    /// Makes a `PATH` on which no Python can be found.
    ///
    /// # Errors
    ///
    /// If a folder of links cannot be made, or a Python is still to be found.
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
            // Elsewhere links need a privilege; compilers do not live in a folder with Python there.
        }
        for folder in &folders {
            if let Some(name) = programs(folder).iter().find(|name| is_python(name)) {
                bail!("{} is still to be found in {}", name, folder.display());
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

/// Fills `target` with links to the programs `names` of `folder`, without any Python.
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
    fn choice_is_read_from_its_name() {
        assert_eq!("cpython".parse(), Ok(Choice::CPython));
        assert!("jython".parse::<Choice>().is_err());
        assert!(Choice::All.cpython() && Choice::All.rustpython() && !Choice::RustPython.cpython());
    }
}
