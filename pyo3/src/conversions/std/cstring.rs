//! Conversions of text that ends with a null byte: `CStr` and `CString`.

use std::borrow::Cow;
use std::ffi::{CStr, CString, NulError};

use pyo3_backend::StrOps;

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::ResultExt;
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyString};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

macro_rules! into_string {
    ($($ty:ty)*) => {
        $(
            /// Converts to a `str`.
            ///
            /// # Errors
            ///
            /// Returns `UnicodeDecodeError` if the text is not valid UTF-8.
            impl<'py> IntoPyObject<'py> for $ty {
                type Target = PyString;
                type Output = Bound<'py, PyString>;
                type Error = PyErr;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
                    let text: &CStr = self.as_ref();
                    PyString::from_bytes(py, text.to_bytes())
                }
            }
        )*
    };
}

into_string!(&CStr Cow<'_, CStr> &Cow<'_, CStr> CString &CString);

/// Converts from a `str`.
///
/// # Errors
///
/// Returns `ValueError` if the string contains a null, or `UnicodeEncodeError` if it contains a lone surrogate.
impl FromPyObject<'_, '_> for CString {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        CString::new(object.cast::<PyString>()?.to_str()?).map_err(interior_nul)
    }
}

/// Returns the same error as the conversion to `&CStr` for this text.
#[cold]
fn interior_nul(error: NulError) -> PyErr {
    let mut text = error.into_vec();
    text.push(0);
    let error = CStr::from_bytes_with_nul(&text).expect_err("there is a null inside");
    PyValueError::new_err(error.to_string())
}

/// Converts from a `str`, without a copy if the runtime stores a null byte after the text, as CPython does. Otherwise,
/// a copy with a null byte is kept together with the string.
///
/// # Errors
///
/// Same as for `CString`.
impl<'a> FromPyObject<'a, '_> for &'a CStr {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        let (py, string) = (object.py(), object.cast::<PyString>()?);
        Active::str_to_c_str(py.attached(), string.handle()).or_raise(py)
    }
}

/// Makes a copy like [`CString`], because a runtime need not store a null byte after the text.
impl<'a> FromPyObject<'a, '_> for Cow<'a, CStr> {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        object.extract::<CString>().map(Cow::Owned)
    }
}
