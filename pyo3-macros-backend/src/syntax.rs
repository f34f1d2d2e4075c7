//! Spans, names and types in generated code: where errors are shown, what the user's code can see, and how the user's
//! types are written outside their place.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, Lifetime, PathArguments, Type};

/// Returns a span at the same place for errors, but with the name resolution of generated code.
pub fn at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// Places `tokens` at `span` for errors. Used for the crate's path if it starts an expression whose errors are the
/// user's.
pub fn placed(tokens: &TokenStream, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.clone().into_iter().map(place).collect()
}

/// Returns a variable of generated code that the user's expressions cannot see. The underscores avoid the user's
/// constants, which are not hygienic.
pub fn local(name: &str) -> Ident {
    format_ident!("__{name}", span = Span::mixed_site())
}

/// Creates the expression that takes the value out of `result`, a `PyResult`, or returns its error.
///
/// It does what `?` does. But `?` moves the error through two more types, which is most of the code of a function with
/// several arguments until the optimizer has removed it.
pub fn or_return(result: TokenStream) -> TokenStream {
    let (value, error) = (local("value"), local("error"));
    quote! {
        match #result {
            ::core::result::Result::Ok(#value) => #value,
            ::core::result::Result::Err(#error) => return ::core::result::Result::Err(#error),
        }
    }
}

/// Replaces each `Self` in `tokens` by `class`, because generated functions are outside the user's `impl`.
pub fn replace_self(tokens: TokenStream, class: &TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Ident(ident) if ident == "Self" => class.clone(),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace_self(group.stream(), class));
                inner.set_span(group.span());
                TokenStream::from(TokenTree::Group(inner))
            }
            other => other.into(),
        })
        .collect()
}

/// Whether `ty` is written `Python<...>`.
pub fn is_python(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| {
        segment.ident == "Python"
            && match &segment.arguments {
                PathArguments::None => true,
                PathArguments::AngleBracketed(given) => {
                    given.args.iter().all(|arg| matches!(arg, GenericArgument::Lifetime(_)))
                }
                PathArguments::Parenthesized(_) => false,
            }
    })
}

/// Returns the last segment of the path that `ty` is, if it is one.
pub fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// Replaces every lifetime except `'static` by `'_`, because generated code does not declare the user's lifetimes.
pub struct ElideLifetimes;

impl VisitMut for ElideLifetimes {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime.get_or_insert_with(|| Lifetime::new("'_", reference.and_token.span));
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut syn::TypeBareFn) {}

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" {
            *lifetime = Lifetime::new("'_", lifetime.span());
        }
    }
}
