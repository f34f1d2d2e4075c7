//! `#[pyclass]`.

mod check;
mod conditional;
mod derived;
mod fields;
mod lower;
pub mod options;
mod parse;
mod variants;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use crate::errors::Errors;
use crate::options::parse_list;
use options::ClassOptions;
pub use parse::{Class, ClassBody, Field};

/// Expands `#[pyclass]`. `several_blocks`: the feature `multiple-pymethods`.
pub fn pyclass(args: TokenStream, input: TokenStream, several_blocks: bool) -> TokenStream {
    let item: Item = match syn::parse2(input) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    if let Some(deferred) = conditional::deferred(&args, &item) {
        return deferred;
    }
    let mut errors = Errors::default();
    let mut options = ClassOptions::default();
    parse_list(&mut errors, args, &mut options);
    let (item, generated) = expand(errors, options, item, several_blocks);
    quote!(#item #generated)
}

/// Expands the derive macro that [`pyclass`] adds to items with conditional parts. `input`: the item after the compiler
/// has evaluated the conditions.
pub fn derive_class(input: TokenStream, several_blocks: bool) -> TokenStream {
    let mut item: Item = match syn::parse2(input) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    conditional::restore(&mut item);
    expand(Errors::default(), ClassOptions::default(), item, several_blocks).1
}

/// Expands [`pyclass`] with parsed options. Returns the user's item and the generated code.
fn expand(
    mut errors: Errors,
    options: ClassOptions,
    mut item: Item,
    several_blocks: bool,
) -> (TokenStream, TokenStream) {
    let class = Class::parse(&mut errors, options, &mut item);
    if let Some(class) = &class {
        check::class(&mut errors, class);
    }
    let lower =
        |class: Option<&Class>| class.map_or_else(TokenStream::new, |class| lower::class(class, several_blocks));
    let generated = errors.or_stub(|| lower(class.as_ref()), || lower(class.as_ref().and_then(Class::stub).as_ref()));
    (item.into_token_stream(), generated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_reported_together() {
        let text = pyclass(
            quote!(ord, mapping, sequence, colour = 1),
            quote!(
                struct P<'a, T>(#[pyo3(get)] &'a T);
            ),
            false,
        )
        .to_string();
        assert_eq!(text.matches("compile_error").count(), 6, "{text}");
    }
}
