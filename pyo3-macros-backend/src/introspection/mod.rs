//! Type hints and fragments of type information in macro output. Without the feature `experimental-inspect`, there are
//! none.

mod annotation;
mod derive;
mod items;
mod json;
mod signature;

use proc_macro2::TokenStream;
use quote::quote;

pub use derive::{input_type, output_type};
pub use items::{Contents, class, exported, function, id, methods, module};
#[doc(hidden)]
pub use json::with_symbol;

use crate::class::Class;

/// Whether macros write type information.
pub const ON: bool = cfg!(feature = "experimental-inspect");

/// Creates the constant with the type hint of a class.
pub fn class_hint(class: &Class) -> TokenStream {
    if !ON {
        return TokenStream::new();
    }
    let Class { krate, ident, name, options, .. } = class;
    let hints = quote!(#krate::impl_::introspection);
    let module = match &options.module {
        Some(given) => {
            let module = &given.value;
            quote!(#hints::type_hint_identifier!(#module, #name))
        }
        None => quote!(#hints::type_hint_identifier!("builtins", #name)),
    };
    let id = id(ident);
    quote! {
        const TYPE_HINT: #hints::PyStaticExpr = #hints::class(
            &#module,
            #id,
        );
    }
}

/// Creates the constant with the type hint of a conversion from or to an instance of a class.
pub fn conversion_of_class(krate: &TokenStream, constant: &str) -> TokenStream {
    if !ON {
        return TokenStream::new();
    }
    let hints = quote!(#krate::impl_::introspection);
    let constant = quote::format_ident!("{constant}");
    quote!(const #constant: #hints::PyStaticExpr = #hints::of_class::<Self>();)
}
