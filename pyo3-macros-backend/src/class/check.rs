//! Checks of classes: what a class cannot be, and which options do not go together.

use super::options::Display;
use super::parse::{Class, ClassBody, Field};
use crate::errors::Errors;
use crate::options::{Given, Place, check_place, check_together};

/// Checks `class`, its fields or variants, and their options.
pub fn class(errors: &mut Errors, class: &Class) {
    generics(errors, class);
    let place = match &class.body {
        ClassBody::Fields(list) => {
            fields(errors, class, list);
            Place::Struct
        }
        ClassBody::Variants(..) => Place::Enum,
        ClassBody::Classes(_) => Place::FieldEnum,
    };
    if let ClassBody::Variants(list, _) | ClassBody::Classes(list) = &class.body {
        if list.is_empty() {
            errors.at(
                class.ident.span(),
                "an enum without variants (after `cfg`) has no instances, and cannot be a class",
            );
        }
        for variant in list {
            check_place(errors, &variant.options, place);
        }
    }
    format(errors, class);
    check_together(errors, &class.options);
    check_place(errors, &class.options, place);
}

/// Checks that the fields that `str = "..."` names exist under these names.
fn format(errors: &mut Errors, class: &Class) {
    let Some(Given { value: Display::Format(text), .. }) = &class.options.display else { return };
    if !matches!(class.body, ClassBody::Fields(..)) {
        errors.at(text.span(), "an enum has no fields to format; use `str` alone, with `Display`");
    } else if let Some(rule) = &class.options.rename_all {
        errors.at(
            rule.span,
            "a format string names fields as Rust does, so they cannot be renamed for Python; write `Display`",
        );
    }
}

fn generics(errors: &mut Errors, class: &Class) {
    for param in &class.generics.params {
        let message = match param {
            syn::GenericParam::Lifetime(_) => {
                "a Python class cannot hold borrowed data: Python decides how long an instance lives"
            }
            _ => "a Python class cannot be generic: it has one layout; make a class for each type you need",
        };
        errors.push(syn::Error::new_spanned(param, message));
    }
}

fn fields(errors: &mut Errors, class: &Class, list: &[Field]) {
    let options = &class.options;
    if let (Some(given), true) = (options.get_all.as_ref().or(options.set_all.as_ref()), list.is_empty()) {
        errors.at(given.span, format!("`{}` has no fields that Python could see; remove this", class.ident));
    }
    for Field { name, ty, get, set, options: given, .. } in list {
        if let (Some(Given { span, .. }), true) = (&given.get, options.get_all.is_some()) {
            errors.at(*span, "`get` is not needed: `get_all` is set for the class");
        }
        if let (Some(Given { span, .. }), true) = (&given.set, options.set_all.is_some()) {
            errors.at(*span, "`set` is not needed: `set_all` is set for the class");
        }
        if let (Some(Given { span, .. }), true) = (&given.set, options.frozen.is_some()) {
            errors.at(*span, "a `frozen` class has no fields that Python can set");
        }
        let is_property = *get || *set;
        if let (Some(name), false) = (&given.name, is_property) {
            errors.at(name.span, "`name` has no effect without `get` or `set`");
        }
        if name.is_none() && is_property {
            errors.push(syn::Error::new_spanned(ty, "a tuple field needs `name = \"...\"` to be a property"));
        }
    }
}
