//! Text: `str`.

use core::ffi::CStr;

use pyo3_backend::{StrOps, kind};
use pyo3_ffi as ffi;
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
use pyo3_ffi::PyUnicode_AsUTF8AndSize as utf8;

use crate::convert::{raw, signed, unsigned};
#[cfg(all(Py_LIMITED_API, not(Py_3_10)))]
use crate::stable39::utf8;
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

impl StrOps for CPython {
    #[inline]
    fn str_from_utf8<'py>(py: At<'py>, text: &str) -> Owned<'py, kind::Str> {
        made!(py, PyUnicode_FromStringAndSize(text.as_ptr().cast(), signed(text.len())))
    }

    fn str_intern<'py>(py: At<'py>, text: &str) -> Owned<'py, kind::Str> {
        let mut string = Self::str_from_utf8(py, text).into_ptr().as_ptr();
        // SAFETY: attached; the reference at `string` is exchanged for one to the interned string.
        unsafe {
            ffi::PyUnicode_InternInPlace(&mut string);
            crate::convert::made(py, string)
        }
    }

    #[inline]
    fn str_to_utf8<'a, 'py>(py: At<'py>, string: Ref<'a, kind::Str>) -> Outcome<'py, &'a str> {
        let mut size = 0;
        // SAFETY: attached, with a string. The bytes belong to the string, are valid UTF-8 and never change; null means
        // that an exception is set.
        unsafe {
            let bytes = utf8(raw(string), &mut size);
            if bytes.is_null() {
                return Err(Raised::assume(py));
            }
            Ok(core::str::from_utf8_unchecked(core::slice::from_raw_parts(bytes.cast(), unsigned(size))))
        }
    }

    fn str_encode_surrogates<'py>(py: At<'py>, string: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py, kind::Bytes>> {
        owned!(py, PyUnicode_AsEncodedString(raw(string), c"utf-8".as_ptr(), c"surrogatepass".as_ptr()))
    }

    fn str_decode<'py>(
        py: At<'py>,
        source: Ref<'_>,
        encoding: Option<&CStr>,
        errors: Option<&CStr>,
    ) -> Outcome<'py, Owned<'py, kind::Str>> {
        let encoding = encoding.map_or(core::ptr::null(), CStr::as_ptr);
        let errors = errors.map_or(core::ptr::null(), CStr::as_ptr);
        owned!(py, PyUnicode_FromEncodedObject(raw(source), encoding, errors))
    }

    #[cfg(Py_3_13)]
    #[inline]
    fn str_equals(_py: At<'_>, string: Ref<'_, kind::Str>, text: &str) -> bool {
        // SAFETY: attached, with a string and a live text. The call does not fail.
        unsafe { ffi::PyUnicode_EqualToUTF8AndSize(raw(string), text.as_ptr().cast(), signed(text.len())) != 0 }
    }
}
