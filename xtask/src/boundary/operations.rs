//! The rules about operations of the contract: what each has to say of itself, and how it is named.

use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta, TraitItem, TraitItemFn};

use super::report::{Hit, Rule};

/// What the doc of an operation must say, and in which words.
const PARTS: [(&str, &str); 3] = [
    ("Runs Python", "whether Python code may run before it returns (`Runs Python: ...`)"),
    ("CPython", "what it is on CPython (`CPython: ...`)"),
    ("RustPython", "what it is on RustPython (`RustPython: ...`)"),
];

/// The sentence in the doc of a trait that says how its operations are named, where its own name does not: `Names begin
/// with error_ or exception_.`, each word in backquotes.
const NAMES_BEGIN: &str = "Names begin with ";

/// Finds the operations of a file whose docs say too little, or whose names do not tell their family. Operations are
/// functions of traits called `..Ops`.
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
        message: format!("the doc of `{name}` does not say {}", missing.join(", nor ")),
        what: name,
        remedy: "complete it, by the template in the docs of `pyo3-backend`".to_owned(),
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
            "rename it, or say `{NAMES_BEGIN}..` in the doc of the trait, if another word tells the family better"
        ),
    })
}

/// The words that names of operations begin with, for a trait called `{family}Ops` with this doc.
fn words(family: &str, doc: &str) -> Vec<String> {
    let Some((_, sentence)) = doc.split_once(NAMES_BEGIN) else { return vec![family.to_lowercase()] };
    let sentence = sentence.split('.').next().unwrap_or(sentence);
    // What stands in backquotes is every second piece.
    sentence.split('`').skip(1).step_by(2).map(|word| word.trim_end_matches('_').to_owned()).collect()
}

fn prefixes(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}_`")).collect::<Vec<_>>().join(" or ")
}

/// Whether `word` stands in `doc` by itself: `RustPython` does not say anything about `CPython`.
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
