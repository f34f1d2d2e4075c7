//! Functions with conditional arguments: `#[cfg(...)]` or `#[cfg_attr(...)]` on them.
//!
//! An attribute macro sees the arguments before the compiler has evaluated these conditions, and a function cannot have
//! a derive macro, which sees its item afterwards. So for such an item, the macro only generates a hidden struct, with a
//! field for each condition. The derive macro of this struct sees which fields exist. It has the item in an attribute,
//! removes the arguments that do not exist, and expands the rest. No other part of the macros has to know of conditions.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, FnArg, ImplItem, Item, ItemStruct, Meta, MetaList, Pat, PatType, Receiver, Signature, Token, parse_quote,
};

use crate::condition::Condition;
use crate::errors::Errors;
use crate::function::DeclaredSignature;
use crate::methods::BlockOptions;
use crate::options::{cfgs, krate, parse_list, take, take_helpers};

/// The attribute of the struct that has the options of the macro.
const OPTIONS: &str = "pyo3_options";
/// The attribute of the struct that has the item.
const ITEM: &str = "pyo3_item";
/// The attribute of a function that names the arguments that do not exist.
const ABSENT: &str = "pyo3_absent";

/// Whether an argument of one of `functions` may have a condition.
pub fn are_conditional<'a>(mut functions: impl Iterator<Item = &'a Signature>) -> bool {
    let is_condition = |attr: &Attribute| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr");
    functions.any(|sig| sig.inputs.iter().any(|input| attributes(input).iter().any(is_condition)))
}

/// Returns the struct whose derive macro expands `item`, a function or an `impl` block, with the options `args`.
pub fn deferred(args: &TokenStream, item: &Item) -> TokenStream {
    let mut conditions = Vec::new();
    evaluate_item(&mut item.clone(), &mut |condition| {
        conditions.push(Condition::When(condition.clone()).attribute());
        true
    });
    let fields = (0..conditions.len()).map(field);
    let (options, content) = (format_ident!("{OPTIONS}"), format_ident!("{ITEM}"));
    let define = |name: Ident, attrs: &[Attribute]| {
        let (krate, cfgs) = (crate_of(args, attrs), cfgs(attrs));
        quote! {
            #(#cfgs)*
            #[doc(hidden)]
            #[allow(dead_code, non_camel_case_types)]
            #[derive(#krate::impl_::function::ItemOfConditions)]
            #[#options(#args)]
            #[#content(#item)]
            struct #name { #(#conditions #fields: (),)* }
        }
    };
    match item {
        Item::Fn(item) => define(format_ident!("__PYO3_CONDITIONS_OF_{}", item.sig.ident), &item.attrs),
        Item::Impl(item) => {
            let of_block = define(format_ident!("__PYO3_CONDITIONS"), &item.attrs);
            // Several blocks of a type must not define the same name.
            quote!(const _: () = { #of_block };)
        }
        other => other.to_token_stream(),
    }
}

/// Expands the derive macro of the struct that `deferred` generates. `several_blocks`: the feature
/// `multiple-pymethods`.
pub fn derive_item(input: TokenStream, several_blocks: bool) -> TokenStream {
    let given = syn::parse2(input).and_then(|mut carrier: ItemStruct| {
        let item: Item = syn::parse2(content(&mut carrier.attrs, ITEM))?;
        Ok((content(&mut carrier.attrs, OPTIONS), item, carrier))
    });
    let (args, mut item, carrier) = match given {
        Ok(given) => given,
        Err(error) => return error.into_compile_error(),
    };
    let mut fields = (0..).map(field);
    evaluate_item(&mut item, &mut |_| {
        let name = fields.next();
        carrier.fields.iter().any(|exists| exists.ident == name)
    });
    match item {
        Item::Fn(item) => crate::function::expand(args, item),
        Item::Impl(item) => crate::methods::expand(args, item, several_blocks),
        other => other.into_token_stream(),
    }
}

/// Removes from `signature` the arguments that the function with the attributes `attrs` does not have because of their
/// conditions. Removes their names from `attrs`.
pub fn leave_out_absent(attrs: &mut Vec<Attribute>, signature: Option<&mut DeclaredSignature>) {
    // `evaluate_signature` has written the names.
    let parse = |attr: Attribute| attr.parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated).ok();
    let absent: Vec<Ident> = take(attrs, ABSENT).into_iter().filter_map(parse).flatten().collect();
    if let Some(signature) = signature {
        signature.leave_out(&absent);
    }
}

/// Returns the crate that generated code refers to. All other options, and mistakes, are for the derive macro.
fn crate_of(args: &TokenStream, attrs: &[Attribute]) -> TokenStream {
    let (mut ignored, mut options) = (Errors::default(), BlockOptions::default());
    parse_list(&mut ignored, args.clone(), &mut options);
    take_helpers(&mut ignored, &mut attrs.to_vec(), &mut options);
    krate(&options.krate)
}

/// Returns the field for the condition at `index`.
fn field(index: usize) -> Ident {
    format_ident!("condition_{index}")
}

/// Removes the attribute `name` and returns its content.
fn content(attrs: &mut Vec<Attribute>, name: &str) -> TokenStream {
    let lists = take(attrs, name).into_iter().filter_map(|attr| match attr.meta {
        Meta::List(list) => Some(list.tokens),
        _ => None,
    });
    lists.collect()
}

/// Whether a condition holds. Called for all conditions of an item in a fixed order, also for those that depend on
/// others.
type Holds<'a> = &'a mut dyn FnMut(&TokenStream) -> bool;

/// Evaluates the conditions of all arguments in `item`: a function or an `impl` block.
fn evaluate_item(item: &mut Item, holds: Holds<'_>) {
    match item {
        Item::Fn(item) => evaluate_signature(&mut item.attrs, &mut item.sig, holds),
        Item::Impl(item) => {
            for item in &mut item.items {
                if let ImplItem::Fn(item) = item {
                    evaluate_signature(&mut item.attrs, &mut item.sig, holds);
                }
            }
        }
        _ => {}
    }
}

/// Removes the arguments of `sig` that do not exist, and records their names in `attrs`.
fn evaluate_signature(attrs: &mut Vec<Attribute>, sig: &mut Signature, holds: Holds<'_>) {
    let (mut present, mut absent) = (Vec::new(), Vec::new());
    for mut input in std::mem::take(&mut sig.inputs) {
        let (FnArg::Receiver(Receiver { attrs, .. }) | FnArg::Typed(PatType { attrs, .. })) = &mut input;
        let exists = evaluate(attrs, holds);
        if exists { present.push(input) } else { absent.extend(name(&input).cloned()) }
    }
    // Of several alternatives, one may exist.
    absent.retain(|gone| !present.iter().any(|input| name(input) == Some(gone)));
    sig.inputs = present.into_iter().collect();
    if !absent.is_empty() {
        let marker = format_ident!("{ABSENT}");
        attrs.push(parse_quote!(#[#marker(#(#absent),*)]));
    }
}

fn attributes(input: &FnArg) -> &[Attribute] {
    match input {
        FnArg::Receiver(Receiver { attrs, .. }) | FnArg::Typed(PatType { attrs, .. }) => attrs,
    }
}

fn name(input: &FnArg) -> Option<&Ident> {
    match input {
        FnArg::Typed(PatType { pat, .. }) => match &**pat {
            Pat::Ident(found) => Some(&found.ident),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// Evaluates the conditions in `attrs`. Returns whether the argument that has them exists. Malformed attributes stay,
/// and the compiler reports them.
fn evaluate(attrs: &mut Vec<Attribute>, holds: Holds<'_>) -> bool {
    let mut exists = true;
    for attr in std::mem::take(attrs) {
        match &attr.meta {
            Meta::List(list) if list.path.is_ident("cfg") => exists &= holds(&list.tokens),
            Meta::List(list) if list.path.is_ident("cfg_attr") => match conditional(list) {
                Ok((condition, mut inner)) => {
                    let applies = holds(&condition);
                    // Conditions are independent of those around them, so all are evaluated.
                    let inner_exists = evaluate(&mut inner, holds);
                    if applies {
                        exists &= inner_exists;
                        attrs.extend(inner);
                    }
                }
                Err(_) => attrs.push(attr),
            },
            _ => attrs.push(attr),
        }
    }
    exists
}

/// Splits `cfg_attr(...)` into the condition and the attributes.
fn conditional(list: &MetaList) -> syn::Result<(TokenStream, Vec<Attribute>)> {
    list.parse_args_with(|input: ParseStream<'_>| {
        let mut condition = TokenStream::new();
        while !input.peek(Token![,]) {
            condition.extend([input.parse::<TokenTree>()?]);
        }
        input.parse::<Token![,]>()?;
        let inner = input.parse_terminated(Meta::parse, Token![,])?;
        Ok((condition, inner.into_iter().map(|meta| parse_quote!(#[#meta])).collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evaluates the conditions of `item`, which say whether they hold. Returns them and the rest.
    fn evaluated(mut item: Item) -> (String, String) {
        let mut conditions = Vec::new();
        evaluate_item(&mut item, &mut |condition| {
            conditions.push(condition.to_string());
            condition.to_string() == "true"
        });
        (conditions.join(" "), item.to_token_stream().to_string())
    }

    #[test]
    fn what_does_not_exist_is_removed() {
        let (conditions, left) = evaluated(parse_quote! {
            fn f(
                #[cfg(true)] a: A,
                #[cfg(false)] #[cfg(true)] b: B,
                #[cfg_attr(true, cfg(false), x)] c: C,
                #[cfg_attr(false, cfg(false), cfg_attr(true, x))] d: D,
                #[cfg_attr(true, x = 1, cfg_attr(true, y(2, 3)))] #[z] e: E,
                #[cfg(false)] a: F,
            ) {}
        });
        assert_eq!(conditions, "true false true true false false false true true true false");
        let expected: Item = parse_quote! {
            #[pyo3_absent(b, c)]
            fn f(a: A, d: D, #[x = 1] #[y(2, 3)] #[z] e: E) {}
        };
        assert_eq!(left, expected.to_token_stream().to_string());
    }

    #[test]
    fn malformed_conditions_are_left_to_the_compiler() {
        let item: Item = parse_quote!(
            impl A {
                fn f(#[cfg_attr(true)] &self, #[cfg] a: A, #[cfg = "false"] b: B, #[cfg_attr(true, 1)] c: C) {}
            }
        );
        assert_eq!(evaluated(item.clone()), (String::new(), item.to_token_stream().to_string()));
    }
}
