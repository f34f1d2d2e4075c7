//! The CPythons of this machine, and what can be learned from one by asking it.

mod everywhere;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::sh::{Cmd, on_path};

pub use self::everywhere::everywhere;

/// A CPython of this machine.
#[derive(Clone, Debug)]
pub struct Interpreter {
    pub path: PathBuf,
    /// `3.12.1`.
    pub version: String,
    pub build: Build,
    /// Whether to build for the stable ABI instead of this version's own.
    pub stable_abi: bool,
    /// Where its shared library is, if it has one.
    library: PathBuf,
    /// What it says when asked.
    answer: Answer,
}

/// How it was compiled. The order is that of lists: what most people have comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Build {
    pub free_threaded: bool,
    pub debug: bool,
}

/// Facts that only some commands need.
#[derive(Clone, Debug)]
struct Answer {
    /// The file of the executable, without links: two paths to one interpreter have the same.
    file: PathBuf,
    headers: bool,
    shared: bool,
}

/// Prints one fact a line. For every Python 3, so that an old one can be told from something else.
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
    /// The interpreters that were named, else those of the environment, else the first one on `PATH`.
    ///
    /// # Errors
    ///
    /// If one that was named does not run, or is no CPython that can be used.
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

    /// Asks the program at `path` what it is.
    ///
    /// # Errors
    ///
    /// If it does not run, or is anything but CPython 3.9 or later.
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
            // What a launcher or shim on PATH stands for, so that it still means the same in another folder.
            path: executable.into(),
            version: version.to_owned(),
            build: Build { free_threaded: free_threaded == "True", debug: debug == "True" },
            stable_abi: false,
            library: library.into(),
            answer: Answer { file: file.into(), headers: headers == "True", shared: shared == "True" },
        })
    }

    /// `3.12`, as in names of files and configurations.
    pub fn series(&self) -> String {
        let mut parts = self.version.splitn(3, '.');
        format!("{}.{}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }

    /// `3.14`, `3.14t`, `3.14-debug`: a name for folders of what is built for it.
    pub fn tag(&self) -> String {
        let threads = if self.build.free_threaded { "t" } else { "" };
        format!("{}{threads}{}", self.series(), if self.build.debug { "-debug" } else { "" })
    }

    /// Major and minor version, and patch level.
    pub fn number(&self) -> (u32, u32, u32) {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        let mut next = || parts.next().unwrap_or(0);
        (next(), next(), next())
    }

    /// For people: the version, and what is special about the build.
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

    /// Whether what embeds it can be built: that takes headers and a shared libpython.
    ///
    /// # Errors
    ///
    /// If not: what is missing, and the remedy.
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

    /// `cmd` in an environment where it builds for this interpreter, and finds its library.
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

/// Which CPythons a command is about.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// Those that were named, else as [`Interpreter::all`] says.
    Chosen(&'a [PathBuf]),
    /// All that are found.
    Everywhere,
}

impl<'a> Which<'a> {
    /// From the options `--python` and `--all-pythons`.
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

    /// The interpreters. All that were found are printed, with the ones that were left out and why.
    ///
    /// # Errors
    ///
    /// If there is none, or one that was named cannot be used.
    pub fn interpreters(self) -> Result<Vec<Interpreter>> {
        let Which::Chosen(named) = self else {
            let found = everywhere()?;
            println!("{found}");
            return found.into_interpreters();
        };
        let found = Interpreter::all(named)?;
        if found.is_empty() {
            bail!(
                "no CPython was found (looked at --python, PYO3_TEST_PYTHONS, PYO3_PYTHON, and for python3 and python \
                 on PATH)\n  remedy: install CPython 3.9 or later, or give `--runtime rustpython`, which needs none"
            );
        }
        Ok(found)
    }
}
