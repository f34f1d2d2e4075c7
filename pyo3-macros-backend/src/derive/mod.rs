//! `#[derive(FromPyObject)]`, `#[derive(IntoPyObject)]` and `#[derive(IntoPyObjectRef)]`.

mod check;
mod from;
mod into;
mod lifetimes;
mod parse;

pub use from::derive_from_pyobject;
pub use into::{derive_into_pyobject, derive_into_pyobject_ref};
pub use parse::{Container, ContainerOptions, Derived, Field, FieldOptions};

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::TokenStream;
    use quote::quote;

    fn all(input: TokenStream) -> [String; 3] {
        [derive_from_pyobject, derive_into_pyobject, derive_into_pyobject_ref]
            .map(|derive| derive(input.clone()).to_string())
    }

    #[test]
    fn what_has_no_fields_is_refused() {
        for text in all(quote!(
            struct S;
        )) {
            assert!(text.contains("compile_error"));
        }
        for text in all(quote!(
            #[pyo3(transparent)]
            struct S {
                a: u8,
                b: u8,
            }
        )) {
            assert!(text.contains("compile_error"));
        }
    }
}
