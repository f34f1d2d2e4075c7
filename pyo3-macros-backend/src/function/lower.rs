//! The lowering of `#[pyfunction]`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::doc::c_string;
use crate::introspection;

use super::{Body, Call, First, Function, Outcome, Source, imports, no_arguments};

/// Creates the module by which the function is exported, and in it the type that stands for the function.
pub fn function(function: &Function) -> TokenStream {
    let Function { krate, ident, vis, cfgs, name, pass_module, params, doc, .. } = function;
    let exported = quote!(#ident::__PYO3_EXPORT);
    let text = function.text_signature.text(params, pass_module.then_some("$module"));
    let (c_name, doc) = (c_string(krate, &name.text), doc.with_signature(krate, &name.text, text.as_deref()));
    let (call, imports) = (call(function, &exported), imports(krate));
    let (id, fragment) = (introspection::exported(&introspection::id(ident)), introspection::function(function));
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #vis mod #ident {
            #[allow(non_camel_case_types)]
            pub struct __PYO3_EXPORT;
        }
        #(#cfgs)*
        #[allow(clippy::all, non_snake_case, unused_mut, unused_variables, deprecated)]
        const _: () = {
            #imports
            #call
            impl #krate::impl_::function::PyFunctionDef for #exported {
                #id
                const DEF: &'static #krate::impl_::function::Def = &#krate::impl_::function::def::<Self>(#c_name, #doc);

                fn state() -> &'static #krate::impl_::function::State {
                    static STATE: #krate::impl_::function::State = #krate::impl_::function::State::new();
                    &STATE
                }
            }
            #fragment
        };
    }
}

/// Implements the call of the function for the type `exported`.
fn call(function: &Function, exported: &TokenStream) -> TokenStream {
    let Function { krate, callee, name, pass_module, params, warnings, .. } = function;
    let first = match pass_module {
        true => First::Handle { of: quote!(#krate::impl_::module::PyModule) },
        false => First::None,
    };
    let takes_module = pass_module.then(|| {
        quote!(
            const TAKES_MODULE: bool = true;
        )
    });
    let no_arguments = no_arguments(params);
    let body = Body {
        krate,
        class: None,
        first,
        callee: callee.clone(),
        params,
        source: Source::Call,
        outcome: Outcome::Object,
        warnings,
        or_not_implemented: false,
    };
    let constants = quote!(#takes_module #no_arguments);
    body.implement(exported, Call { name: &name.text, has_receiver: *pass_module, prelude: None, constants })
}
