//! Text that ends with a null: `CStr`, `CString`.

use std::borrow::Cow;
use std::ffi::{CStr, CString};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::types::{PyAny, PyString};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

macro_rules! into_string {
    ($($ty:ty)*) => {
        $(
            /// A `str`.
            ///
            /// # Errors
            ///
            /// `UnicodeDecodeError` where it is not UTF-8.
            impl<'py> IntoPyObject<'py> for $ty {
                type Target = PyString;
                type Output = Bound<'py, PyString>;
                type Error = PyErr;

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
/// `ValueError` where it holds a null; `UnicodeEncodeError` where it holds lone surrogates.
impl FromPyObject<'_, '_> for CString {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Ok(CString::new(object.cast::<PyString>()?.to_str()?)?)
    }
}

/// As [`CString`]: a copy, since a runtime need not keep a null behind its strings.
impl<'a> FromPyObject<'a, '_> for Cow<'a, CStr> {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        object.extract::<CString>().map(Cow::Owned)
    }
}
