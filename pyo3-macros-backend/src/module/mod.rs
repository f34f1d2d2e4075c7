//! `#[pymodule]`, on a function and on an inline module.

mod function_form;
mod inherited;
mod inline_form;
pub mod options;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Item, Path};

use crate::doc::{Doc, c_string};
use crate::errors::Errors;
use crate::function::Callee;
use crate::introspection::{self, Contents};
use crate::options::{Name, One, krate, parse_list};
use crate::syntax::{local, placed};
use options::ModuleOptions;

/// A module, in either form.
struct Module {
    /// The crate that generated code refers to.
    krate: TokenStream,
    /// The option `crate`.
    given_krate: One<Path>,
    /// The name of the Rust item.
    ident: Ident,
    /// The `__name__` without a package.
    name: String,
    /// The `__name__` with its package.
    full_name: String,
    doc: Doc,
    gil_used: Option<bool>,
    /// Whether it is always part of another module, and exports no symbol.
    submodule: bool,
}

impl Module {
    fn new(options: ModuleOptions, ident: &Ident, doc: Doc) -> Self {
        let name = options.name.map_or_else(|| Name::of(ident), |given| given.value).text;
        let full_name = match &options.module {
            Some(module) => format!("{}.{name}", module.value.value()),
            None => name.clone(),
        };
        Module {
            krate: krate(&options.krate),
            given_krate: options.krate,
            ident: ident.clone(),
            name,
            full_name,
            doc,
            gil_used: options.gil_used.map(|given| given.value),
            submodule: options.submodule.is_some(),
        }
    }

    /// Implements the traits for `exported`, the type that stands for the module. `fill` uses the variable
    /// [`variable`].
    fn definition(&self, exported: &TokenStream, fill: &TokenStream, contents: &Contents) -> TokenStream {
        let (Module { krate, .. }, module) = (self, variable());
        let gil_used = match self.gil_used {
            Some(given) => quote!(#given),
            None => quote!(#krate::impl_::module::GIL_USED),
        };
        let (id, fragments) = (
            introspection::exported(&introspection::id(&self.ident)),
            introspection::module(krate, &self.ident, &self.name, &self.doc, contents),
        );
        let doc = self.doc.c_string(krate, "");
        let text = |text: &str| c_string(krate, text);
        // A module in a package exports its symbol under its own name. Its definition has the full name.
        let (name, full_name) = (text(&self.name), text(&self.full_name));
        let symbol = &self.name;
        let export = (!self.submodule).then(|| quote!(#krate::impl_::module::export_module!(#symbol, #exported);));
        quote! {
            impl #krate::impl_::module::ModuleDefinition for #exported {
                const NAME: &'static ::core::ffi::CStr = #name;
                fn definition() -> &'static #krate::impl_::module::Definition {
                    static DEFINITION: #krate::impl_::module::Definition =
                        #krate::impl_::module::Definition::new(#full_name, #doc, #gil_used);
                    &DEFINITION
                }
                fn fill(#module: &#krate::impl_::Bound<'_, #krate::impl_::module::PyModule>) -> #krate::impl_::PyResult<()> {
                    #fill
                }
            }
            impl #krate::impl_::module::AddToModule for #exported {
                #id
                fn add_to_module(&self, module: &#krate::impl_::Bound<'_, #krate::impl_::module::PyModule>) -> #krate::impl_::PyResult<()> {
                    #krate::impl_::module::add_module::<Self>(module)
                }
            }
            #export
            #fragments
        }
    }

    /// Implements the traits for a module with errors, as [`definition`](Self::definition) does. The module is empty,
    /// and exports no symbol.
    fn stub(&self, exported: &TokenStream) -> TokenStream {
        let empty = Module {
            krate: self.krate.clone(),
            given_krate: self.given_krate.clone(),
            ident: self.ident.clone(),
            name: self.name.clone(),
            full_name: self.full_name.clone(),
            doc: Doc::default(),
            gil_used: None,
            submodule: true,
        };
        empty.definition(exported, &quote!(::core::result::Result::Ok(())), &Contents::default())
    }
}

/// Creates the expression that converts the `value` returned by the user's function to a `PyResult`.
fn into_result(krate: &TokenStream, callee: &Callee, value: &Ident) -> TokenStream {
    let span = callee.result;
    let (krate, value) = (placed(krate, span), Ident::new(&value.to_string(), value.span().located_at(span)));
    quote_spanned!(span=> #krate::impl_::output::probe(&#value).into_result(#value))
}

/// Returns the variable for the module in the statements that fill it.
fn variable() -> Ident {
    local("module")
}

/// Expands `#[pymodule]`.
pub fn pymodule(args: TokenStream, input: TokenStream) -> TokenStream {
    let item: Item = match syn::parse2(input) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let mut options = ModuleOptions::default();
    parse_list(&mut errors, args, &mut options);
    match item {
        Item::Fn(function) => function_form::lower(errors, options, function),
        Item::Mod(module) => inline_form::lower(errors, options, module),
        other => {
            syn::Error::new_spanned(other, "`#[pymodule]` is for functions and inline modules").into_compile_error()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_and_strangers_are_refused() {
        let text = pymodule(
            quote!(colour = 1),
            quote! {
                mod m {
                    #[pymodule_export]
                    use super::*;
                    #[pymodule_export]
                    struct S;
                }
            },
        )
        .to_string();
        assert_eq!(text.matches("compile_error").count(), 3, "{text}");
    }
}
