//! Whole calls: functions whose signature the user chooses, as the runtime calls them.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{Body, signature_constant};
use crate::syntax::local;

/// What a whole call has besides its [`Body`], whose source is [`Source::Call`](super::Source::Call).
pub struct Call<'a> {
    /// The name in Python, for error messages.
    pub name: &'a str,
    /// Whether Python passes something before the arguments: the instance, its class or the module.
    pub has_receiver: bool,
    /// Statements that replace the receiver.
    pub prelude: Option<TokenStream>,
    /// Constants of `impl_::function::Function` that are not the usual ones.
    pub constants: TokenStream,
}

impl Body<'_> {
    /// Implements `impl_::function::Function` for the type `ty`.
    pub fn implement(&self, ty: &TokenStream, call: Call<'_>) -> TokenStream {
        let krate = self.krate;
        let Call { name, has_receiver, prelude, constants } = call;
        let (py, receiver, arguments) = (local("py"), local("receiver"), local("arguments"));
        let signature = signature_constant(krate, self.params, name, self.class);
        let present = has_receiver.then(|| quote!(let #receiver = #krate::impl_::function::present(#receiver);));
        let body = self.to_tokens();
        quote! {
            impl #krate::impl_::function::Function for #ty {
                #constants
                #[inline(always)]
                fn call<'a, 'py: 'a, __Arguments: #krate::impl_::bind::CallArguments<'a, 'py>>(
                    #py: #krate::impl_::Python<'py>,
                    #receiver: ::core::option::Option<#krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>>,
                    #arguments: __Arguments,
                ) -> #krate::impl_::PyResult<#krate::impl_::Bound<'py, #krate::impl_::PyAny>> {
                    #signature
                    #present
                    #prelude
                    #body
                }
            }
        }
    }
}
