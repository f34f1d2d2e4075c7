//! `cargo xtask contract`: lists the required operations of the contract and counts the provided ones.

use std::fs;

use anyhow::{Context, Result};
use syn::{Item, TraitItem};

use crate::sh::root;

/// The folder of the contract.
const SOURCES: &str = "backends/interface/src";
/// The maximum number of required operations.
const MOST: usize = 60;

/// The operations of one trait.
#[derive(Debug, Default, PartialEq, Eq)]
struct Operations {
    name: String,
    required: Vec<String>,
    provided: usize,
}

/// Prints the operations. Returns whether the number of required ones is within the limit.
///
/// # Errors
///
/// If the contract cannot be read.
pub fn run() -> Result<bool> {
    let mut traits = Vec::new();
    let folder = root().join(SOURCES);
    let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        let text = fs::read_to_string(file.path())?;
        traits.extend(operations(&text).with_context(|| format!("in {}", file.path().display()))?);
    }
    let (mut required, mut provided) = (0, 0);
    for operations in &traits {
        println!(
            "{:16} {:3} required, {:3} provided  {}",
            operations.name,
            operations.required.len(),
            operations.provided,
            operations.required.join(" ")
        );
        required += operations.required.len();
        provided += operations.provided;
    }
    println!("{required} operations required (no more than {MOST}), {provided} provided");
    if required > MOST {
        println!("remedy: give the new operation a default body that uses the others, or make another one provided");
    }
    Ok(required <= MOST)
}

/// Returns the traits of operations in a source file. Their names end with `Ops`.
fn operations(text: &str) -> syn::Result<Vec<Operations>> {
    let mut found = Vec::new();
    for item in syn::parse_file(text)?.items {
        let Item::Trait(item) = item else { continue };
        let name = item.ident.to_string();
        if !name.ends_with("Ops") {
            continue;
        }
        let mut operations = Operations { name, ..Operations::default() };
        for member in item.items {
            match member {
                TraitItem::Fn(function) if function.default.is_some() => operations.provided += 1,
                TraitItem::Fn(function) => operations.required.push(function.sig.ident.to_string()),
                _ => {}
            }
        }
        found.push(operations);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proc_macro2::{TokenStream, TokenTree};

    use super::*;

    /// The decorator that asserts the contract.
    const CHECKED: &str = "backends/decorators/src/checked";

    /// Returns the documentation of each operation: the words after `Runs Python:`.
    fn documented() -> BTreeMap<String, Option<String>> {
        let mut found = BTreeMap::new();
        for file in fs::read_dir(root().join(SOURCES)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            for item in syn::parse_file(&text).unwrap().items {
                let Item::Trait(item) = item else { continue };
                for member in item.items.into_iter().filter(|_| item.ident.to_string().ends_with("Ops")) {
                    let TraitItem::Fn(function) = member else { continue };
                    let lines = function.attrs.iter().filter_map(|attribute| match &attribute.meta {
                        syn::Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
                            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) => Some(line.value()),
                            _ => None,
                        },
                        _ => None,
                    });
                    let doc = lines.collect::<Vec<_>>().concat();
                    let words = doc.split_once("Runs Python: ").map(|(_, words)| words.to_owned());
                    found.insert(function.sig.ident.to_string(), words);
                }
            }
        }
        found
    }

    /// Collects names after `fn`, names after one of the words of a row (with that word), and names of rows of
    /// protocols.
    fn forwarded(tokens: TokenStream, names: &mut BTreeSet<String>, rows: &mut BTreeMap<String, String>) {
        let mut before = String::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => forwarded(group.stream(), names, rows),
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    if ["quiet", "collects", "runs"].contains(&before.as_str()) {
                        rows.insert(name.clone(), before);
                        names.insert(name.clone());
                    } else if before == "fn" || name.starts_with("slot_") {
                        names.insert(name.clone());
                    }
                    before = name;
                    continue;
                }
                _ => {}
            }
            before.clear();
        }
    }

    fn table() -> (BTreeSet<String>, BTreeMap<String, String>) {
        let (mut names, mut rows) = (BTreeSet::new(), BTreeMap::new());
        for file in fs::read_dir(root().join(CHECKED)).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            forwarded(text.parse().unwrap(), &mut names, &mut rows);
        }
        (names, rows)
    }

    /// The tests of the contract.
    const SUITE: &str = "backends/suite/src";

    /// Operations that the suite cannot call, with the reason. The tests of each backend call them.
    const CALLED_ELSEWHERE: &[(&str, &str)] = &[
        ("interpreter_embed", "it starts and ends the interpreter, which the tests of a process share"),
        ("module_init", "only a loader or `module_register` knows what to do with the result"),
        ("module_register", "it has to come before the interpreter starts"),
        ("ref_adopted", "handles call it when they take a pointer over"),
        ("ref_disowned", "handles call it when they give a pointer away"),
    ];

    #[test]
    fn every_operation_is_in_the_suite() {
        let mut suite = String::new();
        for file in fs::read_dir(root().join(SUITE)).unwrap() {
            suite.push_str(&fs::read_to_string(file.unwrap().path()).unwrap());
        }
        let is_called =
            |operation: &str| ["(", "::<"].iter().any(|after| suite.contains(&format!("B::{operation}{after}")));
        let operations: Vec<String> = documented().into_keys().collect();
        let missing: Vec<_> = operations
            .iter()
            .filter(|operation| CALLED_ELSEWHERE.iter().all(|(excepted, _)| excepted != operation))
            .filter(|operation| !is_called(operation))
            .collect();
        assert!(missing.is_empty(), "no test of the contract calls {missing:?}: add one to {SUITE}");
        for (excepted, _) in CALLED_ELSEWHERE {
            assert!(operations.iter().any(|operation| operation == excepted), "there is no operation {excepted}");
            assert!(!is_called(excepted), "the suite calls {excepted}: remove the exception");
        }
    }

    #[test]
    fn every_operation_is_checked() {
        let (names, _) = table();
        let missing: Vec<_> = documented().into_keys().filter(|operation| !names.contains(operation)).collect();
        assert!(missing.is_empty(), "`Checked` does not forward {missing:?}: add them to the table in {CHECKED}");
    }

    #[test]
    fn what_may_run_python_is_as_documented() {
        let (documented, (_, rows)) = (documented(), table());
        assert!(rows.len() > 100, "the table is not found");
        for (operation, word) in rows {
            // The documentation of `call` is on its trait.
            let Some(Some(words)) = documented.get(&operation) else { continue };
            let is_no = words.starts_with("no.") || words.starts_with("no (") || words == "no";
            assert!(word != "runs" || !is_no, "`{operation}` runs no Python, by its doc: `quiet` or `collects`");
            assert!(word == "runs" || words.starts_with("no"), "`{operation}` runs Python, by its doc: `runs`");
        }
    }

    #[test]
    fn operations_are_told_apart() {
        let found = operations("trait AOps { const C: u8; fn a(); fn b() {} } trait Other { fn c(); }").unwrap();
        let a = Operations { name: "AOps".to_owned(), required: vec!["a".to_owned()], provided: 1 };
        assert_eq!(found, [a]);
    }

    #[test]
    fn no_more_are_required_than_a_backend_can_be_asked_for() {
        assert!(run().unwrap());
    }
}
