//! The lowering of `#[pyfunction]`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::doc::c_string;
use crate::introspection;

use super::body::{imports, no_arguments};
use super::{Body, First, Function, Outcome, Source, TextSignature, local, signature_constant};

/// Creates the module by which the function is exported, and in it the type that stands for the function.
pub fn function(function: &Function) -> TokenStream {
    let Function { krate, ident, callee, vis, cfgs, name, pass_module, params, warnings, .. } = function;
    let text = match &function.text_signature {
        TextSignature::Auto => Some(params.text(pass_module.then_some("$module"))),
        TextSignature::Given(text) => Some(text.clone()),
        TextSignature::Absent => None,
    };
    let name = &name.text;
    let doc = function.doc.c_string(krate, &text.map_or_else(String::new, |text| format!("{name}{text}\n--\n\n")));
    let c_name = c_string(krate, name);
    let signature = signature_constant(krate, params, name, None);
    let first = match pass_module {
        true => First::Handle { of: quote!(#krate::impl_::module::PyModule) },
        false => First::None,
    };
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
    }
    .to_tokens();
    let (py, receiver, arguments) = (local("py"), local("receiver"), local("arguments"));
    let present = pass_module.then(|| quote!(let #receiver = #krate::impl_::function::present(#receiver);));
    let takes_module = pass_module.then(|| {
        quote!(
            const TAKES_MODULE: bool = true;
        )
    });
    let (exported, fragment) = (introspection::exported(&introspection::id(ident)), introspection::function(function));
    let (no_arguments, imports) = (no_arguments(params), imports(krate));
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
            impl #krate::impl_::function::Function for #ident::__PYO3_EXPORT {
                #takes_module
                #no_arguments

                fn call<'a, 'py: 'a, __Arguments: #krate::impl_::bind::CallArguments<'a, 'py>>(
                    #py: #krate::impl_::Python<'py>,
                    #receiver: ::core::option::Option<#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>>,
                    #arguments: __Arguments,
                ) -> #krate::impl_::PyResult<#krate::impl_::Bound<'py, #krate::impl_::PyAny>> {
                    #signature
                    #present
                    #body
                }
            }
            impl #krate::impl_::function::PyFunctionDef for #ident::__PYO3_EXPORT {
                #exported
                const DEF: &'static #krate::impl_::function::Def = &#krate::impl_::function::def::<Self>(#c_name, #doc);
            }
            #fragment
        };
    }
}
