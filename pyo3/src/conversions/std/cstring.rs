//! Text that ends with a null: `CStr`, `CString`.

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
            /// A `str`.
            ///
            /// # Errors
            ///
            /// `UnicodeDecodeError` if it is not UTF-8.
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

/// From a `str`.
///
/// # Errors
///
/// `ValueError` if it holds a null; `UnicodeEncodeError` if it holds lone surrogates.
impl FromPyObject<'_, '_> for CString {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        CString::new(object.cast::<PyString>()?.to_str()?).map_err(interior_nul)
    }
}

/// The error that `&CStr` has for the same text.
#[cold]
fn interior_nul(error: NulError) -> PyErr {
    let mut text = error.into_vec();
    text.push(0);
    let error = CStr::from_bytes_with_nul(&text).expect_err("there is a null inside");
    PyValueError::new_err(error.to_string())
}

/// From a `str`, in place.
///
/// CPython keeps one behind every text. Where a runtime does not, a copy with a null is kept with the string.
///
/// # Errors
///
/// As for `CString`.
impl<'a> FromPyObject<'a, '_> for &'a CStr {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        let (py, string) = (object.py(), object.cast::<PyString>()?);
        Active::str_to_c_str(py.attached(), string.handle()).or_raise(py)
    }
}

/// As [`CString`]: a copy, since a runtime need not keep a null behind its strings.
impl<'a> FromPyObject<'a, '_> for Cow<'a, CStr> {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        object.extract::<CString>().map(Cow::Owned)
    }
}
