//! The options of `#[pyclass]`, of its fields, and of enum variants.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, Type};

use crate::options::{self, Name, OptionSet};
use crate::rename::RenamingRule;

/// `str` or `str = "format"`
#[derive(Clone, Debug)]
pub enum Display {
    /// `Display` of the type.
    Trait,
    /// A format string over the fields.
    Format(LitStr),
}

/// The options of `#[pyclass]`.
#[derive(Default)]
pub struct ClassOptions {
    /// `crate`
    pub krate: Option<Path>,
    /// `name`
    pub name: Option<Name>,
    /// `module`
    pub module: Option<LitStr>,
    /// `extends`
    pub extends: Option<Type>,
    /// `str`
    pub display: Option<Display>,
    /// `rename_all`
    pub rename_all: Option<RenamingRule>,
    /// `new = "from_fields"`
    pub new_from_fields: bool,
    /// `freelist`
    pub free_list: Option<Expr>,
    /// Those that are there or not.
    flags: Vec<(&'static str, Span)>,
}

/// Options that are there or not.
const FLAGS: &[&str] = &[
    "frozen",
    "subclass",
    "dict",
    "weakref",
    "unsendable",
    "get_all",
    "set_all",
    "mapping",
    "sequence",
    "eq",
    "eq_int",
    "ord",
    "hash",
    "immutable_type",
    "generic",
    "skip_from_py_object",
    "from_py_object",
];

impl ClassOptions {
    /// Whether the flag `name` was given.
    pub fn has(&self, name: &str) -> bool {
        self.span(name).is_some()
    }

    /// Where the flag `name` was given.
    pub fn span(&self, name: &str) -> Option<Span> {
        self.flags.iter().find(|(flag, _)| *flag == name).map(|(_, span)| *span)
    }
}

impl OptionSet for ClassOptions {
    const OWNER: &'static str = "`#[pyclass]`";
    const NAMES: &'static [&'static str] = &[
        "crate",
        "name",
        "module",
        "extends",
        "str",
        "rename_all",
        "new",
        "frozen",
        "subclass",
        "dict",
        "weakref",
        "unsendable",
        "get_all",
        "set_all",
        "mapping",
        "sequence",
        "eq",
        "eq_int",
        "ord",
        "hash",
        "immutable_type",
        "generic",
        "skip_from_py_object",
        "from_py_object",
        "freelist",
    ];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        let text = name.to_string();
        match text.as_str() {
            "crate" => self.krate = Some(options::quoted_path(input)?),
            "name" => self.name = Some(options::python_name(input)?),
            "module" => self.module = Some(options::string(input)?),
            "extends" => {
                input.parse::<Token![=]>()?;
                self.extends = Some(input.parse()?);
            }
            "str" if input.peek(Token![=]) => self.display = Some(Display::Format(options::string(input)?)),
            "str" => self.display = Some(Display::Trait),
            "rename_all" => self.rename_all = Some(RenamingRule::parse(&options::string(input)?)?),
            "new" => {
                let how = options::string(input)?;
                if how.value() != "from_fields" {
                    return Err(syn::Error::new(how.span(), "the only value of `new` is \"from_fields\""));
                }
                self.new_from_fields = true;
            }
            "freelist" => {
                input.parse::<Token![=]>()?;
                self.free_list = Some(input.parse()?);
            }
            _ => {
                if let Some(flag) = FLAGS.iter().find(|flag| **flag == text) {
                    if options::flag(input)? {
                        self.flags.push((flag, name.span()));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The options of a field.
#[derive(Default)]
pub struct FieldOptions {
    /// `get`
    pub get: Option<Span>,
    /// `set`
    pub set: Option<Span>,
    /// `name = "..."`
    pub name: Option<Name>,
}

impl OptionSet for FieldOptions {
    const OWNER: &'static str = "a field of a `#[pyclass]`";
    const NAMES: &'static [&'static str] = &["get", "set", "name"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match name.to_string().as_str() {
            "get" => self.get = Some(name.span()),
            "set" => self.set = Some(name.span()),
            _ => self.name = Some(options::python_name(input)?),
        }
        Ok(())
    }
}

/// The options of an enum variant.
#[derive(Default)]
pub struct VariantOptions {
    /// `name = "..."`
    pub name: Option<Name>,
    /// `constructor = (...)`, the signature of a variant with fields
    pub constructor: Option<proc_macro2::TokenStream>,
}

impl OptionSet for VariantOptions {
    const OWNER: &'static str = "a variant of a `#[pyclass]`";
    const NAMES: &'static [&'static str] = &["name", "constructor"];

    fn apply(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        if name == "name" {
            self.name = Some(options::python_name(input)?);
        } else {
            input.parse::<Token![=]>()?;
            self.constructor = Some(input.parse::<proc_macro2::Group>()?.into_token_stream());
        }
        Ok(())
    }
}
