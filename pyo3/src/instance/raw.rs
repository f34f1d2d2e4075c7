//! Conversions between the public handles, the contract's handles, and the raw pointers of PyO3's public API.
//!
//! The names of conversions from and to the contract's handles, which only this crate sees:
//!
//! | | with the kind of `T` | with the kind `Any` |
//! |---|---|---|
//! | borrows, as `Ref` | `handle` | `any_handle` |
//! | takes the reference along, as `Owned` or `Global` | `into_handle` | `into_owned`, `into_global` |
//! | makes a public handle | `from_handle` | `wrap` for `PyAny`, `wrap_unchecked` for another type |
//!
//! `handle` is a getter, so it has no `as_`: for [`Borrowed`], the result lives longer than the borrow of `self`.

#![expect(unsafe_code, reason = "casts between types of the same layout, and the `from_*_ptr` functions of PyO3's API")]

use core::ptr::NonNull;

use pyo3_backend::Kind;

use crate::backend::{Owned, Ref};
use crate::types::PyAny;
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python, ffi};

/// A type of the frontend whose objects are of a kind of the contract.
///
/// Each native type in `types` implements it. The type check of a `Bound<'py, Self>` is also the check for the kind.
pub(crate) trait NativeKind {
    /// The kind of the objects.
    type Kind: Kind;
}

impl<'py, T> Bound<'py, T> {
    /// Returns the handle, with the kind `Any`.
    #[inline]
    pub(crate) fn any_handle(&self) -> Ref<'_> {
        self.owned().as_ref()
    }

    /// Returns the handle, with the kind of `T`.
    #[inline]
    pub(crate) fn handle(&self) -> Ref<'_, T::Kind>
    where
        T: NativeKind,
    {
        // SAFETY: a `Bound<T>` refers to an instance of `T`, and `T: NativeKind` gives the kind of its instances.
        unsafe { self.any_handle().assume_kind() }
    }

    /// Returns the handle, with the kind of `T`, which owns the reference.
    #[inline]
    pub(crate) fn into_handle(self) -> Owned<'py, T::Kind>
    where
        T: NativeKind,
    {
        // SAFETY: a `Bound<T>` refers to an instance of `T`, and `T: NativeKind` gives the kind of its instances.
        unsafe { self.into_owned().assume_kind() }
    }

    /// Wraps a handle with the kind of `T`.
    #[inline]
    pub(crate) fn from_handle(handle: Owned<'py, T::Kind>) -> Self
    where
        T: NativeKind,
    {
        // SAFETY: objects of this kind are instances of `T`.
        unsafe { Bound::wrap_unchecked(handle.any()) }
    }

    /// Casts to `U` without checking the type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `U`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let object = PyList::new(py, [1, 2])?.into_any();
    ///     // SAFETY: a list was made two lines above.
    ///     let list = unsafe { object.cast_unchecked::<PyList>() };
    ///     assert_eq!(list.len(), 2);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub unsafe fn cast_unchecked<U>(&self) -> &Bound<'py, U> {
        // SAFETY: `Bound` is transparent over the handle, whatever its type parameter is.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Casts to `U` by value, without checking the type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `U`.
    #[inline]
    pub unsafe fn cast_into_unchecked<U>(self) -> Bound<'py, U> {
        // SAFETY: the caller promises that the object is an instance of `U`.
        unsafe { Bound::wrap_unchecked(self.into_owned()) }
    }

    /// Returns the object as a raw pointer, which is a borrowed reference.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.owned().as_ptr().as_ptr()
    }

    /// Returns the object as a raw pointer, which is an owned reference.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number = py.eval(c"1000", None, None)?;
    ///     let pointer = number.into_ptr();
    ///     // SAFETY: the pointer owns the reference that `into_ptr` has given away.
    ///     let number = unsafe { Bound::from_owned_ptr(py, pointer) };
    ///     assert_eq!(number.extract::<i32>()?, 1000);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.into_owned().into_ptr().as_ptr()
    }

    /// Casts a reference to `PyAny`. The object stays the same.
    #[inline]
    pub fn as_any(&self) -> &Bound<'py, PyAny> {
        // SAFETY: every object is a `PyAny`.
        unsafe { self.cast_unchecked() }
    }

    /// Returns the same reference as a `Py`.
    #[inline]
    pub fn as_unbound(&self) -> &Py<T> {
        // SAFETY: `Bound` and `Py` are transparent over handles, which are both transparent over a pointer.
        unsafe { &*(self as *const Self).cast() }
    }
}

impl<'py> Bound<'py, PyAny> {
    /// Wraps a reference to a handle.
    #[inline]
    pub(crate) fn from_owned_ref<'s>(handle: &'s Owned<'py>) -> &'s Self {
        // SAFETY: `Bound` is transparent over the handle, and every object is a `PyAny`.
        unsafe { &*(handle as *const Owned<'py>).cast() }
    }

    /// Takes over an owned reference.
    ///
    /// # Safety
    ///
    /// `ptr` must be null, or point to a Python object and own a reference to it, which passes to the result.
    ///
    /// # Panics
    ///
    /// Panics if `ptr` is null. The message contains the pending exception.
    #[inline]
    #[track_caller]
    pub unsafe fn from_owned_ptr(py: Python<'py>, ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: the caller promises an owned reference, or null.
        unsafe { Self::from_owned_ptr_or_opt(py, ptr) }.unwrap_or_else(|| panic_after_error(py))
    }

    /// Takes over an owned reference like [`from_owned_ptr`](Self::from_owned_ptr), or returns `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// Same as [`from_owned_ptr`](Self::from_owned_ptr).
    #[inline]
    pub unsafe fn from_owned_ptr_or_opt(_py: Python<'py>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the pointer is not null, the caller passes its reference on, and `_py` proves that the thread is
        // attached.
        NonNull::new(ptr).map(|ptr| Bound::wrap(unsafe { Owned::from_ptr(ptr) }))
    }

    /// Takes over an owned reference like [`from_owned_ptr`](Self::from_owned_ptr), or returns an error if `ptr` is
    /// null.
    ///
    /// # Safety
    ///
    /// Same as [`from_owned_ptr`](Self::from_owned_ptr).
    ///
    /// # Errors
    ///
    /// Returns the pending exception if `ptr` is null.
    #[inline]
    pub unsafe fn from_owned_ptr_or_err(py: Python<'py>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: the caller promises an owned reference, or null.
        unsafe { Self::from_owned_ptr_or_opt(py, ptr) }.ok_or_else(|| PyErr::fetch(py))
    }

    /// Creates a new reference to the object at `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` must be null or point to a live Python object.
    ///
    /// # Panics
    ///
    /// Panics if `ptr` is null. The message contains the pending exception.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number = py.eval(c"1000", None, None)?;
    ///     // SAFETY: `number` keeps the object alive.
    ///     let same = unsafe { Bound::from_borrowed_ptr(py, number.as_ptr()) };
    ///     assert!(same.is(&number));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    #[track_caller]
    pub unsafe fn from_borrowed_ptr(py: Python<'py>, ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: the caller promises a live object, or null.
        unsafe { Self::from_borrowed_ptr_or_opt(py, ptr) }.unwrap_or_else(|| panic_after_error(py))
    }

    /// Creates a new reference to the object at `ptr`, or returns `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must be null or point to a live Python object.
    #[inline]
    pub unsafe fn from_borrowed_ptr_or_opt(py: Python<'py>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the pointer is not null, and the caller promises a live object. `to_owned` takes a reference at once.
        NonNull::new(ptr).map(|ptr| Bound::wrap(unsafe { Ref::from_ptr(ptr) }.to_owned(py.attached())))
    }

    /// Creates a new reference to the object at `ptr`, or returns an error if `ptr` is null.
    ///
    /// # Safety
    ///
    /// `ptr` must be null or point to a live Python object.
    ///
    /// # Errors
    ///
    /// Returns the pending exception if `ptr` is null.
    #[inline]
    pub unsafe fn from_borrowed_ptr_or_err(py: Python<'py>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: the caller promises a live object, or null.
        unsafe { Self::from_borrowed_ptr_or_opt(py, ptr) }.ok_or_else(|| PyErr::fetch(py))
    }
}

impl<'a, 'py, T> Borrowed<'a, 'py, T> {
    /// Casts to `U` without checking the type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `U`.
    #[inline]
    pub unsafe fn cast_unchecked<U>(self) -> Borrowed<'a, 'py, U> {
        // SAFETY: the caller promises that the object is an instance of `U`.
        unsafe { Borrowed::wrap_unchecked(self.any_handle()) }
    }

    /// Wraps a handle with the kind of `T`.
    #[inline]
    pub(crate) fn from_handle(handle: Ref<'a, T::Kind>) -> Self
    where
        T: NativeKind,
    {
        // SAFETY: objects of this kind are instances of `T`.
        unsafe { Borrowed::wrap_unchecked(handle.any()) }
    }

    /// Returns the handle, with the kind of `T`, for the whole lifetime of the borrowed reference.
    #[inline]
    pub(crate) fn handle(self) -> Ref<'a, T::Kind>
    where
        T: NativeKind,
    {
        // SAFETY: a `Borrowed<T>` refers to an instance of `T`, and `T: NativeKind` gives the kind of its instances.
        unsafe { self.any_handle().assume_kind() }
    }

    /// Returns the object as a raw pointer, which is a borrowed reference.
    #[inline]
    pub fn as_ptr(self) -> *mut ffi::PyObject {
        self.any_handle().as_ptr().as_ptr()
    }
}

impl<'py, T> core::ops::Deref for Borrowed<'_, 'py, T> {
    type Target = Bound<'py, T>;

    #[inline]
    fn deref(&self) -> &Bound<'py, T> {
        // SAFETY: `Borrowed` and `Bound` are both transparent over a pointer. A shared reference cannot drop the
        // `Bound`.
        unsafe { &*(self as *const Self).cast() }
    }
}

impl<'a, 'py> Borrowed<'a, 'py, PyAny> {
    /// Creates a borrowed reference to the object at `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` must be null, or point to a Python object that stays alive for `'a`.
    ///
    /// # Panics
    ///
    /// Panics if `ptr` is null. The message contains the pending exception.
    #[inline]
    #[track_caller]
    pub unsafe fn from_ptr(py: Python<'py>, ptr: *mut ffi::PyObject) -> Self {
        // SAFETY: the caller promises an object that stays alive for `'a`, or null.
        unsafe { Self::from_ptr_or_opt(py, ptr) }.unwrap_or_else(|| panic_after_error(py))
    }

    /// Creates a borrowed reference like [`from_ptr`](Self::from_ptr), or returns `None` if `ptr` is null.
    ///
    /// # Safety
    ///
    /// Same as [`from_ptr`](Self::from_ptr).
    #[inline]
    pub unsafe fn from_ptr_or_opt(_py: Python<'py>, ptr: *mut ffi::PyObject) -> Option<Self> {
        // SAFETY: the pointer is not null, and the caller promises that the object stays alive for `'a`.
        NonNull::new(ptr).map(|ptr| Borrowed::wrap(unsafe { Ref::from_ptr(ptr) }))
    }

    /// Creates a borrowed reference like [`from_ptr`](Self::from_ptr), or returns an error if `ptr` is null.
    ///
    /// # Safety
    ///
    /// Same as [`from_ptr`](Self::from_ptr).
    ///
    /// # Errors
    ///
    /// Returns the pending exception if `ptr` is null.
    #[inline]
    pub unsafe fn from_ptr_or_err(py: Python<'py>, ptr: *mut ffi::PyObject) -> PyResult<Self> {
        // SAFETY: the caller promises an object that stays alive for `'a`, or null.
        unsafe { Self::from_ptr_or_opt(py, ptr) }.ok_or_else(|| PyErr::fetch(py))
    }
}

impl<T> Py<T> {
    /// Wraps a handle with the kind of `T`.
    #[inline]
    pub(crate) fn from_handle(handle: pyo3_backend::Global<crate::backend::Active, T::Kind>) -> Self
    where
        T: NativeKind,
    {
        // SAFETY: objects of this kind are instances of `T`.
        unsafe { Py::wrap_unchecked(handle.any()) }
    }

    /// Wraps a reference to a handle with the kind of `T`.
    #[inline]
    pub(crate) fn from_global_ref(handle: &pyo3_backend::Global<crate::backend::Active, T::Kind>) -> &Self
    where
        T: NativeKind,
    {
        // SAFETY: `Py` is transparent over a handle, and handles of all kinds are transparent over a pointer. Objects
        // of this kind are instances of `T`.
        unsafe { &*core::ptr::from_ref(handle).cast() }
    }

    /// Returns the handle without proof that the thread is attached. For visits by the garbage collector, and for
    /// access to payloads.
    #[inline]
    pub(crate) fn handle_unattached(&self) -> Ref<'_> {
        // SAFETY: `self` keeps the object alive for the lifetime of the result. The callers only pass the handle to the
        // garbage collector, or access the payload.
        unsafe { Ref::from_ptr(self.global().as_ptr()) }
    }

    /// Returns the same reference as a [`Bound`] on this attached thread. This costs nothing at run time.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let kept: Py<PyList> = PyList::empty(py).unbind();
    ///     kept.bind(py).append("a")?;
    ///     assert_eq!(kept.bind(py).len(), 1);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn bind<'py>(&self, _py: Python<'py>) -> &Bound<'py, T> {
        // SAFETY: `Py` and `Bound` are transparent over handles, which are both transparent over a pointer.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Returns a borrowed reference on this attached thread.
    #[inline]
    pub fn bind_borrowed<'a, 'py>(&'a self, _py: Python<'py>) -> Borrowed<'a, 'py, T> {
        // SAFETY: `self` keeps the object, a `T`, alive for `'a`. The result cannot outlive `'py`, for which the thread
        // is attached.
        unsafe { Borrowed::wrap_unchecked(Ref::from_ptr(self.global().as_ptr())) }
    }

    /// Casts a reference to `PyAny`. The object stays the same.
    #[inline]
    pub fn as_any(&self) -> &Py<PyAny> {
        // SAFETY: `Py` is transparent over the handle, whatever its type parameter is, and every object is a `PyAny`.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Returns the object as a raw pointer, which is a borrowed reference.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.global().as_ptr().as_ptr()
    }

    /// Returns the object as a raw pointer, which is an owned reference.
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.into_global().into_ptr().as_ptr()
    }

    /// Casts to `U` without checking the type.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `U`.
    #[inline]
    pub unsafe fn cast_bound_unchecked<'py, U>(&self, py: Python<'py>) -> &Bound<'py, U> {
        // SAFETY: the caller promises that the object is an instance of `U`.
        unsafe { self.bind(py).cast_unchecked() }
    }
}

/// Panics with the pending exception, for functions that cannot return an error.
#[cold]
#[track_caller]
fn panic_after_error(py: Python<'_>) -> ! {
    panic!("Python API call failed: {}", PyErr::fetch(py))
}
