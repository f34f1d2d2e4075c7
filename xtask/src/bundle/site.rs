//! The Python files of a bundle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Files by their path below a folder of `sys.path`.
#[derive(Debug, Default)]
pub struct Files {
    entries: BTreeMap<PathBuf, Contents>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Contents {
    /// The contents of a file.
    Of(PathBuf),
    Text(String),
}

impl Files {
    pub fn copy(&mut self, place: PathBuf, from: PathBuf) {
        self.entries.insert(place, Contents::Of(from));
    }

    pub fn write(&mut self, place: PathBuf, text: String) {
        self.entries.insert(place, Contents::Text(text));
    }

    /// Adds all files of a folder except those that Python or a compiler generated.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn folder(&mut self, from: &Path, place: &Path) -> Result<()> {
        for file in files_in(from)? {
            if !is_library(&file) {
                self.copy(place.join(&file), from.join(&file));
            }
        }
        Ok(())
    }

    /// Adds the files of `other`.
    ///
    /// # Errors
    ///
    /// If both have a file with the same path and different contents.
    pub fn merge(&mut self, other: Files) -> Result<()> {
        for (place, contents) in other.entries {
            match self.entries.get(&place) {
                Some(own) if own.read()? != contents.read()? => {
                    bail!("two of the crates contain {}\n  remedy: leave one of them out", place.display())
                }
                _ => self.entries.insert(place, contents),
            };
        }
        Ok(())
    }

    /// Returns only the Python modules.
    pub fn only_modules(&self) -> Files {
        let is_module = |place: &Path| place.extension().is_some_and(|extension| extension == "py");
        let entries = self.entries.iter().filter(|(place, _)| is_module(place));
        Files { entries: entries.map(|(place, contents)| (place.clone(), contents.clone())).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    #[cfg(test)]
    pub fn text(&self, place: &str) -> Option<String> {
        let bytes = self.entries.get(Path::new(place))?.read().expect("it can be read");
        Some(String::from_utf8(bytes).expect("it is text"))
    }

    #[cfg(test)]
    pub fn places(&self) -> Vec<String> {
        let mut list: Vec<_> = self.entries.keys().map(|place| place.to_string_lossy().replace('\\', "/")).collect();
        list.sort();
        list
    }

    /// Makes `folder` contain exactly these files. Does not touch unchanged ones.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written.
    pub fn put(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        let stale: BTreeSet<_> =
            files_in(folder)?.into_iter().filter(|file| !self.entries.contains_key(file)).collect();
        for file in stale {
            fs::remove_file(folder.join(file))?;
        }
        for (place, contents) in &self.entries {
            let file = folder.join(place);
            fs::create_dir_all(file.parent().expect("it is in a folder"))?;
            write_if_new(&file, &contents.read()?)?;
        }
        Ok(())
    }
}

impl Contents {
    fn read(&self) -> Result<Vec<u8>> {
        match self {
            Contents::Of(file) => fs::read(file).with_context(|| format!("cannot read {}", file.display())),
            Contents::Text(text) => Ok(text.clone().into_bytes()),
        }
    }
}

/// Writes a file, unless it has these contents already, so that cargo sees no change.
///
/// # Errors
///
/// If the file cannot be written.
pub fn write_if_new(file: &Path, contents: &[u8]) -> Result<()> {
    if !fs::read(file).is_ok_and(|old| old == contents) {
        fs::write(file, contents).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Returns the paths of all files below a folder, relative to it, except those that Python generated.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    fn walk(folder: &Path, place: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
        let entries = fs::read_dir(folder.join(place));
        for entry in entries.with_context(|| format!("cannot read {}", folder.join(place).display()))? {
            let name = entry?.file_name();
            let place = place.join(&name);
            if folder.join(&place).is_dir() {
                if name != "__pycache__" && name != ".git" {
                    walk(folder, &place, found)?;
                }
            } else if place.extension().is_none_or(|extension| extension != "pyc") {
                found.push(place);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    walk(folder, Path::new(""), &mut found)?;
    found.sort();
    Ok(found)
}

/// Whether a file is compiled code that CPython would load.
pub fn is_library(file: &Path) -> bool {
    file.extension().is_some_and(|extension| ["so", "pyd", "dylib", "dll"].iter().any(|known| extension == *known))
}

/// Rejects a folder that is not a folder of Python packages.
///
/// # Errors
///
/// If it is not a folder, or contains compiled code.
pub fn check_folder(folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        bail!("{} is not a folder\n  remedy: name a folder with Python packages, as in PYTHONPATH", folder.display());
    }
    if let Some(library) = files_in(folder)?.iter().find(|file| is_library(file)) {
        bail!(
            "{} contains compiled code for CPython: {}\n  remedy: use pure-Python packages; for an extension crate, \
             give its source with --with",
            folder.display(),
            library.display()
        );
    }
    Ok(())
}
