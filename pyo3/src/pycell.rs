//! [`PyRef`] and [`PyRefMut`]: borrowing the value in an instance, with a reference of their own.
//!
//! Python shares objects freely, Rust does not share `&mut`: each instance counts its borrows while the program runs, as
//! `RefCell` does.

#![expect(
    unsafe_code,
    reason = "the guards give access to the value that the borrow count protects, and have raw pointer accessors"
)]

use core::fmt;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};

use crate::exceptions::PyRuntimeError;
use crate::pyclass::boolean_struct::False;
use crate::pyclass::{BorrowFlag, PyClass, ensure_thread, flag, payload};
use crate::{Borrowed, Bound, FromPyObject, IntoPyObject, Py, PyAny, PyErr, Python, ffi};

/// Reads the value in an instance of `T`.
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
pub struct PyRef<'p, T: PyClass> {
    object: Bound<'p, T>,
}

impl<'p, T: PyClass> PyRef<'p, T> {
    /// The token.
    pub fn py(&self) -> Python<'p> {
        self.object.py()
    }

    /// The raw pointer; the reference stays with `self`.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.object.as_ptr()
    }

    /// The raw pointer, and a reference with it. The borrow ends.
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.object.clone().into_ptr()
    }

    #[inline]
    pub(crate) fn try_borrow(object: &Bound<'p, T>) -> Result<Self, PyBorrowError> {
        let count = count(object);
        if count.is_none_or(BorrowFlag::read) {
            Ok(PyRef { object: object.clone() })
        } else {
            Err(PyBorrowError::new())
        }
    }
}

/// The borrow count of an instance, on the right thread.
#[inline]
fn count<'a, T: PyClass>(object: &'a Bound<'_, T>) -> Option<&'a BorrowFlag> {
    // SAFETY: the type says that the object is an instance of `T`.
    unsafe {
        ensure_thread::<T>(object.any_handle());
        flag::<T>(object.any_handle())
    }
}

/// The borrow count of an instance that is borrowed, on whatever thread.
#[inline]
fn held<'a, T: PyClass>(object: &'a Bound<'_, T>) -> Option<&'a BorrowFlag> {
    // SAFETY: as above.
    unsafe { flag::<T>(object.any_handle()) }
}

impl<'p, T> PyRef<'p, T>
where
    T: PyClass,
    T::BaseType: PyClass,
{
    /// The guard as one of the base class.
    pub fn as_super(&self) -> &PyRef<'p, T::BaseType> {
        // SAFETY: both are transparent over the object, an instance of `T` is one of its base, and they share the count.
        unsafe { &*(self as *const Self).cast() }
    }

    /// The guard, as one of the base class.
    pub fn into_super(self) -> PyRef<'p, T::BaseType> {
        let this = ManuallyDrop::new(self);
        // SAFETY: the object is moved out of a guard that is not dropped.
        let object = unsafe { core::ptr::read(&this.object) };
        let own = held(&object).map(|flag| flag as *const BorrowFlag);
        let base = PyRef { object: object.into_super() };
        if let (Some(own), None) = (own, held(&base.object)) {
            // Where only the derived class counts, nobody can write to the base: its guard needs no count.
            // SAFETY: the count is in the instance, which `base` keeps alive.
            unsafe { (*own).end_read() };
        }
        base
    }
}

impl<T, U> AsRef<U> for PyRef<'_, T>
where
    T: PyClass<BaseType = U>,
    U: PyClass,
{
    fn as_ref(&self) -> &U {
        self.as_super()
    }
}

impl<T: PyClass> Deref for PyRef<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the object is an instance of `T`, and no writer exists while this guard is counted.
        unsafe { &*payload::<T>(self.object.any_handle()).value() }
    }
}

impl<T: PyClass> Drop for PyRef<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(flag) = held(&self.object) {
            flag.end_read();
        }
    }
}

impl<'py, T: PyClass> IntoPyObject<'py> for PyRef<'py, T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.object.clone())
    }
}

impl<'a, 'py, T: PyClass> IntoPyObject<'py> for &'a PyRef<'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.object.as_borrowed())
    }
}

impl<'a, 'py, T: PyClass> FromPyObject<'a, 'py> for PyRef<'py, T> {
    type Error = crate::pyclass::PyClassGuardError<'a, 'py>;

    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        let object = obj.cast::<T>().map_err(|error| crate::pyclass::PyClassGuardError(Some(error)))?;
        PyRef::try_borrow(&object).map_err(|_| crate::pyclass::PyClassGuardError(None))
    }
}

impl<T: PyClass + fmt::Debug> fmt::Debug for PyRef<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<'py, T: PyClass> TryFrom<&Bound<'py, T>> for PyRef<'py, T> {
    type Error = PyBorrowError;

    #[inline]
    fn try_from(value: &Bound<'py, T>) -> Result<Self, Self::Error> {
        PyRef::try_borrow(value)
    }
}

impl<T: PyClass> From<PyRef<'_, T>> for Py<T> {
    fn from(guard: PyRef<'_, T>) -> Py<T> {
        guard.object.clone().unbind()
    }
}

/// Writes to the value in an instance of `T`; the only borrow while it exists.
#[repr(transparent)]
pub struct PyRefMut<'p, T: PyClass<Frozen = False>> {
    object: Bound<'p, T>,
}

impl<'p, T: PyClass<Frozen = False>> PyRefMut<'p, T> {
    /// The token.
    pub fn py(&self) -> Python<'p> {
        self.object.py()
    }

    /// The raw pointer; the reference stays with `self`.
    #[inline]
    pub fn as_ptr(&self) -> *mut ffi::PyObject {
        self.object.as_ptr()
    }

    /// The raw pointer, and a reference with it. The borrow ends.
    #[inline]
    pub fn into_ptr(self) -> *mut ffi::PyObject {
        self.object.clone().into_ptr()
    }

    #[inline]
    pub(crate) fn try_borrow(object: &Bound<'p, T>) -> Result<Self, PyBorrowMutError> {
        let count = count(object);
        if count.is_some_and(BorrowFlag::write) {
            Ok(PyRefMut { object: object.clone() })
        } else {
            Err(PyBorrowMutError::new())
        }
    }
}

impl<'p, T> PyRefMut<'p, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    /// The guard as one of the base class.
    pub fn as_super(&mut self) -> &mut PyRefMut<'p, T::BaseType> {
        // SAFETY: both are transparent over the object, an instance of `T` is one of its base, and they share the count.
        unsafe { &mut *(self as *mut Self).cast() }
    }

    /// The guard, as one of the base class.
    pub fn into_super(self) -> PyRefMut<'p, T::BaseType> {
        let this = ManuallyDrop::new(self);
        // SAFETY: the object is moved out of a guard that is not dropped.
        let object = unsafe { core::ptr::read(&this.object) };
        PyRefMut { object: object.into_super() }
    }
}

impl<T> AsRef<T::BaseType> for PyRefMut<'_, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    fn as_ref(&self) -> &T::BaseType {
        // SAFETY: an instance of `T` is one of its base, and this guard is the only borrow.
        unsafe { &*payload::<T::BaseType>(self.object.any_handle()).value() }
    }
}

impl<T> AsMut<T::BaseType> for PyRefMut<'_, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    fn as_mut(&mut self) -> &mut T::BaseType {
        self.as_super()
    }
}

impl<T: PyClass<Frozen = False>> Deref for PyRefMut<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the object is an instance of `T`, and this guard is the only borrow.
        unsafe { &*payload::<T>(self.object.any_handle()).value() }
    }
}

impl<T: PyClass<Frozen = False>> DerefMut for PyRefMut<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and the guard itself is borrowed exclusively.
        unsafe { &mut *payload::<T>(self.object.any_handle()).value() }
    }
}

impl<T: PyClass<Frozen = False>> Drop for PyRefMut<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(flag) = held(&self.object) {
            flag.end_write();
        }
    }
}

impl<'py, T: PyClass<Frozen = False>> IntoPyObject<'py> for PyRefMut<'py, T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.object.clone())
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> IntoPyObject<'py> for &'a PyRefMut<'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.object.as_borrowed())
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> FromPyObject<'a, 'py> for PyRefMut<'py, T> {
    type Error = crate::pyclass::PyClassGuardMutError<'a, 'py>;

    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        let object = obj.cast::<T>().map_err(|error| crate::pyclass::PyClassGuardMutError(Some(error)))?;
        PyRefMut::try_borrow(&object).map_err(|_| crate::pyclass::PyClassGuardMutError(None))
    }
}

impl<T: PyClass<Frozen = False> + fmt::Debug> fmt::Debug for PyRefMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<'py, T: PyClass<Frozen = False>> TryFrom<&Bound<'py, T>> for PyRefMut<'py, T> {
    type Error = PyBorrowMutError;

    #[inline]
    fn try_from(value: &Bound<'py, T>) -> Result<Self, Self::Error> {
        PyRefMut::try_borrow(value)
    }
}

impl<T: PyClass<Frozen = False>> From<PyRefMut<'_, T>> for Py<T> {
    fn from(guard: PyRefMut<'_, T>) -> Py<T> {
        guard.object.clone().unbind()
    }
}

macro_rules! borrow_errors {
    ($($(#[$doc:meta])* $name:ident, $message:literal;)*) => {
        $(
            $(#[$doc])*
            pub struct $name {
                _private: (),
            }

            impl $name {
                pub(crate) fn new() -> Self {
                    $name { _private: () }
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(stringify!($name))
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad($message)
                }
            }

            impl std::error::Error for $name {}

            impl From<$name> for PyErr {
                fn from(error: $name) -> PyErr {
                    PyRuntimeError::new_err(error.to_string())
                }
            }
        )*
    };
}

borrow_errors! {
    /// The value is borrowed mutably. In Python: a `RuntimeError`.
    PyBorrowError, "Already mutably borrowed";
    /// The value is borrowed. In Python: a `RuntimeError`.
    PyBorrowMutError, "Already borrowed";
}
