//! The files that a check reads: one folder, or a fixture on top of the clean one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Files by their path from the root, with `/` as separator.
pub struct Sources {
    layers: Vec<PathBuf>,
    files: BTreeMap<String, PathBuf>,
}

impl Sources {
    /// Reads the names of all files. A later layer hides the files of an earlier one.
    pub fn read(layers: &[PathBuf]) -> Result<Sources> {
        let mut files = BTreeMap::new();
        for layer in layers {
            collect(layer, layer, &mut files).with_context(|| format!("cannot read {}", layer.display()))?;
        }
        Ok(Sources { layers: layers.to_vec(), files })
    }

    /// Returns the lowest layer, which is the root in the repository.
    pub fn root(&self) -> &Path {
        &self.layers[0]
    }

    pub fn contains(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    pub fn text(&self, file: &str) -> Result<String> {
        let path = self.files.get(file).with_context(|| format!("there is no {file}"))?;
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Returns all files in `folder` whose names end with `suffix`.
    pub fn in_folder<'a>(&'a self, folder: &'a str, suffix: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().map(String::as_str).filter(move |file| is_in(file, folder) && file.ends_with(suffix))
    }
}

#[cfg(test)]
impl Sources {
    /// Returns all files.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// Whether `file` is in `folder` or in a folder below it.
pub fn is_in(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Folders without our sources: build output, version control, and the fixtures of this check. These are paths from the
/// root, so that a frontend folder with such a name is read like any other.
const SKIPPED: [&str; 3] = ["target", ".git", super::FIXTURES];

fn collect(layer: &Path, folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let parts: Vec<_> = path.strip_prefix(layer)?.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        // Follows links, like the compiler.
        if path.is_dir() {
            let output = path.join("CACHEDIR.TAG").exists();
            if !output && !SKIPPED.contains(&name.as_str()) {
                collect(layer, &path, files)?;
            }
        } else {
            files.insert(name, path);
        }
    }
    Ok(())
}

/// Returns `folder/relative` without `.` and `..`, or `None` if it is outside the root.
pub fn resolve(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if relative.starts_with('/') {
        return None;
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
