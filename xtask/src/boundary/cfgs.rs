//! Rule 1: conditional compilation must be neutral.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Meta};

use super::report::{Hit, Rule};

/// Conditions without a value that say nothing about the Python runtime.
const NEUTRAL: [&str; 6] = ["test", "doc", "doctest", "debug_assertions", "unix", "windows"];

/// Whether a crate feature selects, or follows from, a runtime or its ABI.
pub fn selects_runtime(feature: &str) -> bool {
    feature.starts_with("runtime-") || feature.starts_with("abi3") || feature == "inert"
}

/// Checks the comma-separated predicates in `tokens`. Returns the number of conditions.
pub fn check(tokens: TokenStream, hits: &mut Vec<Hit>) -> usize {
    let mut seen = 0;
    for predicate in split(tokens, ',') {
        seen += check_one(predicate, hits);
    }
    seen
}

fn check_one(tokens: TokenStream, hits: &mut Vec<Hit>) -> usize {
    let span = tokens.span();
    let text = tokens.to_string();
    if text.is_empty() || text == "true" || text == "false" {
        return 0;
    }
    let Ok(meta) = syn::parse2::<Meta>(tokens) else {
        hits.push(hit(span, text.clone(), format!("a cfg whose condition `{text}` is computed, not written")));
        return 1;
    };
    check_meta(&meta, hits)
}

fn check_meta(meta: &Meta, hits: &mut Vec<Hit>) -> usize {
    let name = meta.path().get_ident().map(ToString::to_string).unwrap_or_default();
    let what = match meta {
        Meta::Path(_) if NEUTRAL.contains(&name.as_str()) || name.starts_with("target_") => {
            return 1;
        }
        Meta::Path(path) => path.get_ident().map_or_else(|| "a path".to_owned(), ToString::to_string),
        Meta::List(list) if ["all", "any", "not"].contains(&name.as_str()) => {
            return check(list.tokens.clone(), hits);
        }
        Meta::List(_) => format!("{name}(..)"),
        Meta::NameValue(pair) => {
            let value = match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(value), .. }) => value.value(),
                _ => String::new(),
            };
            let neutral = match name.as_str() {
                "feature" => !value.is_empty() && !selects_runtime(&value),
                "panic" => true,
                name => name.starts_with("target_"),
            };
            if neutral {
                return 1;
            }
            format!("{name} = \"{value}\"")
        }
    };
    hits.push(hit(meta.span(), what.clone(), format!("cfg on `{what}`, which is not neutral")));
    1
}

fn hit(span: Span, what: String, message: String) -> Hit {
    Hit {
        rule: Rule::Cfg,
        at: span.into(),
        what,
        message,
        remedy: "use a capability (a constant or an operation of the contract), or move the code into backends/"
            .to_owned(),
    }
}

/// Splits `tokens` at each top-level `separator`.
pub fn split(tokens: TokenStream, separator: char) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for tree in tokens {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == separator => parts.push(TokenStream::new()),
            _ => parts.last_mut().expect("starts with one").extend([tree]),
        }
    }
    parts
}

/// Returns the string in `tokens` if they are exactly one string literal.
pub fn literal(tokens: TokenStream) -> Option<String> {
    let parse = |input: syn::parse::ParseStream<'_>| input.parse::<syn::LitStr>();
    parse.parse2(tokens).ok().map(|value| value.value())
}
