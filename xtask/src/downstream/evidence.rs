//! Finds out which PyO3 a built file contains.
//!
//! The output of cargo is not enough, since cargo silently uses upstream's packages if a patch does not fit. So this
//! module reads the bytes of the file.
//!
//! Each of our backends leaves its name and version in everything that makes a module or starts an interpreter. Code
//! uses this text, so it survives link-time optimisation and stripping. Both PyO3s leave paths of source files: an
//! optimised file keeps those that panics report, and the builds made here have line tables, which name every file that
//! code came from. A path is the only trace of a crate that uses only declarations and inline functions of the C API.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use memchr::memmem;

use crate::patch::FAMILY;
use crate::sh::root;

/// What a file contains.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The marks of our backends, such as `pyo3-backend-cpython 0.30.1`.
    pub marks: BTreeSet<String>,
    /// Our packages whose code it contains, as folders of this repository.
    pub ours: BTreeSet<String>,
    /// Upstream's packages whose code it contains, such as `pyo3-ffi-0.30.1`.
    pub stock: BTreeSet<String>,
}

impl Evidence {
    /// Reads `file`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn of(file: &Path) -> Result<Evidence> {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Evidence::in_bytes(&bytes, &root()))
    }

    fn in_bytes(bytes: &[u8], root: &Path) -> Evidence {
        let mut found = Evidence::default();
        for start in memmem::find_iter(bytes, b"pyo3-backend-") {
            if let Some(mark) = mark(&bytes[start..]) {
                found.marks.insert(mark);
            }
        }
        for start in memmem::find_iter(bytes, root.to_string_lossy().as_bytes()) {
            found.ours.extend(package_of_ours(&bytes[start + root.as_os_str().len()..]));
        }
        for start in memmem::find_iter(bytes, b"pyo3") {
            let inside = start > 0 && matches!(bytes[start - 1], b'/' | b'\\');
            if let Some(package) = inside.then(|| package_of_stock(&bytes[start..])).flatten() {
                found.stock.insert(package);
            }
        }
        found
    }

    fn is_ours(&self) -> bool {
        !self.marks.is_empty() || !self.ours.is_empty()
    }
}

/// Reads a name and a version as written by `pyo3_backend::mark!`.
fn mark(bytes: &[u8]) -> Option<String> {
    let text = until(bytes, |byte| !(byte.is_ascii_alphanumeric() || b"-. ".contains(&byte)))?;
    (bytes.get(text.len()) == Some(&b';')).then_some(())?;
    let (_, version) = text.split_once(' ')?;
    let is_version = version.starts_with(|c: char| c.is_ascii_digit()) && version.matches('.').count() == 2;
    is_version.then(|| text.to_owned())
}

/// Returns the package of a path: `pyo3-ffi` for `/pyo3-ffi/src/lib.rs`. Files below `target` belong to other crates.
fn package_of_ours(bytes: &[u8]) -> Option<String> {
    let text = until(bytes, |byte| !(byte.is_ascii_graphic()))?;
    let (package, _) = text.trim_start_matches(['/', '\\']).split_once("/src/")?;
    let known = FAMILY.contains(&package) || package.starts_with("compat/") || package.starts_with("backends/");
    (known && !package.contains("/src")).then(|| package.to_owned())
}

/// Returns the package of a path in the registry, such as `pyo3-ffi-0.30.1`. Ignores `pyo3-build-config`: both sides
/// use it, and it is never part of a built file.
fn package_of_stock(bytes: &[u8]) -> Option<String> {
    let text = until(bytes, |byte| !(byte.is_ascii_alphanumeric() || b"-.+".contains(&byte)))?;
    matches!(bytes.get(text.len()), Some(b'/' | b'\\')).then_some(())?;
    let (name, version) = text.rsplit_once('-')?;
    let is_version = version.starts_with(|c: char| c.is_ascii_digit()) && version.matches('.').count() == 2;
    (FAMILY.contains(&name) && is_version).then(|| text.to_owned())
}

/// Returns the text before the first byte that `ends` it, or the first 4096 bytes, which is more than any path has.
fn until(bytes: &[u8], ends: impl Fn(u8) -> bool) -> Option<&str> {
    let end = bytes.iter().take(4096).position(|byte| ends(*byte)).unwrap_or(bytes.len().min(4096));
    std::str::from_utf8(&bytes[..end]).ok()
}

/// Proves that the files contain only our PyO3, or only upstream's if `stock`. Returns a summary of what they contain.
/// Of several test programs, some may contain neither.
///
/// # Errors
///
/// If the files prove otherwise.
pub fn prove(files: &[PathBuf], stock: bool) -> Result<String> {
    let mut all = Evidence::default();
    for file in files {
        let found = Evidence::of(file)?;
        let (wrong, what) = if stock {
            (found.is_ours(), "the one of this repository")
        } else {
            (!found.stock.is_empty(), "upstream's")
        };
        if wrong {
            bail!("{what} is in {}: {found:?}", file.display());
        }
        all.marks.extend(found.marks);
        all.ours.extend(found.ours);
        all.stock.extend(found.stock);
    }
    let (found, what) =
        if stock { (!all.stock.is_empty(), "upstream's PyO3") } else { (all.is_ours(), "the PyO3 of this repository") };
    if !found {
        bail!("nothing shows that {what} is in {files:?}");
    }
    let list = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>();
    Ok(if stock {
        format!("upstream's: {}", list(all.stock).join(", "))
    } else {
        let marks = list(all.marks);
        let marks = if marks.is_empty() { "no mark".to_owned() } else { format!("marks {}", marks.join(", ")) };
        format!("ours: {marks}; code of {}", list(all.ours).join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(text: &str) -> Evidence {
        Evidence::in_bytes(text.as_bytes(), Path::new("/home/me/bridge"))
    }

    fn names(list: &BTreeSet<String>) -> Vec<&str> {
        list.iter().map(String::as_str).collect()
    }

    #[test]
    fn paths_of_ours_and_of_stock_are_told_apart() {
        let found = evidence(
            "\0/home/me/bridge/pyo3/src/lib.rs\0/home/me/bridge/backends/cpython/src/call.rs/@/x\0\
             /home/me/bridge/target/downstream/trees/ours/jiter-0.19.0/src/lib.rs\0\
             /home/me/.cargo/registry/src/index/pyo3-log-0.13.5/src/lib.rs\0/r/pyo3-build-config-0.30.1/src/lib.rs",
        );
        assert_eq!(names(&found.ours), ["backends/cpython", "pyo3"]);
        assert!(found.stock.is_empty() && found.marks.is_empty(), "{found:?}");
        let found = evidence("x/registry/src/index/pyo3-ffi-0.29.3/src/object.rs\0\\pyo3-0.30.1\\src\\lib.rs");
        assert_eq!(names(&found.stock), ["pyo3-0.30.1", "pyo3-ffi-0.29.3"]);
        assert!(!found.is_ours());
    }

    #[test]
    fn a_mark_has_a_version() {
        let found = evidence("a pyo3-backend-cpython 0.30.1;0pyo3-backend-rustpython is a crate\0");
        assert_eq!(names(&found.marks), ["pyo3-backend-cpython 0.30.1"]);
    }
}
