//! Between the smart pointers, the contract's handles, and the raw pointers that PyO3's public API promises.

#![expect(
    unsafe_code,
    reason = "casts between types of one layout, and the `from_*_ptr` functions of the API we are compatible with"
)]

use core::ptr::NonNull;

use pyo3_backend::Kind;

use crate::backend::{Owned, Ref};
use crate::types::PyAny;
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python, ffi};

/// A type of the frontend whose objects are known to be of a kind of the contract.
///
/// Implemented in `types` for each native type: the cast that gave a `Bound<'py, Self>` is the check that the kind needs.
pub(crate) trait NativeKind {
    /// The kind.
    type Kind: Kind;
}

impl<'py, T> Bound<'py, T> {
    /// The handle, of any kind.
    #[inline]
    pub(crate) fn any_handle(&self) -> Ref<'_> {
        self.owned().as_ref()
    }

    /// The handle with the kind that `T` stands for.
    #[inline]
    pub(crate) fn handle(&self) -> Ref<'_, T::Kind>
    where
        T: NativeKind,
    {
        // SAFETY: a `Bound<T>` points to an instance of `T`, and `T: NativeKind` says of which kind those are.
        unsafe { self.any_handle().assume_kind() }
    }

    /// The handle with the kind that `T` stands for, and the reference with it.
    #[inline]
    pub(crate) fn into_handle(self) -> Owned<'py, T::Kind>
    where
        T: NativeKind,
    {
        // SAFETY: as for `handle`.
        unsafe { self.into_owned().assume_kind() }
    }

    /// Wraps a handle of the kind that `T` stands for.
    #[inline]
    pub(crate) fn from_handle(handle: Owned<'py, T::Kind>) -> Self
    where
        T: NativeKind,
    {
        // SAFETY: the kind says that the object is a `T`.
        unsafe { Bound::wrap_unchecked(handle.any()) }
    }

    /// Returns the same pointer as another type, without a check.
    ///
    /// # Safety
    ///
    /// The object is an instance of `U`.
    #[inline]
    pub unsafe fn cast_unchecked<U>(&self) -> &Bound<'py, U> {
        // SAFETY: `Bound` is transparent over the handle whatever its type parameter is.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Returns the same pointer as another type, without a check.
    ///
    /// # Safety
    ///
    /// The object is an instance of `U`.
    #[inline]
    pub unsafe fn cast_into_unchecked<U>(self) -> Bound<'py, U> {
        // SAFETY: as the caller promises.
        unsafe { Bound::wrap_unchecked(self.into_owned()) }
    }

    /// Returns the raw pointer. The reference stays with `self`.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.owned().as_ptr().as_ptr()
    }

    /// Returns the raw pointer. The reference goes to the caller.
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.into_owned().into_ptr().as_ptr()
    }

    /// Borrows as a `PyAny`.
    #[inline]
    pub fn as_any(&self) -> &Bound<'py, PyAny> {
        // SAFETY: everything is an object.
        unsafe { self.cast_unchecked() }
    }

    /// The same reference in a form that outlives the attachment.
    #[inline]
    pub fn as_unbound(&self) -> &Py<T> {
        // SAFETY: `Bound` and `Py` are transparent over handles, which are transparent over the same pointer.
        unsafe { &*(self as *const Self).cast() }
    }
}

impl<'py> Bound<'py, PyAny> {
    /// Wraps a handle in place.
    #[inline]
    pub(crate) fn from_owned_ref<'s>(handle: &'s Owned<'py>) -> &'s Self {
        // SAFETY: `Bound` is transparent over the handle.
        unsafe { &*(handle as *const Owned<'py>).cast() }
    }

    /// Takes over the reference behind `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` points to a Python object. The caller owns a reference to it, and hands that over.
    ///
    /// # Panics
    ///
    /// If `ptr` is null. The message is that of the pending exception.
    #[inline]
    #[track_caller]
    pub unsafe fn from_owned_ptr(py: Python<'py>, ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: as promised by the caller.
        unsafe { Self::from_owned_ptr_or_opt(py, ptr) }.unwrap_or_else(|| panic_after_error(py))
    }

    /// As [`from_owned_ptr`](Self::from_owned_ptr); `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// As [`from_owned_ptr`](Self::from_owned_ptr), unless `ptr` is null.
    #[inline]
    pub unsafe fn from_owned_ptr_or_opt(_py: Python<'py>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: non-null here; the caller gives its reference up, and `_py` proves attachment.
        NonNull::new(ptr).map(|ptr| Bound::wrap(unsafe { Owned::from_ptr(ptr) }))
    }

    /// As [`from_owned_ptr`](Self::from_owned_ptr); the pending exception if `ptr` is null.
    ///
    /// # Safety
    ///
    /// As [`from_owned_ptr`](Self::from_owned_ptr), unless `ptr` is null.
    ///
    /// # Errors
    ///
    /// The exception that is pending.
    #[inline]
    pub unsafe fn from_owned_ptr_or_err(py: Python<'py>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: as promised by the caller.
        unsafe { Self::from_owned_ptr_or_opt(py, ptr) }.ok_or_else(|| PyErr::fetch(py))
    }

    /// Adds a reference to what `ptr` points to.
    ///
    /// # Safety
    ///
    /// `ptr` points to a Python object.
    ///
    /// # Panics
    ///
    /// If `ptr` is null. The message is that of the pending exception.
    #[inline]
    #[track_caller]
    pub unsafe fn from_borrowed_ptr(py: Python<'py>, ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: as promised by the caller.
        unsafe { Self::from_borrowed_ptr_or_opt(py, ptr) }.unwrap_or_else(|| panic_after_error(py))
    }

    /// As [`from_borrowed_ptr`](Self::from_borrowed_ptr); `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` is null or points to a Python object.
    #[inline]
    pub unsafe fn from_borrowed_ptr_or_opt(py: Python<'py>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: non-null here and a live object, of which `to_owned` takes a reference at once.
        NonNull::new(ptr).map(|ptr| Bound::wrap(unsafe { Ref::from_ptr(ptr) }.to_owned(py.attached())))
    }

    /// As [`from_borrowed_ptr`](Self::from_borrowed_ptr); the pending exception if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` is null or points to a Python object.
    ///
    /// # Errors
    ///
    /// The exception that is pending.
    #[inline]
    pub unsafe fn from_borrowed_ptr_or_err(py: Python<'py>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: as promised by the caller.
        unsafe { Self::from_borrowed_ptr_or_opt(py, ptr) }.ok_or_else(|| PyErr::fetch(py))
    }
}

impl<'a, 'py, T> Borrowed<'a, 'py, T> {
    /// Returns the same pointer as another type, without a check.
    ///
    /// # Safety
    ///
    /// The object is an instance of `U`.
    #[inline]
    pub unsafe fn cast_unchecked<U>(self) -> Borrowed<'a, 'py, U> {
        // SAFETY: as the caller promises.
        unsafe { Borrowed::wrap_unchecked(self.any_handle()) }
    }

    /// Wraps a handle of the kind that `T` stands for.
    #[inline]
    pub(crate) fn from_handle(handle: Ref<'a, T::Kind>) -> Self
    where
        T: NativeKind,
    {
        // SAFETY: the kind says that the object is a `T`.
        unsafe { Borrowed::wrap_unchecked(handle.any()) }
    }

    /// The handle with the kind that `T` stands for, for as long as the object is kept alive.
    #[inline]
    pub(crate) fn handle(self) -> Ref<'a, T::Kind>
    where
        T: NativeKind,
    {
        // SAFETY: as for `Bound::handle`.
        unsafe { self.any_handle().assume_kind() }
    }

    /// The raw pointer.
    #[inline]
    pub fn as_ptr(self) -> *mut ffi::PyObject {
        self.any_handle().as_ptr().as_ptr()
    }
}

impl<'py, T> core::ops::Deref for Borrowed<'_, 'py, T> {
    type Target = Bound<'py, T>;

    #[inline]
    fn deref(&self) -> &Bound<'py, T> {
        // SAFETY: `Borrowed` and `Bound` are transparent over the same pointer, and a shared borrow cannot drop it.
        unsafe { &*(self as *const Self).cast() }
    }
}

impl<'a, 'py> Borrowed<'a, 'py, PyAny> {
    /// Borrows what `ptr` points to.
    ///
    /// # Safety
    ///
    /// `ptr` points to a Python object that is kept alive for `'a`.
    ///
    /// # Panics
    ///
    /// If `ptr` is null. The message is that of the pending exception.
    #[inline]
    #[track_caller]
    pub unsafe fn from_ptr(py: Python<'py>, ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: as promised by the caller.
        unsafe { Self::from_ptr_or_opt(py, ptr) }.unwrap_or_else(|| panic_after_error(py))
    }

    /// As [`from_ptr`](Self::from_ptr); `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// As [`from_ptr`](Self::from_ptr), unless `ptr` is null.
    #[inline]
    pub unsafe fn from_ptr_or_opt(_py: Python<'py>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: non-null here, and kept alive as the caller promises.
        NonNull::new(ptr).map(|ptr| Borrowed::wrap(unsafe { Ref::from_ptr(ptr) }))
    }

    /// As [`from_ptr`](Self::from_ptr); the pending exception if `ptr` is null.
    ///
    /// # Safety
    ///
    /// As [`from_ptr`](Self::from_ptr), unless `ptr` is null.
    ///
    /// # Errors
    ///
    /// The exception that is pending.
    #[inline]
    pub unsafe fn from_ptr_or_err(py: Python<'py>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: as promised by the caller.
        unsafe { Self::from_ptr_or_opt(py, ptr) }.ok_or_else(|| PyErr::fetch(py))
    }
}

impl<T> Py<T> {
    /// Wraps a handle of the kind that `T` stands for.
    #[inline]
    pub(crate) fn from_handle(handle: pyo3_backend::Global<crate::backend::Active, T::Kind>) -> Self
    where
        T: NativeKind,
    {
        // SAFETY: the kind says that the object is a `T`.
        unsafe { Py::wrap_unchecked(handle.any()) }
    }

    /// Sees a handle of the kind that `T` stands for as what it is.
    #[inline]
    pub(crate) fn from_global_ref(handle: &pyo3_backend::Global<crate::backend::Active, T::Kind>) -> &Self
    where
        T: NativeKind,
    {
        // SAFETY: `Py` is transparent over a handle, and handles of every kind are transparent over the same pointer;
        // the kind says that the object is a `T`.
        unsafe { &*core::ptr::from_ref(handle).cast() }
    }

    /// The handle, without proof of attachment: for the collector's visit and for reading memory that belongs to Rust.
    #[inline]
    pub(crate) fn handle_unattached(&self) -> Ref<'_> {
        // SAFETY: the reference keeps the object alive for as long as it is borrowed, and whoever uses the handle does
        // no more with it than pass it to the collector or read a payload.
        unsafe { Ref::from_ptr(self.global().as_ptr()) }
    }

    /// The same reference, usable as it is on this attached thread.
    #[inline]
    pub fn bind<'py>(&self, _py: Python<'py>) -> &Bound<'py, T> {
        // SAFETY: `Py` and `Bound` are transparent over handles, which are transparent over the same pointer.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Borrows on this attached thread.
    #[inline]
    pub fn bind_borrowed<'a, 'py>(&'a self, _py: Python<'py>) -> Borrowed<'a, 'py, T> {
        // SAFETY: `self` keeps the object, a `T`, alive for `'a`; whoever uses the result needs `'py`, too, which is
        // attached.
        unsafe { Borrowed::wrap_unchecked(Ref::from_ptr(self.global().as_ptr())) }
    }

    /// Borrows as a `PyAny`.
    #[inline]
    pub fn as_any(&self) -> &Py<PyAny> {
        // SAFETY: `Py` is transparent over the handle whatever its type parameter is, and everything is an object.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Returns the raw pointer. The reference stays with `self`.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.global().as_ptr().as_ptr()
    }

    /// Returns the raw pointer. The reference goes to the caller.
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.into_global().into_ptr().as_ptr()
    }

    /// Returns the same object as another type, without a check.
    ///
    /// # Safety
    ///
    /// The object is an instance of `U`.
    #[inline]
    pub unsafe fn cast_bound_unchecked<'py, U>(&self, py: Python<'py>) -> &Bound<'py, U> {
        // SAFETY: as promised by the caller.
        unsafe { self.bind(py).cast_unchecked() }
    }
}

/// Panics with the pending exception. For functions that return no error.
#[cold]
#[track_caller]
fn panic_after_error(py: Python<'_>) -> ! {
    panic!("Python API call failed: {}", PyErr::fetch(py))
}
