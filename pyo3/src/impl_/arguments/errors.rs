//! What is wrong with the arguments of a call, in PyO3's words. They are CPython's but for two: PyO3 counts
//! "1 positional arguments", and calls keyword-only arguments "keyword arguments".

use super::{Object, Signature};
use crate::exceptions::PyTypeError;
use crate::types::{PyString, PyStringMethods};
use crate::{Bound, PyErr};

fn name(signature: &Signature) -> String {
    match signature.class {
        Some(class) => format!("{class}.{}()", signature.function),
        None => format!("{}()", signature.function),
    }
}

#[cold]
#[inline(never)]
pub(super) fn too_many(signature: &'static Signature, given: usize) -> PyErr {
    let (least, most) = (signature.required_positional, signature.positional.len());
    let was = if given == 1 { "was" } else { "were" };
    let takes = if least == most {
        format!("{most} positional arguments")
    } else {
        format!("from {least} to {most} positional arguments")
    };
    PyTypeError::new_err(format!("{} takes {takes} but {given} {was} given", name(signature)))
}

#[cold]
#[inline(never)]
pub(super) fn repeated(signature: &'static Signature, argument: &Bound<'_, PyString>) -> PyErr {
    let argument = argument.to_string_lossy();
    PyTypeError::new_err(format!("{} got multiple values for argument '{argument}'", name(signature)))
}

#[cold]
#[inline(never)]
pub(super) fn unexpected(signature: &'static Signature, argument: &Bound<'_, PyString>) -> PyErr {
    let argument = argument.to_string_lossy();
    PyTypeError::new_err(format!("{} got an unexpected keyword argument '{argument}'", name(signature)))
}

#[cold]
#[inline(never)]
pub(super) fn positional_only(signature: &'static Signature, arguments: &[&str]) -> PyErr {
    PyTypeError::new_err(format!(
        "{} got some positional-only arguments passed as keyword arguments: {}",
        name(signature),
        listed(arguments),
    ))
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
    let count = names.len();
    PyTypeError::new_err(format!(
        "{} missing {count} required {kind} argument{}: {}",
        name(signature),
        plural(count),
        listed(&names),
    ))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn lists_read_as_python_writes_them() {
        assert_eq!(super::listed(&["a"]), "'a'");
        assert_eq!(super::listed(&["a", "b"]), "'a' and 'b'");
        assert_eq!(super::listed(&["a", "b", "c"]), "'a', 'b', and 'c'");
    }
}
