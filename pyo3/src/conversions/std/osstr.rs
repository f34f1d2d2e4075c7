//! Conversions between `OsStr` or `OsString` and `str`, in the encoding of the file system.
//!
//! Text that is not valid Unicode survives the round trip: on Unix and WASI as surrogate escapes, on Windows as lone
//! surrogates. Other systems support UTF-8 only.

use core::convert::Infallible;
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

use pyo3_backend::StrOps;

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::ResultExt;
use crate::types::{PyAny, PyString};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

// WASI 0.1 also has byte strings, like Unix. The functions for those of WASI 0.2 are not stable in the standard library
// yet.
#[cfg(any(unix, all(target_os = "wasi", not(target_env = "p2"))))]
mod raw {
    //! Text that need not be UTF-8: bytes, converted by `os.fsdecode` and `os.fsencode`.

    use std::ffi::{OsStr, OsString};
    #[cfg(unix)]
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    #[cfg(not(unix))]
    use std::os::wasi::ffi::{OsStrExt, OsStringExt};

    use crate::types::{PyAnyMethods, PyBytes, PyBytesMethods, PyString};
    use crate::{Bound, PyResult, Python};

    pub(super) fn decode<'py>(py: Python<'py>, text: &OsStr) -> PyResult<Bound<'py, PyString>> {
        let bytes = PyBytes::new(py, text.as_bytes());
        Ok(py.import("os")?.as_any().call_method1("fsdecode", (bytes,))?.cast_into()?)
    }

    pub(super) fn encode(text: &Bound<'_, PyString>) -> PyResult<OsString> {
        let bytes = text.py().import("os")?.as_any().call_method1("fsencode", (text,))?.cast_into::<PyBytes>()?;
        Ok(OsString::from_vec(bytes.as_bytes().to_vec()))
    }
}

#[cfg(windows)]
mod raw {
    //! Text that need not be Unicode: UTF-16 that may contain lone surrogates.

    use std::ffi::{OsStr, OsString};
    use std::os::windows::ffi::{OsStrExt, OsStringExt};

    use crate::types::{PyAnyMethods, PyBytes, PyBytesMethods, PyString};
    use crate::{Bound, PyResult, Python};

    pub(super) fn decode<'py>(py: Python<'py>, text: &OsStr) -> PyResult<Bound<'py, PyString>> {
        let units: Vec<u8> = text.encode_wide().flat_map(u16::to_le_bytes).collect();
        let bytes = PyBytes::new(py, &units);
        Ok(bytes.as_any().call_method1("decode", ("utf-16-le", "surrogatepass"))?.cast_into()?)
    }

    pub(super) fn encode(text: &Bound<'_, PyString>) -> PyResult<OsString> {
        let bytes = text.as_any().call_method1("encode", ("utf-16-le", "surrogatepass"))?.cast_into::<PyBytes>()?;
        let units: Vec<u16> =
            bytes.as_bytes().chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
        Ok(OsString::from_wide(&units))
    }
}

#[cfg(not(any(unix, windows, all(target_os = "wasi", not(target_env = "p2")))))]
mod raw {
    //! Text whose encoding the standard library does not specify, except that it is a superset of UTF-8.

    use std::ffi::{OsStr, OsString};

    use crate::types::{PyAnyMethods, PyBytes, PyBytesMethods, PyString};
    use crate::{Bound, PyResult, Python};

    pub(super) fn decode<'py>(py: Python<'py>, text: &OsStr) -> PyResult<Bound<'py, PyString>> {
        let bytes = PyBytes::new(py, text.as_encoded_bytes());
        Ok(bytes.as_any().call_method1("decode", ("utf-8", "surrogateescape"))?.cast_into()?)
    }

    /// Raises `UnicodeEncodeError` for text that is not Unicode, because an `OsString` cannot be made from such bytes.
    pub(super) fn encode(text: &Bound<'_, PyString>) -> PyResult<OsString> {
        let bytes = text.as_any().call_method1("encode", ("utf-8",))?.cast_into::<PyBytes>()?;
        Ok(String::from_utf8_lossy(bytes.as_bytes()).into_owned().into())
    }
}

impl<'py> IntoPyObject<'py> for &OsStr {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = Infallible;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        match self.to_str() {
            Some(text) => text.into_pyobject(py),
            None => Ok(raw::decode(py, self).expect("the encoding of the file system decodes anything")),
        }
    }
}

macro_rules! by_reference {
    ($($ty:ty)*) => {
        $(
            impl<'py> IntoPyObject<'py> for $ty {
                type Target = PyString;
                type Output = Bound<'py, PyString>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    let text: &OsStr = self.as_ref();
                    text.into_pyobject(py)
                }
            }
        )*
    };
}

by_reference! { &&OsStr OsString &OsString Cow<'_, OsStr> &Cow<'_, OsStr> }

impl FromPyObject<'_, '_> for OsString {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let py = object.py();
        let string = object.cast::<PyString>()?;
        match Active::str_to_utf8(py.attached(), string.handle()).or_raise(py) {
            // Every encoding of a file system contains ASCII.
            Ok(text) if text.is_ascii() => Ok(text.into()),
            _ => raw::encode(&string),
        }
    }
}

impl<'a> FromPyObject<'a, '_> for Cow<'a, OsStr> {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    fn extract(object: Borrowed<'a, '_, PyAny>) -> PyResult<Self> {
        let py = object.py();
        let string = object.cast::<PyString>()?;
        match Active::str_to_utf8(py.attached(), string.handle()).or_raise(py) {
            Ok(text) if text.is_ascii() => Ok(Cow::Borrowed(OsStr::new(text))),
            _ => raw::encode(&string).map(Cow::Owned),
        }
    }
}
