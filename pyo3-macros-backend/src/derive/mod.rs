//! `#[derive(FromPyObject)]`, `#[derive(IntoPyObject)]` and `#[derive(IntoPyObjectRef)]`.

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
        [derive_from_pyobject, derive_into_pyobject, derive_into_pyobject_ref].map(|derive| {
            let text = derive(input.clone()).to_string();
            syn::parse_str::<syn::File>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            text
        })
    }

    #[test]
    fn structs_and_enums_lower() {
        for text in all(quote! {
            #[pyo3(rename_all = "camelCase")]
            struct S<'py, T: Clone> { #[pyo3(item("k"), default = 1)] a: i32, b: Bound<'py, T>, c: Vec<T> }
        }) {
            assert!(!text.contains("compile_error"), "{text}");
        }
        for text in all(quote! {
            enum E { A(u8, String), #[pyo3(transparent, annotation = "n")] B { n: i64 }, C { x: u8 } }
        }) {
            assert!(!text.contains("compile_error"), "{text}");
        }
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
