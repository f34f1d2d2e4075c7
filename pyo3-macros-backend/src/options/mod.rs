//! Parsing of options: `name`, `name = value` and `name(...)`, in all attributes of this crate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprPath, LitStr, Meta, Path, Token};

use crate::errors::Errors;

mod similar;
mod table;
mod value;

pub(crate) use table::options;
pub use table::{OptionInfo, Place, check_place, check_together};
pub use value::{Flag, Function, Given, Holder, Many, One, Value, Word};

/// A list of options: what it may contain, and where the parsed values go. [`options!`](options) implements this.
pub trait OptionSet {
    /// The owner of the options in error messages, such as "`#[pyfunction]`".
    const OWNER: &'static str;

    /// All options.
    const OPTIONS: &'static [OptionInfo];

    /// Parses the rest of option `name`, which is one of [`OPTIONS`](Self::OPTIONS) and stands at `span`, and stores
    /// its value.
    ///
    /// # Errors
    /// If the value is not what the option takes.
    fn apply(&mut self, name: &str, span: Span, input: ParseStream<'_>) -> syn::Result<()>;

    /// Returns where each of [`OPTIONS`](Self::OPTIONS) is named, if it is given.
    fn spans(&self) -> Vec<Option<Span>>;
}

/// Parses a comma-separated list into `set`, and reports unknown and repeated options.
pub fn parse_list<S: OptionSet>(errors: &mut Errors, tokens: TokenStream, set: &mut S) {
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            let name = input.call(Ident::parse_any)?;
            let text = name.unraw().to_string();
            let spans = set.spans();
            match S::OPTIONS.iter().position(|option| option.name == text) {
                None => {
                    errors.at(name.span(), unknown::<S>(&text));
                    skip_to_comma(input)?;
                }
                Some(index) if spans[index].is_some() && !S::OPTIONS[index].repeats => {
                    errors.at(name.span(), format!("`{text}` is given twice; remove one of the two"));
                    skip_to_comma(input)?;
                }
                Some(index) => {
                    if let Err(error) = set.apply(&text, name.span(), input) {
                        errors.push(explained(error, &S::OPTIONS[index], name.span(), input.is_empty()));
                        skip_to_comma(input)?;
                    }
                }
            }
            if !input.is_empty() && !input.peek(Token![,]) {
                let form = S::OPTIONS.iter().find(|option| option.name == text).map_or("", |option| option.form);
                errors.at(input.span(), format!("expected `,` or the end; this option is written `{text}{form}`"));
                skip_to_comma(input)?;
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

/// Extends `error`, from parsing the value of `option` at `span`, with the option's form, unless it has a message of
/// its own.
fn explained(error: syn::Error, option: &OptionInfo, span: Span, at_end: bool) -> syn::Error {
    let message = error.to_string();
    if !message.starts_with("expected") && !message.starts_with("unexpected") {
        return error;
    }
    // An error at the end of the input has no visible place.
    let span = if at_end { span } else { error.span() };
    syn::Error::new(span, format!("{message}; it is written `{}{}`", option.name, option.form))
}

/// Parses the content of parentheses with `parse`. If that fails, skips the rest so that it causes no further errors.
///
/// # Errors
/// If there are no parentheses, or if `parse` fails.
pub fn in_parentheses<T>(
    input: ParseStream<'_>,
    parse: impl FnOnce(ParseStream<'_>, Span) -> syn::Result<T>,
) -> syn::Result<T> {
    let content;
    let parens = syn::parenthesized!(content in input);
    let result = parse(&content, parens.span.join());
    if result.is_err() {
        content.parse::<TokenStream>()?;
    }
    result
}

/// Creates the message for an option `text` that `S` does not have.
fn unknown<S: OptionSet>(text: &str) -> String {
    let names: Vec<&str> = S::OPTIONS.iter().map(|option| option.name).collect();
    let hint = similar::similar(text, &names).map_or_else(String::new, |name| format!("did you mean `{name}`? "));
    let all: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("unknown option `{text}` for {}; {hint}valid options are {}", S::OWNER, all.join(", "))
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

/// Removes and returns the attributes for which [`is`] returns `true`.
pub fn take(attrs: &mut Vec<Attribute>, name: &str) -> Vec<Attribute> {
    let (taken, rest) = std::mem::take(attrs).into_iter().partition(|attr| is(attr, name));
    *attrs = rest;
    taken
}

/// Whether `attr` is this crate's attribute `name`: written alone, or with the crate's path (`pyo3::name`). An
/// attribute of the same name from another crate is not.
pub fn is(attr: &Attribute, name: &str) -> bool {
    let segments = &attr.path().segments;
    segments.last().is_some_and(|last| last.ident == name) && (segments.len() == 1 || segments[0].ident == "pyo3")
}

/// Whether `attr` is the attribute `name`, as [`is`] checks. `krate` is the path by which the user refers to this
/// crate.
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

/// Returns the `#[cfg(...)]` attributes among `attrs`, which generated items must repeat.
pub fn cfgs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

/// Returns the doc comments among `attrs`.
pub fn docs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned().collect()
}

/// Parses `= "text"`.
pub fn string(input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// Parses `= "name"`. A leading `r#` is dropped.
pub fn python_name(input: ParseStream<'_>) -> syn::Result<Name> {
    let literal = string(input)?;
    let text = literal.value();
    let span = literal.span();
    let wrong = |_| syn::Error::new(span, format!("\"{text}\" is no Python identifier; use letters, digits and `_`"));
    let ident = literal.parse_with(Ident::parse_any).map_err(wrong)?;
    Ok(Name { text: ident.unraw().to_string() })
}

/// A Python name.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name as Python sees it.
    pub text: String,
}

impl Name {
    /// Returns the Python name of something called `ident` in Rust.
    pub fn of(ident: &Ident) -> Self {
        Name { text: ident.unraw().to_string() }
    }
}

/// Parses `= "path"`, for `crate = "..."`.
pub fn quoted_path(input: ParseStream<'_>) -> syn::Result<Path> {
    string(input)?.parse_with(Path::parse_mod_style)
}

/// Parses `= expression`, or the older `= "path"`.
pub fn expression(input: ParseStream<'_>) -> syn::Result<Expr> {
    input.parse::<Token![=]>()?;
    if let Ok(literal) = input.fork().parse::<LitStr>() {
        let path: ExprPath = literal.parse()?;
        input.parse::<LitStr>()?;
        return Ok(path.into());
    }
    input.parse()
}

/// Parses the rest of `name` alone, `name = true` or `name = false`.
pub fn flag(input: ParseStream<'_>) -> syn::Result<bool> {
    if !input.peek(Token![=]) {
        return Ok(true);
    }
    input.parse::<Token![=]>()?;
    Ok(input.parse::<syn::LitBool>()?.value)
}

/// Returns the crate that generated code refers to: that of `crate = "..."`, or `::pyo3`.
pub fn krate(given: &One<Path>) -> TokenStream {
    match given {
        Some(Given { value: path, .. }) => quote::quote!(#path),
        None => quote::quote!(::pyo3),
    }
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}
