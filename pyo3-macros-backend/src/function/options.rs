//! The options of functions and methods, and those of their arguments.

use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::{LitStr, Path, Token};

use super::declared::DeclaredSignature;
use super::params::Params;
use crate::options::{Flag, Function, Many, Name, One, Value, in_parentheses, options};

/// `text_signature = ...`.
#[derive(Clone, Debug, Default)]
pub enum TextSignature {
    /// Not given. It is computed from the signature.
    #[default]
    Auto,
    /// `text_signature = None`.
    Absent,
    /// `text_signature = "(a, b)"`.
    Given(String),
}

impl TextSignature {
    /// Returns the text, if there is one. `first`: what it starts with if it is computed (`$self`, `$module`).
    pub fn text(&self, params: &Params, first: Option<&str>) -> Option<String> {
        match self {
            TextSignature::Auto => Some(params.text(first)),
            TextSignature::Given(text) => Some(text.clone()),
            TextSignature::Absent => None,
        }
    }
}

impl Value for TextSignature {
    const FORM: &'static str = " = \"(...)\" or None";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        input.parse::<Token![=]>()?;
        if input.peek(LitStr) {
            return Ok(Some(TextSignature::Given(input.parse::<LitStr>()?.value())));
        }
        let word: Ident = input.parse()?;
        if word == "None" {
            return Ok(Some(TextSignature::Absent));
        }
        Err(syn::Error::new(word.span(), "expected a string or `None`"))
    }
}

impl Value for DeclaredSignature {
    const FORM: &'static str = " = (...)";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        input.parse::<Token![=]>()?;
        input.parse().map(Some)
    }
}

/// `warn(message = "...", category = Path)`.
#[derive(Clone, Debug)]
pub struct Warning {
    /// The text of the warning.
    pub message: LitStr,
    /// The class of the warning; `UserWarning` if not given.
    pub category: Option<Path>,
}

impl Value for Warning {
    const FORM: &'static str = "(message = \"text\", category = Class)";

    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        in_parentheses(input, |content, span| Warning::inside(content, span).map(Some))
    }
}

impl Warning {
    fn inside(content: ParseStream<'_>, span: Span) -> syn::Result<Self> {
        let (mut message, mut category) = (None, None);
        while !content.is_empty() {
            let name: Ident = content.parse()?;
            content.parse::<Token![=]>()?;
            if name == "message" {
                message = Some(content.parse::<LitStr>()?);
            } else if name == "category" {
                category = Some(content.call(Path::parse_mod_style)?);
            } else {
                return Err(syn::Error::new(name.span(), "valid options of `warn` are `message` and `category`"));
            }
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        let message = message.ok_or_else(|| syn::Error::new(span, "`warn` needs `message = \"...\"`"))?;
        Ok(Warning { message, category })
    }
}

options! {
    /// The options of `#[pyfunction]`.
    pub struct FunctionOptions for "`#[pyfunction]`" {
        "name" name: One<Name>, "The name in Python.";
        "signature" signature: One<DeclaredSignature>, "How Python passes the arguments, with defaults.";
        "text_signature" text_signature: One<TextSignature>, "What `inspect` shows, in place of what is computed.";
        "pass_module" pass_module: One<Flag>, "The module is the first argument.";
        "warn" warn: Many<Warning>, "Each call raises a warning first.";
        "crate" krate: One<Path>, "The path of this crate, where it has another name.";
    }
}

options! {
    /// The options of a method inside `#[pymethods]`.
    pub struct MethodOptions for "a method" {
        "name" name: One<Name>, "The name in Python.";
        "signature" signature: One<DeclaredSignature>, "How Python passes the arguments, with defaults."
            on [Method, Callable];
        "text_signature" text_signature: One<TextSignature>, "What `inspect` shows, in place of what is computed."
            on [Method, Callable];
        "warn" warn: Many<Warning>, "Each call raises a warning first." on [Method, Callable, Protocol, Accessor];
    }
}

options! {
    /// The options of one argument.
    pub struct ArgumentOptions for "a function argument" {
        "from_py_with" from_py_with: One<Function>, "The function that converts it.";
        "cancel_handle" cancel_handle: One<Flag>, "How an `async fn` learns that it was cancelled."
            excludes ["from_py_with" "a handle is not converted"];
    }
}
