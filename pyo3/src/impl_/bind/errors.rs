//! Errors about the arguments of a call, with PyO3's messages. These are CPython's with two exceptions: PyO3 counts
//! "1 positional arguments", and calls keyword-only arguments "keyword arguments".

use core::fmt::Write;

use super::{Object, Signature};
use crate::exceptions::PyTypeError;
use crate::types::{PyString, PyStringMethods};
use crate::{Bound, PyErr};

/// Starts a message with the function's name.
fn name(signature: &Signature) -> String {
    // Most messages fit into this capacity.
    let mut text = String::with_capacity(128);
    if let Some(class) = signature.class {
        text.push_str(class);
        text.push('.');
    }
    text.push_str(signature.function);
    text.push_str("()");
    text
}

/// Appends the parts to the text and makes a `TypeError` of it.
fn joined(mut text: String, parts: &[&str]) -> PyErr {
    for part in parts {
        text.push_str(part);
    }
    PyTypeError::new_err(text)
}

#[cold]
#[inline(never)]
pub(super) fn too_many(signature: &'static Signature, given: usize) -> PyErr {
    let (least, most) = (signature.required_positional, signature.positional.len());
    let was = if given == 1 { "was" } else { "were" };
    let mut text = name(signature);
    // Writing to a string cannot fail.
    let _ = if least == most {
        write!(text, " takes {most} positional arguments but {given} {was} given")
    } else {
        write!(text, " takes from {least} to {most} positional arguments but {given} {was} given")
    };
    PyTypeError::new_err(text)
}

#[cold]
#[inline(never)]
pub(super) fn repeated(signature: &'static Signature, argument: &Bound<'_, PyString>) -> PyErr {
    let argument = argument.to_string_lossy();
    joined(name(signature), &[" got multiple values for argument '", &argument, "'"])
}

#[cold]
#[inline(never)]
pub(super) fn unexpected(signature: &'static Signature, argument: &Bound<'_, PyString>) -> PyErr {
    let argument = argument.to_string_lossy();
    joined(name(signature), &[" got an unexpected keyword argument '", &argument, "'"])
}

#[cold]
#[inline(never)]
pub(super) fn positional_only(signature: &'static Signature, arguments: &[&str]) -> PyErr {
    let mut text = name(signature);
    text.push_str(" got some positional-only arguments passed as keyword arguments: ");
    list(&mut text, arguments);
    PyTypeError::new_err(text)
}

#[cold]
#[inline(never)]
pub(super) fn missing_positional(signature: &'static Signature, slots: &[Option<Object<'_, '_>>]) -> PyErr {
    let required = signature.positional.iter().zip(slots).take(signature.required_positional);
    missing(signature, "positional", required.filter(|(_, slot)| slot.is_none()).map(|(name, _)| *name).collect())
}

#[cold]
#[inline(never)]
pub(super) fn missing_keywords(signature: &'static Signature, slots: &[Option<Object<'_, '_>>]) -> PyErr {
    let by_name = signature.keyword_only.iter().zip(&slots[signature.positional.len()..]);
    let missed = by_name.filter(|((_, required), slot)| *required && slot.is_none());
    missing(signature, "keyword", missed.map(|((name, _), _)| *name).collect())
}

fn missing(signature: &Signature, kind: &str, names: Vec<&str>) -> PyErr {
    let mut text = name(signature);
    let count = names.len();
    let plural = if count == 1 { "" } else { "s" };
    // Writing to a string cannot fail.
    let _ = write!(text, " missing {count} required {kind} argument{plural}: ");
    list(&mut text, &names);
    PyTypeError::new_err(text)
}

/// Appends the names as `'a'`, `'a' and 'b'`, or `'a', 'b', and 'c'`.
fn list(text: &mut String, names: &[&str]) {
    for (index, name) in names.iter().enumerate() {
        text.push_str(match (index, names.len()) {
            (0, _) => "'",
            (1, 2) => "' and '",
            (last, count) if last + 1 == count => "', and '",
            _ => "', '",
        });
        text.push_str(name);
    }
    if !names.is_empty() {
        text.push('\'');
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn lists_read_as_python_writes_them() {
        let listed = |names: &[&str]| {
            let mut text = String::new();
            super::list(&mut text, names);
            text
        };
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["a"]), "'a'");
        assert_eq!(listed(&["a", "b"]), "'a' and 'b'");
        assert_eq!(listed(&["a", "b", "c"]), "'a', 'b', and 'c'");
        assert_eq!(listed(&["a", "b", "c", "d"]), "'a', 'b', 'c', and 'd'");
    }
}
