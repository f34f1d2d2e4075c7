//! The methods of the smart pointers that reach the values in instances of Rust classes.

#![expect(unsafe_code, reason = "frozen values are reached without a guard; upcasts are casts")]

use super::boolean_struct::{False, True};
use super::guard::{NO_VALUE, PyBorrowError, PyBorrowMutError, PyRef, PyRefMut};
use super::payload::{ensure_thread, is_filled, payload};
use super::{PyClass, PyClassInitializer};
use crate::backend::Ref;
use crate::{Borrowed, Bound, Py, PyResult, Python};

impl<'py, T: PyClass> Bound<'py, T> {
    /// Creates an instance from Rust, without calling `__new__` or `__init__`.
    ///
    /// # Errors
    ///
    /// If the runtime cannot allocate an instance.
    ///
    /// ```
    /// use pyo3::prelude::*;
    ///
    /// #[pyclass]
    /// struct Point { x: i32 }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let point = Bound::new(py, Point { x: 1 })?;
    ///     assert_eq!(point.borrow().x, 1);
    ///     Ok::<(), PyErr>(())
    /// }).unwrap();
    /// ```
    pub fn new(py: Python<'py>, value: impl Into<PyClassInitializer<T>>) -> PyResult<Bound<'py, T>> {
        value.into().create(py)
    }

    /// Borrows the value for reading.
    ///
    /// # Panics
    ///
    /// While it is borrowed mutably; see [`try_borrow`](Self::try_borrow).
    #[inline]
    #[track_caller]
    pub fn borrow(&self) -> PyRef<'py, T> {
        self.try_borrow().expect("Already mutably borrowed")
    }

    /// Borrows the value for writing.
    ///
    /// # Panics
    ///
    /// While it is borrowed; see [`try_borrow_mut`](Self::try_borrow_mut).
    #[inline]
    #[track_caller]
    pub fn borrow_mut(&self) -> PyRefMut<'py, T>
    where
        T: PyClass<Frozen = False>,
    {
        self.try_borrow_mut().expect("Already borrowed")
    }

    /// Borrows the value for reading.
    ///
    /// # Errors
    ///
    /// While it is borrowed mutably.
    #[inline]
    pub fn try_borrow(&self) -> Result<PyRef<'py, T>, PyBorrowError> {
        PyRef::try_borrow_borrowed(self.as_borrowed())
    }

    /// Borrows the value for writing.
    ///
    /// # Errors
    ///
    /// While it is borrowed.
    #[inline]
    pub fn try_borrow_mut(&self) -> Result<PyRefMut<'py, T>, PyBorrowMutError>
    where
        T: PyClass<Frozen = False>,
    {
        PyRefMut::try_borrow_borrowed(self.as_borrowed())
    }

    /// Returns the value of a frozen class, without a guard.
    ///
    /// # Panics
    ///
    /// If the instance holds no value, because Python code made it without the class's own `__new__`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// #[pyclass(frozen)]
    /// struct Point {
    ///     x: i32,
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let point = Bound::new(py, Point { x: 3 })?;
    ///     assert_eq!(point.get().x, 3);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn get(&self) -> &T
    where
        T: PyClass<Frozen = True> + Sync,
    {
        frozen(self.any_handle())
    }

    /// Borrows the instance as one of its base class.
    #[inline]
    pub fn as_super(&self) -> &Bound<'py, T::BaseType> {
        // SAFETY: an instance of `T` is one of its base.
        unsafe { self.cast_unchecked() }
    }

    /// Turns the instance into one of its base class.
    #[inline]
    pub fn into_super(self) -> Bound<'py, T::BaseType> {
        // SAFETY: an instance of `T` is one of its base.
        unsafe { self.cast_into_unchecked() }
    }
}

fn frozen<T: PyClass<Frozen = True> + Sync>(object: Ref<'_>) -> &T {
    // SAFETY: both callers pass an instance of `T`. It is read only if it holds a value. The value of a frozen class is
    // never borrowed mutably, and `Sync` lets any thread read it.
    unsafe {
        assert!(is_filled::<T>(object), "{NO_VALUE}");
        ensure_thread::<T>(object);
        &*payload::<T>(object).value()
    }
}

impl<T: PyClass> Py<T> {
    /// Creates an instance, as [`Bound::new`] does.
    ///
    /// # Errors
    ///
    /// If the runtime cannot allocate an instance.
    pub fn new(py: Python<'_>, value: impl Into<PyClassInitializer<T>>) -> PyResult<Py<T>> {
        Bound::new(py, value).map(Bound::unbind)
    }

    /// Borrows the value for reading, as [`Bound::borrow`] does.
    ///
    /// # Panics
    ///
    /// While it is borrowed mutably.
    #[inline]
    #[track_caller]
    pub fn borrow<'py>(&'py self, py: Python<'py>) -> PyRef<'py, T> {
        self.bind(py).borrow()
    }

    /// Borrows the value for writing, as [`Bound::borrow_mut`] does.
    ///
    /// # Panics
    ///
    /// While it is borrowed.
    #[inline]
    #[track_caller]
    pub fn borrow_mut<'py>(&'py self, py: Python<'py>) -> PyRefMut<'py, T>
    where
        T: PyClass<Frozen = False>,
    {
        self.bind(py).borrow_mut()
    }

    /// Borrows the value for reading, as [`Bound::try_borrow`] does.
    ///
    /// # Errors
    ///
    /// While it is borrowed mutably.
    #[inline]
    pub fn try_borrow<'py>(&'py self, py: Python<'py>) -> Result<PyRef<'py, T>, PyBorrowError> {
        self.bind(py).try_borrow()
    }

    /// Borrows the value for writing, as [`Bound::try_borrow_mut`] does.
    ///
    /// # Errors
    ///
    /// While it is borrowed.
    #[inline]
    pub fn try_borrow_mut<'py>(&'py self, py: Python<'py>) -> Result<PyRefMut<'py, T>, PyBorrowMutError>
    where
        T: PyClass<Frozen = False>,
    {
        self.bind(py).try_borrow_mut()
    }

    /// Returns the value of a frozen class, without a guard. The thread need not be attached.
    ///
    /// # Panics
    ///
    /// As [`Bound::get`].
    #[inline]
    pub fn get(&self) -> &T
    where
        T: PyClass<Frozen = True> + Sync,
    {
        frozen(self.handle_unattached())
    }
}

impl<'a, T: PyClass> Borrowed<'a, '_, T> {
    /// Returns the value of a frozen class, without a guard.
    #[inline]
    pub fn get(self) -> &'a T
    where
        T: PyClass<Frozen = True> + Sync,
    {
        frozen(self.any_handle())
    }
}
