//! Checks of methods against their roles.

use super::parse::{Method, MethodBlock, Receiver, Role};
use super::protocol::Kind as ProtocolKind;
use super::slot;
use crate::errors::Errors;
use crate::function::{self, Kind};
use crate::options::{Place, check_place, check_together};

/// Checks each item of `block`, and the items against each other.
pub fn block(errors: &mut Errors, block: &MethodBlock) {
    for method in &block.methods {
        options(errors, method);
        let declared = method.options.signature.as_ref().map(|given| &given.value);
        function::check::callable(errors, &method.sig, &method.params, declared);
        role(errors, method);
    }
    for constant in &block.constants {
        check_place(errors, &constant.options, Place::ClassAttribute);
    }
    together(errors, &block.methods);
}

/// Reports options that `method` cannot have in its role, and a second name for one with `#[getter(name)]`.
fn options(errors: &mut Errors, method: &Method) {
    let Method { role, options: given, .. } = method;
    let place = match role {
        Role::Method | Role::ClassMethod | Role::StaticMethod => Place::Method,
        Role::ClassAttribute => Place::ClassAttribute,
        Role::Getter | Role::Setter | Role::Deleter => Place::Accessor,
        Role::Protocol { protocol, .. } => match protocol.kind {
            ProtocolKind::Call | ProtocolKind::Init | ProtocolKind::New => Place::Callable,
            ProtocolKind::Traverse => Place::Traverse,
            ProtocolKind::InSlot { .. } | ProtocolKind::Clear => Place::Protocol,
        },
    };
    check_together(errors, given);
    check_place(errors, given, place);
    let Some(name) = &given.name else { return };
    if method.property.is_some() {
        errors.at(name.span, "the property has a name already, in the attribute beside this; remove one of the two");
    }
    if role.is(&ProtocolKind::New) && name.value.text != "__new__" {
        errors.at(name.span, "a constructor is called by the name of its class; remove `name`");
    }
}

/// Reports properties of `method` that its role does not allow.
fn role(errors: &mut Errors, method: &Method) {
    let count = method.params.passed().count();
    let span = method.ident.span();
    let name = &method.ident;
    let expected = match &method.role {
        Role::Method | Role::ClassMethod | Role::StaticMethod => None,
        Role::ClassAttribute | Role::Getter | Role::Deleter => Some(0),
        Role::Setter => Some(1),
        Role::Protocol { protocol, .. } => protocol.arity(),
    };
    let keeps_none = match &method.role {
        Role::ClassAttribute => Some("it is computed whoever asks for the class"),
        role if role.is(&ProtocolKind::Traverse) => Some("the collector keeps no promise but its own"),
        _ => None,
    };
    if let (Some(reason), true) = (keeps_none, method.callee.is_unsafe) {
        errors.at(span, format!("`{name}` cannot be an `unsafe fn`: {reason}"));
    }
    if (method.role.is(&ProtocolKind::Traverse) || method.role.is(&ProtocolKind::Clear))
        && matches!(method.receiver, Receiver::None | Receiver::Class)
    {
        errors.at(span, format!("`{name}` is about one instance: it takes `&self`, and no class"));
    }
    if method.role.is(&ProtocolKind::Traverse) {
        if matches!(method.receiver, Receiver::Exclusive | Receiver::Typed) {
            let message =
                format!("`{name}` takes `&self`: while the collector runs, nothing is borrowed and nothing changes");
            errors.at(span, message);
        }
        if let Some(python) = method.params.list.iter().find(|param| matches!(param.kind, Kind::Python)) {
            errors.at(python.span, format!("`{name}` has no `Python<'_>`: while the collector runs, no Python may"));
        }
    }
    let Some(expected) = expected else {
        let slot = matches!(method.role, Role::Protocol { .. }) && !method.role.is(&ProtocolKind::Call);
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
    for param in method.params.passed().filter(|param| !matches!(param.kind, Kind::Positional { default: None })) {
        errors.at(param.span, "this argument cannot have a default or be variable");
    }
}

/// Reports a second constructor, a second function of the same name, and single comparisons beside `__richcmp__`.
/// Functions with `#[cfg(...)]` may exclude each other, which is not known here, so they are not reported.
fn together(errors: &mut Errors, methods: &[Method]) {
    for (index, method) in methods.iter().enumerate() {
        let same = |other: &&Method| {
            other.role == method.role
                && other.cfgs.is_empty()
                && (method.role.is(&ProtocolKind::New) || other.name.text == method.name.text)
        };
        let Some(first) = methods[..index].iter().find(same).filter(|_| method.cfgs.is_empty()) else { continue };
        let what = match method.role {
            Role::Getter => format!("the property `{}` has a getter", method.name.text),
            Role::Setter => format!("the property `{}` has a setter", method.name.text),
            Role::Deleter => format!("the property `{}` has a deleter", method.name.text),
            _ if method.role.is(&ProtocolKind::New) => "the class has a constructor".to_owned(),
            _ => format!("the class has something called `{}`", method.name.text),
        };
        errors.at(method.ident.span(), format!("{what} already, `{}`; remove one of the two", first.ident));
    }
    let compares = |method: &&Method, all: bool| match &method.role {
        Role::Protocol { protocol, .. } => match protocol.kind {
            ProtocolKind::InSlot { place: slot::Place::AllComparisons, .. } => all,
            ProtocolKind::InSlot { place: slot::Place::Comparison(_), .. } => !all,
            _ => false,
        },
        _ => false,
    };
    let Some(all) = methods.iter().find(|method| compares(method, true)).filter(|all| all.cfgs.is_empty()) else {
        return;
    };
    for one in methods.iter().filter(|method| compares(method, false)) {
        errors.at(one.ident.span(), format!("`{}` compares already, in all six ways; remove this, or that", all.ident));
    }
}
