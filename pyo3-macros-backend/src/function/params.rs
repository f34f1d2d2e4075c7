//! The parameters of a function: their Rust declarations combined with how Python passes them.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::visit_mut::VisitMut;
use syn::{Expr, FnArg, Pat, PatType, Type};

use super::declared::{DeclaredSignature, Item, python_default};
use super::options::ArgumentOptions;
use crate::errors::Errors;
use crate::options::take_helpers;
use crate::syntax::{ElideLifetimes, is_python, last_segment};

/// A Rust parameter after the receiver.
#[derive(Clone, Debug)]
pub struct Param {
    /// The name in Python.
    pub name: String,
    /// The place for errors.
    pub span: Span,
    /// The type, with every lifetime replaced by `'_`.
    pub ty: Type,
    /// The source of the value.
    pub kind: Kind,
    /// The annotation in the signature, for type stubs.
    pub annotation: Option<syn::LitStr>,
    /// The options as given.
    pub options: ArgumentOptions,
}

/// The source of a parameter's value.
#[derive(Clone, Debug)]
pub enum Kind {
    /// The token: `Python<'_>`.
    Python,
    /// `#[pyo3(cancel_handle)]`, in an `async fn`.
    CancelHandle,
    /// By position, or by name unless it is positional-only.
    Positional { default: Option<Expr> },
    /// Only by name.
    KeywordOnly { default: Option<Expr> },
    /// `*args`.
    VarArgs,
    /// `**kwargs`.
    VarKeywords,
}

impl Param {
    /// Whether the type is written `Option<...>`.
    pub fn is_option(&self) -> bool {
        last_segment(&self.ty).is_some_and(|segment| segment.ident == "Option")
    }

    /// Whether the value comes from Python.
    pub fn is_passed(&self) -> bool {
        !matches!(self.kind, Kind::Python | Kind::CancelHandle)
    }

    /// Returns the function that converts the argument instead of `FromPyObject`.
    pub fn converter(&self) -> Option<&Expr> {
        self.options.from_py_with.as_ref().map(|given| &given.value.0)
    }

    /// Returns the default, if there is one.
    pub fn default(&self) -> Option<&Expr> {
        match &self.kind {
            Kind::Positional { default } | Kind::KeywordOnly { default } => default.as_ref(),
            _ => None,
        }
    }
}

/// All parameters of a function.
#[derive(Clone, Debug, Default)]
pub struct Params {
    /// The parameters in Rust's order.
    pub list: Vec<Param>,
    /// The number of positional parameters before `/`.
    pub positional_only: usize,
    /// The annotation of the result in the signature, for type stubs.
    pub returns: Option<Expr>,
}

impl Params {
    /// Parses `inputs` (without the receiver), removing helper attributes, and combines them with `declared`.
    pub fn parse(errors: &mut Errors, inputs: &mut [&mut FnArg], declared: Option<&DeclaredSignature>) -> Self {
        let mut list: Vec<Param> = inputs.iter_mut().filter_map(|input| parse_one(errors, input)).collect();
        let mut positional_only = 0;
        if let Some(declared) = declared {
            positional_only = join(errors, &mut list, declared);
        }
        let returns = declared.and_then(|declared| declared.returns.clone());
        Params { list, positional_only, returns }
    }

    /// Returns the positional parameters in order.
    pub fn positional(&self) -> impl Iterator<Item = &Param> {
        self.list.iter().filter(|param| matches!(param.kind, Kind::Positional { .. }))
    }

    /// Returns the keyword-only parameters in order.
    pub fn keyword_only(&self) -> impl Iterator<Item = &Param> {
        self.list.iter().filter(|param| matches!(param.kind, Kind::KeywordOnly { .. }))
    }

    /// Returns the parameter for extra positional arguments.
    pub fn varargs(&self) -> Option<&Param> {
        self.list.iter().find(|param| matches!(param.kind, Kind::VarArgs))
    }

    /// Returns the parameter for extra keyword arguments.
    pub fn varkeywords(&self) -> Option<&Param> {
        self.list.iter().find(|param| matches!(param.kind, Kind::VarKeywords))
    }

    /// Returns the parameters that Python passes in any way.
    pub fn passed(&self) -> impl Iterator<Item = &Param> {
        self.list.iter().filter(|param| param.is_passed())
    }

    /// Returns the signature for `inspect`, starting with `first` (`$self`, `$module`).
    pub fn text(&self, first: Option<&str>) -> String {
        let mut parts: Vec<String> = first.map(str::to_owned).into_iter().collect();
        let one = |param: &Param| match param.default() {
            Some(default) => format!("{}={}", param.name, python_default(default)),
            None => param.name.clone(),
        };
        for (index, param) in self.positional().enumerate() {
            parts.push(one(param));
            if index + 1 == self.positional_only {
                parts.push("/".to_owned());
            }
        }
        match self.varargs() {
            Some(param) => parts.push(format!("*{}", param.name)),
            None if self.keyword_only().next().is_some() => parts.push("*".to_owned()),
            None => {}
        }
        parts.extend(self.keyword_only().map(one));
        parts.extend(self.varkeywords().map(|param| format!("**{}", param.name)));
        format!("({})", parts.join(", "))
    }
}

fn parse_one(errors: &mut Errors, input: &mut FnArg) -> Option<Param> {
    let FnArg::Typed(PatType { attrs, pat, ty, .. }) = input else {
        errors.push(syn::Error::new_spanned(input, "`self` is for methods in `#[pymethods]` only"));
        return None;
    };
    let mut options = ArgumentOptions::default();
    take_helpers(errors, attrs, &mut options);
    let (name, span) = match &**pat {
        Pat::Ident(ident) => (ident.ident.unraw().to_string(), ident.ident.span()),
        Pat::Wild(wild) => {
            let message = "a Python argument needs a name; write `_name` for one that is not used";
            errors.push(syn::Error::new_spanned(wild, message));
            return None;
        }
        other => {
            errors.push(syn::Error::new_spanned(other, "a Python argument needs a plain name, not a pattern"));
            return None;
        }
    };
    if let Type::ImplTrait(found) = &**ty {
        errors
            .push(syn::Error::new_spanned(found, "`impl Trait` is no type that Python arguments convert to; name one"));
        return None;
    }
    let mut ty = (**ty).clone();
    ElideLifetimes.visit_type_mut(&mut ty);
    let kind = match options.cancel_handle.is_some() {
        true => Kind::CancelHandle,
        false if is_python(&ty) => Kind::Python,
        false => Kind::Positional { default: None },
    };
    Some(Param { name, span, ty, kind, annotation: None, options })
}

/// Determines the kind of each parameter from `declared`. Returns the number of positional-only ones.
fn join(errors: &mut Errors, list: &mut [Param], declared: &DeclaredSignature) -> usize {
    let given: Vec<String> = list.iter().filter(|param| !param.is_passed()).map(|param| param.name.clone()).collect();
    let mut params = list.iter_mut().filter(|param| param.is_passed());
    let mut take = |errors: &mut Errors, name: &Ident| {
        let text = name.unraw().to_string();
        if given.contains(&text) {
            errors.at(name.span(), format!("Python does not pass `{text}`; remove it from the signature"));
            return None;
        }
        let Some(param) = params.next() else {
            errors.at(name.span(), format!("the function has no argument for `{text}`; remove it from the signature"));
            return None;
        };
        if param.name != text {
            errors.at(
                name.span(),
                format!(
                    "expected argument `{}` here, found `{text}`; names and order must match the function",
                    param.name
                ),
            );
        }
        Some(param)
    };
    let (mut positional_only, mut count, mut keyword_only) = (0, 0, false);
    for item in &declared.items {
        match item {
            Item::Slash(_) => positional_only = count,
            Item::Star(_) => keyword_only = true,
            Item::Named { name, annotation, default } => {
                let default = default.clone();
                count += usize::from(!keyword_only);
                if let Some(param) = take(errors, name) {
                    param.annotation.clone_from(annotation);
                    param.kind = match keyword_only {
                        true => Kind::KeywordOnly { default },
                        false => Kind::Positional { default },
                    };
                }
            }
            Item::VarArgs(name, annotation) => {
                keyword_only = true;
                if let Some(param) = take(errors, name) {
                    param.annotation.clone_from(annotation);
                    param.kind = Kind::VarArgs;
                }
            }
            Item::VarKeywords(name, annotation) => {
                if let Some(param) = take(errors, name) {
                    param.annotation.clone_from(annotation);
                    param.kind = Kind::VarKeywords;
                }
            }
        }
    }
    for param in params {
        errors.at(declared.span, format!("argument `{}` of the function is missing in the signature", param.name));
    }
    positional_only
}
