//! Classes with conditional parts: `#[cfg(...)]` or `#[cfg_attr(...)]` on fields or variants.
//!
//! An attribute macro sees the item before the compiler has evaluated these conditions, but a derive macro sees it
//! afterwards. So for such an item, `#[pyclass]` only adds a hidden derive macro, which then generates the class from
//! what is left. No other part of the macro has to know of conditions, and all parts agree about them.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Fields, Item, Meta};

use super::options::ClassOptions;
use crate::errors::Errors;
use crate::options::{is, krate, parse_list, take, take_helpers};

/// The name of `#[pyo3(...)]` while the item waits for the derive macro, which cannot remove its helper attributes.
/// Other derive macros would take `#[pyo3(...)]` for their own.
const HELPER: &str = "pyo3_class";

/// Returns `item` with the derive macro that makes it a class with the options `args`. Returns `None` if `item` has no
/// conditions that matter to a class.
pub fn deferred(args: &TokenStream, item: &Item) -> Option<TokenStream> {
    let mut item = item.clone();
    let own = attributes(&mut item)?;
    let mut found = own.iter().any(matters);
    // The compiler must see these first: without the item there is no class.
    let cfgs = take(own, "cfg");
    let krate = crate_of(args, own);
    for_each_attribute(&mut item, &mut |attr| {
        found |= matters(attr);
        rename(attr, "pyo3", HELPER);
    });
    let helper = Ident::new(HELPER, proc_macro2::Span::call_site());
    found.then(|| {
        quote! {
            #(#cfgs)*
            #[derive(#krate::impl_::pyclass::ClassOfConditionalItem)]
            #[#helper(#args)]
            #item
        }
    })
}

/// Undoes the renaming by [`deferred`]. The options of the macro are then an attribute of `item`.
pub fn restore(item: &mut Item) {
    for_each_attribute(item, &mut |attr| rename(attr, HELPER, "pyo3"));
}

/// Returns the crate that generated code refers to. Mistakes are reported later.
fn crate_of(args: &TokenStream, attrs: &[Attribute]) -> TokenStream {
    let (mut ignored, mut options) = (Errors::default(), ClassOptions::default());
    parse_list(&mut ignored, args.clone(), &mut options);
    take_helpers(&mut ignored, &mut attrs.to_vec(), &mut options);
    krate(&options.krate)
}

/// Returns the attributes of the item itself, if it can be a class.
fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        _ => None,
    }
}

/// Calls `change` with each attribute of the item, its fields, its variants and their fields.
fn for_each_attribute(item: &mut Item, change: &mut dyn FnMut(&mut Attribute)) {
    if let Some(own) = attributes(item) {
        own.iter_mut().for_each(&mut *change);
    }
    let of_fields = |fields: &mut Fields, change: &mut dyn FnMut(&mut Attribute)| {
        fields.iter_mut().flat_map(|field| &mut field.attrs).for_each(change);
    };
    match item {
        Item::Struct(item) => of_fields(&mut item.fields, change),
        Item::Enum(item) => {
            for variant in &mut item.variants {
                variant.attrs.iter_mut().for_each(&mut *change);
                of_fields(&mut variant.fields, change);
            }
        }
        _ => {}
    }
}

/// Whether `attr` is a condition on something that a class is made of.
fn matters(attr: &Attribute) -> bool {
    match &attr.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => any_matters(&list.tokens),
        meta => meta.path().is_ident("cfg"),
    }
}

/// Whether one of the attributes in `cfg_attr(tokens)` is read by `#[pyclass]`.
fn any_matters(tokens: &TokenStream) -> bool {
    conditional(tokens).1.iter().any(|attr| match attr.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(inner)] if name == "cfg_attr" => any_matters(&inner.stream()),
        // A docstring, but not `doc(cfg(...))`.
        [TokenTree::Ident(name), TokenTree::Punct(_), ..] => name == "doc",
        [TokenTree::Ident(name), ..] => ["pyo3", "cfg", "repr"].iter().any(|read| name == read),
        _ => false,
    })
}

/// Splits the content of `cfg_attr(...)` into the condition and the attributes.
fn conditional(tokens: &TokenStream) -> (Vec<TokenTree>, Vec<Vec<TokenTree>>) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut parts = trees.split(is_comma).map(<[TokenTree]>::to_vec);
    (parts.next().unwrap_or_default(), parts.collect())
}

/// Gives `attr` the name `to` if it has the name `from`, also if it is conditional.
fn rename(attr: &mut Attribute, from: &str, to: &str) {
    let renames = is(attr, from);
    match &mut attr.meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => list.tokens = rename_all(&list.tokens, from, to),
        Meta::Path(path)
        | Meta::List(syn::MetaList { path, .. })
        | Meta::NameValue(syn::MetaNameValue { path, .. })
            if renames =>
        {
            if let Some(last) = path.segments.last() {
                *path = Ident::new(to, last.ident.span()).into();
            }
        }
        _ => {}
    }
}

/// Renames the attributes in `cfg_attr(tokens)`.
fn rename_all(tokens: &TokenStream, from: &str, to: &str) -> TokenStream {
    let (condition, attrs) = conditional(tokens);
    let attrs = attrs.into_iter().map(|mut attr| {
        match attr.as_mut_slice() {
            [TokenTree::Ident(name), TokenTree::Group(inner)] if name == "cfg_attr" => {
                let span = inner.span();
                *inner = Group::new(Delimiter::Parenthesis, rename_all(&inner.stream(), from, to));
                inner.set_span(span);
            }
            [TokenTree::Ident(name), ..] if name == from => *name = Ident::new(to, name.span()),
            _ => {}
        }
        attr.into_iter().collect::<TokenStream>()
    });
    let condition: TokenStream = condition.into_iter().collect();
    let rest: TokenStream = attrs.map(|attr| quote!(, #attr)).collect();
    quote!(#condition #rest).into_token_stream()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(tokens: TokenStream) -> Item {
        syn::parse2(tokens).expect("the tests write items")
    }

    #[test]
    fn conditions_that_matter() {
        let yes = [
            quote!(
                struct A {
                    #[cfg(unix)]
                    a: i32,
                }
            ),
            quote!(
                struct A(#[cfg_attr(unix, allow(unused), pyo3(get))] i32);
            ),
            quote!(
                struct A(#[cfg_attr(unix, cfg_attr(any(unix, windows), doc = "A."))] i32);
            ),
            quote!(
                enum A {
                    #[cfg(unix)]
                    B,
                }
            ),
            quote!(
                enum A {
                    B {
                        #[cfg(unix)]
                        a: i32,
                    },
                }
            ),
            quote!(
                #[cfg(unix)]
                struct A;
            ),
            quote!(
                #[cfg_attr(unix, repr(u8))]
                enum A {
                    B,
                }
            ),
        ];
        for tokens in yes {
            assert!(deferred(&TokenStream::new(), &item(tokens.clone())).is_some(), "{tokens}");
        }
        let no = [
            quote!(
                #[cfg_attr(unix, doc(cfg(unix)), derive(Clone))]
                struct A;
            ),
            quote!(
                #[pyo3(name = "B")]
                struct A {
                    #[pyo3(get)]
                    a: i32,
                }
            ),
            quote!(
                #[cfg_attr(feature = "pyo3", derive(Clone))]
                struct A {
                    #[cfg_attr(feature = "doc", allow(unused))]
                    a: i32,
                }
            ),
            quote!(
                #[cfg(unix)]
                fn f() {}
            ),
        ];
        for tokens in no {
            assert!(deferred(&TokenStream::new(), &item(tokens.clone())).is_none(), "{tokens}");
        }
    }

    #[test]
    fn what_is_renamed_is_restored() {
        let before = quote! {
            #[pyo3(crate = "a::b")]
            enum A {
                #[pyo3(name = "C")]
                #[cfg_attr(feature = "pyo3", doc = "pyo3", cfg_attr(unix, pyo3(name = "D")))]
                B { #[cfg(unix)] #[pyo3(x)] pyo3: i32 },
            }
        };
        let text = deferred(&quote!(frozen), &item(before.clone())).expect("it has conditions").to_string();
        assert_eq!(text.matches("pyo3_class (").count(), 5, "{text}");
        assert!(text.contains("a :: b :: impl_"), "{text}");
        let mut after = item(text.parse().expect("it was tokens"));
        restore(&mut after);
        let (before, after) = (before.to_string(), after.to_token_stream().to_string());
        assert!(after.ends_with(&before), "{after}");
        assert!(after.contains("# [pyo3 (frozen)]"), "{after}");
    }
}
