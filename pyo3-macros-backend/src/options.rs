//! The `name`, `name = value` and `name(...)` options that every attribute here is made of.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprPath, LitStr, Meta, Path, Token};

use crate::errors::Errors;

/// One kind of option list: what it may contain, and where the parsed values go.
pub trait OptionSet {
    /// What the options belong to, as errors say it: "`#[pyfunction]`".
    const OWNER: &'static str;

    /// Every option's name.
    const NAMES: &'static [&'static str];

    /// Parses the rest of option `name`, which is one of [`NAMES`](Self::NAMES), and stores it.
    ///
    /// # Errors
    /// Where the value is not what the option takes.
    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()>;
}

/// Parses a comma-separated list into `set`, and reports unknown and repeated options.
pub fn parse_list<S: OptionSet>(errors: &mut Errors, tokens: TokenStream, set: &mut S) {
    let parser = |input: ParseStream<'_>| {
        let mut seen: Vec<Ident> = Vec::new();
        while !input.is_empty() {
            let name = input.call(Ident::parse_any)?;
            let text = name.unraw().to_string();
            if !S::NAMES.contains(&text.as_str()) {
                errors.at(
                    name.span(),
                    format!("unknown option `{text}` for {}; valid options are {}", S::OWNER, listing(S::NAMES)),
                );
                skip_to_comma(input)?;
            } else if text != "warn" && seen.contains(&name) {
                errors.at(name.span(), format!("`{text}` is given twice; remove one of the two"));
                skip_to_comma(input)?;
            } else {
                if let Err(error) = set.apply(&name, input) {
                    errors.push(error);
                    skip_to_comma(input)?;
                }
                seen.push(name);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        errors.push(error);
    }
}

/// Removes every `#[pyo3(...)]` from `attrs` and parses its options into `set`.
pub fn take_helpers<S: OptionSet>(errors: &mut Errors, attrs: &mut Vec<Attribute>, set: &mut S) {
    for attr in take(attrs, "pyo3") {
        match attr.meta {
            Meta::List(list) => parse_list(errors, list.tokens, set),
            other => errors.push(syn::Error::new_spanned(other, "expected `#[pyo3(...)]`, a list of options")),
        }
    }
}

/// Removes and returns the attributes that [`is`] calls `name`.
pub fn take(attrs: &mut Vec<Attribute>, name: &str) -> Vec<Attribute> {
    let (taken, rest) = std::mem::take(attrs).into_iter().partition(|attr| is(attr, name));
    *attrs = rest;
    taken
}

/// Whether `attr` is ours and called `name`: by itself, or through the crate (`pyo3::name`). One of the same name from
/// another crate is not.
pub fn is(attr: &Attribute, name: &str) -> bool {
    let segments = &attr.path().segments;
    segments.last().is_some_and(|last| last.ident == name) && (segments.len() == 1 || segments[0].ident == "pyo3")
}

/// As [`is`], where `krate` is what the user calls this crate.
pub fn is_of(attr: &Attribute, name: &str, krate: &TokenStream) -> bool {
    let mut path = attr.path().clone();
    if is(attr, name) {
        return true;
    }
    let last = path.segments.pop();
    path.segments.pop_punct();
    let text = |tokens: TokenStream| tokens.to_string().trim_start_matches(":: ").to_owned();
    last.is_some_and(|last| last.value().ident == name) && text(path.to_token_stream()) == text(krate.clone())
}

/// The `#[cfg(...)]` attributes among `attrs`, which generated items must repeat.
pub fn cfgs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

/// The doc comments among `attrs`.
pub fn docs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned().collect()
}

/// `= "text"`, with where it stands.
pub fn string(input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `= "name"`, also with a leading `r#`, which is dropped.
pub fn python_name(input: ParseStream<'_>) -> syn::Result<Name> {
    let literal = string(input)?;
    let text = literal.value();
    let text = text.strip_prefix("r#").unwrap_or(&text).to_owned();
    if text.is_empty() || text.contains('\0') {
        return Err(syn::Error::new(literal.span(), "a Python name may not be empty or contain NUL"));
    }
    Ok(Name { text, span: literal.span() })
}

/// A Python name and the place it was written.
#[derive(Clone, Debug)]
pub struct Name {
    /// As Python sees it.
    pub text: String,
    /// For errors.
    pub span: Span,
}

impl Name {
    /// The Python name of something called `ident` in Rust.
    pub fn of(ident: &Ident) -> Self {
        Name { text: ident.unraw().to_string(), span: ident.span() }
    }
}

/// `= "path"`, for `crate = "..."`.
pub fn quoted_path(input: ParseStream<'_>) -> syn::Result<Path> {
    string(input)?.parse_with(Path::parse_mod_style)
}

/// `= expression`, or the older `= "path"`.
pub fn expression(input: ParseStream<'_>) -> syn::Result<Expr> {
    input.parse::<Token![=]>()?;
    if let Ok(literal) = input.fork().parse::<LitStr>() {
        let path: ExprPath = literal.parse()?;
        input.parse::<LitStr>()?;
        return Ok(path.into());
    }
    input.parse()
}

/// `name` alone, or `name = true` / `name = false`.
pub fn flag(input: ParseStream<'_>) -> syn::Result<bool> {
    if !input.peek(Token![=]) {
        return Ok(true);
    }
    input.parse::<Token![=]>()?;
    Ok(input.parse::<syn::LitBool>()?.value)
}

/// The crate that generated code names: `crate = "..."`, or `::pyo3`.
pub fn krate(given: &Option<Path>) -> TokenStream {
    match given {
        Some(path) => quote::quote!(#path),
        None => quote::quote!(::pyo3),
    }
}

fn listing(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}
