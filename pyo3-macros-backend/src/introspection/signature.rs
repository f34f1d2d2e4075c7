//! Parameters and results of functions in fragments.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{Expr, GenericArgument, PathArguments, ReturnType, Type};

use super::annotation::annotation;
use super::json::{Json, quoted};
use crate::function::{Callee, Kind, Param, Params, python_default};
use crate::syntax::{ElideLifetimes, replace_self};

/// The parameter before those that the user declares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// There is none.
    Nothing,
    /// `self` or `cls`.
    Receiver(&'static str),
    /// `self`, and all other parameters are positional-only: a slot or a property.
    Slot,
}

/// Writes the `"arguments"`.
pub fn arguments(json: &mut Json<'_>, krate: &TokenStream, params: &Params, lead: Lead, class: Option<&TokenStream>) {
    let positional: Vec<&Param> = params.positional().collect();
    let slot = lead == Lead::Slot;
    let only = if slot { positional.len() } else { params.positional_only };
    let receiver = match lead {
        Lead::Nothing => None,
        Lead::Receiver(name) => Some(name),
        Lead::Slot => Some("self"),
    };
    let list = |json: &mut Json<'_>, key: &str, receiver: Option<&str>, params: &[&Param]| {
        json.raw(&format!(r#""{key}":["#));
        let mut first = true;
        if let Some(name) = receiver {
            json.raw(r#"{"name":"#).string(name).raw("}");
            first = false;
        }
        for param in params {
            if !std::mem::take(&mut first) {
                json.raw(",");
            }
            parameter(json, krate, param, class);
        }
        json.raw("]");
    };
    json.key("arguments").raw("{");
    let (before, after) = positional.split_at(only.min(positional.len()));
    list(json, "posonlyargs", receiver.filter(|_| slot || only > 0), before);
    json.raw(",");
    list(json, "args", receiver.filter(|_| !slot && only == 0), after);
    json.raw(",");
    let keyword_only: Vec<&Param> = params.keyword_only().collect();
    list(json, "kwonlyargs", None, &keyword_only);
    for (key, param) in [("vararg", params.varargs()), ("kwarg", params.varkeywords())] {
        if let Some(param) = param {
            json.key(key);
            parameter(json, krate, param, class);
        }
    }
    json.raw("}");
}

fn parameter(json: &mut Json<'_>, krate: &TokenStream, param: &Param, class: Option<&TokenStream>) {
    json.raw(r#"{"name":"#).string(&param.name);
    if let Some(value) = param.default() {
        json.key("default").raw(&default(value));
    }
    if let Some(text) = &param.annotation {
        if let Some(given) = annotation(&text.value()) {
            json.key("annotation").raw(&given);
        }
    } else if !matches!(param.kind, Kind::VarArgs | Kind::VarKeywords) && param.converter().is_none() {
        // The values of `*args` and `**kwargs` are a tuple and a dict here, which say nothing about their contents.
        let hint = input(krate, &param.ty, class);
        json.key("annotation").hint(&hint);
    }
    json.raw("}");
}

/// Returns the hint for a parameter of type `ty`.
pub fn input(krate: &TokenStream, ty: &Type, class: Option<&TokenStream>) -> TokenStream {
    of("InputOf", krate, &own(ty, class))
}

/// Returns the hint for a field of type `ty` that Python reads.
pub fn field(krate: &TokenStream, ty: &Type) -> TokenStream {
    of("FieldOf", krate, &own(ty, None))
}

/// Returns the hint for a return value of type `ty`.
pub fn output(krate: &TokenStream, ty: &Type, class: Option<&TokenStream>) -> TokenStream {
    of("OutputOf", krate, &own(ty, class))
}

fn of(helper: &str, krate: &TokenStream, ty: &TokenStream) -> TokenStream {
    let helper = quote::format_ident!("{helper}");
    quote! {{
        #[allow(unused_imports)]
        use #krate::impl_::introspection::HintFallback as _;
        #krate::impl_::introspection::#helper::<#ty>::HINT
    }}
}

/// Rewrites the type for use outside the user's `impl`, without its lifetimes.
fn own(ty: &Type, class: Option<&TokenStream>) -> TokenStream {
    let mut ty = ty.clone();
    ElideLifetimes.visit_type_mut(&mut ty);
    match class {
        Some(class) => replace_self(ty.into_token_stream(), class),
        None => ty.into_token_stream(),
    }
}

/// Writes `"returns"`. With `unwrapped`, an `Option` only says whether there is another item, as in `__next__`.
pub fn returns(
    json: &mut Json<'_>,
    krate: &TokenStream,
    callee: &Callee,
    params: &Params,
    class: Option<&TokenStream>,
    unwrapped: bool,
) {
    json.key("returns");
    if let Some(given) = params.returns.as_ref().and_then(written) {
        json.raw(&given);
        return;
    }
    match &callee.output {
        ReturnType::Type(_, ty) => {
            let inner = argument_of(ty, &["Result", "PyResult"]);
            let plain = inner.unwrap_or(ty);
            let plain = argument_of(plain, &["Option"]).filter(|_| unwrapped).unwrap_or(plain);
            match plain {
                Type::Tuple(tuple) if tuple.elems.is_empty() => json.raw(NONE),
                Type::ImplTrait(_) => json.hint(&quote!(#krate::impl_::introspection::INCOMPLETE)),
                _ => json.hint(&output(krate, plain, class)),
            };
        }
        ReturnType::Default => {
            json.raw(NONE);
        }
    }
}

const NONE: &str = r#"{"type":"constant","kind":"none"}"#;

/// Parses the annotation after `->`.
fn written(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => annotation(&text.value()),
        _ => None,
    }
}

/// Returns the first type in angle brackets if the last name of `ty` is one of `names`.
fn argument_of<'a>(ty: &'a Type, names: &[&str]) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(given) = &last.arguments else { return None };
    given.args.iter().filter(|_| names.iter().any(|name| last.ident == name)).find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Returns a default: literals unchanged, everything else as `...`.
fn default(expr: &Expr) -> String {
    let constant = |rest: &str| format!(r#"{{"type":"constant","kind":{rest}}}"#);
    let number = |kind: &str, text: &str| constant(&format!(r#""{kind}","value":{}"#, quoted(text)));
    match expr {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => number("str", &text.value()),
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Char(text), .. }) => number("str", &text.value().to_string()),
        Expr::Group(inner) => default(&inner.expr),
        Expr::Paren(inner) => default(&inner.expr),
        other => match python_default(other).as_str() {
            "None" => NONE.to_owned(),
            "True" => constant(r#""bool","value":true"#),
            "False" => constant(r#""bool","value":false"#),
            text if text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()) => number("int", text),
            text if text.parse::<f64>().is_ok() => number("float", text),
            _ => constant(r#""ellipsis""#),
        },
    }
}
