//! [`PyClassGuard`] and [`PyClassGuardMut`]: guards that use somebody else's reference.

#![expect(unsafe_code, reason = "guards may be sent to other threads if the values of the class may")]

use core::convert::Infallible;
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::super::borrow::{Read, Write};
use super::{
    Guard, Lent, PyBorrowError, PyBorrowMutError, PyClassGuardError, PyClassGuardMap, PyClassGuardMapMut,
    PyClassGuardMutError, Reason, guard,
};
use crate::pyclass::boolean_struct::False;
use crate::{Borrowed, Bound, FromPyObject, IntoPyObject, Py, PyAny, PyClass, Python};

/// A guard that reads the value in an instance of `T` that is kept alive for `'a`.
///
/// Unlike [`PyRef`](crate::PyRef), it does not own a reference, and may be used while the thread is detached. While it
/// exists, the value cannot be borrowed mutably.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass]
/// struct Counter { count: u32 }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let counter = Bound::new(py, Counter { count: 3 })?;
///     let guard = PyClassGuard::try_borrow(counter.as_unbound())?;
///     assert_eq!(guard.count, 3);
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[repr(transparent)]
pub struct PyClassGuard<'a, T: PyClass>(Guard<Lent<'a, T>, Read>);

/// A guard that writes to the value in an instance of `T` that is kept alive for `'a`.
///
/// Like [`PyClassGuard`], but exclusive: no other borrow exists meanwhile.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::PyClassGuardMut;
///
/// #[pyclass]
/// struct Counter {
///     value: u64,
/// }
///
/// #[pyfunction]
/// fn count(py: Python<'_>, mut counter: PyClassGuardMut<'_, Counter>) {
///     // The guard may be used while the thread is detached.
///     py.detach(|| counter.value += 1);
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let counter = Py::new(py, Counter { value: 0 })?;
///     wrap_pyfunction!(count, py)?.call1((&counter,))?;
///     assert_eq!(counter.borrow(py).value, 1);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[repr(transparent)]
pub struct PyClassGuardMut<'a, T: PyClass<Frozen = False>>(Guard<Lent<'a, T>, Write>);

/// A [`PyClassGuardMut`] for generated code. Only its functions require that the class is not frozen, so the compiler
/// reports a frozen class once, at a call, and not at every mention of this type.
pub struct Exclusive<'a, T: PyClass>(Guard<Lent<'a, T>, Write>);

impl<'a, T: PyClass<Frozen = False>> Exclusive<'a, T> {
    /// Borrows the value in `object`, as [`PyClassGuardMut::of_any`] does.
    ///
    /// # Errors
    ///
    /// The reason why the value cannot be borrowed.
    #[inline]
    #[track_caller]
    pub(crate) fn of_any(object: Borrowed<'a, '_, PyAny>) -> Result<Self, Reason> {
        Guard::of_any(object).map(Self)
    }

    /// Returns the value.
    #[inline]
    #[track_caller]
    pub(crate) fn value(&mut self) -> &mut T {
        &mut self.0
    }
}

guard!(PyClassGuard<'guard, T: PyClass> of Borrowed<'guard, 'py>, PyBorrowError, PyClassGuardError);
guard!(
    PyClassGuardMut<'guard, T: PyClass<Frozen = False>> of Borrowed<'guard, 'py>,
    PyBorrowMutError, PyClassGuardMutError
);

/// What both guards also have: conversion to their object.
macro_rules! lent {
    ($name:ident<T: $bound:path>) => {
        impl<'a, 'py, T: $bound> IntoPyObject<'py> for $name<'a, T> {
            type Target = T;
            type Output = Borrowed<'a, 'py, T>;
            type Error = Infallible;
            output_type!(type Self::Target);

            #[inline]
            fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
                (&self).into_pyobject(py)
            }
        }

        impl<'a, 'py, T: $bound> IntoPyObject<'py> for &$name<'a, T> {
            type Target = T;
            type Output = Borrowed<'a, 'py, T>;
            type Error = Infallible;
            output_type!(type Self::Target);

            #[inline]
            fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
                // SAFETY: the guard was made for an instance of `T`.
                Ok(unsafe { Borrowed::wrap_unchecked(self.0.handle.instance) })
            }
        }
    };
}

lent!(PyClassGuard<T: PyClass>);
lent!(PyClassGuardMut<T: PyClass<Frozen = False>>);

impl<'a, T: PyClass> PyClassGuard<'a, T> {
    /// Borrows the value in `obj`.
    ///
    /// # Errors
    ///
    /// While it is borrowed mutably.
    ///
    /// # Panics
    ///
    /// If the class is `unsendable` and another thread made the instance.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::PyClassGuard;
    ///
    /// #[pyclass]
    /// struct Counter {
    ///     value: u64,
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let counter = Py::new(py, Counter { value: 3 })?;
    ///     let guard = PyClassGuard::try_borrow(&counter)?;
    ///     assert_eq!(guard.value, 3);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn try_borrow(obj: &'a Py<T>) -> Result<Self, PyBorrowError> {
        Guard::try_borrow_unattached(obj).map(PyClassGuard)
    }

    /// Narrows the guard to a part of the value.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::PyClassGuard;
    ///
    /// #[pyclass]
    /// struct Person {
    ///     name: String,
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let person = Py::new(py, Person { name: "Ada".into() })?;
    ///     let name = PyClassGuard::map(PyClassGuard::try_borrow(&person)?, |person| &person.name);
    ///     assert_eq!(*name, "Ada");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn map<F, U: ?Sized>(self, f: F) -> PyClassGuardMap<'a, U>
    where
        F: FnOnce(&T) -> &U,
    {
        let part = NonNull::from(f(&self.0));
        PyClassGuardMap(self.0.into_part(part), PhantomData)
    }
}

impl<'a, T: PyClass<Frozen = False>> PyClassGuardMut<'a, T> {
    /// Borrows the value in `obj`.
    ///
    /// # Errors
    ///
    /// While it is borrowed.
    ///
    /// # Panics
    ///
    /// If the class is `unsendable` and another thread made the instance.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::PyClassGuardMut;
    ///
    /// #[pyclass]
    /// struct Counter {
    ///     value: u64,
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let counter = Py::new(py, Counter { value: 3 })?;
    ///     let mut guard = PyClassGuardMut::try_borrow_mut(&counter)?;
    ///     guard.value += 1;
    ///     assert!(PyClassGuardMut::try_borrow_mut(&counter).is_err());
    ///     assert_eq!(guard.value, 4);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn try_borrow_mut(obj: &'a Py<T>) -> Result<Self, PyBorrowMutError> {
        Guard::try_borrow_unattached(obj).map(PyClassGuardMut)
    }

    /// Narrows the guard to a part of the value.
    pub fn map<F, U: ?Sized>(mut self, f: F) -> PyClassGuardMapMut<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let part = NonNull::from(f(&mut self.0));
        PyClassGuardMapMut(self.0.into_part(part), PhantomData)
    }
}

impl<T: PyClass<Frozen = False>> DerefMut for PyClassGuardMut<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'a, T> PyClassGuard<'a, T>
where
    T: PyClass,
    T::BaseType: PyClass,
{
    /// Borrows the guard as one of the base class.
    #[inline]
    pub fn as_super(&self) -> &PyClassGuard<'a, T::BaseType> {
        // SAFETY: `PyClassGuard` is transparent over `Guard`.
        unsafe { &*core::ptr::from_ref(self.0.as_super()).cast() }
    }

    /// Turns the guard into one of the base class.
    #[inline]
    pub fn into_super(self) -> PyClassGuard<'a, T::BaseType> {
        PyClassGuard(self.0.into_super())
    }
}

impl<'a, T> PyClassGuardMut<'a, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    /// Lends the guard as one of the base class. This guard cannot be used meanwhile.
    #[inline]
    pub fn as_super(&mut self) -> PyClassGuardMutSuper<'_, 'a, T::BaseType> {
        PyClassGuardMutSuper { guard: self.0.lend_super(), lifetime: PhantomData }
    }

    /// Turns the guard into one of the base class.
    #[inline]
    pub fn into_super(self) -> PyClassGuardMut<'a, T::BaseType> {
        PyClassGuardMut(self.0.into_super())
    }
}

/// The base class's part of a [`PyClassGuardMut`]. Dropping it does not end the borrow, which the original guard keeps.
pub struct PyClassGuardMutSuper<'a, 'g, T: PyClass<Frozen = False>> {
    guard: ManuallyDrop<Guard<Lent<'g, T>, Write>>,
    lifetime: PhantomData<&'a mut T>,
}

impl<'g, T> PyClassGuardMutSuper<'_, 'g, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    /// Lends the guard as one of the next base class.
    #[inline]
    pub fn as_super(&mut self) -> PyClassGuardMutSuper<'_, 'g, T::BaseType> {
        PyClassGuardMutSuper { guard: self.guard.lend_super(), lifetime: PhantomData }
    }
}

impl<T: PyClass<Frozen = False>> Deref for PyClassGuardMutSuper<'_, '_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T: PyClass<Frozen = False>> DerefMut for PyClassGuardMutSuper<'_, '_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

// SAFETY: reaching the value does not involve Python, the count is atomic, and `Sync` lets threads share the value.
unsafe impl<T: PyClass + Sync> Send for PyClassGuard<'_, T> {}
// SAFETY: as for `Send`.
unsafe impl<T: PyClass + Sync> Sync for PyClassGuard<'_, T> {}
// SAFETY: reaching the value does not involve Python, the count is atomic, and `Send` lets the value go to other
// threads.
unsafe impl<T: PyClass<Frozen = False> + Send + Sync> Send for PyClassGuardMut<'_, T> {}
// SAFETY: as for `PyClassGuardMut`.
unsafe impl<T: PyClass + Send + Sync> Send for Exclusive<'_, T> {}
// SAFETY: a shared reference to the guard only reads the value, which `Sync` lets threads share.
unsafe impl<T: PyClass<Frozen = False> + Sync> Sync for PyClassGuardMut<'_, T> {}

/// Clones the value in an instance: `#[pyclass(from_py_object)]`.
///
/// # Errors
///
/// If the object is of another class, or borrowed mutably.
pub fn clone_out<'a, 'py, T: PyClass + Clone>(
    object: Borrowed<'a, 'py, PyAny>,
) -> Result<T, PyClassGuardError<'a, 'py>> {
    <PyClassGuard<'a, T> as FromPyObject<'a, 'py>>::extract(object).map(|guard| (*guard).clone())
}
