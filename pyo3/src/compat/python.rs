//! Names of functions up to 0.27, when attaching to the interpreter was called acquiring the GIL.

use core::ffi::CStr;

use crate::marker::Ungil;
use crate::types::PyString;
use crate::{Bound, PyAny, PyResult, Python};

impl Python<'_> {
    /// The old name of [`attach`](Python::attach).
    #[inline]
    #[track_caller]
    #[deprecated(note = "use `Python::attach` instead", since = "0.26.0")]
    pub fn with_gil<F, R>(f: F) -> R
    where
        F: for<'py> FnOnce(Python<'py>) -> R,
    {
        Python::attach(f)
    }

    /// The old name of [`attach_unchecked`](Python::attach_unchecked).
    ///
    /// # Safety
    ///
    /// Same as [`attach_unchecked`](Python::attach_unchecked).
    #[inline]
    #[track_caller]
    #[expect(unsafe_code, reason = "the old name of an unsafe function")]
    #[deprecated(note = "use `Python::attach_unchecked` instead", since = "0.26.0")]
    pub unsafe fn with_gil_unchecked<F, R>(f: F) -> R
    where
        F: for<'py> FnOnce(Python<'py>) -> R,
    {
        // SAFETY: the caller makes the same promise.
        unsafe { Python::attach_unchecked(f) }
    }
}

impl Python<'_> {
    /// The old name of [`detach`](Python::detach).
    #[deprecated(note = "use `Python::detach` instead", since = "0.26.0")]
    pub fn allow_threads<T, F>(self, f: F) -> T
    where
        F: Ungil + FnOnce() -> T,
        T: Ungil,
    {
        self.detach(f)
    }
}

impl<'unbound> Python<'unbound> {
    /// The old name of [`assume_attached`](Python::assume_attached).
    ///
    /// # Safety
    ///
    /// Same as [`assume_attached`](Python::assume_attached).
    #[inline]
    #[expect(unsafe_code, reason = "the old name of an unsafe function")]
    #[deprecated(since = "0.26.0", note = "use `Python::assume_attached` instead")]
    pub unsafe fn assume_gil_acquired() -> Python<'unbound> {
        // SAFETY: the caller makes the same promise.
        unsafe { Python::assume_attached() }
    }
}

impl PyString {
    /// Decodes a bytes-like object: `str(src, encoding, errors)`.
    ///
    /// # Errors
    ///
    /// Same as [`from_encoded_object`](PyString::from_encoded_object). Besides, returns `ValueError` if `encoding` or
    /// `errors` contains a null byte.
    #[deprecated(since = "0.25.0", note = "replaced with to `PyString::from_encoded_object`")]
    pub fn from_object<'py>(src: &Bound<'py, PyAny>, encoding: &str, errors: &str) -> PyResult<Bound<'py, PyString>> {
        let (encoding, errors) = (std::ffi::CString::new(encoding)?, std::ffi::CString::new(errors)?);
        let (encoding, errors): (&CStr, &CStr) = (&encoding, &errors);
        PyString::from_encoded_object(src, Some(encoding), Some(errors))
    }
}
