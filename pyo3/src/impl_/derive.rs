//! What derived conversions call.

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

/// As [`field`], through a function of the user's.
///
/// # Errors
///
/// As [`field`].
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

/// The error of an enum none of whose variants fits.
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

/// The items of a tuple of `N`, borrowed from it.
///
/// # Errors
///
/// `TypeError` if it is not a tuple, `ValueError` if it has another length.
#[inline]
pub fn tuple_items<'a, 'py, const N: usize>(
    object: Borrowed<'a, 'py, PyAny>,
) -> PyResult<[Borrowed<'a, 'py, PyAny>; N]> {
    crate::conversions::tuple_items(object)
}

/// `object.name`
///
/// # Errors
///
/// `AttributeError`, or what a descriptor raises.
#[inline]
pub fn attribute<'py>(object: Borrowed<'_, 'py, PyAny>, name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
    object.getattr(name)
}

/// `object.name`, if there is one.
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

/// `object[key]`
///
/// # Errors
///
/// `KeyError`, `IndexError`, `TypeError`.
#[inline]
pub fn item<'py>(object: Borrowed<'_, 'py, PyAny>, key: impl IntoPyObject<'py>) -> PyResult<Bound<'py, PyAny>> {
    object.get_item(key)
}

/// `object[key]`, if there is one.
///
/// # Errors
///
/// All but `KeyError` and `IndexError`.
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

/// A field as an object.
///
/// # Errors
///
/// As its conversion.
#[inline]
pub fn object<'py>(py: Python<'py>, value: impl IntoPyObject<'py>) -> PyResult<Bound<'py, PyAny>> {
    value.into_bound_py_any(py)
}

/// As [`object`], through a function of the user's.
///
/// # Errors
///
/// As the function.
pub fn with<'v, 'py, T: Clone>(
    py: Python<'py>,
    value: Cow<'v, T>,
    convert: impl FnOnce(Cow<'v, T>, Python<'py>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    convert(value, py)
}

/// An empty dict.
pub fn new_dict(py: Python<'_>) -> Bound<'_, PyDict> {
    PyDict::new(py)
}

/// Stores a field.
///
/// # Errors
///
/// `TypeError` if the key is unhashable.
#[inline]
pub fn set_item<'py>(dict: &Bound<'py, PyDict>, key: impl IntoPyObject<'py>, value: Bound<'py, PyAny>) -> PyResult<()> {
    dict.set_item(key, value)
}

/// A tuple of fields.
///
/// # Errors
///
/// None.
#[inline]
pub fn new_tuple<'py, const N: usize>(py: Python<'py>, items: [Bound<'py, PyAny>; N]) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, items)
}

/// Forgets what type a variant became.
///
/// # Errors
///
/// What its conversion raised.
#[inline]
pub fn erase<T>(value: PyResult<Bound<'_, T>>) -> PyResult<Bound<'_, PyAny>> {
    value.map(Bound::into_any)
}
