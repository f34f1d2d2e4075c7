//! Tests of where code is: names of files, and which modules of the frontend use which.

use std::fs;
use std::path::{Path, PathBuf};

use syn::Item;

use crate::sh::root;

const CONTRACT: &str = "backends/interface/src";
const BACKENDS: [&str; 2] = ["backends/cpython/src", "backends/rustpython/src"];
const FRONTEND: &str = "pyo3/src";
/// The folders with code of ours, without what tests compile separately.
const ALL: [&str; 10] = [
    CONTRACT,
    BACKENDS[0],
    BACKENDS[1],
    FRONTEND,
    "backends/decorators/src",
    "backends/suite/src",
    "bundle/src",
    "pyo3-ffi/src",
    "pyo3-macros-backend/src",
    "xtask/src",
];

/// Returns all Rust files in `folder` and below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Returns the file of the module `name` in `folder`.
fn module(folder: &Path, name: &str) -> Option<PathBuf> {
    [format!("{name}.rs"), format!("{name}/mod.rs")].iter().map(|file| folder.join(file)).find(|file| file.exists())
}

#[test]
fn a_feature_has_the_same_file_name_in_the_contract_and_in_each_backend() {
    let (mut missing, mut seen) = (String::new(), 0);
    for file in files(&root().join(CONTRACT)) {
        let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        for item in syn::parse_file(&read(&file)).expect("the contract is Rust").items {
            let Item::Trait(item) = item else { continue };
            let operations = item.ident.to_string();
            if !operations.ends_with("Ops") {
                continue;
            }
            seen += 1;
            for backend in BACKENDS {
                let implementation = format!("impl {operations} for");
                let other = module(&root().join(backend), &name);
                if !other.is_some_and(|file| read(&file).contains(&implementation)) {
                    missing.push_str(&format!("{backend}: `{implementation} ...` is not in `{name}`\n"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing}remedy: give the file the name that it has in {CONTRACT}");
    assert!(seen > 20, "only {seen} traits of operations seen");
}

#[test]
fn a_module_with_a_folder_is_the_mod_rs_in_it() {
    let all = ALL.iter().flat_map(|folder| files(&root().join(folder)));
    let beside: Vec<PathBuf> = all.filter(|file| file.with_extension("").is_dir()).collect();
    assert!(beside.is_empty(), "move these into their folders, as `mod.rs`: {beside:#?}");
}

#[test]
fn only_macro_output_uses_impl() {
    let (mut users, mut seen) = (String::new(), 0);
    for file in files(&root().join(FRONTEND)) {
        let text = read(&file);
        let uses = text.lines().filter(|line| {
            // Macros by example name the crate as `$crate`. Doc comments may link.
            let code = line.split("//").next().unwrap_or_default().replace("$crate::impl_", "");
            let mut words = code.split(|character: char| !character.is_alphanumeric() && character != '_');
            words.any(|word| word == "impl_") && code.trim() != "pub mod impl_;"
        });
        let uses = uses.count();
        if file.starts_with(root().join(FRONTEND).join("impl_")) {
            seen += uses;
        } else if uses > 0 {
            users.push_str(&format!("{}\n", file.display()));
        }
    }
    assert!(users.is_empty(), "{users}remedy: move what these use out of `impl_`, which may re-export it");
    assert!(seen > 0, "no use of `impl_` seen, not even in `impl_`");
}

/// Some 32-bit targets have no 64-bit atomics, and the crate compiles for them.
#[test]
fn no_atomic_number_has_64_bits() {
    for folder in ["backends/cpython/src", "backends/rustpython/src", CONTRACT, FRONTEND] {
        for file in files(&root().join(folder)) {
            let text = read(&file);
            assert!(!text.contains("AtomicU64") && !text.contains("AtomicI64"), "{}", file.display());
        }
    }
}
