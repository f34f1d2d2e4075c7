//! Up to 0.29 a `Py<T>` could be made of a raw pointer, whose type the caller vouched for.

#![expect(unsafe_code, reason = "what a pointer points to is a promise of the caller")]

use crate::{Borrowed, Bound, Py, PyResult, Python, ffi};

impl<T> Py<T> {
    /// Takes over a reference.
    ///
    /// # Panics
    ///
    /// Where `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` is an owned reference to a `T`, or null.
    #[inline]
    #[track_caller]
    #[deprecated(note = "use `Bound::from_owned_ptr` instead", since = "0.28.0")]
    pub unsafe fn from_owned_ptr(py: Python<'_>, ptr: *mut ffi::PyObject) -> Py<T> {
        // SAFETY: the caller's promise.
        unsafe { Bound::from_owned_ptr(py, ptr).cast_into_unchecked().unbind() }
    }

    /// Takes over a reference. Null means that an exception was raised.
    ///
    /// # Errors
    ///
    /// The exception that was raised, where `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` is an owned reference to a `T`, or null.
    #[inline]
    #[deprecated(note = "use `Bound::from_owned_ptr_or_err` instead", since = "0.28.0")]
    pub unsafe fn from_owned_ptr_or_err(py: Python<'_>, ptr: *mut ffi::PyObject) -> PyResult<Py<T>> {
        // SAFETY: the caller's promise.
        unsafe { Bound::from_owned_ptr_or_err(py, ptr).map(|object| object.cast_into_unchecked().unbind()) }
    }

    /// Takes over a reference; `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` is an owned reference to a `T`, or null.
    #[inline]
    #[deprecated(note = "use `Bound::from_owned_ptr_or_opt` instead", since = "0.28.0")]
    pub unsafe fn from_owned_ptr_or_opt(py: Python<'_>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the caller's promise.
        unsafe { Bound::from_owned_ptr_or_opt(py, ptr).map(|object| object.cast_into_unchecked().unbind()) }
    }

    /// Takes a reference of its own.
    ///
    /// # Panics
    ///
    /// Where `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` points to a `T`, or is null.
    #[inline]
    #[track_caller]
    #[deprecated(note = "use `Borrowed::from_borrowed_ptr` instead", since = "0.28.0")]
    pub unsafe fn from_borrowed_ptr(py: Python<'_>, ptr: *mut ffi::PyObject) -> Py<T> {
        // SAFETY: the caller's promise.
        unsafe { Bound::from_borrowed_ptr(py, ptr).cast_into_unchecked().unbind() }
    }

    /// Takes a reference of its own. Null means that an exception was raised.
    ///
    /// # Errors
    ///
    /// The exception that was raised, where `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` points to a `T`, or is null.
    #[inline]
    #[deprecated(note = "use `Borrowed::from_borrowed_ptr_or_err` instead", since = "0.28.0")]
    pub unsafe fn from_borrowed_ptr_or_err(py: Python<'_>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: the caller's promise.
        unsafe { Borrowed::from_ptr_or_err(py, ptr).map(|object| object.to_owned().cast_into_unchecked().unbind()) }
    }

    /// Takes a reference of its own; `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` points to a `T`, or is null.
    #[inline]
    #[deprecated(note = "use `Borrowed::from_borrowed_ptr_or_opt` instead", since = "0.28.0")]
    pub unsafe fn from_borrowed_ptr_or_opt(py: Python<'_>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the caller's promise.
        unsafe { Borrowed::from_ptr_or_opt(py, ptr).map(|object| object.to_owned().cast_into_unchecked().unbind()) }
    }
}
