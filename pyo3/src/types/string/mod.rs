//! `str`.

use core::ffi::CStr;
use core::fmt;
use std::borrow::Cow;

use pyo3_backend::{ObjectOps, StrOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyNotImplementedError;
use crate::types::PyBytes;
use crate::{Borrowed, Bound, Py, PyAny, PyResult, Python};

mod data;

pub use self::data::PyStringData;

native_types! {
    /// Python's `str`.
    ///
    /// `&str` and `String` convert to it; `&str` borrows from it in place. Compares with `str`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyString;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = PyString::new(py, "text");
    ///     assert_eq!(text, "text");
    ///     assert_eq!(text.to_str()?.len(), 4);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyString = Str;
}

impl PyString {
    /// Makes a `str` with this text.
    pub fn new<'py>(py: Python<'py>, s: &str) -> Bound<'py, PyString> {
        Bound::from_handle(Active::str_from_utf8(py.attached(), s))
    }

    /// Makes a `str` from bytes in UTF-8.
    ///
    /// # Errors
    ///
    /// `UnicodeDecodeError` if they are not.
    pub fn from_bytes<'py>(py: Python<'py>, s: &[u8]) -> PyResult<Bound<'py, PyString>> {
        match core::str::from_utf8(s) {
            Ok(text) => Ok(PyString::new(py, text)),
            // Python's decoder finds the words for what is wrong.
            Err(_) => PyString::from_encoded_object(&PyBytes::new(py, s), Some(c"utf-8"), None),
        }
    }

    /// The interned `str` with this text: the same object for the same text.
    ///
    /// Good for names that are used again and again; [`intern!`](crate::intern) also keeps it at hand.
    pub fn intern<'py>(py: Python<'py>, s: &str) -> Bound<'py, PyString> {
        Bound::from_handle(Active::str_intern(py.attached(), s))
    }

    /// Decodes a bytes-like object, as `str(src, encoding, errors)`.
    ///
    /// `encoding` is UTF-8 and `errors` is `strict` if they are `None`.
    ///
    /// # Errors
    ///
    /// `UnicodeDecodeError`; `LookupError` for an unknown encoding; `TypeError` if `src` is not bytes-like.
    pub fn from_encoded_object<'py>(
        src: &Bound<'py, PyAny>,
        encoding: Option<&CStr>,
        errors: Option<&CStr>,
    ) -> PyResult<Bound<'py, PyString>> {
        let py = src.py();
        Active::str_decode(py.attached(), src.any_handle(), encoding, errors).or_raise(py).map(Bound::from_handle)
    }

    /// A `str` of formatted text: what [`py_format!`](crate::py_format) calls.
    ///
    /// # Errors
    ///
    /// If a `Display` in the arguments fails.
    pub fn from_fmt<'py>(py: Python<'py>, args: fmt::Arguments<'_>) -> PyResult<Bound<'py, PyString>> {
        if let Some(text) = args.as_str() {
            return Ok(PyString::new(py, text));
        }
        let mut text = String::new();
        match fmt::write(&mut text, args) {
            Ok(()) => Ok(PyString::new(py, &text)),
            Err(error) => Err(crate::exceptions::PyRuntimeError::new_err(error.to_string())),
        }
    }
}

/// Methods of [`PyString`].
#[doc(alias = "PyString")]
pub trait PyStringMethods<'py>: crate::types::sealed::Sealed {
    /// The number of code points: Python's `len`.
    ///
    /// # Errors
    ///
    /// None known.
    fn code_point_len(&self) -> PyResult<usize>;

    /// The text, borrowed from the object.
    ///
    /// # Errors
    ///
    /// `UnicodeEncodeError` if it holds lone surrogates.
    fn to_str(&self) -> PyResult<&str>;

    /// The text, borrowed if the runtime can show it.
    ///
    /// # Errors
    ///
    /// As [`to_str`](Self::to_str).
    fn to_cow(&self) -> PyResult<Cow<'_, str>>;

    /// The text, with U+FFFD in place of lone surrogates.
    fn to_string_lossy(&self) -> Cow<'_, str>;

    /// The text as `bytes` in UTF-8.
    ///
    /// # Errors
    ///
    /// As [`to_str`](Self::to_str).
    fn encode_utf8(&self) -> PyResult<Bound<'py, PyBytes>>;

    /// The code points in the form that the runtime keeps them in.
    ///
    /// # Errors
    ///
    /// `NotImplementedError` if the runtime keeps them in another form than [`PyStringData`] knows, or does not show
    /// it. RustPython and the stable ABI of CPython give those of ASCII strings only.
    ///
    /// # Safety
    ///
    /// PyO3 asks for a promise that this is tested on the targets that matter to you: on CPython it rests on how the
    /// compiler of C lays out a bit field.
    #[expect(unsafe_code, reason = "upstream's signature, which is part of the API")]
    unsafe fn data(&self) -> PyResult<PyStringData<'_>>;
}

impl<'py> PyStringMethods<'py> for Bound<'py, PyString> {
    fn code_point_len(&self) -> PyResult<usize> {
        Active::object_len(self.py().attached(), self.any_handle()).or_raise(self.py())
    }

    #[inline]
    fn to_str(&self) -> PyResult<&str> {
        self.as_borrowed().to_str()
    }

    #[inline]
    fn to_cow(&self) -> PyResult<Cow<'_, str>> {
        self.as_borrowed().to_cow()
    }

    #[inline]
    fn to_string_lossy(&self) -> Cow<'_, str> {
        self.as_borrowed().to_string_lossy()
    }

    fn encode_utf8(&self) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(self.py(), self.to_str()?.as_bytes()))
    }

    #[expect(unsafe_code, reason = "upstream's signature, which is part of the API")]
    unsafe fn data(&self) -> PyResult<PyStringData<'_>> {
        match Active::str_data(self.py().attached(), self.handle()).or_raise(self.py())? {
            Some(data) => Ok(data.into()),
            None => Err(PyNotImplementedError::new_err("the runtime keeps this string in a form of its own")),
        }
    }
}

impl<'a> Borrowed<'a, '_, PyString> {
    /// As [`PyStringMethods::to_str`], for as long as the object is kept alive.
    #[inline]
    pub(crate) fn to_str(self) -> PyResult<&'a str> {
        Active::str_to_utf8(self.py().attached(), self.handle()).or_raise(self.py())
    }

    /// As [`PyStringMethods::to_cow`], for as long as the object is kept alive.
    #[inline]
    pub(crate) fn to_cow(self) -> PyResult<Cow<'a, str>> {
        self.to_str().map(Cow::Borrowed)
    }

    /// As [`PyStringMethods::to_string_lossy`], for as long as the object is kept alive.
    #[inline]
    pub(crate) fn to_string_lossy(self) -> Cow<'a, str> {
        Active::str_to_lossy(self.py().attached(), self.handle())
    }
}

impl Py<PyString> {
    /// The text, in place. A `str` never changes, so it needs no attached thread afterwards.
    ///
    /// # Errors
    ///
    /// As [`PyStringMethods::to_str`].
    pub fn to_str<'a>(&'a self, py: Python<'_>) -> PyResult<&'a str> {
        self.bind_borrowed(py).to_str()
    }

    /// As [`PyStringMethods::to_cow`].
    ///
    /// # Errors
    ///
    /// As [`PyStringMethods::to_str`].
    pub fn to_cow<'a>(&'a self, py: Python<'_>) -> PyResult<Cow<'a, str>> {
        self.bind_borrowed(py).to_cow()
    }

    /// As [`PyStringMethods::to_string_lossy`].
    pub fn to_string_lossy<'a>(&'a self, py: Python<'_>) -> Cow<'a, str> {
        self.bind_borrowed(py).to_string_lossy()
    }
}

/// Whether a string is exactly this text; one with surrogates is no text at all.
#[inline]
fn equals(string: &Bound<'_, PyString>, text: &str) -> bool {
    Active::str_equals(string.py().attached(), string.handle(), text)
}

/// Equality with `str`, either way round and through references.
macro_rules! equalities {
    ($(($object:ty, $text:ty))+) => {
        $(
            impl PartialEq<$text> for $object {
                #[inline]
                fn eq(&self, other: &$text) -> bool {
                    equals(self, other)
                }
            }

            impl PartialEq<$object> for $text {
                #[inline]
                fn eq(&self, other: &$object) -> bool {
                    equals(other, self)
                }
            }
        )+
    };
}

equalities! {
    (Bound<'_, PyString>, str)
    (Bound<'_, PyString>, &str)
    (&Bound<'_, PyString>, str)
    (Borrowed<'_, '_, PyString>, str)
    (Borrowed<'_, '_, PyString>, &str)
}
