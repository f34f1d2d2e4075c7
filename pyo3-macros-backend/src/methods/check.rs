//! What a method of each role may look like.

use super::parse::{Method, Receiver, Role};
use super::protocol::Shape;
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
    let keeps_none = match method.role {
        Role::ClassAttribute => Some("it is computed whoever asks for the class"),
        Role::Protocol { shape: Shape::Traverse, .. } => Some("the collector keeps no promise but its own"),
        _ => None,
    };
    if let (Some(reason), true) = (keeps_none, method.callee.is_unsafe) {
        errors.at(span, format!("`{name}` cannot be an `unsafe fn`: {reason}"));
    }
    if matches!(method.role, Role::Protocol { shape: Shape::Traverse | Shape::Clear, .. })
        && matches!(method.receiver, Receiver::None | Receiver::Class)
    {
        errors.at(span, format!("`{name}` is about one instance: it takes `&self`, and no class"));
    }
    let Some(expected) = expected else {
        let slot = matches!(method.role, Role::Protocol { shape, .. } if shape != Shape::Call);
        if method.callee.is_async && slot {
            errors.at(span, format!("`{name}` cannot be an `async fn`: Python does not await what it returns"));
        }
        return;
    };
    if method.callee.is_async {
        errors.at(span, format!("`{name}` cannot be an `async fn`: Python does not await what it returns"));
    }
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

/// Reports a second constructor, or a second getter, setter or deleter of one property. Those that a `cfg` guards may
/// exclude each other, which nobody knows here.
pub fn block(errors: &mut Errors, methods: &[Method]) {
    for (index, method) in methods.iter().enumerate() {
        let same = |other: &&Method| {
            other.role == method.role
                && other.cfgs.is_empty()
                && match method.role {
                    Role::Getter | Role::Setter | Role::Deleter => other.name.text == method.name.text,
                    Role::Protocol { shape: Shape::New, .. } => true,
                    _ => false,
                }
        };
        let Some(first) = methods[..index].iter().find(same).filter(|_| method.cfgs.is_empty()) else { continue };
        let what = match method.role {
            Role::Getter => format!("the property `{}` has a getter", method.name.text),
            Role::Setter => format!("the property `{}` has a setter", method.name.text),
            Role::Deleter => format!("the property `{}` has a deleter", method.name.text),
            _ => "the class has a constructor".to_owned(),
        };
        errors.at(method.ident.span(), format!("{what} already, `{}`; remove one of the two", first.ident));
    }
}
