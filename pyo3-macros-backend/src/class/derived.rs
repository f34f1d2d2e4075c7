//! Protocols that options of `#[pyclass]` derive from Rust traits (`eq`, `ord`, `hash`, `str`), and the protocols of
//! enums.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::parse::{Class, ClassBody, Format, Variant};
use crate::methods::Shape;

/// Returns types with their protocol functions, and the statements that register those that the user does not define.
pub fn protocols(class: &Class) -> (TokenStream, TokenStream) {
    let mut out = Derived { class, items: TokenStream::new(), statements: TokenStream::new(), count: 0 };
    let (krate, ident) = (&class.krate, &class.ident);
    let options = &class.options;
    if let ClassBody::Variants(variants, integer) = &class.body {
        out.enumeration(variants, integer);
    }
    let comparison = match (options.ord.is_some(), options.eq.is_some()) {
        (true, _) => Some(quote!(#krate::impl_::protocol::ordered::<#ident>(py, receiver, other, op))),
        (false, true) => Some(quote!(#krate::impl_::protocol::equal::<#ident>(py, receiver, other, op))),
        (false, false) => None,
    };
    let comparison = match (&class.body, options.eq_int.is_some()) {
        (ClassBody::Variants(_, integer), true) => {
            let first = comparison.unwrap_or_else(|| quote!(#krate::impl_::output::not_implemented(py)));
            Some(quote! {
                #krate::impl_::protocol::or_integer::<#ident, #integer>(py, receiver, other, op, __integer, || #first)
            })
        }
        _ => comparison,
    };
    if let Some(comparison) = comparison {
        out.add(Shape::Compare, "", comparison);
    }
    if options.hash.is_some() {
        let call = quote!(#krate::impl_::protocol::hash::<#ident>(receiver));
        out.add(Shape::Hash, "", call);
    }
    let text = match (&class.format, &options.display) {
        (Some(Format { text, fields }), _) => Some(quote!(::std::format!(#text, #(slf.#fields),*))),
        (None, Some(_)) => Some(quote!(::std::string::ToString::to_string(slf))),
        (None, None) => None,
    };
    if let Some(text) = text {
        let call = quote!(#krate::impl_::protocol::text::<#ident, _>(py, receiver, |slf| #text));
        out.add(Shape::Unary, "Str", call);
    }
    (out.items, out.statements)
}

struct Derived<'a> {
    class: &'a Class,
    items: TokenStream,
    statements: TokenStream,
    count: usize,
}

impl Derived<'_> {
    /// Adds a type of the given shape, and registers it in the slot `which` unless the user has filled that slot.
    fn add(&mut self, shape: Shape, which: &str, call: TokenStream) {
        let krate = &self.class.krate;
        let name = format_ident!("__Derived{}", self.count);
        self.count += 1;
        let (parameters, result) = shape.signature(krate, &["other", "op"].map(|name| format_ident!("{name}")));
        let trait_name = shape.name();
        self.items.extend(quote! {
            struct #name;
            impl #krate::impl_::shape::#trait_name for #name {
                #[inline]
                fn call<'a, 'py: 'a>(
                    py: #krate::impl_::Python<'py>,
                    receiver: #krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>,
                    #parameters
                ) -> #krate::impl_::PyResult<#result> {
                    #call
                }
            }
        });
        let register = shape.register(krate, which, &quote!(#name), true);
        self.statements.extend(quote!(#register;));
    }

    fn enumeration(&mut self, variants: &[Variant], integer: &Ident) {
        let (krate, ident, python) = (&self.class.krate, &self.class.ident, &self.class.name);
        let arms = |value: &dyn Fn(&Variant) -> TokenStream| {
            let arms = variants.iter().map(|variant| {
                let (name, value) = (&variant.ident, value(variant));
                quote!(#ident::#name => #value,)
            });
            quote!(#(#arms)*)
        };
        let texts = arms(&|variant| {
            let text = format!("{python}.{}", variant.name);
            quote!(#text)
        });
        let place =
            |variant: &Variant| variants.iter().position(|other| std::ptr::eq(other, variant)).unwrap_or_default();
        let places = arms(&|variant| {
            let place = place(variant);
            quote!(#place)
        });
        let count = variants.len();
        let integers = arms(&|variant| {
            let name = &variant.ident;
            quote!(#ident::#name as #integer)
        });
        self.items.extend(quote! {
            fn __repr(value: &#ident) -> &'static str {
                match value { #texts }
            }
            static __INSTANCES: #krate::impl_::pyclass::Variants<#ident, #count> = #krate::impl_::pyclass::Variants::new();
            fn __index(value: &#ident) -> usize {
                match value { #places }
            }
            fn __integer(value: &#ident) -> #integer {
                match value { #integers }
            }
        });
        for variant in variants {
            let (name, text, place) = (&variant.ident, &variant.name, place(variant));
            self.statements.extend(quote! {
                builder.class_attribute(#text, |py| {
                    #krate::impl_::pyclass::variant_object(py, &__INSTANCES, #place, #ident::#name)
                });
            });
        }
        let repr = quote!(#krate::impl_::protocol::text::<#ident, _>(py, receiver, __repr));
        self.add(Shape::Unary, "Repr", repr);
        let krate = &self.class.krate;
        let int = quote!(#krate::impl_::protocol::integer::<#ident, #integer>(py, receiver, __integer));
        self.add(Shape::Unary, "Int", int);
    }
}
