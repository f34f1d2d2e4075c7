//! `#[pyfunction]`, and what it shares with methods.

mod body;
mod call;
pub mod check;
mod coroutine;
mod declared;
mod lower;
mod options;
mod params;
mod parse;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

pub use body::{Body, Callee, First, Outcome, Passed, Source, imports, is_unsafe, no_arguments};
pub use call::Call;
pub use declared::{DeclaredSignature, python_default};
pub use options::{ArgumentOptions, FunctionOptions, MethodOptions, TextSignature, Warning};
pub use params::{Kind, Param, Params};
pub use parse::Function;

use crate::arguments;
use crate::errors::Errors;
use crate::options::parse_list;

fn is_typed(input: &syn::FnArg) -> bool {
    matches!(input, syn::FnArg::Typed(_))
}

/// Expands `#[pyfunction]`.
pub fn pyfunction(args: TokenStream, input: TokenStream) -> TokenStream {
    match crate::errors::item(input, "`#[pyfunction]` is for functions") {
        Ok(item) => expand_item(args, item),
        Err(error) => error.into_compile_error(),
    }
}

/// Expands [`pyfunction`] with a parsed item.
pub fn expand_item(args: TokenStream, item: ItemFn) -> TokenStream {
    match arguments::are_conditional(std::iter::once(&item.sig)) {
        true => arguments::deferred(&args, &item.into()),
        false => expand(args, item),
    }
}

/// Expands [`pyfunction`] with an item whose arguments have no conditions.
pub fn expand(args: TokenStream, mut item: ItemFn) -> TokenStream {
    let mut errors = Errors::default();
    let mut options = FunctionOptions::default();
    parse_list(&mut errors, args, &mut options);
    let function = Function::parse(&mut errors, options, &mut item);
    check::function(&mut errors, &function);
    if item.sig.receiver().is_some() {
        // `Params::parse` has refused it. The compiler's own errors about `self` would only repeat that.
        item.sig.inputs = std::mem::take(&mut item.sig.inputs).into_iter().filter(is_typed).collect();
        item.block = syn::parse_quote!({ ::core::unreachable!() });
    }
    let generated = errors.or_stub(|| lower::function(&function), || lower::function(&function.stub()));
    quote!(#item #generated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn checked(mut item: ItemFn) -> (Function, Vec<String>) {
        let mut errors = Errors::default();
        let function = Function::parse(&mut errors, FunctionOptions::default(), &mut item);
        check::function(&mut errors, &function);
        (function, errors.messages())
    }

    #[test]
    fn text_signatures() {
        let (function, errors) = checked(parse_quote! {
            #[pyo3(signature = (a = 1, /, b = None, *args, c = 1.5, e = "pyo3", f = 'f', h = true, k = X, **kwargs))]
            fn f(a: i32, py: Python<'_>, b: Option<i32>, args: &Bound<'_, PyTuple>, c: f32, e: &str, f: char, h: bool,
                 k: u8, kwargs: Option<&Bound<'_, PyDict>>) {}
        });
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(
            function.params.text(Some("$module")),
            "($module, a=1, /, b=None, *args, c=1.5, e=\"pyo3\", f='f', h=True, k=..., **kwargs)"
        );
    }

    #[test]
    fn every_mistake_is_reported() {
        let (_, errors) = checked(parse_quote! {
            #[pyo3(signatur = (a), name = "x")]
            #[pyo3(signature = (b, *, *, **kw))]
            fn f<T>(a: i32, (c, d): (i32, i32), kw: i32) {}
        });
        assert_eq!(errors.len(), 6, "{errors:#?}");
        assert!(errors[0].contains("`signatur`") && errors[0].contains("`signature`"));
    }

    #[test]
    fn what_an_async_function_cannot_take() {
        let (_, mut errors) = checked(parse_quote! {
            async fn f(py: Python<'_>, a: &Bound<'_, PyAny>, #[pyo3(cancel_handle)] b: C, #[pyo3(cancel_handle)] c: C) {}
        });
        errors.retain(|error| !error.contains("experimental-async"));
        assert_eq!(errors.len(), 3, "{errors:#?}");
        let (_, errors) = checked(parse_quote!(
            fn f(#[pyo3(cancel_handle)] b: C) {}
        ));
        assert_eq!(errors.len(), 1, "{errors:#?}");
    }

    #[test]
    fn raw_names_lose_their_prefix() {
        let (function, _) = checked(parse_quote!(
            fn r#struct(r#type: u8) {}
        ));
        assert_eq!(function.name.text, "struct");
        assert_eq!(function.params.text(None), "(type)");
    }
}
