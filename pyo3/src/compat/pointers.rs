//! Functions up to 0.29 that made a `Py<T>` from a raw pointer. The caller was responsible for the type.

#![expect(unsafe_code, reason = "the caller promises what the pointer points to")]

use crate::{Borrowed, Bound, Py, PyResult, Python, ffi};

impl<T> Py<T> {
    /// Takes over an owned reference.
    ///
    /// # Panics
    ///
    /// Panics if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must be an owned reference to a `T`, or null.
    #[inline]
    #[track_caller]
    #[deprecated(note = "use `Bound::from_owned_ptr` instead", since = "0.28.0")]
    pub unsafe fn from_owned_ptr(py: Python<'_>, ptr: *mut ffi::PyObject) -> Py<T> {
        // SAFETY: the caller promises an owned reference to a `T`, or null.
        unsafe { Bound::from_owned_ptr(py, ptr).cast_into_unchecked().unbind() }
    }

    /// Takes over an owned reference.
    ///
    /// # Errors
    ///
    /// Returns the pending exception if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must be an owned reference to a `T`, or null.
    #[inline]
    #[deprecated(note = "use `Bound::from_owned_ptr_or_err` instead", since = "0.28.0")]
    pub unsafe fn from_owned_ptr_or_err(py: Python<'_>, ptr: *mut ffi::PyObject) -> PyResult<Py<T>> {
        // SAFETY: the caller promises an owned reference to a `T`, or null.
        unsafe { Bound::from_owned_ptr_or_err(py, ptr).map(|object| object.cast_into_unchecked().unbind()) }
    }

    /// Takes over an owned reference, or returns `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must be an owned reference to a `T`, or null.
    #[inline]
    #[deprecated(note = "use `Bound::from_owned_ptr_or_opt` instead", since = "0.28.0")]
    pub unsafe fn from_owned_ptr_or_opt(py: Python<'_>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the caller promises an owned reference to a `T`, or null.
        unsafe { Bound::from_owned_ptr_or_opt(py, ptr).map(|object| object.cast_into_unchecked().unbind()) }
    }

    /// Creates a new reference to a borrowed object.
    ///
    /// # Panics
    ///
    /// Panics if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must point to a live `T`, or be null.
    #[inline]
    #[track_caller]
    #[deprecated(note = "use `Borrowed::from_borrowed_ptr` instead", since = "0.28.0")]
    pub unsafe fn from_borrowed_ptr(py: Python<'_>, ptr: *mut ffi::PyObject) -> Py<T> {
        // SAFETY: the caller promises a pointer to a live `T`, or null.
        unsafe { Bound::from_borrowed_ptr(py, ptr).cast_into_unchecked().unbind() }
    }

    /// Creates a new reference to a borrowed object.
    ///
    /// # Errors
    ///
    /// Returns the pending exception if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must point to a live `T`, or be null.
    #[inline]
    #[deprecated(note = "use `Borrowed::from_borrowed_ptr_or_err` instead", since = "0.28.0")]
    pub unsafe fn from_borrowed_ptr_or_err(py: Python<'_>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: the caller promises a pointer to a live `T`, or null.
        unsafe { Borrowed::from_ptr_or_err(py, ptr).map(|object| object.to_owned().cast_into_unchecked().unbind()) }
    }

    /// Creates a new reference to a borrowed object, or returns `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must point to a live `T`, or be null.
    #[inline]
    #[deprecated(note = "use `Borrowed::from_borrowed_ptr_or_opt` instead", since = "0.28.0")]
    pub unsafe fn from_borrowed_ptr_or_opt(py: Python<'_>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the caller promises a pointer to a live `T`, or null.
        unsafe { Borrowed::from_ptr_or_opt(py, ptr).map(|object| object.to_owned().cast_into_unchecked().unbind()) }
    }
}
