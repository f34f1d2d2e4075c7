//! Warnings that a function issues when it is called: `#[pyo3(warn(message = "..."))]`.

use core::ffi::CStr;

pub use crate::exceptions::PyUserWarning as UserWarning;
use crate::{PyErr, PyResult, PyTypeInfo, Python};

/// Issues a warning of category `C`, blaming the caller.
///
/// # Errors
///
/// The warning, if filters turn it into an exception.
#[cold]
pub fn warn<C: PyTypeInfo>(py: Python<'_>, message: &CStr) -> PyResult<()> {
    PyErr::warn(py, C::type_object(py).as_any(), message, 1)
}
