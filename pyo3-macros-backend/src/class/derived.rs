//! Protocols that `#[pyclass]` options derive from Rust traits: `eq`, `ord`, `hash`, `str`, and what enums get.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::options::Display;
use super::parse::{Class, ClassBody, Variant};

/// Types with their protocol functions, and the statements that register them where the user has none of their own.
pub fn protocols(class: &Class, display: Option<(String, Vec<TokenStream>)>) -> (TokenStream, TokenStream) {
    let mut out = Derived { class, items: TokenStream::new(), statements: TokenStream::new(), count: 0 };
    let (krate, ident) = (&class.krate, &class.ident);
    let options = &class.options;
    if let ClassBody::Variants(variants, integer) = &class.body {
        out.enumeration(variants, integer);
    }
    let comparison = match (options.has("ord"), options.has("eq")) {
        (true, _) => Some(quote!(#krate::impl_::protocol::ordered::<#ident>(py, receiver, other, op))),
        (false, true) => Some(quote!(#krate::impl_::protocol::equal::<#ident>(py, receiver, other, op))),
        (false, false) => None,
    };
    let comparison = match (&class.body, options.has("eq_int")) {
        (ClassBody::Variants(_, integer), true) => {
            let first = comparison.unwrap_or_else(|| quote!(#krate::impl_::output::not_implemented(py)));
            Some(quote! {
                #krate::impl_::protocol::or_integer::<#ident, #integer>(py, receiver, other, op, #first, __integer)
            })
        }
        _ => comparison,
    };
    if let Some(comparison) = comparison {
        let arguments = quote!(other: #krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>, op: #krate::impl_::pyclass::CompareOp);
        out.add("Compare", arguments, out.object(), comparison, quote!(default_compare));
    }
    if options.has("hash") {
        let call = quote!(#krate::impl_::protocol::hash::<#ident>(receiver));
        out.add("Hash", TokenStream::new(), quote!(isize), call, quote!(default_hash));
    }
    let text = match (&options.display, display) {
        (Some(Display::Format(_)), Some((format, arguments))) => Some(quote!(::std::format!(#format, #(#arguments),*))),
        (Some(Display::Trait), _) => Some(quote!(::std::string::ToString::to_string(slf))),
        _ => None,
    };
    if let Some(text) = text {
        let call = quote!(#krate::impl_::protocol::text::<#ident, _>(py, receiver, |slf| #text));
        out.add(
            "Unary",
            TokenStream::new(),
            out.object(),
            call,
            quote!(default_unary(#krate::impl_::protocol::UnarySlot::Str)),
        );
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
    fn object(&self) -> TokenStream {
        let krate = &self.class.krate;
        quote!(#krate::impl_::Py<#krate::impl_::PyAny>)
    }

    /// A type of one shape. `register` is a method of `Items`, with its arguments if it has any.
    fn add(
        &mut self,
        shape: &str,
        arguments: TokenStream,
        result: TokenStream,
        call: TokenStream,
        register: TokenStream,
    ) {
        let krate = &self.class.krate;
        let shape = format_ident!("{shape}");
        let name = format_ident!("__Derived{}", self.count);
        self.count += 1;
        self.items.extend(quote! {
            struct #name;
            impl #krate::impl_::shape::#shape for #name {
                fn call<'a, 'py: 'a>(
                    py: #krate::impl_::Python<'py>,
                    receiver: #krate::impl_::Borrowed<'a, 'py, #krate::impl_::PyAny>,
                    #arguments
                ) -> #krate::impl_::PyResult<#result> {
                    #call
                }
            }
        });
        let mut register = register.into_iter();
        let method = register.next();
        let given: TokenStream = register.collect();
        let given = if given.is_empty() { quote!((())) } else { given };
        self.statements.extend(quote!(items.#method::<#name> #given;));
    }

    fn enumeration(&mut self, variants: &[Variant], integer: &Ident) {
        let (krate, ident, python) = (&self.class.krate, &self.class.ident, &self.class.name);
        let arms = |value: &dyn Fn(&Variant) -> TokenStream| {
            let arms = variants.iter().map(|variant| {
                let (cfgs, name, value) = (&variant.cfgs, &variant.ident, value(variant));
                quote!(#(#cfgs)* #ident::#name => #value,)
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
            #[allow(unreachable_patterns)]
            fn __repr(value: &#ident) -> &'static str {
                match value { #texts _ => #python }
            }
            static __INSTANCES: #krate::impl_::pyclass::Variants<#ident, #count> = #krate::impl_::pyclass::Variants::new();
            #[allow(unreachable_patterns)]
            fn __index(value: &#ident) -> usize {
                match value { #places _ => 0 }
            }
            #[allow(unreachable_patterns)]
            fn __integer(value: &#ident) -> #integer {
                match value { #integers _ => 0 }
            }
        });
        for variant in variants {
            let (cfgs, name, text, place) = (&variant.cfgs, &variant.ident, &variant.name, place(variant));
            self.statements.extend(quote! {
                #(#cfgs)*
                items.class_attribute(#text, |py| {
                    #krate::impl_::pyclass::variant_object(py, &__INSTANCES, #place, #ident::#name)
                });
            });
        }
        let repr = quote!(#krate::impl_::protocol::text::<#ident, _>(py, receiver, __repr));
        let slot = |name: &str| {
            let name = format_ident!("{name}");
            quote!(default_unary(#krate::impl_::protocol::UnarySlot::#name))
        };
        self.add("Unary", TokenStream::new(), self.object(), repr, slot("Repr"));
        let krate = &self.class.krate;
        let int = quote!(#krate::impl_::protocol::integer::<#ident, #integer>(py, receiver, __integer));
        self.add("Unary", TokenStream::new(), self.object(), int, slot("Int"));
    }
}
