//! `cargo xtask c-names`: the guide's page of the names of the C API on each runtime, made from the docs of `pyo3-ffi`.
//!
//! Many names come from macros and from another crate. rustdoc sees all of them as users do.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::docs;
use crate::guide_page::Page;
use crate::metadata::{self, Members};
use crate::python::Which;
use crate::runtime::{Choice, runtimes};
use crate::sh::{Cmd, root};

const PAGE: Page = Page { file: "guide/src/c_names.md", source: "the docs of pyo3-ffi have", command: "c-names" };

/// Describes the CPython of the page, which need not be installed, so that every machine writes the same page.
const CONFIGURATION: &str = "backends/cpython/configurations/cpython-3.14.txt";

const HEAD: &str = "\
# Names of the C API

<p class=\"runtimes\"><b>CPython</b> <b>RustPython</b></p>

<!-- Written by `cargo xtask c-names --write`, from the docs of pyo3-ffi for both runtimes. Do not edit. -->

All public names of `pyo3::ffi`, on CPython 3.14 and on RustPython. [The C API](ffi.md) explains how to use them. Search this
page for the name that you need. A function that is not listed for RustPython is a compile error there.

";

/// Whether each name exists on CPython, and on RustPython.
type Names = BTreeMap<String, (bool, bool)>;

/// Compares the page with the docs, or writes it.
///
/// # Errors
///
/// If the docs do not build, or a file cannot be read or written.
pub fn run(write: bool) -> Result<bool> {
    // Its own folder, because a configuration would make what other commands have compiled stale.
    let folder = metadata::target_folder()?.join("c-names");
    let cmd = Cmd::cargo().args(["doc", "--no-deps", "-p", "pyo3-ffi", "--target-dir"]).arg(&folder);
    cmd.env("PYO3_CONFIG_FILE", root().join(CONFIGURATION)).run()?;
    let cpython = names(&folder.join("doc"))?;
    // All packages, as in `cargo xtask ci`, so that cargo compiles the virtual machine with the same features.
    let found = runtimes(Choice::RustPython, Which::Chosen(&[]))?;
    let runtime = found.first().context("there is no RustPython")?;
    let (cmd, docs) = docs::command(&Members::read()?, runtime)?;
    cmd.run()?;
    let rustpython = names(&docs)?;
    let mut all = Names::new();
    for name in cpython {
        all.entry(name).or_default().0 = true;
    }
    for name in rustpython {
        all.entry(name).or_default().1 = true;
    }
    PAGE.keep(page(&all), write)
}

/// Returns the names of the public functions, types, constants and variables of `pyo3-ffi`, from the docs in a folder.
fn names(docs: &Path) -> Result<Vec<String>> {
    // The list of all items. The folder may still have files of items that are gone.
    let file = docs.join("pyo3_ffi/all.html");
    let page = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let found: Vec<String> = links.filter_map(|(link, _)| item(link)).map(str::to_owned).collect();
    anyhow::ensure!(!found.is_empty(), "{} has no items", file.display());
    Ok(found)
}

/// Returns the name of the item of the crate's root that a link of the docs leads to, such as `fn.PyList_New.html`.
fn item(link: &str) -> Option<&str> {
    let (kind, name) = link.strip_suffix(".html")?.split_once('.')?;
    // Items of modules have a `/`.
    ["fn", "static", "constant", "struct", "union", "type", "enum"].contains(&kind).then_some(name)
}

/// Returns the part of a C name that says what it belongs to: `PyList` for `PyList_New`.
fn group(name: &str) -> &str {
    let start = name.len() - name.trim_start_matches('_').len();
    match name[start..].find('_') {
        Some(end) if name[start..].starts_with("Py") => &name[start..start + end],
        _ if name[start..].starts_with("Py") => "types",
        _ => "others",
    }
}

fn page(names: &Names) -> String {
    let (cpython, rustpython) = names.values().fold((0, 0), |(c, r), (on_cpython, on_rustpython)| {
        (c + usize::from(*on_cpython), r + usize::from(*on_rustpython))
    });
    let mut groups: BTreeMap<&str, Vec<(&str, (bool, bool))>> = BTreeMap::new();
    for (name, runtimes) in names {
        groups.entry(group(name)).or_default().push((name, *runtimes));
    }
    let mut text = format!("{HEAD}There are {cpython} names on CPython, and {rustpython} on RustPython.\n");
    for (group, names) in groups {
        let title = match group {
            "types" => "Other types and variables".to_owned(),
            "others" => "Other names".to_owned(),
            group => format!("`{group}`"),
        };
        text += &format!("\n## {title}\n");
        for (wanted, title) in
            [((true, true), "Both runtimes"), ((true, false), "CPython only"), ((false, true), "RustPython only")]
        {
            let list: Vec<String> =
                names.iter().filter(|(_, on)| *on == wanted).map(|(name, _)| format!("`{name}`")).collect();
            if !list.is_empty() {
                text += &format!("\n**{title}:** {}\n", list.join(", "));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_grouped_by_what_they_belong_to() {
        for (name, expected) in [
            ("PyList_New", "PyList"),
            ("_PyLong_Sign", "PyLong"),
            ("Py_INCREF", "Py"),
            ("PyObject", "types"),
            ("METH_O", "others"),
        ] {
            assert_eq!(group(name), expected, "{name}");
        }
    }

    #[test]
    fn items_have_files() {
        assert_eq!(item("fn.PyList_New.html"), Some("PyList_New"));
        assert_eq!(item("index.html"), None);
        assert_eq!(item("macro.c_str.html"), None);
    }

    #[test]
    fn the_page_says_where_a_name_exists() {
        let names = [("PyList_New", (true, true)), ("PyList_GET_SIZE", (true, false)), ("PyArg", (false, true))];
        let text = page(&names.map(|(name, on)| (name.to_owned(), on)).into());
        assert!(text.contains("2 names on CPython, and 2 on RustPython"), "{text}");
        assert!(
            text.contains("## `PyList`\n\n**Both runtimes:** `PyList_New`\n\n**CPython only:** `PyList_GET_SIZE`\n")
        );
        assert!(text.contains("## Other types and variables\n\n**RustPython only:** `PyArg`\n"));
    }
}
