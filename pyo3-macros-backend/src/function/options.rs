//! The options of functions and methods, and those of their arguments.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, parenthesized};

use super::declared::DeclaredSignature;
use crate::options::{self, Name, OptionSet};

/// `text_signature = ...`
#[derive(Clone, Debug, Default)]
pub enum TextSignature {
    /// Not given: computed from the signature.
    #[default]
    Auto,
    /// `text_signature = None`
    Absent,
    /// `text_signature = "(a, b)"`
    Given(String),
}

impl TextSignature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<Token![=]>()?;
        if input.peek(LitStr) {
            return Ok(TextSignature::Given(input.parse::<LitStr>()?.value()));
        }
        let word: Ident = input.parse()?;
        if word == "None" {
            return Ok(TextSignature::Absent);
        }
        Err(syn::Error::new(word.span(), "expected a string or `None`"))
    }
}

/// `warn(message = "...", category = Path)`
#[derive(Clone, Debug)]
pub struct Warning {
    /// The text of the warning.
    pub message: LitStr,
    /// Its class; `UserWarning` if not given.
    pub category: Option<Path>,
}

impl Warning {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let content;
        let parens = parenthesized!(content in input);
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
        let message = message.ok_or_else(|| syn::Error::new(parens.span.join(), "`warn` needs `message = \"...\"`"))?;
        Ok(Warning { message, category })
    }
}

/// What a function or method may be given.
#[derive(Clone, Debug, Default)]
pub struct CallableOptions {
    /// `name = "..."`
    pub name: Option<Name>,
    /// `signature = (...)`
    pub signature: Option<DeclaredSignature>,
    /// `text_signature = ...`
    pub text_signature: TextSignature,
    /// `warn(...)`, as often as wanted
    pub warnings: Vec<Warning>,
}

impl CallableOptions {
    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match name.to_string().as_str() {
            "name" => self.name = Some(options::python_name(input)?),
            "signature" => {
                input.parse::<Token![=]>()?;
                self.signature = Some(input.parse()?);
            }
            "text_signature" => self.text_signature = TextSignature::parse(input)?,
            "warn" => self.warnings.push(Warning::parse(input)?),
            // `OptionSet::NAMES` lets nothing else through.
            _ => {}
        }
        Ok(())
    }
}

/// The options of `#[pyfunction]`.
#[derive(Default)]
pub struct FunctionOptions {
    /// Those it shares with methods.
    pub callable: CallableOptions,
    /// `pass_module`
    pub pass_module: bool,
    /// `crate = "..."`
    pub krate: Option<Path>,
}

impl OptionSet for FunctionOptions {
    const OWNER: &'static str = "`#[pyfunction]`";
    const NAMES: &'static [&'static str] = &["name", "signature", "text_signature", "pass_module", "crate", "warn"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match name.to_string().as_str() {
            "pass_module" => self.pass_module = options::flag(input)?,
            "crate" => self.krate = Some(options::quoted_path(input)?),
            _ => self.callable.apply(name, input)?,
        }
        Ok(())
    }
}

/// The options of a method inside `#[pymethods]`.
#[derive(Default)]
pub struct MethodOptions {
    /// Those it shares with functions.
    pub callable: CallableOptions,
}

impl OptionSet for MethodOptions {
    const OWNER: &'static str = "a method";
    const NAMES: &'static [&'static str] = &["name", "signature", "text_signature", "warn"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        self.callable.apply(name, input)
    }
}

/// The options of one argument.
#[derive(Default)]
pub struct ArgumentOptions {
    /// `from_py_with = function`
    pub from_py_with: Option<Expr>,
    /// `cancel_handle`, which only an `async fn` can have
    pub cancel_handle: bool,
}

impl OptionSet for ArgumentOptions {
    const OWNER: &'static str = "a function argument";
    const NAMES: &'static [&'static str] = &["from_py_with", "cancel_handle"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        if name == "from_py_with" {
            self.from_py_with = Some(options::expression(input)?);
        } else {
            self.cancel_handle = options::flag(input)?;
        }
        Ok(())
    }
}
