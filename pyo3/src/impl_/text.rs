//! Text that generated code knows at compile time.

use core::ffi::CStr;
use core::fmt;

use crate::sync::PyOnceLock;
use crate::types::PyString;
use crate::{Bound, Py, PyResult, Python};

/// Converts `text`, which ends with its only NUL, to a C string.
///
/// # Panics
///
/// At compile time, if there is another NUL: neither names nor docstrings can contain one.
pub const fn c_string(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("names and docstrings cannot contain NUL"),
    }
}

/// Creates the string of `py_format!`. A text without arguments is made once, and kept in `constant`.
///
/// # Errors
///
/// If a `Display` in the arguments fails.
#[inline]
pub fn formatted<'py>(
    py: Python<'py>,
    constant: &'static PyOnceLock<Py<PyString>>,
    arguments: fmt::Arguments<'_>,
) -> PyResult<Bound<'py, PyString>> {
    match arguments.as_str() {
        Some(text) => Ok(constant.get_or_init(py, || PyString::intern(py, text).unbind()).bind(py).clone()),
        None => PyString::from_fmt(py, arguments),
    }
}
