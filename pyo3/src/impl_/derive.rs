//! The functions that derived conversions call.

use std::borrow::Cow;

use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
use crate::exceptions::{PyLookupError, PyTypeError};
use crate::types::{PyAnyMethods, PyDictMethods, PyString};
use crate::{Borrowed, Bound, PyAny, PyErr, PyResult, Python};

pub use crate::conversion::FromPyObjectOwned;
pub use crate::intern;
pub use crate::types::{PyDict, PyTuple};

/// Converts a field. `title` is `Type.field`.
///
/// # Errors
///
/// `TypeError`, caused by what the conversion raised.
#[inline]
pub fn field<'a, 'py, T: FromPyObject<'a, 'py>>(object: Borrowed<'a, 'py, PyAny>, title: &str) -> PyResult<T> {
    T::extract(object).map_err(|error| failed(object.py(), error.into(), title))
}

/// Converts a field with the user's function. `title` is `Type.field`.
///
/// # Errors
///
/// `TypeError`, caused by what the function returned.
#[inline]
pub fn field_with<'a, 'py, T, E: Into<PyErr>>(
    object: Borrowed<'a, 'py, PyAny>,
    title: &str,
    convert: impl FnOnce(&Bound<'py, PyAny>) -> Result<T, E>,
) -> PyResult<T> {
    convert(&object).map_err(|error| failed(object.py(), error.into(), title))
}

#[cold]
#[inline(never)]
fn failed(py: Python<'_>, cause: PyErr, title: &str) -> PyErr {
    let error = PyTypeError::new_err(format!("failed to extract field {title}"));
    error.set_cause(py, Some(cause));
    error
}

/// Notes why a variant of an enum does not fit. Out of line, so that the first variant needs no list.
#[cold]
#[inline(never)]
pub fn not_this_variant(failures: &mut Vec<PyErr>, failure: PyErr) {
    failures.push(failure);
}

/// Creates the error for an enum if no variant fits.
#[cold]
pub fn no_variant(py: Python<'_>, title: &str, variants: &[&str], annotations: &[&str], failures: Vec<PyErr>) -> PyErr {
    let mut text = format!("failed to extract enum {title} ('{}')", annotations.join(" | "));
    for ((variant, annotation), failure) in variants.iter().zip(annotations).zip(failures) {
        text.push_str(&format!("\n- variant {variant} ({annotation}): {failure}"));
        let mut cause = failure.cause(py);
        while let Some(error) = cause {
            text.push_str(&format!(", caused by {error}"));
            cause = error.cause(py);
        }
    }
    PyTypeError::new_err(text)
}

/// Borrows the items of a tuple of length `N`.
///
/// # Errors
///
/// `TypeError` if the object is not a tuple, `ValueError` if it has another length.
#[inline]
pub fn tuple_items<'a, 'py, const N: usize>(
    object: Borrowed<'a, 'py, PyAny>,
) -> PyResult<[Borrowed<'a, 'py, PyAny>; N]> {
    object.cast::<PyTuple>()?.items()
}

/// Returns `object.name`.
///
/// # Errors
///
/// `AttributeError`, or what a descriptor raises.
#[inline]
pub fn attribute<'py>(object: Borrowed<'_, 'py, PyAny>, name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
    object.getattr(name)
}

/// Returns `object.name`, or `None` if there is no such attribute.
///
/// # Errors
///
/// What a descriptor raises.
pub fn attribute_opt<'py>(
    object: Borrowed<'_, 'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    object.getattr_opt(name)
}

/// Returns `object[key]`.
///
/// # Errors
///
/// `KeyError`, `IndexError`, `TypeError`.
#[inline]
pub fn item<'py>(object: Borrowed<'_, 'py, PyAny>, key: impl IntoPyObject<'py>) -> PyResult<Bound<'py, PyAny>> {
    object.get_item(key)
}

/// Returns `object[key]`, or `None` if there is no such item.
///
/// # Errors
///
/// All exceptions but `KeyError` and `IndexError`.
pub fn item_opt<'py>(
    object: Borrowed<'_, 'py, PyAny>,
    key: impl IntoPyObject<'py>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    match object.get_item(key) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_instance_of::<PyLookupError>(object.py()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Converts a field to an object.
///
/// # Errors
///
/// What the conversion raises.
#[inline]
pub fn object<'py>(py: Python<'py>, value: impl IntoPyObject<'py>) -> PyResult<Bound<'py, PyAny>> {
    value.into_bound_py_any(py)
}

/// Converts a field to an object with the user's function.
///
/// # Errors
///
/// What the function returns.
pub fn with<'v, 'py, T: Clone>(
    py: Python<'py>,
    value: Cow<'v, T>,
    convert: impl FnOnce(Cow<'v, T>, Python<'py>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    convert(value, py)
}

/// Creates an empty dict.
pub fn new_dict(py: Python<'_>) -> Bound<'_, PyDict> {
    PyDict::new(py)
}

/// Stores a field in a dict.
///
/// # Errors
///
/// `TypeError` if the key is unhashable.
#[inline]
pub fn set_item<'py>(dict: &Bound<'py, PyDict>, key: impl IntoPyObject<'py>, value: Bound<'py, PyAny>) -> PyResult<()> {
    dict.set_item(key, value)
}

/// Creates a tuple of fields.
#[inline]
pub fn new_tuple<'py, const N: usize>(py: Python<'py>, items: [Bound<'py, PyAny>; N]) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, items)
}

/// Erases the type that a variant was converted to.
///
/// # Errors
///
/// What the conversion raised.
#[inline]
pub fn erase<T>(value: PyResult<Bound<'_, T>>) -> PyResult<Bound<'_, PyAny>> {
    value.map(Bound::into_any)
}
