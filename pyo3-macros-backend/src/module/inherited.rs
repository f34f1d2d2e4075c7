//! Options that the items of an inline module take from it.
//!
//! They are written into the attributes of the items, because tokens are all that one procedural macro can hand to
//! another. The macro of the module cannot expand `#[pyclass]` itself instead: rustc expands the attributes of an item
//! in their order, after the module, and what stands before `#[pyclass]` may still change the item. To expand it first
//! would give such a macro the generated code, and a `#[cfg_attr(...)]` no chance to choose. So this file writes the
//! options, and the macros of the items parse them as if the user had written them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Meta, Path, parse_quote};

use super::Module;
use crate::class::options::ClassOptions;
use crate::function::FunctionOptions;
use crate::methods::BlockOptions;
use crate::options::{OptionInfo, OptionSet, is, is_of};

use super::options::ModuleOptions;

/// A macro for an item of a module.
#[derive(Clone, Copy, Debug)]
pub enum ItemMacro {
    Class,
    Methods,
    Function,
    Module,
}

impl ItemMacro {
    fn name(self) -> &'static str {
        match self {
            ItemMacro::Class => "pyclass",
            ItemMacro::Methods => "pymethods",
            ItemMacro::Function => "pyfunction",
            ItemMacro::Module => "pymodule",
        }
    }

    /// Returns the options that it has.
    fn options(self) -> &'static [OptionInfo] {
        match self {
            ItemMacro::Class => ClassOptions::OPTIONS,
            ItemMacro::Methods => BlockOptions::OPTIONS,
            ItemMacro::Function => FunctionOptions::OPTIONS,
            ItemMacro::Module => ModuleOptions::OPTIONS,
        }
    }
}

/// An option of an item, with the value that follows from its module.
enum Inherited<'a> {
    /// The path of this crate, if the module has been given one.
    Crate(&'a Path),
    /// A module in a module cannot be imported by itself.
    Submodule,
    /// The `__name__` of the module.
    Module(&'a str),
}

impl Inherited<'_> {
    fn name(&self) -> &'static str {
        match self {
            Inherited::Crate(_) => "crate",
            Inherited::Submodule => "submodule",
            Inherited::Module(_) => "module",
        }
    }

    /// Returns the option as written in an attribute.
    fn written(&self) -> TokenStream {
        match self {
            Inherited::Crate(path) => {
                let path = quote!(#path).to_string().replace(' ', "");
                quote!(crate = #path,)
            }
            Inherited::Submodule => quote!(submodule,),
            Inherited::Module(name) => quote!(module = #name,),
        }
    }
}

/// Adds to the attribute `item`, if it is among `attrs`, the options that the item takes from `module`, except those
/// that it has already. Returns whether the attribute is there.
pub fn pass_on(module: &Module, attrs: &mut [Attribute], item: ItemMacro) -> bool {
    let Some(index) = attrs.iter().position(|attr| is_of(attr, item.name(), &module.krate)) else { return false };
    let krate = module.given_krate.as_ref().map(|given| Inherited::Crate(&given.value));
    let inherited = krate.into_iter().chain([Inherited::Submodule, Inherited::Module(&module.full_name)]);
    let added: TokenStream = inherited
        .filter(|option| item.options().iter().any(|known| known.name == option.name()))
        .filter(|option| !is_given(attrs, index, option.name()))
        .map(|option| option.written())
        .collect();
    if !added.is_empty() {
        add_options(&mut attrs[index], added);
    }
    true
}

/// Whether the attribute at `index`, or a `#[pyo3(...)]` beside it, has the option `name`.
fn is_given(attrs: &[Attribute], index: usize, name: &str) -> bool {
    attrs.iter().enumerate().any(|(at, attr)| (at == index || is(attr, "pyo3")) && mentions(attr, name))
}

/// Whether `name` is the first word of an option in `attr`.
fn mentions(attr: &Attribute, name: &str) -> bool {
    let Meta::List(list) = &attr.meta else { return false };
    let mut at_start = true;
    for tree in list.tokens.clone() {
        if at_start && tree.to_string() == name {
            return true;
        }
        at_start = matches!(&tree, proc_macro2::TokenTree::Punct(punct) if punct.as_char() == ',');
    }
    false
}

/// Puts the options `added` before those in `attr`.
fn add_options(attr: &mut Attribute, added: TokenStream) {
    let path = attr.path();
    let given = match &attr.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    *attr = parse_quote!(#[#path(#added #given)]);
}
