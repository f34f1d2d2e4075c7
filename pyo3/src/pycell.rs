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

use pyo3_backend::TypeOps;

use crate::backend::{Active, Ref};
use crate::exceptions::PyRuntimeError;
use crate::impl_::pyclass::{PyClassBaseType, type_handle};
use crate::pyclass::boolean_struct::False;
use crate::pyclass::{BorrowFlag, PyClass, begin_read, begin_write, flag, is_filled, payload};
use crate::types::PyAnyMethods;
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
        // SAFETY: the type says that the object is an instance of `T`.
        unsafe {
            if begin_read::<T>(object.any_handle()) {
                Ok(PyRef { object: object.clone() })
            } else {
                Err(PyBorrowError::of::<T>(object.any_handle()))
            }
        }
    }
}

/// The borrow count of an instance that is borrowed, on whatever thread.
#[inline]
fn held<'a, T: PyClass>(object: &'a Bound<'_, T>) -> Option<&'a BorrowFlag> {
    // SAFETY: an instance of `T`, or of a base that keeps the count: no other comes into a guard, even where guards were
    // exchanged. It could be borrowed, so it has the memory of an instance.
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
        // SAFETY: the type is looked at first.
        unsafe {
            if obj.is_instance_of::<T>() && begin_read::<T>(obj.any_handle()) {
                Ok(PyRef { object: obj.cast_unchecked().to_owned() })
            } else {
                Err(crate::pyclass::PyClassGuardError::of::<T>(obj))
            }
        }
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
        // SAFETY: the type says that the object is an instance of `T`.
        unsafe {
            if begin_write::<T>(object.any_handle()) {
                Ok(PyRefMut { object: object.clone() })
            } else {
                Err(PyBorrowMutError::of::<T>(object.any_handle()))
            }
        }
    }

    /// The object, which is an instance of `T`.
    ///
    /// [`as_super`](Self::as_super) lends this guard as one of the base class, in whose place any guard of that class can be
    /// put. So where the base can be borrowed mutably, the object is looked at again.
    ///
    /// # Panics
    ///
    /// Where that happened, and the object is no instance of `T`.
    #[inline]
    #[track_caller]
    fn checked(&self) -> &Bound<'p, T> {
        if const { <T::BaseType as PyClassBaseType>::COUNTS } {
            let py = self.py();
            let (class, expected) = (Active::type_of(py.attached(), self.object.any_handle()), type_handle::<T>(py));
            if !class.is(expected) && !Active::is_subtype(py.attached(), class, expected) {
                exchanged(<T as PyClass>::NAME);
            }
        }
        &self.object
    }
}

impl<'p, T> PyRefMut<'p, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    /// The guard as one of the base class.
    ///
    /// Another guard of that class can be put in its place (`mem::swap`). If what is then in this one is no `T`, it panics
    /// when it is used as a `T`.
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
    #[track_caller]
    fn deref(&self) -> &T {
        // SAFETY: the object is an instance of `T`, and this guard is the only borrow.
        unsafe { &*payload::<T>(self.checked().any_handle()).value() }
    }
}

impl<T: PyClass<Frozen = False>> DerefMut for PyRefMut<'_, T> {
    #[inline]
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and the guard itself is borrowed exclusively.
        unsafe { &mut *payload::<T>(self.checked().any_handle()).value() }
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
        Ok(self.checked().clone())
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> IntoPyObject<'py> for &'a PyRefMut<'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.checked().as_borrowed())
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> FromPyObject<'a, 'py> for PyRefMut<'py, T> {
    type Error = crate::pyclass::PyClassGuardMutError<'a, 'py>;

    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        // SAFETY: the type is looked at first.
        unsafe {
            if obj.is_instance_of::<T>() && begin_write::<T>(obj.any_handle()) {
                Ok(PyRefMut { object: obj.cast_unchecked().to_owned() })
            } else {
                Err(crate::pyclass::PyClassGuardMutError::of::<T>(obj))
            }
        }
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
    #[track_caller]
    fn from(guard: PyRefMut<'_, T>) -> Py<T> {
        guard.checked().clone().unbind()
    }
}

/// What is wrong with an object that Python code made without the class's own `__new__`.
const NO_VALUE: &str = "The object holds no value: it was not made by the `__new__` of its class";

/// A guard of another class is in the place of one.
#[cold]
#[track_caller]
fn exchanged(name: &str) -> ! {
    panic!("the guard was exchanged for one of a base class, and its object is no `{name}`")
}

macro_rules! borrow_errors {
    ($($(#[$doc:meta])* $name:ident, $message:literal;)*) => {
        $(
            $(#[$doc])*
            pub struct $name {
                /// Whether there is a value, which is borrowed.
                is_filled: bool,
            }

            impl $name {
                /// Why the value of `T` in `object` could not be borrowed.
                ///
                /// # Safety
                ///
                /// `object` is an instance of `T`.
                #[cold]
                pub(crate) unsafe fn of<T: PyClass>(object: Ref<'_>) -> Self {
                    // SAFETY: as the caller promises.
                    $name { is_filled: unsafe { is_filled::<T>(object) } }
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(stringify!($name))
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(if self.is_filled { $message } else { NO_VALUE })
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
    /// The value is borrowed mutably, or there is none: Python code made the object without the class's own `__new__`. In
    /// Python: a `RuntimeError`.
    PyBorrowError, "Already mutably borrowed";
    /// The value is borrowed, or there is none. In Python: a `RuntimeError`.
    PyBorrowMutError, "Already borrowed";
}
