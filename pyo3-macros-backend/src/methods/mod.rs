//! `#[pymethods]`.

mod assemble;
mod check;
mod lower;
mod parse;
mod protocol;
mod slot;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ImplItem, ImplItemFn, ItemImpl, Path, Signature};

use crate::arguments;
use crate::errors::Errors;
use crate::options::{self, One, options, parse_list};
pub use parse::{Declaration, Method, MethodBlock, Role};
pub use protocol::{Kind, PROTOCOLS};
pub use slot::Shape;

options! {
    /// The options of `#[pymethods]`.
    pub struct BlockOptions for "`#[pymethods]`" {
        "crate" krate: One<Path>, "The path of this crate, where it has another name.";
    }
}

/// Expands `#[pymethods]`. `several_blocks`: the feature `multiple-pymethods`.
pub fn pymethods(args: TokenStream, input: TokenStream, several_blocks: bool) -> TokenStream {
    match crate::errors::item(input, "`#[pymethods]` is for `impl` blocks") {
        Ok(item) if arguments::are_conditional(signatures(&item)) => arguments::deferred(&args, &item.into()),
        Ok(item) => expand(args, item, several_blocks),
        Err(error) => error.into_compile_error(),
    }
}

/// Returns the signatures of the functions in `item`.
fn signatures(item: &ItemImpl) -> impl Iterator<Item = &Signature> {
    item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(&function.sig),
        _ => None,
    })
}

/// Expands [`pymethods`] with an item in which no argument has a condition.
pub fn expand(args: TokenStream, mut item: ItemImpl, several_blocks: bool) -> TokenStream {
    let mut errors = Errors::default();
    let mut given = BlockOptions::default();
    parse_list(&mut errors, args, &mut given);
    options::take_helpers(&mut errors, &mut item.attrs, &mut given);
    let block = MethodBlock::parse(&mut errors, options::krate(&given.krate), &mut item);
    check::block(&mut errors, &block);
    let generated = errors.or_tokens(|| lower::block(&block, several_blocks));
    quote!(#item #generated)
}

/// Expands a block of functions that the macro itself has generated, of which the declarations say what attributes say
/// of the user's functions. Returns the functions, to be put into an `impl` block, and the generated code.
pub fn expand_declared(
    krate: &TokenStream,
    class: &TokenStream,
    functions: Vec<(ImplItemFn, Declaration)>,
    several_blocks: bool,
) -> (Vec<ImplItemFn>, TokenStream) {
    let mut errors = Errors::default();
    let (functions, methods) = functions
        .into_iter()
        .map(|(mut function, declaration)| {
            let method = Method::new(&mut errors, class, &mut function, declaration);
            (function, method)
        })
        .unzip();
    let block = MethodBlock { krate: krate.clone(), class: class.clone(), methods, constants: Vec::new() };
    check::block(&mut errors, &block);
    (functions, errors.or_tokens(|| lower::block(&block, several_blocks)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn messages(mut item: ItemImpl) -> Vec<String> {
        let mut errors = Errors::default();
        let block = MethodBlock::parse(&mut errors, quote!(::pyo3), &mut item);
        check::block(&mut errors, &block);
        errors.messages()
    }

    #[test]
    fn mistakes_are_all_found() {
        let found = messages(parse_quote! {
            impl Counter {
                fn by_value(self) {}
                fn nothing() {}
                fn __len__(&self, extra: i32) -> usize { 0 }
                #[getter]
                #[setter]
                fn both(&self) {}
                #[staticmethod]
                fn generic<T>(x: T) {}
                fn python_first(py: Python<'_>, x: i32) {}
                #[new]
                fn first() -> Self { Self }
                #[new]
                fn second() -> Self { Self }
                #[getter]
                fn x(&self) {}
                #[getter(x)]
                fn y(&self) {}
                #[getter]
                #[cfg(test)]
                fn get_x(&self) {}
            }
        });
        assert_eq!(found.len(), 8, "{found:#?}");
    }
}
