//! Text: `str`.

use core::ffi::CStr;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ffi::CString;
use std::sync::{Mutex, PoisonError};

use crate::{Attached, Backend, BuiltinType, BytesOps, ErrorOps, ExceptionType, Outcome, Owned, Ref, kind, provided};

/// The code points of a string as the runtime keeps them: in the narrowest of three widths that holds them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrData<'a> {
    /// One byte each: up to U+00FF.
    Ucs1(&'a [u8]),
    /// Two bytes each: up to U+FFFF, with lone surrogates as they are.
    Ucs2(&'a [u16]),
    /// Four bytes each.
    Ucs4(&'a [u32]),
}

/// `str`.
pub trait StrOps: BytesOps + ErrorOps {
    /// A `str` with this text. Runs Python: no. CPython: `PyUnicode_FromStringAndSize`. RustPython: `ctx.new_str`.
    fn str_from_utf8<'py>(py: Attached<'py, Self>, text: &str) -> Owned<'py, Self, kind::Str>;

    /// The interned `str` with this text.
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

    /// The text in place.
    ///
    /// As long as the string lives, the text stays where it is and as it is, and may be read on any thread, attached or
    /// not: [`Held`](crate::Held) rests on that. A runtime that keeps strings in another form, or moves them, makes the
    /// text once and keeps it with the string.
    ///
    /// Runs Python: no. Errors: `UnicodeEncodeError` where it holds surrogates.
    /// CPython: `PyUnicode_AsUTF8AndSize`, cached in the object. RustPython: `PyStr::to_str`.
    fn str_to_utf8<'a, 'py>(py: Attached<'py, Self>, string: Ref<'a, Self, kind::Str>) -> Outcome<'py, Self, &'a str>;

    /// The text in place, with a null behind it.
    ///
    /// Runs Python: no. Errors: `ValueError` where there is a null inside, `UnicodeEncodeError` where it holds surrogates.
    /// The default keeps one copy of each text for ever: override it where the runtime has a null there anyway, or a place
    /// for the copy that goes with the string. CPython: `PyUnicode_AsUTF8AndSize`, which has one.
    /// RustPython: a table of copies, which is cleared of those whose strings are gone.
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

    /// The code points in place, or `None` where the runtime keeps them in no form that [`StrData`] knows.
    ///
    /// As with [`str_to_utf8`](Self::str_to_utf8), they stay where they are as long as the string lives.
    /// Runs Python: no. Errors: `MemoryError`. CPython: `PyUnicode_DATA`; as provided with the stable ABI.
    /// RustPython: as provided, since it keeps UTF-8, which is the same for ASCII alone.
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

    /// The string in UTF-8 with surrogates as three bytes each (`surrogatepass`).
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

    /// The text, with U+FFFD for surrogates.
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

    /// Decodes bytes, as `bytes.decode(encoding, errors)`.
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

    /// Whether the string is exactly this text.
    ///
    /// Runs Python: no. Override where no UTF-8 form need be made. CPython: `PyUnicode_EqualToUTF8AndSize` (3.13).
    /// RustPython: as provided.
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
