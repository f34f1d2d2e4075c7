//! The rules about the documentation and names of operations of the contract.

use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta, TraitItem, TraitItemFn};

use super::report::{Hit, Rule};

/// What the documentation of an operation must contain, and in which words.
const PARTS: [(&str, &str); 3] = [
    ("Runs Python", "whether Python code may run before it returns (`Runs Python: ...`)"),
    ("CPython", "what it is on CPython (`CPython: ...`)"),
    ("RustPython", "what it is on RustPython (`RustPython: ...`)"),
];

/// The sentence in the documentation of a trait that gives the prefixes of its operations, if they differ from the name
/// of the trait: `Names begin with error_ or exception_.`, with each word in backquotes.
const NAMES_BEGIN: &str = "Names begin with ";

/// Finds operations with incomplete documentation, or with names that do not start with their family. Operations are
/// functions of traits whose names end with `Ops`.
pub fn check(file: &syn::File) -> Vec<Hit> {
    let mut hits = Vec::new();
    for item in &file.items {
        let Item::Trait(operations) = item else { continue };
        let family = operations.ident.to_string();
        let Some(family) = family.strip_suffix("Ops") else { continue };
        let words = words(family, &doc(&operations.attrs));
        for member in &operations.items {
            let TraitItem::Fn(operation) = member else { continue };
            hits.extend(documented(operation));
            hits.extend(named(operation, &words));
        }
    }
    hits
}

fn documented(operation: &TraitItemFn) -> Option<Hit> {
    let doc = doc(&operation.attrs);
    let missing: Vec<&str> =
        PARTS.iter().filter(|(word, _)| !says(&doc, word)).map(|(_, explanation)| *explanation).collect();
    let name = operation.sig.ident.to_string();
    (!missing.is_empty()).then(|| Hit {
        rule: Rule::OperationDoc,
        at: operation.sig.ident.span().into(),
        message: format!("the documentation of `{name}` does not say {}", missing.join(", nor ")),
        what: name,
        remedy: "complete it with the template in the docs of `pyo3-backend`".to_owned(),
    })
}

fn named(operation: &TraitItemFn, words: &[String]) -> Option<Hit> {
    let name = operation.sig.ident.to_string();
    let tells =
        |word: &String| name.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    (!words.iter().any(tells)).then(|| Hit {
        rule: Rule::OperationName,
        at: operation.sig.ident.span().into(),
        message: format!("the name of `{name}` does not begin with {}", prefixes(words)),
        what: name,
        remedy: format!(
            "rename it, or add `{NAMES_BEGIN}..` to the docs of the trait, if another word describes the family better"
        ),
    })
}

/// Returns the prefixes of operation names for a trait called `{family}Ops` with this documentation.
fn words(family: &str, doc: &str) -> Vec<String> {
    let Some((_, sentence)) = doc.split_once(NAMES_BEGIN) else { return vec![family.to_lowercase()] };
    let sentence = sentence.split('.').next().unwrap_or(sentence);
    // Text in backquotes is every second piece.
    sentence.split('`').skip(1).step_by(2).map(|word| word.trim_end_matches('_').to_owned()).collect()
}

fn prefixes(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}_`")).collect::<Vec<_>>().join(" or ")
}

/// Whether `doc` contains the whole word `word`: `RustPython` does not count as `Python`.
fn says(doc: &str, word: &str) -> bool {
    doc.match_indices(word).any(|(at, _)| !doc[..at].ends_with(|before: char| before.is_alphanumeric()))
}

fn doc(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &pair.value
        {
            text.push_str(&line.value());
            text.push('\n');
        }
    }
    text
}
