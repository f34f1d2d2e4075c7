//! [`BoundObject`]: what [`Bound`] and [`Borrowed`] have in common.

use crate::{Borrowed, Bound, Py, PyAny, ffi};

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for super::Bound<'_, T> {}
    impl<T> Sealed for super::Borrowed<'_, '_, T> {}
}

/// An owned or borrowed reference on an attached thread: [`Bound`] or [`Borrowed`].
///
/// Use it for code that is generic over the result of
/// [`IntoPyObject::into_pyobject`](crate::IntoPyObject::into_pyobject).
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::BoundObject;
///
/// fn kept<'py, T: IntoPyObject<'py>>(py: Python<'py>, value: T) -> Result<Py<PyAny>, T::Error> {
///     Ok(value.into_pyobject(py)?.into_any().unbind())
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     assert!(kept(py, true)?.is_truthy(py)?);
///     assert_eq!(kept(py, "text")?.to_string(), "text");
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub trait BoundObject<'py, T>: sealed::Sealed {
    /// The same kind of reference, to a `PyAny`.
    type Any: BoundObject<'py, PyAny>;

    /// Returns a borrowed reference to the object.
    fn as_borrowed(&self) -> Borrowed<'_, 'py, T>;

    /// Returns an owned reference. For a borrowed one, creates a new reference.
    fn into_bound(self) -> Bound<'py, T>;

    /// Casts to `PyAny`. The object stays the same.
    fn into_any(self) -> Self::Any;

    /// Returns the object as a raw pointer, which is an owned reference.
    fn into_ptr(self) -> *mut ffi::PyObject;

    /// Returns the object as a raw pointer, which is a borrowed reference.
    fn as_ptr(&self) -> *mut ffi::PyObject;

    /// Converts to a [`Py`], which may outlive the attachment of the thread.
    fn unbind(self) -> Py<T>;
}

impl<'py, T> BoundObject<'py, T> for Bound<'py, T> {
    type Any = Bound<'py, PyAny>;

    #[inline]
    fn as_borrowed(&self) -> Borrowed<'_, 'py, T> {
        Bound::as_borrowed(self)
    }

    #[inline]
    fn into_bound(self) -> Bound<'py, T> {
        self
    }

    #[inline]
    fn into_any(self) -> Self::Any {
        Bound::into_any(self)
    }

    #[inline]
    fn into_ptr(self) -> *mut ffi::PyObject {
        Bound::into_ptr(self)
    }

    #[inline]
    fn as_ptr(&self) -> *mut ffi::PyObject {
        Bound::as_ptr(self)
    }

    #[inline]
    fn unbind(self) -> Py<T> {
        Bound::unbind(self)
    }
}

impl<'a, 'py, T> BoundObject<'py, T> for Borrowed<'a, 'py, T> {
    type Any = Borrowed<'a, 'py, PyAny>;

    #[inline]
    fn as_borrowed(&self) -> Borrowed<'_, 'py, T> {
        *self
    }

    #[inline]
    fn into_bound(self) -> Bound<'py, T> {
        self.to_owned()
    }

    #[inline]
    fn into_any(self) -> Self::Any {
        self.to_any()
    }

    #[inline]
    fn into_ptr(self) -> *mut ffi::PyObject {
        self.to_owned().into_ptr()
    }

    #[inline]
    fn as_ptr(&self) -> *mut ffi::PyObject {
        Borrowed::as_ptr(*self)
    }

    #[inline]
    fn unbind(self) -> Py<T> {
        self.to_owned().unbind()
    }
}
