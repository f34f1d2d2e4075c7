//! Tests the layout of the sources: folders of modules, and files of the contract that match those of the backends.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::Item;

/// Folders with our sources. `target` and generated files are elsewhere.
const SOURCES: [&str; 9] =
    ["pyo3", "pyo3-ffi", "pyo3-macros", "pyo3-macros-backend", "backends", "tests", "bundle", "xtask", "compat"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the repository").to_owned()
}

/// Returns the Rust files below `folder`, except build output.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target" && name != "fixtures") {
                files.extend(rust_files(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn a_module_with_files_of_its_own_is_a_folder_with_mod_rs() {
    let files: Vec<_> = SOURCES.iter().flat_map(|folder| rust_files(&root().join(folder))).collect();
    assert!(files.len() > 300, "only {} files were found", files.len());
    let split: Vec<_> = files.iter().filter(|file| files.contains(&file.with_extension("").join("mod.rs"))).collect();
    assert!(split.is_empty(), "beside a folder of the same name: {split:#?}");
    let beside: Vec<_> = files
        .iter()
        .filter(|file| file.with_extension("").is_dir() && !rust_files(&file.with_extension("")).is_empty())
        .collect();
    assert!(beside.is_empty(), "move to `mod.rs` in the folder beside it: {beside:#?}");
}

/// Returns the traits called `..Ops` that `find` finds in the files below `folder`, each with the first part of the
/// file's path: `class` for `class/mod.rs`.
fn families(folder: &str, find: fn(&Item) -> Vec<String>) -> BTreeMap<String, Vec<String>> {
    let folder = root().join(folder);
    let mut found = BTreeMap::<_, Vec<String>>::new();
    for file in rust_files(&folder) {
        let text = fs::read_to_string(&file).expect("readable");
        let place = file.strip_prefix(&folder).expect("below the folder").components().next().expect("a file");
        let place = place.as_os_str().to_str().expect("a plain name").trim_end_matches(".rs").to_owned();
        for item in syn::parse_file(&text).expect("Rust").items {
            for family in find(&item) {
                found.entry(family).or_default().push(place.clone());
            }
        }
    }
    found
}

fn declared(item: &Item) -> Vec<String> {
    match item {
        Item::Trait(item) if item.ident.to_string().ends_with("Ops") => vec![item.ident.to_string()],
        _ => Vec::new(),
    }
}

fn implemented(item: &Item) -> Vec<String> {
    match item {
        Item::Impl(item) => {
            let name = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
            name.map(|name| name.ident.to_string()).into_iter().collect()
        }
        // A module in the file holds items that exist under one configuration only.
        Item::Mod(module) => module.content.iter().flat_map(|(_, items)| items).flat_map(implemented).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_backend_has_each_family_of_operations_where_the_contract_has_it() {
    let contract = families("backends/interface/src", declared);
    assert!(contract.len() > 25, "only {} families were found", contract.len());
    let mut astray = Vec::new();
    for backend in ["cpython", "rustpython"] {
        let here = families(&format!("backends/{backend}/src"), implemented);
        for (family, places) in &contract {
            let expected = &places[0];
            match here.get(family) {
                None => astray.push(format!("{backend}: nothing implements {family}")),
                Some(found) if found.iter().any(|place| place != expected) => {
                    astray.push(format!("{backend}: {family} is in {found:?}, the contract has it in `{expected}`"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(astray.is_empty(), "{astray:#?}");
}
