//! `str`.

use core::ffi::CStr;

#[cfg(not(Py_LIMITED_API))]
use pyo3_backend::StrData;
use pyo3_backend::{ExceptionType, StrOps, kind};
use pyo3_ffi as ffi;
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
use pyo3_ffi::PyUnicode_AsUTF8AndSize as utf8;

use crate::convert::{from_ssize, raw, to_ssize};
#[cfg(all(Py_LIMITED_API, not(Py_3_10)))]
use crate::stable39::utf8;
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

/// Returns a copy of the text of a `str`, if it has no lone surrogates.
#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
#[inline]
pub(crate) fn read_str(py: At<'_>, object: Ref<'_>) -> Option<String> {
    // SAFETY: a live object.
    if unsafe { ffi::PyUnicode_Check(raw(object)) } == 0 {
        return None;
    }
    // SAFETY: the object is a `str`.
    let string = unsafe { Ref::<kind::Str>::from_ptr(object.as_ptr()) };
    CPython::str_to_utf8(py, string).ok().map(str::to_owned)
}

impl StrOps for CPython {
    #[inline]
    fn str_from_utf8<'py>(py: At<'py>, text: &str) -> Owned<'py, kind::Str> {
        owned_or_abort!(py, unsafe ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), to_ssize(text.len())))
    }

    #[inline]
    fn str_intern<'py>(py: At<'py>, text: &str) -> Owned<'py, kind::Str> {
        let mut string = Self::str_from_utf8(py, text).into_ptr().as_ptr();
        // SAFETY: attached; the call replaces the reference at `string` by one to the interned string.
        unsafe {
            ffi::PyUnicode_InternInPlace(&mut string);
            crate::convert::owned_or_abort(py, string)
        }
    }

    #[inline]
    fn str_to_utf8<'a, 'py>(py: At<'py>, string: Ref<'a, kind::Str>) -> Outcome<'py, &'a str> {
        let mut size = 0;
        // SAFETY: attached, with a string. The bytes belong to the string, are valid UTF-8 and never change. Null means
        // that an exception is set.
        unsafe {
            let bytes = utf8(raw(string), &mut size);
            if bytes.is_null() {
                return Err(Raised::assume(py));
            }
            Ok(core::str::from_utf8_unchecked(core::slice::from_raw_parts(bytes.cast(), from_ssize(size))))
        }
    }

    #[inline]
    fn str_to_c_str<'a, 'py>(py: At<'py>, string: Ref<'a, kind::Str>) -> Outcome<'py, &'a CStr> {
        let text = Self::str_to_utf8(py, string)?.as_bytes();
        // SAFETY: the C function that returned the text put a null byte behind it, which is part of the same allocation
        // and does not change either.
        let terminated = unsafe { core::slice::from_raw_parts(text.as_ptr(), text.len() + 1) };
        CStr::from_bytes_with_nul(terminated).map_err(|error| {
            let text = std::ffi::CString::new(error.to_string()).expect("the message has no null inside");
            Raised::with_message(py, ExceptionType::ValueError, &text)
        })
    }

    #[cfg(not(Py_LIMITED_API))]
    fn str_data<'a, 'py>(py: At<'py>, string: Ref<'a, kind::Str>) -> Outcome<'py, Option<StrData<'a>>> {
        let object = raw(string);
        // Before 3.12, this converts strings created by old C functions to one of the three forms.
        status!(py, unsafe ffi::PyUnicode_READY(object))?;
        // SAFETY: attached, with a string in one of the three forms. Its kind is the width of its items, and its length
        // their number. The items are aligned, belong to the string, and never change.
        unsafe {
            let length = from_ssize(ffi::PyUnicode_GET_LENGTH(object));
            let data = ffi::PyUnicode_DATA(object);
            Ok(Some(match ffi::PyUnicode_KIND(object) {
                ffi::PyUnicode_1BYTE_KIND => StrData::Ucs1(core::slice::from_raw_parts(data.cast(), length)),
                ffi::PyUnicode_2BYTE_KIND => StrData::Ucs2(core::slice::from_raw_parts(data.cast(), length)),
                _ => StrData::Ucs4(core::slice::from_raw_parts(data.cast(), length)),
            }))
        }
    }

    fn str_encode_surrogates<'py>(py: At<'py>, string: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py, kind::Bytes>> {
        owned!(py, unsafe ffi::PyUnicode_AsEncodedString(raw(string), c"utf-8".as_ptr(), c"surrogatepass".as_ptr()))
    }

    fn str_decode<'py>(
        py: At<'py>,
        source: Ref<'_>,
        encoding: Option<&CStr>,
        errors: Option<&CStr>,
    ) -> Outcome<'py, Owned<'py, kind::Str>> {
        let encoding = encoding.map_or(core::ptr::null(), CStr::as_ptr);
        let errors = errors.map_or(core::ptr::null(), CStr::as_ptr);
        owned!(py, unsafe ffi::PyUnicode_FromEncodedObject(raw(source), encoding, errors))
    }

    #[cfg(Py_3_13)]
    #[inline]
    fn str_equals(_py: At<'_>, string: Ref<'_, kind::Str>, text: &str) -> bool {
        // SAFETY: attached, with a string and live text. The call does not fail.
        unsafe { ffi::PyUnicode_EqualToUTF8AndSize(raw(string), text.as_ptr().cast(), to_ssize(text.len())) != 0 }
    }
}
