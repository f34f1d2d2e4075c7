//! What a method of each role may look like.

use super::parse::{Method, Role};
use crate::errors::Errors;
use crate::function::{Kind, TextSignature};

/// Reports what `method` cannot be. `has_signature`: whether `signature = (...)` was given.
pub fn method(errors: &mut Errors, method: &Method, has_signature: bool) {
    let count = method.params.passed().count();
    let span = method.ident.span();
    let name = &method.ident;
    let expected = match &method.role {
        Role::Method | Role::ClassMethod | Role::StaticMethod => None,
        Role::ClassAttribute | Role::Getter | Role::Deleter => Some(0),
        Role::Setter => Some(1),
        Role::Protocol { shape, .. } => shape.arity(),
    };
    let Some(expected) = expected else { return };
    if count != expected {
        let hint = match expected {
            0 => "nothing but `Python<'_>`".to_owned(),
            1 => "one argument".to_owned(),
            more => format!("{more} arguments"),
        };
        let found = if count == 1 { "one".to_owned() } else { count.to_string() };
        errors.at(span, format!("`{name}` must take {hint} besides the receiver; it takes {found}"));
    }
    if has_signature {
        errors.at(span, format!("Python fixes the arguments of `{name}`; remove `signature`"));
    }
    if !matches!(method.text_signature, TextSignature::Auto) && !matches!(method.role, Role::Protocol { .. }) {
        errors.at(span, format!("`text_signature` has no meaning for `{name}`; remove it"));
    }
    for param in method.params.passed().filter(|param| !matches!(param.kind, Kind::Positional { default: None })) {
        errors.at(param.span, "this argument cannot have a default or be variable");
    }
}
