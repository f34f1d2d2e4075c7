//! Checks of functions and methods: what Python cannot call, and arguments that it cannot pass.

use quote::ToTokens;
use syn::{FnArg, GenericParam, PatType, Signature};

use super::Function;
use super::declared::{DeclaredSignature, Item};
use super::params::{Kind, Param, Params};
use crate::errors::Errors;
use crate::options::check_together;
use crate::syntax::is_python;

/// Checks `function` and its options.
pub fn function(errors: &mut Errors, function: &Function) {
    let Function { ident, params, sig, options, .. } = function;
    check_together(errors, options);
    if options.pass_module.is_some() && sig.inputs.is_empty() {
        errors.at(ident.span(), "`pass_module` needs a first argument of type `&Bound<'_, PyModule>`");
    }
    callable(errors, sig, params, options.signature.as_ref().map(|given| &given.value));
}

/// Checks what functions and methods have in common: the signature in Rust, and that for Python.
pub fn callable(errors: &mut Errors, sig: &Signature, params: &Params, declared: Option<&DeclaredSignature>) {
    plain(errors, sig);
    if let Some(declared) = declared {
        order(errors, declared);
    }
    params.list.iter().for_each(|one| param(errors, one));
    match sig.asyncness {
        Some(_) => asynchronous(errors, sig, params),
        None => {
            if let Some(handle) = cancel_handles(params).next() {
                errors.at(handle.span, "`cancel_handle` is for `async fn` only");
            }
        }
    }
}

/// Refuses functions that Python cannot call: generic, variadic, or `async` without its feature.
pub fn plain(errors: &mut Errors, sig: &Signature) {
    for param in sig.generics.params.iter().filter(|param| !matches!(param, GenericParam::Lifetime(_))) {
        let message = "a Python function cannot have generic parameters; make one for each type you need";
        errors.push(syn::Error::new_spanned(param, message));
    }
    if let (false, Some(asyncness)) = (cfg!(feature = "experimental-async"), &sig.asyncness) {
        let message = "async functions are only supported with the `experimental-async` feature";
        errors.push(syn::Error::new_spanned(asyncness, message));
    }
    if let Some(variadic) = &sig.variadic {
        errors.push(syn::Error::new_spanned(variadic, "use `*args` in `signature = (...)` for variable arguments"));
    }
}

/// Checks the order in a declared signature: `/` at most once and before `*`, `*` at most once, defaults last,
/// `**kwargs` at the end. A `/` or `*` without parameters to apply to has no effect, and is allowed although Python
/// would refuse it.
fn order(errors: &mut Errors, declared: &DeclaredSignature) {
    let (mut star, mut slash, mut keywords, mut default) = (false, false, false, false);
    for item in &declared.items {
        if keywords {
            errors.at(item.span(), "nothing may follow `**kwargs`; move this before it");
            return;
        }
        match item {
            Item::Slash(span) if slash => errors.at(*span, "`/` may appear only once"),
            Item::Slash(span) if star => errors.at(*span, "`/` must come before `*` or `*args`"),
            Item::Slash(_) => slash = true,
            Item::Star(_) | Item::VarArgs(..) if star => {
                errors.at(item.span(), "`*` or `*args` may appear only once");
            }
            Item::Star(_) | Item::VarArgs(..) => star = true,
            Item::VarKeywords(..) => keywords = true,
            Item::Named { default: Some(_), .. } => default = !star || default,
            Item::Named { name, default: None, .. } if default && !star => errors.at(
                name.span(),
                format!("required parameter `{name}` cannot follow one with a default; give it a default too"),
            ),
            Item::Named { .. } => {}
        }
    }
}

fn param(errors: &mut Errors, param: &Param) {
    let name = &param.name;
    check_together(errors, &param.options);
    match param.kind {
        Kind::VarArgs if param.is_option() => {
            errors.at(param.span, format!("`*{name}` cannot be `Option<...>`: it is an empty tuple at least"));
        }
        Kind::VarKeywords if !param.is_option() => {
            errors.at(param.span, format!("`**{name}` must be `Option<...>`: without keywords it is `None`"));
        }
        _ => {}
    }
}

/// Refuses parameters that an `async fn` cannot keep while it waits, and a second cancel handle.
fn asynchronous(errors: &mut Errors, sig: &Signature, params: &Params) {
    if let Some(handle) = cancel_handles(params).nth(1) {
        errors.at(handle.span, "an `async fn` has one `cancel_handle`");
    }
    // Not only `params`, because the receiver is kept as well.
    for input in &sig.inputs {
        let FnArg::Typed(PatType { ty, .. }) = input else { continue };
        if is_python(ty) {
            let message = "an `async fn` cannot keep `Python<'_>` while it waits; use `Python::attach` in it";
            errors.push(syn::Error::new_spanned(ty, message));
        }
        let text = ty.to_token_stream().to_string();
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        if let Some(word) = words.find(|word| ["Bound", "Borrowed", "PyRef", "PyRefMut"].contains(word)) {
            let message = format!("an `async fn` cannot keep `{word}` while it waits; take `Py<...>`");
            errors.push(syn::Error::new_spanned(ty, message));
        }
    }
}

fn cancel_handles(params: &Params) -> impl Iterator<Item = &Param> {
    params.list.iter().filter(|param| matches!(param.kind, Kind::CancelHandle))
}
