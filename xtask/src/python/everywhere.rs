//! `--all-pythons`: finds every CPython.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Interpreter;

/// Where to look for interpreters.
#[derive(Clone, Debug, Default)]
struct Places {
    /// Interpreters named by the user, which must work.
    named: Vec<PathBuf>,
    /// The folder of pyenv's versions.
    pyenv: Option<PathBuf>,
    /// The folders of `PATH`.
    path: Vec<PathBuf>,
}

/// The result of the search.
#[derive(Debug, Default)]
pub struct Found {
    interpreters: Vec<Interpreter>,
    /// Files that look like an interpreter but cannot be used, and why.
    left_out: Vec<(PathBuf, String)>,
}

/// Searches `PYO3_TEST_PYTHONS`, pyenv's versions, and `PATH` for `python3`, `python` and `python3.X`, including debug
/// and free-threaded builds. Lists each interpreter once, whatever its number of names, older versions first.
///
/// # Errors
///
/// If an interpreter in `PYO3_TEST_PYTHONS` cannot be used.
pub fn everywhere() -> Result<Found> {
    Places::of_environment().search()
}

impl Places {
    fn of_environment() -> Places {
        let list = |name: &str| -> Vec<PathBuf> {
            let value = std::env::var_os(name).unwrap_or_default();
            std::env::split_paths(&value).filter(|path| !path.as_os_str().is_empty()).collect()
        };
        let pyenv = std::env::var_os("PYENV_ROOT").filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let home = || std::env::home_dir().map(|home| home.join(".pyenv"));
        Places { named: list("PYO3_TEST_PYTHONS"), pyenv: pyenv.or_else(home), path: list("PATH") }
    }

    fn search(&self) -> Result<Found> {
        let mut found = Found::default();
        for path in &self.named {
            let usable = Interpreter::ask(path).and_then(|one| one.can_be_embedded().map(|()| one));
            found.add(usable.with_context(|| format!("PYO3_TEST_PYTHONS names {}", path.display()))?);
        }
        for path in self.pyenv_versions().into_iter().chain(self.on_path()) {
            match Interpreter::ask(&path) {
                Ok(one) => match one.can_be_embedded() {
                    Ok(()) => found.add(one),
                    Err(reason) => found.leave_out(one.path.clone(), format!("{}: {reason}", one.title())),
                },
                Err(error) => found.leave_out(path, first_line(&error)),
            }
        }
        found.interpreters.sort_by_key(|one| (one.number(), one.build, one.path.clone()));
        Ok(found)
    }

    fn pyenv_versions(&self) -> Vec<PathBuf> {
        let program = if cfg!(windows) { "python.exe" } else { "bin/python3" };
        let folder = self.pyenv.iter().map(|root| root.join("versions"));
        let versions = folder.flat_map(|folder| entries(&folder));
        versions.map(|version| version.join(program)).filter(|program| program.is_file()).collect()
    }

    fn on_path(&self) -> Vec<PathBuf> {
        // pyenv's own folder on PATH contains only launchers of its versions.
        let shims = self.pyenv.as_ref().map(|root| root.join("shims"));
        let folders = self.path.iter().filter(|folder| Some(*folder) != shims.as_ref());
        let programs = folders.flat_map(|folder| entries(folder));
        programs.filter(|program| program.file_name().is_some_and(is_interpreter) && program.is_file()).collect()
    }
}

impl Found {
    fn add(&mut self, interpreter: Interpreter) {
        if !self.interpreters.iter().any(|seen| seen.answer.file == interpreter.answer.file) {
            self.interpreters.push(interpreter);
        }
    }

    fn leave_out(&mut self, path: PathBuf, reason: String) {
        if !self.left_out.iter().any(|(seen, _)| *seen == path) {
            self.left_out.push((path, reason));
        }
    }

    /// Returns the interpreters.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn into_interpreters(self) -> Result<Vec<Interpreter>> {
        if self.interpreters.is_empty() {
            bail!(
                "--all-pythons found no usable CPython (searched PYO3_TEST_PYTHONS, the versions of pyenv, and PATH \
                 for python3, python and python3.X)\n  remedy: install CPython 3.9 or later with \
                 its headers and a shared libpython, or name one in PYO3_TEST_PYTHONS"
            );
        }
        Ok(self.interpreters)
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "found {} CPythons", self.interpreters.len())?;
        for one in &self.interpreters {
            write!(f, "\n  {:36} {}", one.title(), one.path.display())?;
        }
        for (path, reason) in &self.left_out {
            write!(f, "\n  skipped: {}: {reason}", path.display())?;
        }
        Ok(())
    }
}

/// Returns the sorted contents of a folder, or nothing if it cannot be read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Whether an interpreter may have this name: `python`, `python3`, `python3.X`, or `python3.X` with the suffixes that
/// distributions give to debug and free-threaded builds.
fn is_interpreter(name: &OsStr) -> bool {
    let Some(name) = name.to_str().map(|name| name.strip_suffix(std::env::consts::EXE_SUFFIX).unwrap_or(name)) else {
        return false;
    };
    let Some(rest) = name.strip_prefix("python") else {
        return false;
    };
    let Some(version) = rest.strip_prefix("3.") else {
        return ["", "3"].contains(&rest);
    };
    let suffix = version.trim_start_matches(|c: char| c.is_ascii_digit());
    suffix.len() < version.len() && ["", "d", "-dbg", "t", "-nogil", "td"].contains(&suffix)
}

fn first_line(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    // The output of Python or of a shim says more than the command line.
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpreters_are_known_by_their_names() {
        let yes = ["python", "python3", "python3.9", "python3.15", "python3.14-dbg", "python3.14d", "python3.14t"];
        let no = ["python2", "python3.", "python3.14-config", "python3-config", "pythonw", "pypy3", "python3.12.1"];
        for name in yes {
            let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
            assert!(is_interpreter(OsStr::new(&name)), "{name}");
        }
        assert_eq!(no.into_iter().find(|name| is_interpreter(OsStr::new(name))), None);
    }

    #[test]
    fn none_is_an_error_that_says_where_was_looked() {
        let nowhere = Places { path: vec![PathBuf::from("/no such folder")], ..Places::default() };
        let found = nowhere.search().expect("nothing was named");
        let message = found.into_interpreters().expect_err("there is none").to_string();
        for place in ["PYO3_TEST_PYTHONS", "pyenv", "PATH", "remedy"] {
            assert!(message.contains(place), "{message}");
        }
    }

    #[cfg(unix)]
    mod on_disk {
        use std::fs;
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;
        use crate::sh::root;

        /// A folder with programs that imitate interpreters.
        struct Folder(PathBuf);

        impl Folder {
            fn new(name: &str) -> Folder {
                let folder = root().join("target/test-pythons").join(format!("{name}-{}", std::process::id()));
                fs::remove_dir_all(&folder).ok();
                fs::create_dir_all(&folder).expect("target can be written to");
                Folder(folder)
            }

            /// Creates a program that reports `facts`: whether it has headers, has a shared library, is free-threaded,
            /// and is a debug build.
            fn python(&self, place: &str, version: &str, facts: [bool; 4]) -> PathBuf {
                let recent = version.split('.').nth(1).is_some_and(|minor| minor.parse::<u32>().is_ok_and(|n| n >= 9));
                let truth = |fact: bool| if fact { "True" } else { "False" };
                let path = self.0.join(place);
                let shown = path.display();
                let facts = facts.map(truth).join("\n");
                self.program(
                    place,
                    &format!(
                        "cat <<END\ncpython\n{version}\n{}\n/lib\n{shown}\n{shown}\n{facts}\nEND\n",
                        truth(recent)
                    ),
                )
            }

            fn program(&self, place: &str, script: &str) -> PathBuf {
                let path = self.0.join(place);
                fs::create_dir_all(path.parent().expect("it is in our folder")).expect("it can be written to");
                fs::write(&path, format!("#!/bin/sh\n{script}")).expect("it can be written to");
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
                path
            }
        }

        impl Drop for Folder {
            fn drop(&mut self) {
                fs::remove_dir_all(&self.0).ok();
            }
        }

        const USUAL: [bool; 4] = [true, true, false, false];

        #[test]
        fn each_is_found_once_and_in_order() {
            let folder = Folder::new("order");
            let bin = folder.0.join("bin");
            folder.python("bin/python3.14-dbg", "3.14.2", [true, true, false, true]);
            folder.python("bin/python3.14", "3.14.2", USUAL);
            symlink(bin.join("python3.14"), bin.join("python3")).expect("our folder");
            let named = folder.python("elsewhere/python", "3.9.1", USUAL);
            folder.python("pyenv/versions/3.10.2/bin/python3", "3.10.2", USUAL);
            folder.python("pyenv/versions/3.9.10/bin/python3", "3.9.10", USUAL);
            symlink(&named, bin.join("python3.9")).expect("our folder");
            let places = Places { named: vec![named], pyenv: Some(folder.0.join("pyenv")), path: vec![bin] };

            let found = places.search().expect("the named one works");
            let titles: Vec<String> = found.interpreters.iter().map(Interpreter::title).collect();
            let expected = ["3.9.1", "3.9.10", "3.10.2", "3.14.2", "3.14.2, debug build"];
            assert_eq!(titles, expected.map(|version| format!("CPython {version}")));
            assert!(found.left_out.is_empty(), "{found}");
        }

        #[test]
        fn what_cannot_be_used_is_left_out_with_its_reason() {
            let folder = Folder::new("unusable");
            folder.python("bin/python3.8", "3.8.18", USUAL);
            folder.python("bin/python3.11", "3.11.2", [false, true, false, false]);
            folder.python("bin/python3.12", "3.12.1", [true, false, false, false]);
            folder.python("bin/python3.13t", "3.13.0", [true, true, true, false]);
            folder.program("bin/python3.10", "echo 'pyenv: python3.10: command not found' >&2\nexit 127\n");
            let places = Places { path: vec![folder.0.join("bin")], ..Places::default() };

            let found = places.search().expect("nothing was named");
            assert!(found.interpreters.is_empty(), "{found}");
            let shown = found.to_string();
            for reason in ["3.9 or later", "no headers", "no shared libpython", "from 3.14 on", "command not found"] {
                assert!(shown.contains(reason), "{reason}: {shown}");
            }
        }

        #[test]
        fn one_that_was_named_must_work() {
            let folder = Folder::new("named");
            let old = folder.python("python3.8", "3.8.18", USUAL);
            let message = Places { named: vec![old], ..Places::default() }.search().expect_err("it is too old");
            assert!(format!("{message:#}").contains("PYO3_TEST_PYTHONS"), "{message:#}");
        }
    }
}
