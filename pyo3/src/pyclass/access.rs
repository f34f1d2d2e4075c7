//! What the smart pointers can do with instances of Rust classes.

#![expect(unsafe_code, reason = "frozen values are reached without a guard; upcasts are casts")]

use super::boolean_struct::{False, True};
use super::guard::{NO_VALUE, PyBorrowError, PyBorrowMutError, PyRef, PyRefMut};
use super::payload::{ensure_thread, is_filled, payload};
use super::{PyClass, PyClassInitializer};
use crate::backend::Ref;
use crate::{Borrowed, Bound, Py, PyResult, Python};

impl<'py, T: PyClass> Bound<'py, T> {
    /// A new instance, as Rust makes it: `__new__` and `__init__` are not called.
    ///
    /// # Errors
    ///
    /// If the runtime cannot allocate one.
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

    /// The value of a frozen class, without a guard.
    ///
    /// # Panics
    ///
    /// If there is none, because Python code made the object without the class's own `__new__`.
    #[inline]
    pub fn get(&self) -> &T
    where
        T: PyClass<Frozen = True> + Sync,
    {
        frozen(self.any_handle())
    }

    /// The instance as one of its base class.
    #[inline]
    pub fn as_super(&self) -> &Bound<'py, T::BaseType> {
        // SAFETY: an instance of `T` is one of its base.
        unsafe { self.cast_unchecked() }
    }

    /// The instance, as one of its base class.
    #[inline]
    pub fn into_super(self) -> Bound<'py, T::BaseType> {
        // SAFETY: as above.
        unsafe { self.cast_into_unchecked() }
    }
}

fn frozen<T: PyClass<Frozen = True> + Sync>(object: Ref<'_>) -> &T {
    // SAFETY: both callers have an instance of `T`, which is looked at where there is a value; a frozen value is never
    // borrowed mutably, and `Sync` lets any thread read it.
    unsafe {
        assert!(is_filled::<T>(object), "{NO_VALUE}");
        ensure_thread::<T>(object);
        &*payload::<T>(object).value()
    }
}

impl<T: PyClass> Py<T> {
    /// A new instance, as [`Bound::new`] makes it.
    ///
    /// # Errors
    ///
    /// If the runtime cannot allocate one.
    pub fn new(py: Python<'_>, value: impl Into<PyClassInitializer<T>>) -> PyResult<Py<T>> {
        Bound::new(py, value).map(Bound::unbind)
    }

    /// As [`Bound::borrow`].
    ///
    /// # Panics
    ///
    /// While it is borrowed mutably.
    #[inline]
    #[track_caller]
    pub fn borrow<'py>(&'py self, py: Python<'py>) -> PyRef<'py, T> {
        self.bind(py).borrow()
    }

    /// As [`Bound::borrow_mut`].
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

    /// As [`Bound::try_borrow`].
    ///
    /// # Errors
    ///
    /// While it is borrowed mutably.
    #[inline]
    pub fn try_borrow<'py>(&'py self, py: Python<'py>) -> Result<PyRef<'py, T>, PyBorrowError> {
        self.bind(py).try_borrow()
    }

    /// As [`Bound::try_borrow_mut`].
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

    /// The value of a frozen class, without a guard and without being attached.
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
    /// The value of a frozen class, without a guard.
    #[inline]
    pub fn get(self) -> &'a T
    where
        T: PyClass<Frozen = True> + Sync,
    {
        frozen(self.any_handle())
    }
}
