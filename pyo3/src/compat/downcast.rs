//! Casts up to 0.28. They were called downcasts, and their errors contained the name of the Rust type.

#![allow(deprecated, reason = "this module defines deprecated items and refers to them")]

use core::fmt;
use std::borrow::Cow;

use crate::exceptions::PyTypeError;
use crate::types::{PyAnyMethods, PyStringMethods, PyTypeMethods};
use crate::{Borrowed, Bound, Py, PyAny, PyErr, PyTypeCheck, PyTypeInfo, Python};

/// The error of a failed downcast.
#[derive(Debug)]
#[deprecated(since = "0.27.0", note = "replaced with `CastError`")]
pub struct DowncastError<'a, 'py> {
    from: Borrowed<'a, 'py, PyAny>,
    to: Cow<'static, str>,
}

/// The error of a failed downcast by value. It contains the object.
#[derive(Debug)]
#[deprecated(since = "0.27.0", note = "replaced with `CastIntoError`")]
pub struct DowncastIntoError<'py> {
    from: Bound<'py, PyAny>,
    to: Cow<'static, str>,
}

impl<'a, 'py> DowncastError<'a, 'py> {
    /// Creates the error that `from` is not an instance of `to`.
    pub fn new(from: &'a Bound<'py, PyAny>, to: impl Into<Cow<'static, str>>) -> Self {
        DowncastError { from: from.as_borrowed(), to: to.into() }
    }
}

impl<'py> DowncastIntoError<'py> {
    /// Creates the error that `from` is not an instance of `to`.
    pub fn new(from: Bound<'py, PyAny>, to: impl Into<Cow<'static, str>>) -> Self {
        DowncastIntoError { from, to: to.into() }
    }

    /// Returns the object.
    pub fn into_inner(self) -> Bound<'py, PyAny> {
        self.from
    }
}

/// Returns the message of both errors.
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

/// Returns the type's name for the error. Implementations written for a later version of the trait provide no name.
fn target(name: &'static str, class: impl FnOnce() -> String) -> Cow<'static, str> {
    if name.is_empty() { Cow::Owned(class()) } else { Cow::Borrowed(name) }
}

fn checked<T: PyTypeCheck>(py: Python<'_>) -> Cow<'static, str> {
    target(<T as PyTypeCheck>::NAME, || T::classinfo_object(py).to_string())
}

fn exact<T: PyTypeInfo>(py: Python<'_>) -> Cow<'static, str> {
    target(<T as PyTypeInfo>::NAME, || T::type_object(py).to_string())
}

/// Methods that were in `PyAnyMethods`.
impl<'py> Bound<'py, PyAny> {
    /// Casts to `T`, if the object is an instance of `T` or of a subclass.
    ///
    /// # Errors
    ///
    /// Returns [`DowncastError`], which converts to `TypeError`, if the object is anything else.
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast` instead")]
    pub fn downcast<T: PyTypeCheck>(&self) -> Result<&Bound<'py, T>, DowncastError<'_, 'py>> {
        self.cast().map_err(|_| DowncastError::new(self, checked::<T>(self.py())))
    }

    /// Casts like [`downcast`](Self::downcast), by value.
    ///
    /// # Errors
    ///
    /// Returns [`DowncastIntoError`], which contains the object.
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_into` instead")]
    pub fn downcast_into<T: PyTypeCheck>(self) -> Result<Bound<'py, T>, DowncastIntoError<'py>> {
        let py = self.py();
        self.cast_into().map_err(|error| DowncastIntoError::new(error.into_inner(), checked::<T>(py)))
    }

    /// Casts like [`downcast`](Self::downcast), but refuses instances of subclasses.
    ///
    /// # Errors
    ///
    /// Returns [`DowncastError`] if the type of the object is not exactly `T`.
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_exact` instead")]
    pub fn downcast_exact<T: PyTypeInfo>(&self) -> Result<&Bound<'py, T>, DowncastError<'_, 'py>> {
        self.cast_exact().map_err(|_| DowncastError::new(self, exact::<T>(self.py())))
    }

    /// Casts like [`downcast_into`](Self::downcast_into), but refuses instances of subclasses.
    ///
    /// # Errors
    ///
    /// Returns [`DowncastIntoError`] if the type of the object is not exactly `T`.
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_into_exact` instead")]
    pub fn downcast_into_exact<T: PyTypeInfo>(self) -> Result<Bound<'py, T>, DowncastIntoError<'py>> {
        let py = self.py();
        self.cast_into_exact().map_err(|error| DowncastIntoError::new(error.into_inner(), exact::<T>(py)))
    }

    /// Casts to `T` without checking the type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `T`.
    #[inline]
    #[expect(unsafe_code, reason = "the old name of an unsafe function")]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_unchecked` instead")]
    pub unsafe fn downcast_unchecked<T>(&self) -> &Bound<'py, T> {
        // SAFETY: the caller promises that the object is an instance of `T`.
        unsafe { self.cast_unchecked() }
    }

    /// Casts to `T` by value, without checking the type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `T`.
    #[inline]
    #[expect(unsafe_code, reason = "the old name of an unsafe function")]
    #[deprecated(since = "0.27.0", note = "use `Bound::cast_into_unchecked` instead")]
    pub unsafe fn downcast_into_unchecked<T>(self) -> Bound<'py, T> {
        // SAFETY: the caller promises that the object is an instance of `T`.
        unsafe { self.cast_into_unchecked() }
    }
}

impl Py<PyAny> {
    /// Casts to `T`, if the object is an instance of `T` or of a subclass.
    ///
    /// # Errors
    ///
    /// Returns [`DowncastError`] if the object is anything else.
    #[inline]
    #[deprecated(since = "0.27.0", note = "use `Py::cast_bound` instead")]
    pub fn downcast_bound<'py, T: PyTypeCheck>(
        &self,
        py: Python<'py>,
    ) -> Result<&Bound<'py, T>, DowncastError<'_, 'py>> {
        self.bind(py).downcast()
    }

    /// Casts to `T` without checking the type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `T`.
    #[inline]
    #[expect(unsafe_code, reason = "the old name of an unsafe function")]
    #[deprecated(since = "0.27.0", note = "use `Py::cast_bound_unchecked` instead")]
    pub unsafe fn downcast_bound_unchecked<'py, T>(&self, py: Python<'py>) -> &Bound<'py, T> {
        // SAFETY: the caller promises that the object is an instance of `T`.
        unsafe { self.bind(py).cast_unchecked() }
    }
}
