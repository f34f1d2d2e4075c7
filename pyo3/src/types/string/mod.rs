//! [`PyString`]: Python's `str`.

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
    /// Python's `str`. Its methods are in [`PyStringMethods`].
    ///
    /// `&str` and `String` convert to it and from it, `&str` without a copy from it. It compares with `str`.
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
    /// Creates a `str` with the text `s`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let word = PyString::new(py, "blå");
    ///     assert_eq!(word.call_method0("upper")?.extract::<String>()?, "BLÅ");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new<'py>(py: Python<'py>, s: &str) -> Bound<'py, PyString> {
        Bound::from_handle(Active::str_from_utf8(py.attached(), s))
    }

    /// Creates a `str` from bytes in UTF-8.
    ///
    /// # Errors
    ///
    /// Returns `UnicodeDecodeError` if `s` is not valid UTF-8.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyUnicodeDecodeError;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(PyString::from_bytes(py, b"text")?, "text");
    ///     assert!(PyString::from_bytes(py, b"\xff").unwrap_err().is_instance_of::<PyUnicodeDecodeError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn from_bytes<'py>(py: Python<'py>, s: &[u8]) -> PyResult<Bound<'py, PyString>> {
        match core::str::from_utf8(s) {
            Ok(text) => Ok(PyString::new(py, text)),
            // Python's decoder raises the exception with its usual message.
            Err(_) => PyString::from_encoded_object(&PyBytes::new(py, s), Some(c"utf-8"), None),
        }
    }

    /// Returns the interned `str` with the text `s`: the same object for every call with this text.
    ///
    /// Use it for names that are used often. [`intern!`](crate::intern) also caches the object.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let (one, other) = (PyString::intern(py, "name"), PyString::intern(py, "name"));
    ///     assert!(one.is(&other));
    /// });
    /// ```
    pub fn intern<'py>(py: Python<'py>, s: &str) -> Bound<'py, PyString> {
        Bound::from_handle(Active::str_intern(py.attached(), s))
    }

    /// Decodes a bytes-like object: `str(src, encoding, errors)`.
    ///
    /// `None` means UTF-8 for `encoding` and `strict` for `errors`.
    ///
    /// # Errors
    ///
    /// Returns `UnicodeDecodeError` if `src` is invalid in this encoding, `LookupError` if the encoding is unknown, or
    /// `TypeError` if `src` is not bytes-like.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyBytes, PyString};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyBytes::new(py, b"caf\xe9");
    ///     assert_eq!(PyString::from_encoded_object(&bytes, Some(c"latin-1"), None)?, "café");
    ///     assert_eq!(PyString::from_encoded_object(&bytes, None, Some(c"ignore"))?, "caf");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn from_encoded_object<'py>(
        src: &Bound<'py, PyAny>,
        encoding: Option<&CStr>,
        errors: Option<&CStr>,
    ) -> PyResult<Bound<'py, PyString>> {
        let py = src.py();
        Active::str_decode(py.attached(), src.any_handle(), encoding, errors).or_raise(py).map(Bound::from_handle)
    }

    /// Creates a `str` from formatted text. [`py_format!`](crate::py_format) calls this.
    ///
    /// # Errors
    ///
    /// Returns `RuntimeError` if the `Display` of an argument fails.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = PyString::from_fmt(py, format_args!("{:>4}|{:<4}|", 1, 2))?;
    ///     assert_eq!(text, "   1|2   |");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
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
    /// Returns the number of code points: `len(self)`.
    ///
    /// # Errors
    ///
    /// This method is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = PyString::new(py, "né");
    ///     assert_eq!(text.code_point_len()?, 2);
    ///     assert_eq!(text.to_str()?.len(), 3);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn code_point_len(&self) -> PyResult<usize>;

    /// Returns the text, without a copy.
    ///
    /// # Errors
    ///
    /// Returns `UnicodeEncodeError` if the string contains a lone surrogate.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = py.eval(c"'abc'.upper()", None, None)?.cast_into::<PyString>()?;
    ///     assert_eq!(text.to_str()?, "ABC");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn to_str(&self) -> PyResult<&str>;

    /// Returns the text, without a copy if the runtime allows it.
    ///
    /// # Errors
    ///
    /// Same as [`to_str`](Self::to_str).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = PyString::new(py, "text");
    ///     assert_eq!(text.to_cow()?, "text");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn to_cow(&self) -> PyResult<Cow<'_, str>>;

    /// Returns the text, with U+FFFD in place of lone surrogates.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let broken = py.eval(c"'a' + chr(0xd800)", None, None)?.cast_into::<PyString>()?;
    ///     assert!(broken.to_cow().is_err());
    ///     assert!(broken.to_string_lossy().starts_with('a'));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn to_string_lossy(&self) -> Cow<'_, str>;

    /// Returns the text as a `bytes` in UTF-8.
    ///
    /// # Errors
    ///
    /// Same as [`to_str`](Self::to_str).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(PyString::new(py, "é").encode_utf8()?.as_bytes(), [0xc3, 0xa9]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn encode_utf8(&self) -> PyResult<Bound<'py, PyBytes>>;

    /// Returns the code points in the runtime's internal representation.
    ///
    /// # Errors
    ///
    /// Returns `NotImplementedError` if this representation is not one of those in [`PyStringData`], or is not
    /// accessible. RustPython and CPython's stable ABI give access to ASCII strings only.
    ///
    /// # Safety
    ///
    /// As in PyO3, the caller promises to have tested this on all targets that matter. On CPython, it depends on how
    /// the C compiler lays out a bit field.
    #[expect(unsafe_code, reason = "PyO3's API has this signature")]
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

    #[expect(unsafe_code, reason = "PyO3's API has this signature")]
    unsafe fn data(&self) -> PyResult<PyStringData<'_>> {
        match Active::str_data(self.py().attached(), self.handle()).or_raise(self.py())? {
            Some(data) => Ok(data.into()),
            None => Err(PyNotImplementedError::new_err("the runtime keeps this string in a form of its own")),
        }
    }
}

impl<'a> Borrowed<'a, '_, PyString> {
    /// Returns the text like [`PyStringMethods::to_str`], but for the whole lifetime of the borrowed reference.
    #[inline]
    pub(crate) fn to_str(self) -> PyResult<&'a str> {
        Active::str_to_utf8(self.py().attached(), self.handle()).or_raise(self.py())
    }

    /// Returns the text like [`PyStringMethods::to_cow`], but for the whole lifetime of the borrowed reference.
    #[inline]
    pub(crate) fn to_cow(self) -> PyResult<Cow<'a, str>> {
        self.to_str().map(Cow::Borrowed)
    }

    /// Returns the text like [`PyStringMethods::to_string_lossy`], but for the whole lifetime of the borrowed
    /// reference.
    #[inline]
    pub(crate) fn to_string_lossy(self) -> Cow<'a, str> {
        Active::str_to_lossy(self.py().attached(), self.handle())
    }
}

impl Py<PyString> {
    /// Returns the text, without a copy.
    ///
    /// A `str` never changes, so the text remains valid after the thread detaches.
    ///
    /// # Errors
    ///
    /// Same as [`PyStringMethods::to_str`].
    pub fn to_str<'a>(&'a self, py: Python<'_>) -> PyResult<&'a str> {
        self.bind_borrowed(py).to_str()
    }

    /// Returns the text like [`PyStringMethods::to_cow`]. It remains valid after the thread detaches.
    ///
    /// # Errors
    ///
    /// Same as [`PyStringMethods::to_str`].
    pub fn to_cow<'a>(&'a self, py: Python<'_>) -> PyResult<Cow<'a, str>> {
        self.bind_borrowed(py).to_cow()
    }

    /// Returns the text like [`PyStringMethods::to_string_lossy`]. It remains valid after the thread detaches.
    pub fn to_string_lossy<'a>(&'a self, py: Python<'_>) -> Cow<'a, str> {
        self.bind_borrowed(py).to_string_lossy()
    }
}

/// Returns `true` if the string has exactly this text. A string with lone surrogates never does.
#[inline]
fn equals(string: &Bound<'_, PyString>, text: &str) -> bool {
    Active::str_equals(string.py().attached(), string.handle(), text)
}

/// Implements equality with `str`, with either on the left, and through references.
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
