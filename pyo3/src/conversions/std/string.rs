//! Conversions of text: `str`, `String`, `Cow<str>` and `char`.

use core::convert::Infallible;
use std::borrow::Cow;

use pyo3_backend::{ListOps, StrOps};

use super::list_blocks;
use crate::backend::Active;
use crate::conversion::private::Token;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::ResultExt;
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyList, PyString};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

macro_rules! into_string {
    ($($ty:ty: $text:ident => $slice:expr;)*) => {
        $(
            impl<'py> IntoPyObject<'py> for $ty {
                type Target = PyString;
                type Output = Bound<'py, PyString>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    let $text = self;
                    Ok(Bound::from_handle(Active::str_from_utf8(py.attached(), $slice)))
                }
            }
        )*
    };
}

into_string! {
    &str: text => text;
    &&str: text => text;
    String: text => &text;
    &String: text => text;
    Cow<'_, str>: text => &text;
    &Cow<'_, str>: text => text;
    char: character => character.encode_utf8(&mut [0; 4]);
    &char: character => character.encode_utf8(&mut [0; 4]);
}

/// Returns the text of a `str`, without a copy.
///
/// # Errors
///
/// `TypeError` for any other object, or `UnicodeEncodeError` for lone surrogates.
#[inline]
fn text<'a>(object: Borrowed<'a, '_, PyAny>) -> PyResult<&'a str> {
    let py = object.py();
    let string = object.cast::<PyString>()?;
    Active::str_to_utf8(py.attached(), string.handle()).or_raise(py)
}

/// Borrows from the Python object.
impl<'a> FromPyObject<'a, '_> for &'a str {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    #[inline]
    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        text(object)
    }
}

/// Borrows from the Python object.
impl<'a> FromPyObject<'a, '_> for Cow<'a, str> {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    #[inline]
    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        text(object).map(Cow::Borrowed)
    }
}

impl FromPyObject<'_, '_> for String {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    // Not inlined: it allocates anyway, and many functions take a `String`.
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        text(object).map(str::to_owned)
    }

    #[inline]
    fn read_list(list: Borrowed<'_, '_, PyList>, each: impl FnMut(Self), _: Token) -> usize {
        list_blocks::read(list, list_blocks::strings(), Active::list_read_strings, Some, each)
    }
}

impl FromPyObject<'_, '_> for char {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let mut characters = text(object)?.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(PyValueError::new_err("expected a string of length 1")),
        }
    }
}
