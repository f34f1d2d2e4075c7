//! [`PyStringData`]: the internal representation of a string.

use std::borrow::Cow;
use std::ffi::CString;

use pyo3_backend::StrData;

use crate::exceptions::PyUnicodeDecodeError;
use crate::{PyErr, PyResult, Python};

/// The code points of a `str`, in the width that the runtime has chosen for them.
///
/// [`PyStringMethods::data`](crate::types::PyStringMethods::data) returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyStringData<'a> {
    /// One byte for each code point.
    Ucs1(&'a [u8]),
    /// Two bytes for each code point.
    Ucs2(&'a [u16]),
    /// Four bytes for each code point.
    Ucs4(&'a [u32]),
}

impl<'a> From<StrData<'a>> for PyStringData<'a> {
    fn from(data: StrData<'a>) -> Self {
        match data {
            StrData::Ucs1(data) => PyStringData::Ucs1(data),
            StrData::Ucs2(data) => PyStringData::Ucs2(data),
            StrData::Ucs4(data) => PyStringData::Ucs4(data),
        }
    }
}

impl<'a> PyStringData<'a> {
    /// Returns the code points as bytes, in the native byte order.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            PyStringData::Ucs1(data) => data,
            PyStringData::Ucs2(data) => bytes_of(data),
            PyStringData::Ucs4(data) => bytes_of(data),
        }
    }

    /// Returns the number of bytes for each code point: 1, 2 or 4.
    #[inline]
    pub fn value_width_bytes(&self) -> usize {
        match self {
            PyStringData::Ucs1(_) => 1,
            PyStringData::Ucs2(_) => 2,
            PyStringData::Ucs4(_) => 4,
        }
    }

    /// Converts the code points to text.
    ///
    /// Like PyO3, this decodes [`Ucs1`](Self::Ucs1) data as UTF-8 without a copy. That is right for ASCII, and an error
    /// for most other text.
    ///
    /// # Errors
    ///
    /// Returns `UnicodeDecodeError` if the data is invalid, for example if it contains a lone surrogate.
    pub fn to_string(self, py: Python<'_>) -> PyResult<Cow<'a, str>> {
        let (encoding, reason) = match self {
            PyStringData::Ucs1(data) => match core::str::from_utf8(data) {
                Ok(text) => return Ok(Cow::Borrowed(text)),
                Err(error) => return Err(PyUnicodeDecodeError::new_utf8(py, data, error)?.into()),
            },
            PyStringData::Ucs2(data) => match String::from_utf16(data) {
                Ok(text) => return Ok(Cow::Owned(text)),
                Err(error) => (c"utf-16", Cow::Owned(CString::new(error.to_string()).unwrap_or_default())),
            },
            PyStringData::Ucs4(data) => match data.iter().copied().map(char::from_u32).collect() {
                Some(text) => return Ok(Cow::Owned(text)),
                None => (c"utf-32", Cow::Borrowed(c"error converting utf-32")),
            },
        };
        let bytes = self.as_bytes();
        Err(PyUnicodeDecodeError::new(py, encoding, bytes, 0..bytes.len(), &reason).map_or_else(|e| e, PyErr::from))
    }

    /// Converts the code points to text, with U+FFFD for invalid data. Decodes [`Ucs1`](Self::Ucs1) data as UTF-8.
    pub fn to_string_lossy(self) -> Cow<'a, str> {
        match self {
            PyStringData::Ucs1(data) => String::from_utf8_lossy(data),
            PyStringData::Ucs2(data) => Cow::Owned(String::from_utf16_lossy(data)),
            PyStringData::Ucs4(data) => {
                let character = |value| char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
                Cow::Owned(data.iter().copied().map(character).collect())
            }
        }
    }
}

/// Returns integers as bytes, without a copy.
#[expect(unsafe_code, reason = "the standard library has no safe conversion of integer slices to bytes")]
fn bytes_of<T: Copy + Into<u32>>(integers: &[T]) -> &[u8] {
    // SAFETY: this is only called with `u16` or `u32` for `T`. They have no padding, any of their bytes is a valid
    // `u8`, and the result covers the same memory for the same lifetime.
    unsafe { core::slice::from_raw_parts(integers.as_ptr().cast(), size_of_val(integers)) }
}
