//! The lowering of `#[derive(FromPyObject)]`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, GenericParam, parse_quote};

use super::check;
use super::lifetimes::lifetimes;
use super::parse::{Container, Derived, Field, Getter, parse};
use crate::errors::Errors;
use crate::introspection;
use crate::syntax::{at, local, placed};

/// Expands `#[derive(FromPyObject)]`.
pub fn derive_from_pyobject(input: TokenStream) -> TokenStream {
    let mut input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let derived = parse(&mut errors, &mut input);
    check::derived(&mut errors, &input, &derived);
    check::from_object(&mut errors, &derived);
    errors.or_stub(|| lower(&input, &derived, false), || lower(&input, &derived, true))
}

/// Creates the `impl`. With `stub`, its body is only `unreachable!()`, in place of an `impl` with errors.
fn lower(input: &DeriveInput, derived: &Derived, stub: bool) -> TokenStream {
    let Derived { krate, containers, is_enum, .. } = derived;
    let ident = &input.ident;
    let impl_ = quote!(#krate::impl_);
    let mut generics = input.generics.clone();
    let (object, py) = lifetimes(input, derived, &mut generics);
    let types: Vec<_> = input.generics.type_params().map(|param| param.ident.clone()).collect();
    for ty in types {
        generics.make_where_clause().predicates.push(parse_quote!(#ty: #impl_::derive::FromPyObjectOwned<#py>));
    }
    let params: Vec<GenericParam> = generics.params.iter().cloned().map(without_default).collect();
    let (_, ty_generics, _) = input.generics.split_for_impl();
    let where_clause = &generics.where_clause;
    let (source, failures) = (local("object"), local("failures"));
    let body = if stub {
        quote!(::core::unreachable!())
    } else if *is_enum {
        let attempts = containers.iter().map(|container| {
            let read = read(krate, container);
            quote! {
                {
                    match (|| -> #impl_::PyResult<Self> { #read })() {
                        ::core::result::Result::Ok(value) => return ::core::result::Result::Ok(value),
                        ::core::result::Result::Err(error) => #impl_::derive::not_this_variant(&mut #failures, error),
                    }
                }
            }
        });
        let title = ident.to_string();
        let variants = containers.iter().map(|container| container.ident.to_string());
        let annotations = containers.iter().map(|container| &container.annotation);
        quote! {
            let mut #failures = ::std::vec::Vec::new();
            #(#attempts)*
            ::core::result::Result::Err(#impl_::derive::no_variant(
                #source.py(), #title, &[#(#variants),*], &[#(#annotations),*], #failures,
            ))
        }
    } else {
        containers.iter().map(|container| read(krate, container)).collect()
    };
    let input_type = (!stub).then(|| introspection::input_type(derived));
    quote! {
        #[automatically_derived]
        #[allow(clippy::all, deprecated)]
        impl<#(#params),*> #impl_::FromPyObject<#object, #py> for #ident #ty_generics #where_clause {
            type Error = #impl_::PyErr;
            #input_type
            #[inline]
            fn extract(#source: #impl_::Borrowed<#object, #py, #impl_::PyAny>) -> ::core::result::Result<Self, #impl_::PyErr> {
                #body
            }
        }
    }
}

/// Removes the default of a parameter, which an `impl` cannot have.
pub(super) fn without_default(mut param: GenericParam) -> GenericParam {
    match &mut param {
        GenericParam::Type(param) => {
            param.eq_token = None;
            param.default = None;
        }
        GenericParam::Const(param) => {
            param.eq_token = None;
            param.default = None;
        }
        GenericParam::Lifetime(_) => {}
    }
    param
}

/// Creates an expression of type `PyResult<Self>` from the variable `object`. The user's expressions cannot see any of
/// its variables.
fn read(krate: &TokenStream, container: &Container) -> TokenStream {
    let path = &container.path;
    let derive = quote!(#krate::impl_::derive);
    let (object, items) = (local("object"), local("items"));
    if container.transparent {
        let fields = container.fields.iter().map(|field| {
            let (member, value) = (&field.member, convert(krate, container, field, quote!(#object)));
            quote!(#member: #value)
        });
        return quote!(::core::result::Result::Ok(#path { #(#fields),* }));
    }
    if container.named {
        let fields = container.fields.iter().map(|field| read_named(krate, container, field));
        return quote!(::core::result::Result::Ok(#path { #(#fields),* }));
    }
    let count = container.fields.len();
    let names: Vec<_> = (0..count).map(|index| local(&format!("item_{index}"))).collect();
    let fields = container.fields.iter().zip(&names).map(|(field, name)| {
        let (member, value) = (&field.member, convert(krate, container, field, quote!(#name)));
        quote!(#member: #value)
    });
    quote! {{
        let #items: [_; #count] = #derive::tuple_items(#object)?;
        let [#(#names),*] = #items;
        ::core::result::Result::Ok(#path { #(#fields),* })
    }}
}

/// Creates the expression that converts `value`, an object, to the field.
fn convert(krate: &TokenStream, container: &Container, field: &Field, value: TokenStream) -> TokenStream {
    let derive = quote!(#krate::impl_::derive);
    let member = &field.member;
    let member = quote!(#member).to_string();
    let title = format!("{}.{}", container.title, member.strip_prefix("r#").unwrap_or(&member));
    match &field.from_py_with {
        Some(function) => quote!(#derive::field_with(#value, #title, #function)?),
        None => {
            let span = at(field.ty.span());
            let derive = placed(&derive, span);
            quote_spanned!(span=> #derive::field(#value, #title)?)
        }
    }
}

/// Creates `member: value` for a field that is an attribute or item of the object.
fn read_named(krate: &TokenStream, container: &Container, field: &Field) -> TokenStream {
    let (derive, object, found) = (quote!(#krate::impl_::derive), local("object"), local("found"));
    let (member, name) = (&field.member, &field.name);
    let intern = |text: &dyn ToTokens| quote!(#derive::intern!(#object.py(), #text));
    let (look, look_for_optional, key) = match &field.getter {
        None | Some(Getter::Attribute(None)) => ("attribute", "attribute_opt", intern(name)),
        Some(Getter::Attribute(Some(name))) => ("attribute", "attribute_opt", intern(name)),
        Some(Getter::Item(None)) => ("item", "item_opt", intern(name)),
        Some(Getter::Item(Some(syn::Lit::Str(text)))) => ("item", "item_opt", intern(text)),
        Some(Getter::Item(Some(other))) => ("item", "item_opt", quote!(#other)),
    };
    let look = format_ident!("{}", if field.default.is_some() { look_for_optional } else { look });
    let read = quote!(#derive::#look(#object, #key)?);
    let value = convert(krate, container, field, quote!(#found.as_borrowed()));
    let default = match &field.default {
        None => return quote!(#member: { let #found = &#read; #value }),
        Some(Some(default)) => quote!(#default),
        Some(None) => quote!(::core::default::Default::default()),
    };
    quote! {
        #member: match &#read {
            ::core::option::Option::Some(#found) => #value,
            ::core::option::Option::None => #default,
        }
    }
}
