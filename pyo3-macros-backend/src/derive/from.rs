//! The lowering of `#[derive(FromPyObject)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, GenericParam, parse_quote};

use super::lifetimes::lifetimes;
use super::parse::{Container, Derived, Field, Getter, parse};
use crate::errors::Errors;
use crate::function::{at, local, placed};
use crate::introspection;

/// Expands `#[derive(FromPyObject)]`.
pub fn derive_from_pyobject(input: TokenStream) -> TokenStream {
    let mut input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let derived = parse(&mut errors, &mut input);
    for container in &derived.containers {
        if !container.fields.is_empty() && container.fields.iter().all(|field| field.default.is_some()) {
            let message =
                format!("every field of `{}` has a default, so any object would convert to it", container.title);
            errors.push(syn::Error::new_spanned(&container.path, message));
        }
    }
    errors.or_stub(|| lower(&input, &derived, false), || lower(&input, &derived, true))
}

/// Creates the `impl`. With `stub`, its body is only `unreachable!()`, in place of an `impl` with errors.
fn lower(input: &DeriveInput, derived: &Derived, stub: bool) -> TokenStream {
    let Derived { krate, containers, is_enum } = derived;
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
                        ::core::result::Result::Err(error) => #failures.push(error),
                    }
                }
            }
        });
        let title = ident.to_string();
        let variants = containers.iter().map(|container| &container.variant);
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
    let (object, found, items) = (local("object"), local("found"), local("items"));
    let title = |field: &Field| {
        let member = &field.member;
        let member = quote!(#member).to_string();
        format!("{}.{}", container.title, member.strip_prefix("r#").unwrap_or(&member))
    };
    let convert = |field: &Field, value: TokenStream| {
        let title = title(field);
        match &field.from_py_with {
            Some(function) => quote!(#derive::field_with(#value, #title, #function)?),
            None => {
                let span = at(field.ty.span());
                let derive = placed(&derive, span);
                quote_spanned!(span=> #derive::field(#value, #title)?)
            }
        }
    };
    if container.transparent {
        let fields = container.fields.iter().map(|field| {
            let (member, value) = (&field.member, convert(field, quote!(#object)));
            quote!(#member: #value)
        });
        return quote!(::core::result::Result::Ok(#path { #(#fields),* }));
    }
    if !container.named {
        let count = container.fields.len();
        let names: Vec<_> = (0..count).map(|index| local(&format!("item_{index}"))).collect();
        let fields = container.fields.iter().zip(&names).map(|(field, name)| {
            let (member, value) = (&field.member, convert(field, quote!(#name)));
            quote!(#member: #value)
        });
        return quote! {{
            let #items: [_; #count] = #derive::tuple_items(#object)?;
            let [#(#names),*] = #items;
            ::core::result::Result::Ok(#path { #(#fields),* })
        }};
    }
    let fields = container.fields.iter().map(|field| {
        let (member, name) = (&field.member, &field.name);
        let read = match field.getter.clone().unwrap_or(Getter::Attribute(None)) {
            Getter::Attribute(given) => {
                let name = given.unwrap_or_else(|| name.clone());
                let look = if field.default.is_some() { quote!(attribute_opt) } else { quote!(attribute) };
                quote!(#derive::#look(#object, #krate::impl_::derive::intern!(#object.py(), #name))?)
            }
            Getter::Item(given) => {
                let key = match given {
                    Some(syn::Lit::Str(text)) => quote!(#krate::impl_::derive::intern!(#object.py(), #text)),
                    Some(other) => quote!(#other),
                    None => quote!(#krate::impl_::derive::intern!(#object.py(), #name)),
                };
                let look = if field.default.is_some() { quote!(item_opt) } else { quote!(item) };
                quote!(#derive::#look(#object, #key)?)
            }
        };
        let value = convert(field, quote!(#found.as_borrowed()));
        let Some(default) = &field.default else {
            return quote!(#member: { let #found = &#read; #value });
        };
        let default = match default {
            Some(default) => quote!(#default),
            None => quote!(::core::default::Default::default()),
        };
        quote! {
            #member: match &#read {
                ::core::option::Option::Some(#found) => #value,
                ::core::option::Option::None => #default,
            }
        }
    });
    quote!(::core::result::Result::Ok(#path { #(#fields),* }))
}
