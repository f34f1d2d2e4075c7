//! Enums whose variants hold fields. The class of each variant extends the enum's class, and is an attribute of it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{Member, Visibility, parse_quote};

use super::options::ClassOptions;
use super::parse::{Class, Variant};
use crate::errors::Errors;
use crate::function::replace_self;
use crate::methods::BlockOptions;
use crate::options::{Flag, Given, Name};

/// Returns the name of the Rust type of a variant's class.
fn type_of(class: &Class, variant: &Variant) -> Ident {
    format_ident!("{}_{}", class.ident, variant.ident)
}

/// Creates the class attributes of the enum: the classes of its variants.
pub fn attributes(class: &Class, variants: &[Variant]) -> TokenStream {
    let krate = &class.krate;
    variants
        .iter()
        .map(|variant| {
            let (cfgs, name, ty) = (&variant.cfgs, &variant.name, type_of(class, variant));
            quote!(#(#cfgs)* builder.class_attribute(#name, #krate::impl_::pyclass::class_object::<#ty>);)
        })
        .collect()
}

/// Creates the body of the enum's conversion to Python, which makes an instance of the variant's class.
pub fn into_object(class: &Class, variants: &[Variant]) -> TokenStream {
    let (krate, ident) = (&class.krate, &class.ident);
    let arms = variants.iter().map(|variant| {
        let (cfgs, name, ty) = (&variant.cfgs, &variant.ident, type_of(class, variant));
        quote!(#(#cfgs)* #ident::#name { .. } => #krate::impl_::pyclass::variant_instance(py, self, #ty),)
    });
    quote!(match &self { #(#arms)* })
}

/// Creates the classes of the variants, using the same attributes as a user would.
pub fn classes(class: &Class, variants: &[Variant], vis: &Visibility, several_blocks: bool) -> TokenStream {
    variants.iter().map(|variant| one(class, variant, vis, several_blocks)).collect()
}

fn one(class: &Class, variant: &Variant, vis: &Visibility, several_blocks: bool) -> TokenStream {
    let (krate, enum_name) = (&class.krate, &class.ident);
    let impl_ = quote!(#krate::impl_);
    let (ty, name, cfgs) = (type_of(class, variant), &variant.ident, &variant.cfgs);
    let names: Vec<Ident> = variant
        .fields
        .iter()
        .map(|field| match &field.member {
            Member::Named(ident) => ident.clone(),
            Member::Unnamed(index) => format_ident!("_{}", index.index),
        })
        .collect();
    let members: Vec<&Member> = variant.fields.iter().map(|field| &field.member).collect();
    let types: Vec<TokenStream> = variant
        .fields
        .iter()
        .map(|field| replace_self(field.ty.to_token_stream(), &enum_name.to_token_stream()))
        .collect();
    let (python_name, docs) = (&variant.name, &variant.docs);
    let qualified_name = format!("{}.{}", class.name, variant.name);
    let options = ClassOptions {
        krate: class.options.krate.clone(),
        name: Some(Given::generated(Name { text: python_name.clone() })),
        module: class.options.module.clone(),
        extends: Some(Given::generated(parse_quote!(#enum_name))),
        frozen: Some(Given::generated(Flag)),
        immutable_type: class.options.immutable_type.clone(),
        ..ClassOptions::default()
    };
    let (class_item, class_traits) = super::expand(
        Errors::default(),
        options,
        parse_quote! {
            #(#cfgs)*
            #(#docs)*
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            #vis struct #ty;
        },
        several_blocks,
    );
    let read = |member: &Member| {
        quote! {{
            #[allow(unused_imports)]
            use #impl_::field::{Cloned as _, Referenced as _};
            match &*slf.into_super() {
                #enum_name::#name { #member: value, .. } => #impl_::field::of(value).get(py, value),
                #[allow(unreachable_patterns)]
                _ => ::core::unreachable!("an instance of a variant's class holds that variant"),
            }
        }}
    };
    let getters = variant.fields.iter().zip(&names).map(|(field, name)| {
        let (read, docs) = (read(&field.member), &field.docs);
        quote! {
            #(#docs)*
            #[getter(#name)]
            fn #name<'py>(
                slf: #impl_::pyclass::PyRef<'py, Self>,
                py: #impl_::Python<'py>,
            ) -> #impl_::PyResult<#impl_::Bound<'py, #impl_::PyAny>> #read
        }
    });
    let signature = variant.options.constructor.as_ref().map(|given| {
        let constructor = &given.value.0;
        quote!(#[pyo3(signature = #constructor)])
    });
    let texts = names.iter().map(|name| {
        let text = syn::ext::IdentExt::unraw(name).to_string();
        quote!(#text,)
    });
    let count = members.len();
    let sequence = members.iter().all(|member| matches!(member, Member::Unnamed(_))).then(|| {
        let arms = members.iter().enumerate().map(|(index, member)| {
            let (read, index) = (read(member), index as isize);
            quote!(#index => #read,)
        });
        quote! {
            fn __len__(&self) -> usize {
                #count
            }
            fn __getitem__<'py>(
                slf: #impl_::pyclass::PyRef<'py, Self>,
                py: #impl_::Python<'py>,
                index: isize,
            ) -> #impl_::PyResult<#impl_::Bound<'py, #impl_::PyAny>> {
                match index {
                    #(#arms)*
                    _ => #impl_::pyclass::no_item(),
                }
            }
        }
    });
    let match_args = match count {
        0 => quote!(#impl_::pyclass::empty_tuple()),
        _ => quote!((#(#texts)*)),
    };
    let match_args_types = match count {
        0 => quote!(#impl_::pyclass::EmptyTuple),
        _ => {
            let each = names.iter().map(|_| quote!(&'static str,));
            quote!((#(#each)*))
        }
    };
    let (methods_item, methods_traits) = crate::methods::expand(
        Errors::default(),
        BlockOptions { krate: class.options.krate.clone() },
        parse_quote! {
            #(#cfgs)*
            #[allow(dead_code, clippy::all)]
            impl #ty {
                #[new]
                #signature
                fn __pyo3_new(#(#names: #types),*) -> #impl_::pyclass::PyClassInitializer<#ty> {
                    <#impl_::pyclass::PyClassInitializer<#enum_name> as ::core::convert::From<#enum_name>>::from(#enum_name::#name { #(#members: #names),* }).add_subclass(#ty)
                }
                #(#getters)*
                #[classattr]
                fn __qualname__() -> &'static str {
                    #qualified_name
                }
                #[classattr]
                fn __match_args__() -> #match_args_types {
                    #match_args
                }
                #sequence
            }
        },
        several_blocks,
    );
    // Each part is a single item or an error, so one `#[cfg(...)]` disables it. A disabled variant has no class.
    quote!(#class_item #(#cfgs)* #class_traits #methods_item #(#cfgs)* #methods_traits)
}
