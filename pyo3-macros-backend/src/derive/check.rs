//! Checks of derived conversions: which options go together, and with which types and fields.

use syn::DeriveInput;

use super::parse::{Container, Derived, Field};
use crate::errors::Errors;
use crate::options::check_together;

/// Checks the type, its variants and fields, and their options.
pub fn derived(errors: &mut Errors, input: &DeriveInput, derived: &Derived) {
    let given = &derived.options;
    if derived.is_enum {
        for (name, span) in [
            ("transparent", given.transparent.as_ref().map(|given| given.span)),
            ("annotation", given.annotation.as_ref().map(|given| given.span)),
            ("from_item_all", given.from_item_all.as_ref().map(|given| given.span)),
        ] {
            if let Some(span) = span {
                errors.at(span, format!("`{name}` is for the variants of an enum; move it to each that it is for"));
            }
        }
        if derived.containers.is_empty() {
            errors.at(input.ident.span(), "an enum without variants has no values to convert");
        }
    } else if let Some(annotation) = &given.annotation {
        errors.at(annotation.span, "`annotation` is for variants of enums: errors name a struct by its type");
    }
    for one in &derived.containers {
        if let (true, true, Some(own)) = (derived.is_enum, given.rename_all.is_some(), &one.options.rename_all) {
            errors.at(own.span, "the enum has a `rename_all` already; remove one of the two");
        }
        container(errors, one);
    }
}

fn container(errors: &mut Errors, container: &Container) {
    let Container { ident, named, fields, options, .. } = container;
    if fields.is_empty() {
        errors.at(ident.span(), format!("`{ident}` has no fields, so there is nothing to convert"));
    }
    check_together(errors, options);
    if let (Some(transparent), true) = (&options.transparent, fields.len() > 1) {
        errors.at(transparent.span, format!("`transparent` is for a single field; `{ident}` has {}", fields.len()));
    }
    if let (Some(rule), false) = (&options.rename_all, named) {
        errors.at(rule.span, "`rename_all` is for fields with names; remove it");
    }
    if let (Some(all), false) = (&options.from_item_all, named) {
        errors.at(all.span, "`from_item_all` is for fields with names; remove it");
    }
    fields.iter().for_each(|one| field(errors, container, one));
}

fn field(errors: &mut Errors, container: &Container, field: &Field) {
    let options = &field.options;
    check_together(errors, options);
    let has_key = !container.transparent && container.named;
    let key = options.attribute.as_ref().map(|given| given.span).or(options.item.as_ref().map(|given| given.span));
    if let (Some(span), false) = (key, has_key) {
        errors.at(span, "only fields with names can be an `attribute` or an `item`");
    }
    if container.options.from_item_all.is_some() {
        if let Some(attribute) = &options.attribute {
            errors.at(attribute.span, "`from_item_all` reads every field as an item; remove one of the two");
        }
        if let Some(item) = options.item.as_ref().filter(|item| item.value.0.is_none()) {
            errors.at(item.span, "`from_item_all` makes every field an item; remove this, or give another key");
        }
    }
    if let (Some(default), false) = (&options.default, has_key) {
        errors.at(default.span, "only fields with names can be missing, and have a `default`");
    }
}

/// Reports types to which any object would convert.
pub fn from_object(errors: &mut Errors, derived: &Derived) {
    for container in &derived.containers {
        if !container.fields.is_empty() && container.fields.iter().all(|field| field.default.is_some()) {
            let message =
                format!("every field of `{}` has a default, so any object would convert to it", container.title);
            errors.push(syn::Error::new_spanned(&container.path, message));
        }
    }
}
