//! The call of an `async fn`: arguments are bound immediately, and converted in the future that the coroutine runs.
//!
//! So references among the arguments borrow from objects that the future itself keeps, and a receiver is borrowed only
//! while the future runs.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::body::{Body, First, holder};
use super::params::Kind;
use crate::syntax::{at, local, placed};

impl Body<'_> {
    /// Creates the statements, the last of which is the coroutine object.
    pub(super) fn coroutine(&self) -> TokenStream {
        let krate = self.krate;
        let future = quote!(#krate::impl_::coroutine);
        let (py, value) = (local("py"), local("value"));
        let (mut keep, mut prepare, mut arguments) = (self.bind(), TokenStream::new(), Vec::new());
        let mut throw = quote!(::core::option::Option::None);
        if let Some((kept, prepared)) = self.kept_receiver() {
            keep.extend(kept);
            prepare.extend(prepared);
            let slf = local("slf");
            arguments.push(quote!(#slf));
        }
        for (index, param) in self.params.list.iter().enumerate() {
            let (argument, span) = (local(&format!("argument_{index}")), at(param.ty.span()));
            match param.kind {
                Kind::Python => {}
                Kind::CancelHandle => {
                    let callback = local("throw");
                    keep.extend(quote_spanned! {span=>
                        let #argument = #future::CancelHandle::new();
                        let #callback = #argument.throw_callback();
                    });
                    throw = quote!(::core::option::Option::Some(#callback));
                }
                _ => {
                    let (slot, holder) = (self.slot(param), holder(index, param));
                    let kept = local(&format!("kept_{index}"));
                    let value = self.value(param, quote!(#kept.as_ref().map(|kept| #future::kept(#py, kept))), &holder);
                    let holding = quote_spanned!(span=> let mut #holder = ::core::default::Default::default(););
                    // The user's converter borrows the object only during its call.
                    let (outside, inside) = match param.converter() {
                        Some(_) => (TokenStream::new(), holding),
                        None => (holding, TokenStream::new()),
                    };
                    keep.extend(quote!(let #kept = #future::keep(#slot);));
                    prepare.extend(quote_spanned! {span=>
                        #outside
                        let #argument = #future::attached(|#py| { #inside ::core::result::Result::Ok(#value) })?;
                    });
                }
            }
            arguments.push(quote!(#argument));
        }
        let ((before, call), finish) = (self.callee.call(arguments), self.finish());
        quote! {
            #keep
            #future::start(#py, __PYO3_SIGNATURE.function, __PYO3_SIGNATURE.class, #throw, async move {
                #prepare
                #before
                let #value = #call.await;
                #future::returned(|#py| { #finish })
            })
        }
    }

    /// Creates the statements that keep the receiver and, in the future, convert it to the form that the function
    /// takes.
    fn kept_receiver(&self) -> Option<(TokenStream, TokenStream)> {
        let krate = &placed(self.krate, self.callee.receiver);
        let future = quote!(#krate::impl_::coroutine);
        let (py, receiver, slf, holder) = (local("py"), local("receiver"), local("slf"), local("slf_holder"));
        let borrow = |how: &str, class: &TokenStream| {
            let how = format_ident!("{how}");
            quote_spanned! {self.callee.receiver=>
                let mut #holder = #krate::impl_::receiver::no_guard();
                let #slf = #future::attached(|#py| {
                    #krate::impl_::receiver::#how::<#class>(#future::kept(#py, &#receiver), &mut #holder)
                })?;
            }
        };
        let take = match &self.first {
            First::None => return None,
            First::Shared(class) => borrow("shared", class),
            First::Exclusive(class) => borrow("exclusive", class),
            First::Typed(class) | First::Handle { of: class } => quote_spanned! {self.callee.receiver=>
                let #slf = #future::attached(|#py| #future::receive::<#class, _>(#py, &#receiver))?;
            },
        };
        Some((quote!(let #receiver = #future::keep_present(#receiver);), take))
    }
}
