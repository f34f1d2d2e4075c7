//! Text: `str`.

use core::ffi::CStr;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ffi::CString;
use std::sync::{Mutex, PoisonError};

use crate::{Attached, Backend, BuiltinType, BytesOps, ErrorOps, ExceptionType, Outcome, Owned, Ref, kind, provided};

/// The code points of a string as the runtime stores them: in the narrowest of three widths that fits them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrData<'a> {
    /// One byte each: up to U+00FF.
    Ucs1(&'a [u8]),
    /// Two bytes each: up to U+FFFF, including lone surrogates.
    Ucs2(&'a [u16]),
    /// Four bytes each.
    Ucs4(&'a [u32]),
}

/// `str`.
pub trait StrOps: BytesOps + ErrorOps {
    /// Returns a `str` with this text.
    ///
    /// Runs Python: no. CPython: `PyUnicode_FromStringAndSize`. RustPython: `ctx.new_str`.
    fn str_from_utf8<'py>(py: Attached<'py, Self>, text: &str) -> Owned<'py, Self, kind::Str>;

    /// Returns the interned `str` with this text.
    ///
    /// Runs Python: no. CPython: `PyUnicode_InternInPlace`. RustPython: `ctx.intern_str`.
    fn str_intern<'py>(py: Attached<'py, Self>, text: &str) -> Owned<'py, Self, kind::Str>
    where
        Self: Backend,
    {
        let text = Self::str_from_utf8(py, text);
        match provided::function(py, "sys", "intern", &[text.as_ref().any()]).and_then(provided::of_kind) {
            Ok(interned) => interned,
            Err(raised) => {
                Self::error_discard(raised);
                text
            }
        }
    }

    /// Borrows the text of a string in place.
    ///
    /// As long as the string lives, the text neither moves nor changes, and any thread may read it, attached or not:
    /// [`Held`](crate::Held) relies on that. A runtime that stores strings in another form, or moves them, creates the
    /// text once and keeps it with the string.
    ///
    /// Runs Python: no. Errors: `UnicodeEncodeError` if the string contains surrogates.
    /// CPython: `PyUnicode_AsUTF8AndSize`, cached in the object. RustPython: `PyStr::to_str`.
    fn str_to_utf8<'a, 'py>(py: Attached<'py, Self>, string: Ref<'a, Self, kind::Str>) -> Outcome<'py, Self, &'a str>;

    /// Borrows the text of a string in place, followed by a null byte.
    ///
    /// The default body keeps one copy of each text forever. Override it if the runtime stores a null byte anyway, or
    /// can keep the copy with the string.
    ///
    /// Runs Python: no. Errors: `ValueError` if the text contains a null byte, `UnicodeEncodeError` if it contains
    /// surrogates.
    /// CPython: `PyUnicode_AsUTF8AndSize`, which adds a null byte. RustPython: a table of copies, from which those of
    /// dead strings are removed.
    fn str_to_c_str<'a, 'py>(py: Attached<'py, Self>, string: Ref<'a, Self, kind::Str>) -> Outcome<'py, Self, &'a CStr>
    where
        Self: Backend,
    {
        static COPIES: Mutex<Option<HashSet<&'static CStr>>> = Mutex::new(None);
        let text = CString::new(Self::str_to_utf8(py, string)?)
            .map_err(|error| provided::raise(py, ExceptionType::ValueError, &error.to_string()))?;
        let mut copies = COPIES.lock().unwrap_or_else(PoisonError::into_inner);
        let copies = copies.get_or_insert_default();
        if let Some(copy) = copies.get(text.as_c_str()) {
            return Ok(copy);
        }
        let copy: &'static CStr = Box::leak(text.into_boxed_c_str());
        copies.insert(copy);
        Ok(copy)
    }

    /// Borrows the code points of a string in place. Returns `None` if the runtime stores them in a form that
    /// [`StrData`] does not have.
    ///
    /// As with [`str_to_utf8`](Self::str_to_utf8), they stay in place as long as the string lives.
    ///
    /// Runs Python: no. Errors: `MemoryError`.
    /// CPython: `PyUnicode_DATA`; as provided with the stable ABI. RustPython: as provided, since it stores UTF-8,
    /// which is one of these forms only for ASCII text.
    fn str_data<'a, 'py>(
        py: Attached<'py, Self>,
        string: Ref<'a, Self, kind::Str>,
    ) -> Outcome<'py, Self, Option<StrData<'a>>> {
        match Self::str_to_utf8(py, string) {
            Ok(text) => Ok(text.is_ascii().then_some(StrData::Ucs1(text.as_bytes()))),
            Err(raised) => {
                Self::error_discard(raised);
                Ok(None)
            }
        }
    }

    /// Encodes the string in UTF-8, with surrogates as three bytes each (`surrogatepass`).
    ///
    /// Runs Python: no. CPython: `PyUnicode_AsEncodedString`. RustPython: WTF-8, as it is stored.
    fn str_encode_surrogates<'py>(
        py: Attached<'py, Self>,
        string: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Bytes>>
    where
        Self: Backend,
    {
        let (encoding, errors) = (Self::str_from_utf8(py, "utf-8"), Self::str_from_utf8(py, "surrogatepass"));
        let arguments = [string.any(), encoding.as_ref().any(), errors.as_ref().any()];
        provided::method_of(py, BuiltinType::Str, "encode", &arguments).and_then(provided::of_kind)
    }

    /// Returns the text, with U+FFFD in place of surrogates.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    fn str_to_lossy<'a>(py: Attached<'_, Self>, string: Ref<'a, Self, kind::Str>) -> Cow<'a, str>
    where
        Self: Backend,
    {
        match Self::str_to_utf8(py, string) {
            Ok(text) => Cow::Borrowed(text),
            Err(raised) => {
                Self::error_discard(raised);
                match Self::str_encode_surrogates(py, string) {
                    Ok(bytes) => {
                        Cow::Owned(String::from_utf8_lossy(Self::bytes_as_slice(py, bytes.as_ref())).into_owned())
                    }
                    Err(raised) => {
                        Self::error_discard(raised);
                        Cow::Borrowed("")
                    }
                }
            }
        }
    }

    /// Decodes bytes, like `bytes.decode(encoding, errors)`.
    ///
    /// Runs Python: yes (codecs). Errors: `UnicodeDecodeError`, `LookupError`.
    /// CPython: `PyUnicode_FromEncodedObject`. RustPython: `decode_text`.
    fn str_decode<'py>(
        py: Attached<'py, Self>,
        source: Ref<'_, Self>,
        encoding: Option<&core::ffi::CStr>,
        errors: Option<&core::ffi::CStr>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        let text = |text: Option<&core::ffi::CStr>, otherwise| {
            Self::str_from_utf8(py, text.map(core::ffi::CStr::to_string_lossy).as_deref().unwrap_or(otherwise))
        };
        let (encoding, errors) = (text(encoding, "utf-8"), text(errors, "strict"));
        let arguments = [source, encoding.as_ref().any(), errors.as_ref().any()];
        provided::instance(py, BuiltinType::Str, &arguments)
    }

    /// Returns whether the string is exactly this text.
    ///
    /// Runs Python: no. Override if the runtime can compare without creating the UTF-8 form.
    /// CPython: `PyUnicode_EqualToUTF8AndSize` (3.13). RustPython: as provided.
    fn str_equals(py: Attached<'_, Self>, string: Ref<'_, Self, kind::Str>, text: &str) -> bool
    where
        Self: Backend,
    {
        match Self::str_to_utf8(py, string) {
            Ok(own) => own == text,
            Err(raised) => {
                Self::error_discard(raised);
                false
            }
        }
    }
}
