//! Enums whose variants hold fields. The class of each variant extends the enum's class, and is an attribute of it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{ImplItemFn, Member, parse_quote};

use super::options::{ClassOptions, ConstructorSignature};
use super::parse::{Class, Variant, VariantField};
use crate::errors::Errors;
use crate::methods::{Declaration, Role};
use crate::options::{Flag, Given, Name};
use crate::syntax::replace_self;

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
            let (name, ty) = (&variant.name, type_of(class, variant));
            quote!(builder.class_attribute(#name, #krate::impl_::pyclass::class_object::<#ty>);)
        })
        .collect()
}

/// Creates the body of the enum's conversion to Python, which makes an instance of the variant's class.
pub fn into_object(class: &Class, variants: &[Variant]) -> TokenStream {
    let (krate, ident) = (&class.krate, &class.ident);
    let arms = variants.iter().map(|variant| {
        let (name, ty) = (&variant.ident, type_of(class, variant));
        quote!(#ident::#name { .. } => #krate::impl_::pyclass::variant_instance(py, self, #ty),)
    });
    quote!(match &self { #(#arms)* })
}

/// Creates the classes of the variants.
pub fn classes(class: &Class, variants: &[Variant], several_blocks: bool) -> TokenStream {
    variants.iter().map(|variant| VariantClass::new(class, variant).expand(several_blocks)).collect()
}

/// The class of one variant.
struct VariantClass<'a> {
    class: &'a Class,
    variant: &'a Variant,
    /// The path of the items that generated code uses.
    impl_: TokenStream,
    /// The Rust type.
    ty: Ident,
    /// The names of the fields. Those of a tuple variant are `_0`, `_1` and so on.
    names: Vec<Ident>,
}

impl<'a> VariantClass<'a> {
    fn new(class: &'a Class, variant: &'a Variant) -> Self {
        let krate = &class.krate;
        let names = variant.fields.iter().map(|field| match &field.member {
            Member::Named(ident) => ident.clone(),
            Member::Unnamed(index) => format_ident!("_{}", index.index),
        });
        VariantClass {
            class,
            variant,
            impl_: quote!(#krate::impl_),
            ty: type_of(class, variant),
            names: names.collect(),
        }
    }

    /// Creates the class with its methods, by the same steps as for a class and a block of the user's.
    fn expand(&self, several_blocks: bool) -> TokenStream {
        let (ty, docs, vis) = (&self.ty, &self.variant.docs, &self.class.vis);
        let (class_item, class_traits) = super::expand(
            Errors::default(),
            self.options(),
            parse_quote! {
                #(#docs)*
                #[doc(hidden)]
                #[allow(non_camel_case_types)]
                #vis struct #ty;
            },
            several_blocks,
        );
        let (functions, methods_traits) =
            crate::methods::expand_declared(&self.class.krate, &quote!(#ty), self.methods(), several_blocks);
        quote! {
            #class_item
            #class_traits
            #[allow(dead_code, clippy::all)]
            impl #ty {
                #(#functions)*
            }
            #methods_traits
        }
    }

    fn options(&self) -> ClassOptions {
        let (enum_name, enum_options) = (&self.class.ident, &self.class.options);
        ClassOptions {
            krate: enum_options.krate.clone(),
            name: Some(Given::generated(Name { text: self.variant.name.clone() })),
            module: enum_options.module.clone(),
            extends: Some(Given::generated(parse_quote!(#enum_name))),
            frozen: Some(Given::generated(Flag)),
            immutable_type: enum_options.immutable_type.clone(),
            ..ClassOptions::default()
        }
    }

    fn methods(&self) -> Vec<(ImplItemFn, Declaration)> {
        let mut methods = vec![self.constructor()];
        methods.extend(self.variant.fields.iter().zip(&self.names).map(|(field, name)| self.getter(field, name)));
        methods.extend(self.attributes());
        if self.variant.fields.iter().all(|field| matches!(field.member, Member::Unnamed(_))) {
            methods.extend(self.sequence());
        }
        methods
    }

    fn constructor(&self) -> (ImplItemFn, Declaration) {
        let VariantClass { variant, impl_, ty, names, .. } = self;
        let (enum_name, name) = (&self.class.ident, &variant.ident);
        let members = variant.fields.iter().map(|field| &field.member);
        let types =
            variant.fields.iter().map(|field| replace_self(field.ty.to_token_stream(), &enum_name.to_token_stream()));
        let function = parse_quote! {
            fn __pyo3_new(#(#names: #types),*) -> #impl_::pyclass::PyClassInitializer<#ty> {
                <#impl_::pyclass::PyClassInitializer<#enum_name> as ::core::convert::From<#enum_name>>::from(#enum_name::#name { #(#members: #names),* }).add_subclass(#ty)
            }
        };
        let mut declaration = Declaration::of(Role::constructor(false));
        declaration.options.signature = variant.options.constructor.clone().map(|given| {
            let Given { span, value: ConstructorSignature(value) } = given;
            Given { span, value }
        });
        (function, declaration)
    }

    fn getter(&self, field: &VariantField, name: &Ident) -> (ImplItemFn, Declaration) {
        let (impl_, docs, read) = (&self.impl_, &field.docs, self.read(&field.member));
        let function = parse_quote! {
            #(#docs)*
            fn #name<'py>(
                slf: #impl_::pyclass::PyClassGuard<'_, Self>,
                py: #impl_::Python<'py>,
            ) -> #impl_::PyResult<#impl_::Bound<'py, #impl_::PyAny>> #read
        };
        (function, Declaration { property: Some(Name::of(name)), ..Declaration::of(Role::Getter) })
    }

    /// Creates the block that returns the field `member` of `slf`, as an object.
    fn read(&self, member: &Member) -> TokenStream {
        let (impl_, enum_name, name) = (&self.impl_, &self.class.ident, &self.variant.ident);
        quote! {{
            #[allow(unused_imports)]
            use #impl_::field::{Cloned as _, Referenced as _};
            match &*slf.into_super() {
                #enum_name::#name { #member: value, .. } => #impl_::field::of(value).get(py, value),
                #[allow(unreachable_patterns)]
                _ => ::core::unreachable!("an instance of a variant's class holds that variant"),
            }
        }}
    }

    /// Creates `__qualname__` and `__match_args__`.
    fn attributes(&self) -> [(ImplItemFn, Declaration); 2] {
        let impl_ = &self.impl_;
        let qualified_name = format!("{}.{}", self.class.name, self.variant.name);
        let texts = self.names.iter().map(|name| Name::of(name).text);
        let types = self.names.iter().map(|_| quote!(&'static str));
        let (match_args_type, match_args) = if self.names.is_empty() {
            (quote!(#impl_::pyclass::EmptyTuple), quote!(#impl_::pyclass::empty_tuple()))
        } else {
            (quote!((#(#types,)*)), quote!((#(#texts,)*)))
        };
        let functions: [ImplItemFn; 2] = [
            parse_quote! {
                fn __qualname__() -> &'static str {
                    #qualified_name
                }
            },
            parse_quote! {
                fn __match_args__() -> #match_args_type {
                    #match_args
                }
            },
        ];
        functions.map(|function| (function, Declaration::of(Role::ClassAttribute)))
    }

    /// Creates `__len__` and `__getitem__`, for a tuple variant.
    fn sequence(&self) -> [(ImplItemFn, Declaration); 2] {
        let (impl_, count) = (&self.impl_, self.names.len());
        let arms = self.variant.fields.iter().enumerate().map(|(index, field)| {
            let (read, index) = (self.read(&field.member), index as isize);
            quote!(#index => #read,)
        });
        let functions: [ImplItemFn; 2] = [
            parse_quote! {
                fn __len__(&self) -> usize {
                    #count
                }
            },
            parse_quote! {
                fn __getitem__<'py>(
                    slf: #impl_::pyclass::PyClassGuard<'_, Self>,
                    py: #impl_::Python<'py>,
                    index: isize,
                ) -> #impl_::PyResult<#impl_::Bound<'py, #impl_::PyAny>> {
                    match index {
                        #(#arms)*
                        _ => #impl_::pyclass::no_item(),
                    }
                }
            },
        ];
        functions.map(|function| {
            let role = Role::of(&function.sig.ident.to_string());
            (function, Declaration::of(role))
        })
    }
}
