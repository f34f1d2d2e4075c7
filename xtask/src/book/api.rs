//! The API docs that rustdoc writes, and where each item is in them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::link::Link;
use crate::python::Which;
use crate::runtime::{Choice, runtimes};
use crate::sh::{Cmd, root};

/// Builds the API docs of `pyo3` on CPython, and returns the folder with them.
///
/// # Errors
///
/// If there is no CPython, or the docs do not build.
pub fn build(target: &Path) -> Result<PathBuf> {
    // A folder of its own, because rustdoc's search lists all crates that have docs in the same folder. The compiled
    // dependencies stay where the other commands use them.
    let folder = target.join("api");
    let cmd = Cmd::cargo()
        .args(["doc", "--no-deps", "-p", "pyo3", "--features", "pyo3/full", "--target-dir"])
        .arg(&folder)
        .env("CARGO_BUILD_BUILD_DIR", target);
    let found = runtimes(Choice::CPython, Which::Chosen(&[]))?;
    let runtime = found.first().context("there is no CPython")?;
    runtime.prepare(cmd).dir(root()).run()?;
    Ok(folder.join("doc"))
}

/// A file that documents an item.
struct Item {
    /// The names of its modules and its own, without that of the crate.
    path: Vec<String>,
    /// `struct`, `fn`, `attr` ..., as in the file's name; `mod` for a module.
    kind: String,
    /// The path of the file from the folder of the docs, with `/`.
    url: String,
}

/// All items of `pyo3` with a file in the API docs.
pub struct Index {
    docs: PathBuf,
    items: Vec<Item>,
}

impl Index {
    /// Lists the items in the folder `docs`.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn read(docs: &Path) -> Result<Index> {
        let mut items = Vec::new();
        for entry in WalkDir::new(docs.join("pyo3")).sort_by_file_name() {
            let entry = entry?;
            let names: Option<Vec<&str>> = entry.path().strip_prefix(docs)?.iter().map(|name| name.to_str()).collect();
            items.extend(names.and_then(|names| item(&names)));
        }
        Ok(Index { docs: docs.to_owned(), items })
    }

    /// Returns the address of what a link leads to, relative to the folder of the docs.
    ///
    /// # Errors
    ///
    /// If there is no such item, or several kinds of items have this path. The message is the remedy.
    pub fn resolve(&self, link: &Link<'_>) -> Result<String, String> {
        let mut found: Vec<(&Item, String)> =
            self.items.iter().filter(|item| item.is(link)).filter_map(|item| self.address(item, None)).collect();
        if let ([owner @ .., member], true) = (&*link.path, found.is_empty()) {
            let owner = Link { kind: None, path: owner.to_vec() };
            let owners = self.items.iter().filter(|item| item.is(&owner));
            found = owners.filter_map(|item| self.address(item, Some(member))).collect();
        }
        // Of several paths to an item, the one that users write is the shortest.
        if let Some(shortest) = found.iter().map(|(item, _)| item.path.len()).min() {
            found.retain(|(item, _)| item.path.len() == shortest);
        }
        match &found[..] {
            [] => Err("name an item of `pyo3` that has API docs, or use a URL".to_owned()),
            [(first, _), others @ ..] if others.iter().any(|(item, _)| item.kind != first.kind) => {
                let kinds: Vec<String> = found.iter().map(|(item, _)| format!("`{}@`", item.kind)).collect();
                Err(format!("put the kind of item before the path, one of {}", kinds.join(", ")))
            }
            [(_, url), ..] => Ok(url.clone()),
        }
    }

    /// Returns the address of an item or its member, if its file has docs of that.
    fn address<'i>(&self, item: &'i Item, member: Option<&str>) -> Option<(&'i Item, String)> {
        let text = fs::read_to_string(self.docs.join(&item.url)).ok()?;
        // Where an item is public at another path only, rustdoc leaves a file that leads there.
        if text.contains("http-equiv=\"refresh\"") {
            return None;
        }
        let Some(member) = member else {
            return Some((item, item.url.clone()));
        };
        let kinds = ["method", "tymethod", "variant", "associatedconstant", "associatedtype", "structfield"];
        let mut ids = kinds.iter().map(|kind| format!("{kind}.{member}"));
        let id = ids.find(|id| text.contains(&format!("id=\"{id}\"")))?;
        Some((item, format!("{}#{id}", item.url)))
    }
}

impl Item {
    /// Returns whether a link can mean this item. The link may leave modules out.
    fn is(&self, link: &Link<'_>) -> bool {
        let kind = match link.kind {
            // What Rust calls the namespace of macros.
            Some("macro") => ["macro", "attr", "derive"].contains(&&*self.kind),
            Some(kind) => kind == self.kind,
            None => true,
        };
        let mut modules = self.path.iter();
        kind && self.path.last().map(String::as_str) == link.path.last().copied()
            && link.path.iter().all(|name| modules.any(|module| module == name))
    }
}

/// Returns the item that the file with this path from the folder of the docs is about.
fn item(names: &[&str]) -> Option<Item> {
    let (file, folders) = names.split_last()?;
    let stem = file.strip_suffix(".html")?;
    let (kind, name) = if stem == "index" { ("mod", None) } else { stem.split_once('.').map(|(k, n)| (k, Some(n)))? };
    let path = folders.iter().skip(1).copied().chain(name).map(str::to_owned).collect();
    Some(Item { path, kind: kind.to_owned(), url: names.join("/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes docs as rustdoc does, and resolves links to them.
    fn resolve(name: &str, files: &[(&str, &str)], target: &str) -> Result<String, String> {
        let docs = std::env::temp_dir().join(format!("xtask-book-{}-{name}", std::process::id()));
        for (file, text) in files {
            let path = docs.join(file);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("folders can be made");
            fs::write(path, text).expect("files can be written");
        }
        let url = Index::read(&docs).expect("it is there").resolve(&Link::read(target).expect("it is a path"));
        fs::remove_dir_all(docs).expect("it is there");
        url
    }

    const FILES: &[(&str, &str)] = &[
        ("pyo3/index.html", ""),
        ("pyo3/all.html", ""),
        ("pyo3/types/list/struct.PyList.html", r#"<section id="method.append">"#),
        ("pyo3/types/list/trait.PyListMethods.html", r#"<section id="tymethod.append">"#),
        ("pyo3/marker/struct.Python.html", r#"<meta http-equiv="refresh" content="0;URL=../struct.Python.html">"#),
        ("pyo3/struct.Python.html", r#"<section id="method.attach">"#),
        ("pyo3/pyclass/index.html", ""),
        ("pyo3/attr.pyclass.html", ""),
        ("pyo3/macro.intern.html", ""),
        ("pyo3/prelude/derive.FromPyObject.html", ""),
        ("pyo3/derive.FromPyObject.html", ""),
        ("pyo3/impl_/struct.FromPyObject.html", ""),
    ];

    #[test]
    fn items_are_found_by_their_names() {
        let find = |target| resolve("items", FILES, target);
        assert_eq!(find("PyList").as_deref(), Ok("pyo3/types/list/struct.PyList.html"));
        assert_eq!(find("pyo3::types::PyList").as_deref(), Ok("pyo3/types/list/struct.PyList.html"));
        assert_eq!(find("Python").as_deref(), Ok("pyo3/struct.Python.html"));
        assert_eq!(find("intern!").as_deref(), Ok("pyo3/macro.intern.html"));
        assert_eq!(find("FromPyObject").as_deref(), Ok("pyo3/derive.FromPyObject.html"));
        assert_eq!(find("pyo3::types"), Err("name an item of `pyo3` that has API docs, or use a URL".to_owned()));
    }

    #[test]
    fn members_are_found_in_the_file_of_their_item() {
        let find = |target| resolve("members", FILES, target);
        assert_eq!(find("Python::attach").as_deref(), Ok("pyo3/struct.Python.html#method.attach"));
        assert_eq!(
            find("PyListMethods::append()").as_deref(),
            Ok("pyo3/types/list/trait.PyListMethods.html#tymethod.append")
        );
        assert!(find("Python::detach").is_err());
    }

    #[test]
    fn a_kind_chooses_between_items_of_one_name() {
        let find = |target| resolve("kinds", FILES, target);
        assert_eq!(find("pyclass"), Err("put the kind of item before the path, one of `attr@`, `mod@`".to_owned()));
        assert_eq!(find("macro@pyclass").as_deref(), Ok("pyo3/attr.pyclass.html"));
        assert_eq!(find("mod@pyclass").as_deref(), Ok("pyo3/pyclass/index.html"));
    }
}
