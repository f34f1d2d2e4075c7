//! The CPythons of this machine, and the facts that they report.

mod everywhere;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::sh::{Cmd, on_path};

pub use self::everywhere::everywhere;

/// A CPython of this machine.
#[derive(Clone, Debug)]
pub struct Interpreter {
    pub path: PathBuf,
    /// The version, such as `3.12.1`.
    pub version: String,
    pub build: Build,
    /// Whether to build for the stable ABI instead of the ABI of this version.
    pub stable_abi: bool,
    /// The folder of its shared library, if it has one.
    library: PathBuf,
    /// What the interpreter reported about itself.
    answer: Answer,
}

/// How it was compiled. Lists are sorted in this order: the most common builds come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Build {
    pub free_threaded: bool,
    pub debug: bool,
}

/// Facts that only some commands need.
#[derive(Clone, Debug)]
struct Answer {
    /// The executable with links resolved, to recognise two paths to one interpreter.
    file: PathBuf,
    headers: bool,
    shared: bool,
}

/// Prints one fact per line. Works on every Python 3, so that unsupported versions can be reported as such.
const QUESTION: &str = r"
import os, sys, sysconfig
get = sysconfig.get_config_var
for fact in (
    sys.implementation.name,
    '.'.join(map(str, sys.version_info[:3])),
    sys.version_info >= (3, 9),
    get('LIBDIR') or sys.base_prefix,
    sys.executable,
    os.path.realpath(sys.executable),
    os.path.exists(os.path.join(sysconfig.get_path('include'), 'Python.h')),
    bool(get('Py_ENABLE_SHARED') or get('PYTHONFRAMEWORK') or sys.platform == 'win32'),
    bool(get('Py_GIL_DISABLED')),
    hasattr(sys, 'gettotalrefcount'),
):
    print(fact)
";

impl Interpreter {
    /// Returns the named interpreters, else those of the environment, else the first one on `PATH`.
    ///
    /// # Errors
    ///
    /// If a named interpreter does not run, or is not a supported CPython.
    pub fn all(named: &[PathBuf]) -> Result<Vec<Interpreter>> {
        if !named.is_empty() {
            return named.iter().map(|path| Interpreter::named(path)).collect();
        }
        if let Some(list) = std::env::var_os("PYO3_TEST_PYTHONS").filter(|list| !list.is_empty()) {
            return std::env::split_paths(&list).map(|path| Interpreter::named(&path)).collect();
        }
        if let Some(path) = std::env::var_os("PYO3_PYTHON").filter(|path| !path.is_empty()) {
            return Ok(vec![Interpreter::named(Path::new(&path))?]);
        }
        let candidates = ["python3", "python"].into_iter().filter_map(on_path);
        Ok(candidates.filter_map(|path| Interpreter::ask(&path).ok()).take(1).collect())
    }

    fn named(path: &Path) -> Result<Interpreter> {
        Interpreter::ask(path).with_context(|| format!("{} cannot be used", path.display()))
    }

    /// Asks the program at `path` about itself.
    ///
    /// # Errors
    ///
    /// If it does not run, or is not CPython 3.9 or later.
    pub fn ask(path: &Path) -> Result<Interpreter> {
        let text = Cmd::new(path).args(["-c", QUESTION]).read()?;
        let lines: Vec<&str> = text.lines().collect();
        let [name, version, recent, library, executable, file, headers, shared, free_threaded, debug] = lines[..]
        else {
            bail!("it does not behave like a Python interpreter");
        };
        if name != "cpython" || recent != "True" {
            bail!("{name} {version}, but CPython 3.9 or later is needed");
        }
        Ok(Interpreter {
            // Resolves a launcher or shim on PATH, which may mean another interpreter in another folder.
            path: executable.into(),
            version: version.to_owned(),
            build: Build { free_threaded: free_threaded == "True", debug: debug == "True" },
            stable_abi: false,
            library: library.into(),
            answer: Answer { file: file.into(), headers: headers == "True", shared: shared == "True" },
        })
    }

    /// Returns the version as in names of files and configurations, such as `3.12`.
    pub fn series(&self) -> String {
        let mut parts = self.version.splitn(3, '.');
        format!("{}.{}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }

    /// Returns a folder name for builds for this interpreter: `3.14`, `3.14t` or `3.14-debug`.
    pub fn tag(&self) -> String {
        let threads = if self.build.free_threaded { "t" } else { "" };
        format!("{}{threads}{}", self.series(), if self.build.debug { "-debug" } else { "" })
    }

    /// Returns the major version, minor version and patch level.
    pub fn number(&self) -> (u32, u32, u32) {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        let mut next = || parts.next().unwrap_or(0);
        (next(), next(), next())
    }

    /// Returns a name to show to users: the version, and how the build differs from the usual one.
    pub fn title(&self) -> String {
        let mut title = format!("CPython {}", self.version);
        if self.build.free_threaded {
            title.push_str(", free-threaded");
        }
        if self.build.debug {
            title.push_str(", debug build");
        }
        if self.stable_abi {
            title.push_str(", stable ABI");
        }
        title
    }

    /// Checks that this interpreter can be embedded, which needs headers and a shared libpython.
    ///
    /// # Errors
    ///
    /// If it cannot. The error says what is missing, and the remedy.
    pub fn can_be_embedded(&self) -> Result<()> {
        if self.build.free_threaded && self.number() < (3, 14, 0) {
            bail!("free-threaded builds are supported from 3.14 on");
        }
        if !self.answer.headers {
            bail!("it has no headers (your system has a development package for them)");
        }
        if !self.answer.shared {
            bail!("it has no shared libpython (build it with --enable-shared)");
        }
        Ok(())
    }

    /// Gives `cmd` an environment in which it builds for this interpreter and finds its library.
    pub fn prepare(&self, cmd: Cmd) -> Cmd {
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

/// The CPythons that a command runs on.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// The named ones, else those of [`Interpreter::all`].
    Chosen(&'a [PathBuf]),
    /// All that can be found.
    Everywhere,
}

impl<'a> Which<'a> {
    /// Combines the options `--python` and `--all-pythons`.
    ///
    /// # Errors
    ///
    /// If both were given.
    pub fn new(named: &'a [PathBuf], all: bool) -> Result<Which<'a>> {
        match (named, all) {
            ([], true) => Ok(Which::Everywhere),
            (_, true) => bail!("give --python or --all-pythons, not both"),
            (named, false) => Ok(Which::Chosen(named)),
        }
    }

    /// Returns the interpreters. After a search, prints the ones that were found, and why others were left out.
    ///
    /// # Errors
    ///
    /// If there is none, or a named one cannot be used.
    pub fn interpreters(self) -> Result<Vec<Interpreter>> {
        let Which::Chosen(named) = self else {
            let found = everywhere()?;
            println!("{found}");
            return found.into_interpreters();
        };
        let found = Interpreter::all(named)?;
        if found.is_empty() {
            bail!(
                "no CPython was found (searched --python, PYO3_TEST_PYTHONS, PYO3_PYTHON, and PATH for python3 and \
                 python)\n  remedy: install CPython 3.9 or later, or give `--runtime rustpython`, which needs none"
            );
        }
        Ok(found)
    }
}
