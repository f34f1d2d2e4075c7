//! What a class has from the fields of its struct: properties, and a constructor.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;

use super::parse::{Class, Field};
use crate::doc::c_string;
use crate::function::{ArgumentOptions, Body, Call, Callee, First, Kind, Outcome, Param, Params, Source};
use crate::syntax::{ElideLifetimes, at, or_return, placed, replace_self};

/// Creates the properties of the fields that Python may read or write: items, and the statements that register them.
pub fn properties(class: &Class, fields: &[Field]) -> (TokenStream, TokenStream) {
    let krate = &class.krate;
    let (mut items, mut statements) = (TokenStream::new(), TokenStream::new());
    for (index, field) in fields.iter().enumerate() {
        let Some(name) = &field.name else { continue };
        let (c_name, doc) = (c_string(krate, &name.text), field.doc.c_string(krate, ""));
        if field.get {
            let ty = format_ident!("__Get{index}");
            let implementation = getter(class, field, &ty);
            items.extend(quote!(struct #ty; #implementation));
            statements.extend(quote!(builder.getter::<#ty>(#c_name, #doc);));
        }
        if field.set {
            let ty = format_ident!("__Set{index}");
            let implementation = setter(class, field, &name.text, &ty);
            items.extend(quote!(struct #ty; #implementation));
            // The doc only counts without a getter.
            statements.extend(quote!(builder.setter::<#ty>(#c_name, #doc);));
        }
    }
    (items, statements)
}

/// Implements the reading of `field` for the type `ty`.
fn getter(class: &Class, field: &Field, ty: &Ident) -> TokenStream {
    let Class { krate, ident, .. } = class;
    let (impl_, member) = (quote!(#krate::impl_), &field.member);
    let span = at(field.ty.span());
    let placed = placed(&impl_, span);
    let slf = or_return(quote!(#impl_::receiver::shared::<#ident>(receiver, &mut holder)));
    let read = quote_spanned!(span=> #placed::field::of(&slf.#member).get(py, &slf.#member));
    quote! {
        impl #impl_::shape::Unary for #ty {
            #[inline(always)]
            fn call<'a, 'py: 'a>(
                py: #impl_::Python<'py>,
                receiver: #impl_::Borrowed<'a, 'py, #impl_::PyAny>,
            ) -> #impl_::PyResult<#impl_::Bound<'py, #impl_::PyAny>> {
                let mut holder = #impl_::receiver::no_guard();
                let slf = #slf;
                #read
            }
        }
    }
}

/// Implements the writing of `field`, which Python calls `name`, for the type `ty`.
fn setter(class: &Class, field: &Field, name: &str, ty: &Ident) -> TokenStream {
    let Class { krate, ident, .. } = class;
    let (impl_, member) = (quote!(#krate::impl_), &field.member);
    let span = at(field.ty.span());
    let mut value = field.ty.clone();
    ElideLifetimes.visit_type_mut(&mut value);
    let value = replace_self(value.to_token_stream(), &ident.to_token_stream());
    let krate = placed(krate, span);
    let value = or_return(quote_spanned! {span=>
        #krate::impl_::extract_argument::Argument::<#value>::extract(value, &mut argument, #name)
    });
    let extract = quote_spanned! {span=>
        let mut argument = ::core::default::Default::default();
        let value = #value;
    };
    let slf = or_return(quote!(#impl_::receiver::exclusive::<#ident>(receiver, &mut holder)));
    quote! {
        impl #impl_::shape::Set for #ty {
            #[inline(always)]
            fn call<'a, 'py: 'a>(
                py: #impl_::Python<'py>,
                receiver: #impl_::Borrowed<'a, 'py, #impl_::PyAny>,
                _name: #impl_::Borrowed<'a, 'py, #impl_::PyAny>,
                value: ::core::option::Option<#impl_::Borrowed<'a, 'py, #impl_::PyAny>>,
            ) -> #impl_::PyResult<()> {
                let ::core::option::Option::Some(value) = value else {
                    return #impl_::protocol::no_deleter(py, receiver);
                };
                #extract
                let mut holder = #impl_::receiver::no_guard();
                let slf = #slf;
                slf.#member = value;
                ::core::result::Result::Ok(())
            }
        }
    }
}

/// Creates a constructor that takes every field: `new = "from_fields"`.
pub fn constructor(class: &Class, fields: &[Field]) -> (TokenStream, TokenStream) {
    let (krate, ident) = (&class.krate, &class.ident);
    let class_tokens = ident.to_token_stream();
    let (mut list, mut names, mut members) = (Vec::new(), Vec::new(), Vec::new());
    for (index, field) in fields.iter().enumerate() {
        let mut ty = field.ty.clone();
        ElideLifetimes.visit_type_mut(&mut ty);
        let name = match (&field.name, &field.member) {
            (_, syn::Member::Named(ident)) => crate::options::Name::of(ident).text,
            (Some(name), _) => name.text.clone(),
            (None, _) => format!("_{index}"),
        };
        list.push(Param {
            name,
            span: Span::call_site(),
            ty,
            kind: Kind::Positional { default: None },
            annotation: None,
            options: ArgumentOptions::default(),
        });
        names.push(format_ident!("value_{index}"));
        members.push(&field.member);
    }
    let params = Params { list, positional_only: 0, returns: None };
    let body = Body {
        krate,
        class: Some(&class_tokens),
        first: First::None,
        callee: Callee::generated(quote!((|#(#names),*| #ident { #(#members: #names),* }))),
        params: &params,
        source: Source::Call,
        outcome: Outcome::Instance(class_tokens.clone()),
        warnings: &[],
        or_not_implemented: false,
    };
    let call = Call { name: "__new__", has_receiver: true, prelude: None, constants: TokenStream::new() };
    let implementation = body.implement(&quote!(__FromFields), call);
    let text = params.text(None);
    let items = quote!(struct __FromFields; #implementation);
    (items, quote!(builder.constructor::<__FromFields>(::core::option::Option::Some(#text));))
}
