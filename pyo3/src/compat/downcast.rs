//! Up to 0.28 casts were called downcasts, and their errors had the name of the Rust type in them.

#![allow(deprecated, reason = "what is here is deprecated, and speaks of itself")]

use core::fmt;
use std::borrow::Cow;

use crate::exceptions::PyTypeError;
use crate::types::{PyAnyMethods, PyStringMethods, PyTypeMethods};
use crate::{Borrowed, Bound, Py, PyAny, PyErr, PyTypeCheck, PyTypeInfo, Python};

/// Why a downcast failed.
#[derive(Debug)]
#[deprecated(since = "0.27.0", note = "replaced with `CastError`")]
pub struct DowncastError<'a, 'py> {
    from: Borrowed<'a, 'py, PyAny>,
    to: Cow<'static, str>,
}

/// Why a downcast by value failed. It holds the object.
#[derive(Debug)]
#[deprecated(since = "0.27.0", note = "replaced with `CastIntoError`")]
pub struct DowncastIntoError<'py> {
    from: Bound<'py, PyAny>,
    to: Cow<'static, str>,
}

impl<'a, 'py> DowncastError<'a, 'py> {
    /// That `from` is no `to`.
    pub fn new(from: &'a Bound<'py, PyAny>, to: impl Into<Cow<'static, str>>) -> Self {
        DowncastError { from: from.as_borrowed(), to: to.into() }
    }
}

impl<'py> DowncastIntoError<'py> {
    /// That `from` is no `to`.
    pub fn new(from: Bound<'py, PyAny>, to: impl Into<Cow<'static, str>>) -> Self {
        DowncastIntoError { from, to: to.into() }
    }

    /// The object.
    pub fn into_inner(self) -> Bound<'py, PyAny> {
        self.from
    }
}

/// The text of both errors.
fn explained(from: &Bound<'_, PyAny>, to: &str) -> String {
    let name = from.get_type().qualname();
    let name = match &name {
        Ok(name) => name.to_string_lossy(),
        Err(_) => Cow::Borrowed("<failed to extract type name>"),
    };
    format!("'{name}' object cannot be converted to '{to}'")
}

impl fmt::Display for DowncastError<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&explained(&self.from, &self.to))
    }
}

impl fmt::Display for DowncastIntoError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&explained(&self.from, &self.to))
    }
}

impl core::error::Error for DowncastError<'_, '_> {}
impl core::error::Error for DowncastIntoError<'_> {}

impl From<DowncastError<'_, '_>> for PyErr {
    fn from(error: DowncastError<'_, '_>) -> PyErr {
        PyTypeError::new_err(error.to_string())
    }
}

impl From<DowncastIntoError<'_>> for PyErr {
    fn from(error: DowncastIntoError<'_>) -> PyErr {
        PyTypeError::new_err(error.to_string())
    }
}

/// What the error calls the type: an implementation that was written for a later version has no name in it.
fn target(name: &'static str, class: impl FnOnce() -> String) -> Cow<'static, str> {
    if name.is_empty() { Cow::Owned(class()) } else { Cow::Borrowed(name) }
}

fn checked<T: PyTypeCheck>(py: Python<'_>) -> Cow<'static, str> {
    target(<T as PyTypeCheck>::NAME, || T::classinfo_object(py).to_string())
}

fn exact<T: PyTypeInfo>(py: Python<'_>) -> Cow<'static, str> {
    target(<T as PyTypeInfo>::NAME, || T::type_object(py).to_string())
}

/// Methods that were `PyAnyMethods`'.
impl<'py> Bound<'py, PyAny> {
    /// Sees the object as a `T`, or a subclass.
    ///
    /// # Errors
    ///
    /// [`DowncastError`], which becomes a `TypeError`.
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast` instead")]
    pub fn downcast<T: PyTypeCheck>(&self) -> Result<&Bound<'py, T>, DowncastError<'_, 'py>> {
        self.cast().map_err(|_| DowncastError::new(self, checked::<T>(self.py())))
    }

    /// As [`downcast`](Self::downcast), by value.
    ///
    /// # Errors
    ///
    /// [`DowncastIntoError`], which gives the object back.
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_into` instead")]
    pub fn downcast_into<T: PyTypeCheck>(self) -> Result<Bound<'py, T>, DowncastIntoError<'py>> {
        let py = self.py();
        self.cast_into().map_err(|error| DowncastIntoError::new(error.into_inner(), checked::<T>(py)))
    }

    /// As [`downcast`](Self::downcast), refusing subclasses.
    ///
    /// # Errors
    ///
    /// [`DowncastError`].
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_exact` instead")]
    pub fn downcast_exact<T: PyTypeInfo>(&self) -> Result<&Bound<'py, T>, DowncastError<'_, 'py>> {
        self.cast_exact().map_err(|_| DowncastError::new(self, exact::<T>(self.py())))
    }

    /// As [`downcast_into`](Self::downcast_into), refusing subclasses.
    ///
    /// # Errors
    ///
    /// [`DowncastIntoError`].
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_into_exact` instead")]
    pub fn downcast_into_exact<T: PyTypeInfo>(self) -> Result<Bound<'py, T>, DowncastIntoError<'py>> {
        let py = self.py();
        self.cast_into_exact().map_err(|error| DowncastIntoError::new(error.into_inner(), exact::<T>(py)))
    }

    /// Sees the object as a `T`, without a look.
    ///
    /// # Safety
    ///
    /// It is one.
    #[inline]
    #[expect(unsafe_code, reason = "a name for a function that is unsafe")]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_unchecked` instead")]
    pub unsafe fn downcast_unchecked<T>(&self) -> &Bound<'py, T> {
        // SAFETY: the caller's promise.
        unsafe { self.cast_unchecked() }
    }

    /// As [`downcast_unchecked`](Self::downcast_unchecked), by value.
    ///
    /// # Safety
    ///
    /// It is one.
    #[inline]
    #[expect(unsafe_code, reason = "a name for a function that is unsafe")]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_into_unchecked` instead")]
    pub unsafe fn downcast_into_unchecked<T>(self) -> Bound<'py, T> {
        // SAFETY: the caller's promise.
        unsafe { self.cast_into_unchecked() }
    }
}

impl Py<PyAny> {
    /// Sees the object as a `T`, or a subclass.
    ///
    /// # Errors
    ///
    /// [`DowncastError`].
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Py::cast_bound` instead")]
    pub fn downcast_bound<'py, T: PyTypeCheck>(
        &self,
        py: Python<'py>,
    ) -> Result<&Bound<'py, T>, DowncastError<'_, 'py>> {
        self.bind(py).downcast()
    }

    /// Sees the object as a `T`, without a look.
    ///
    /// # Safety
    ///
    /// It is one.
    #[inline]
    #[expect(unsafe_code, reason = "a name for a function that is unsafe")]
    #[deprecated(since = "0.27.0", note = "use `Py::cast_bound_unchecked` instead")]
    pub unsafe fn downcast_bound_unchecked<'py, T>(&self, py: Python<'py>) -> &Bound<'py, T> {
        // SAFETY: the caller's promise.
        unsafe { self.bind(py).cast_unchecked() }
    }
}
