//! The type hints of derived conversions.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Lifetime, Type};

use super::ON;
use crate::derive::{Container, Derived, Field};

/// Creates the `INPUT_TYPE` of `#[derive(FromPyObject)]`.
pub fn input_type(derived: &Derived) -> TokenStream {
    let krate = &derived.krate;
    constant(derived, "INPUT_TYPE", |container| from(krate, container))
}

/// Creates the `OUTPUT_TYPE` of `#[derive(IntoPyObject)]`. `own` maps the type of a field to the type that is
/// converted.
pub fn output_type(derived: &Derived, own: &dyn Fn(&Type) -> TokenStream) -> TokenStream {
    let krate = &derived.krate;
    constant(derived, "OUTPUT_TYPE", |container| into(krate, container, own))
}

/// Creates a constant that is the union of the hints of all containers: one for a struct, one per variant for an enum.
fn constant(derived: &Derived, name: &str, hint: impl Fn(&Container) -> TokenStream) -> TokenStream {
    if !ON || derived.containers.is_empty() {
        return TokenStream::new();
    }
    let krate = &derived.krate;
    let hints = quote!(#krate::impl_::introspection);
    let name = quote::format_ident!("{name}");
    let choices = derived.containers.iter().map(hint);
    quote!(const #name: #hints::PyStaticExpr = #hints::type_hint_union!(#(#choices),*);)
}

fn from(krate: &TokenStream, container: &Container) -> TokenStream {
    let hints = quote!(#krate::impl_::introspection);
    let field = |field: &Field| match &field.from_py_with {
        Some(_) => quote!(#hints::INCOMPLETE),
        None => {
            let ty = anonymous(&field.ty);
            quote!(#hints::input::<#ty>())
        }
    };
    let fields = container.fields.iter().map(field);
    match (container.transparent, container.named) {
        (true, _) => quote!(#(#fields)*),
        // Any object with these attributes or items will do, which no type hint can express.
        (false, true) => quote!(#hints::INCOMPLETE),
        (false, false) => quote!(#hints::type_hint_subscript!(#hints::TUPLE, #(#fields),*)),
    }
}

fn into(krate: &TokenStream, container: &Container, own: &dyn Fn(&Type) -> TokenStream) -> TokenStream {
    let hints = quote!(#krate::impl_::introspection);
    let field = |field: &Field| match &field.into_py_with {
        Some(_) => quote!(#hints::INCOMPLETE),
        None => {
            let ty = own(&field.ty);
            quote!(#hints::output::<#ty>())
        }
    };
    let fields = container.fields.iter().map(field);
    match (container.transparent, container.named) {
        (true, _) => quote!(#(#fields)*),
        (false, true) => quote!(#hints::FIELDS),
        (false, false) => quote!(#hints::type_hint_subscript!(#hints::TUPLE, #(#fields),*)),
    }
}

/// Replaces the lifetimes of the type, which do not affect its hint.
fn anonymous(ty: &Type) -> TokenStream {
    struct Anonymous;
    impl VisitMut for Anonymous {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident != "static" {
                lifetime.ident = proc_macro2::Ident::new("_", lifetime.ident.span());
            }
        }
    }
    let mut ty = ty.clone();
    Anonymous.visit_type_mut(&mut ty);
    ty.into_token_stream()
}
