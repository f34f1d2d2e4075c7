//! The rule about operations of the contract: what each has to say of itself.

use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta, TraitItem};

use super::report::{Hit, Rule};

/// What the doc of an operation must say, and in which words.
const PARTS: [(&str, &str); 3] = [
    ("Runs Python", "whether Python code may run before it returns (`Runs Python: ...`)"),
    ("CPython", "what it is on CPython (`CPython: ...`)"),
    ("RustPython", "what it is on RustPython (`RustPython: ...`)"),
];

/// Finds the operations of a file whose docs say too little. Operations are functions of traits called `..Ops`.
pub fn check(file: &syn::File) -> Vec<Hit> {
    let mut hits = Vec::new();
    for item in &file.items {
        let Item::Trait(operations) = item else { continue };
        if !operations.ident.to_string().ends_with("Ops") {
            continue;
        }
        for member in &operations.items {
            let TraitItem::Fn(operation) = member else { continue };
            let doc = doc(&operation.attrs);
            let missing: Vec<&str> =
                PARTS.iter().filter(|(word, _)| !says(&doc, word)).map(|(_, explanation)| *explanation).collect();
            if !missing.is_empty() {
                let name = operation.sig.ident.to_string();
                hits.push(Hit {
                    rule: Rule::OperationDoc,
                    at: operation.sig.ident.span().into(),
                    message: format!("the doc of `{name}` does not say {}", missing.join(", nor ")),
                    what: name,
                    remedy: "complete it, by the template in the docs of `pyo3-backend`".to_owned(),
                });
            }
        }
    }
    hits
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
