//! [`PyRef`] and [`PyRefMut`]: guards that own a reference.

#![expect(unsafe_code, reason = "a reference to a guard is cast to one of the base class")]

use core::convert::Infallible;
use core::fmt;
use core::ops::{Deref, DerefMut};

use super::super::borrow::{Read, Write};
use super::{Guard, PyBorrowError, PyBorrowMutError, PyClassGuardError, PyClassGuardMutError, guard};
use crate::pyclass::boolean_struct::False;
use crate::{Borrowed, Bound, FromPyObject, IntoPyObject, Py, PyAny, PyClass, Python, ffi};

/// A guard that reads the value in an instance of `T`, and owns a reference to the instance.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass]
/// struct Counter { count: u32 }
///
/// #[pymethods]
/// impl Counter {
///     fn same(slf: PyRef<'_, Self>) -> PyRef<'_, Self> { slf }
/// }
/// # Python::initialize();
/// # Python::attach(|py| {
/// #     let counter = Bound::new(py, Counter { count: 1 }).unwrap();
/// #     assert_eq!(counter.borrow().count, 1);
/// # });
/// ```
#[repr(transparent)]
pub struct PyRef<'p, T: PyClass>(Guard<Bound<'p, T>, Read>);

/// A guard that writes to the value in an instance of `T`, and owns a reference to the instance. It excludes all other
/// borrows.
///
/// ```
/// # use pyo3::prelude::*;
/// #[pyclass]
/// struct Counter {
///     value: u64,
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let counter = Bound::new(py, Counter { value: 0 })?;
///     let mut guard: PyRefMut<'_, Counter> = counter.borrow_mut();
///     guard.value += 1;
///     assert!(counter.try_borrow().is_err(), "nobody else may look now");
///     drop(guard);
///     assert_eq!(counter.borrow().value, 1);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[repr(transparent)]
pub struct PyRefMut<'p, T: PyClass<Frozen = False>>(Guard<Bound<'p, T>, Write>);

guard!(PyRef<'guard, T: PyClass> of Borrowed<'a, 'guard>, PyBorrowError, PyClassGuardError);
guard!(PyRefMut<'guard, T: PyClass<Frozen = False>> of Borrowed<'a, 'guard>, PyBorrowMutError, PyClassGuardMutError);

/// What both guards also have: their object, in the forms that the API returns.
macro_rules! owning {
    ($name:ident<T: $bound:path>) => {
        impl<'p, T: $bound> $name<'p, T> {
            /// Returns the token.
            pub fn py(&self) -> Python<'p> {
                self.0.handle.py()
            }

            /// Returns the raw pointer. `self` keeps the reference.
            #[inline]
            pub fn as_ptr(&self) -> *mut ffi::PyObject {
                self.0.handle.as_ptr()
            }

            /// Returns the raw pointer together with the reference. Ends the borrow.
            #[inline]
            pub fn into_ptr(self) -> *mut ffi::PyObject {
                self.0.into_unchecked().into_ptr()
            }
        }

        impl<'py, T: $bound> IntoPyObject<'py> for $name<'py, T> {
            type Target = T;
            type Output = Bound<'py, T>;
            type Error = Infallible;
            output_type!(type Self::Target);

            #[inline]
            fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
                Ok(self.0.into_handle())
            }
        }

        impl<'a, 'py, T: $bound> IntoPyObject<'py> for &'a $name<'py, T> {
            type Target = T;
            type Output = Borrowed<'a, 'py, T>;
            type Error = Infallible;
            output_type!(type Self::Target);

            #[inline]
            fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
                Ok(self.0.checked().as_borrowed())
            }
        }

        impl<T: $bound> From<$name<'_, T>> for Py<T> {
            #[track_caller]
            fn from(guard: $name<'_, T>) -> Py<T> {
                guard.0.into_handle().unbind()
            }
        }
    };
}

owning!(PyRef<T: PyClass>);
owning!(PyRefMut<T: PyClass<Frozen = False>>);

impl<T: PyClass<Frozen = False>> DerefMut for PyRefMut<'_, T> {
    #[inline]
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<'p, T> PyRef<'p, T>
where
    T: PyClass,
    T::BaseType: PyClass,
{
    /// Borrows the guard as one of the base class.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// #[pyclass(subclass)]
    /// struct Animal {
    ///     legs: u8,
    /// }
    ///
    /// #[pyclass(extends = Animal)]
    /// struct Dog;
    ///
    /// #[pymethods]
    /// impl Dog {
    ///     fn legs(slf: PyRef<'_, Self>) -> u8 {
    ///         slf.as_super().legs
    ///     }
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dog = Bound::new(py, (Dog, Animal { legs: 4 }))?;
    ///     assert_eq!(dog.call_method0("legs")?.extract::<u8>()?, 4);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn as_super(&self) -> &PyRef<'p, T::BaseType> {
        // SAFETY: `PyRef` is transparent over `Guard`.
        unsafe { &*core::ptr::from_ref(self.0.as_super()).cast() }
    }

    /// Turns the guard into one of the base class.
    pub fn into_super(self) -> PyRef<'p, T::BaseType> {
        PyRef(self.0.into_super())
    }
}

impl<'p, T> PyRefMut<'p, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    /// Borrows the guard mutably as one of the base class.
    ///
    /// This allows swapping in another guard of that class (`mem::swap`).
    ///
    /// # Panics
    ///
    /// Later uses of this guard as a `T` panic if the guard that was swapped in holds an instance that is not a `T`.
    pub fn as_super(&mut self) -> &mut PyRefMut<'p, T::BaseType> {
        // SAFETY: `PyRefMut` is transparent over `Guard`, which can be used as one of the base class (see
        // `Guard::as_super`). A guard that is swapped in is checked before use (see `Guard::checked`).
        unsafe { &mut *core::ptr::from_mut(self).cast() }
    }

    /// Turns the guard into one of the base class.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// #[pyclass(subclass)]
    /// struct Animal {
    ///     legs: u8,
    /// }
    ///
    /// #[pyclass(extends = Animal)]
    /// struct Dog;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dog = Bound::new(py, (Dog, Animal { legs: 4 }))?;
    ///     let mut animal: PyRefMut<'_, Animal> = dog.borrow_mut().into_super();
    ///     animal.legs = 3;
    ///     drop(animal);
    ///     assert_eq!(dog.borrow().as_super().legs, 3);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn into_super(self) -> PyRefMut<'p, T::BaseType> {
        PyRefMut(self.0.into_super())
    }
}

impl<T, U> AsRef<U> for PyRef<'_, T>
where
    T: PyClass<BaseType = U>,
    U: PyClass,
{
    fn as_ref(&self) -> &U {
        self.0.as_super()
    }
}

impl<T> AsRef<T::BaseType> for PyRefMut<'_, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    #[track_caller]
    fn as_ref(&self) -> &T::BaseType {
        self.0.as_super()
    }
}

impl<T> AsMut<T::BaseType> for PyRefMut<'_, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    #[track_caller]
    fn as_mut(&mut self) -> &mut T::BaseType {
        self.as_super()
    }
}
