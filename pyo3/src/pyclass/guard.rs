//! [`PyClassGuard`]: reading the value in an instance.

#![expect(unsafe_code, reason = "a guard gives access to the value that the borrow count protects")]

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::Deref;

use super::{BorrowFlag, PyClass, begin_read, flag, payload};
use crate::backend::Ref;
use crate::pycell::PyBorrowError;
use crate::types::PyAnyMethods;
use crate::{Borrowed, Bound, FromPyObject, IntoPyObject, PyAny, Python};

/// Reads the value in an instance of `T` that is kept alive for `'a`.
///
/// Unlike [`PyRef`](crate::PyRef) it takes no reference of its own, and may be used while the thread is detached. While
/// one exists, the value cannot be borrowed mutably.
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
pub struct PyClassGuard<'a, T: PyClass> {
    object: Ref<'a>,
    value: PhantomData<&'a T>,
}

impl<'a, T: PyClass> PyClassGuard<'a, T> {
    /// Borrows the value in `obj`.
    ///
    /// # Errors
    ///
    /// While it is borrowed mutably.
    ///
    /// # Panics
    ///
    /// Where the class is `unsendable` and this is another thread than the one that made the instance.
    #[inline]
    pub fn try_borrow(obj: &'a crate::Py<T>) -> Result<Self, PyBorrowError> {
        Self::of_handle(obj.traversed())
    }

    #[inline]
    pub(crate) fn try_borrow_borrowed(obj: Borrowed<'a, '_, T>) -> Result<Self, PyBorrowError> {
        Self::of_handle(obj.any_handle())
    }

    /// Borrows the value in `object`. `None` where it is no instance of `T` and where the value cannot be borrowed:
    /// [`PyClassGuardError::of`] tells why.
    #[inline]
    pub(crate) fn of_any(object: Borrowed<'a, '_, PyAny>) -> Option<Self> {
        let handle = object.any_handle();
        // SAFETY: the type is looked at first.
        let is_borrowed = object.is_instance_of::<T>() && unsafe { begin_read::<T>(handle) };
        is_borrowed.then(|| PyClassGuard { object: handle, value: PhantomData })
    }

    /// `object` is an instance of `T`, which both callers know from a type.
    #[inline]
    fn of_handle(object: Ref<'a>) -> Result<Self, PyBorrowError> {
        // SAFETY: the callers have a pointer that is typed as an instance of `T`.
        unsafe {
            if begin_read::<T>(object) {
                Ok(PyClassGuard { object, value: PhantomData })
            } else {
                Err(PyBorrowError::of::<T>(object))
            }
        }
    }

    #[inline]
    fn flag(&self) -> Option<&'a BorrowFlag> {
        // SAFETY: a guard is for an instance of `T`.
        unsafe { flag::<T>(self.object) }
    }

    /// Narrows the guard to a part of the value.
    pub fn map<F, U: ?Sized>(self, f: F) -> PyClassGuardMap<'a, U>
    where
        F: FnOnce(&T) -> &U,
    {
        let this = ManuallyDrop::new(self);
        let part = core::ptr::NonNull::from(f(&this));
        PyClassGuardMap { part, flag: this.flag(), lifetime: PhantomData }
    }
}

impl<'a, T> PyClassGuard<'a, T>
where
    T: PyClass,
    T::BaseType: PyClass,
{
    /// The guard as one of the base class.
    #[inline]
    pub fn as_super(&self) -> &PyClassGuard<'a, T::BaseType> {
        // SAFETY: both are transparent over the object, an instance of `T` is one of its base, and they share the count.
        unsafe { &*(self as *const Self).cast() }
    }

    /// The guard, as one of the base class.
    #[inline]
    pub fn into_super(self) -> PyClassGuard<'a, T::BaseType> {
        let own = self.flag();
        let this = ManuallyDrop::new(self);
        let base = PyClassGuard { object: this.object, value: PhantomData };
        // Where only the derived class counts, nobody can write to the base: its guard needs no count.
        if let (Some(own), None) = (own, PyClassGuard::<T::BaseType>::flag(&base)) {
            own.end_read();
        }
        base
    }
}

impl<T: PyClass> Deref for PyClassGuard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the object is an instance of `T`, and no writer exists while this guard is counted.
        unsafe { &*payload::<T>(self.object).value() }
    }
}

impl<T: PyClass> Drop for PyClassGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(flag) = self.flag() {
            flag.end_read();
        }
    }
}

impl<T: PyClass + fmt::Debug> fmt::Debug for PyClassGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<'a, 'py, T: PyClass> FromPyObject<'a, 'py> for PyClassGuard<'a, T> {
    type Error = PyClassGuardError<'a, 'py>;

    #[inline]
    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        Self::of_any(obj).ok_or_else(|| PyClassGuardError::of::<T>(obj))
    }
}

impl<'a, 'py, T: PyClass> TryFrom<&'a Bound<'py, T>> for PyClassGuard<'a, T> {
    type Error = PyBorrowError;

    #[inline]
    fn try_from(value: &'a Bound<'py, T>) -> Result<Self, Self::Error> {
        Self::try_borrow_borrowed(value.as_borrowed())
    }
}

impl<'a, 'py, T: PyClass> IntoPyObject<'py> for PyClassGuard<'a, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(Borrowed::wrap(self.object))
    }
}

impl<'a, 'py, T: PyClass> IntoPyObject<'py> for &PyClassGuard<'a, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(Borrowed::wrap(self.object))
    }
}

// SAFETY: the value is reached without Python, the count is atomic, and threads may share the value.
unsafe impl<T: PyClass + Sync> Send for PyClassGuard<'_, T> {}
// SAFETY: as above.
unsafe impl<T: PyClass + Sync> Sync for PyClassGuard<'_, T> {}

/// Reads a part of the value in an instance: what [`PyClassGuard::map`] gives.
pub struct PyClassGuardMap<'a, U: ?Sized> {
    part: core::ptr::NonNull<U>,
    flag: Option<&'a BorrowFlag>,
    lifetime: PhantomData<&'a U>,
}

impl<U: ?Sized> Deref for PyClassGuardMap<'_, U> {
    type Target = U;

    #[inline]
    fn deref(&self) -> &U {
        // SAFETY: the part belongs to a value that has no writer while this guard is counted.
        unsafe { self.part.as_ref() }
    }
}

impl<U: ?Sized> Drop for PyClassGuardMap<'_, U> {
    #[inline]
    fn drop(&mut self) {
        if let Some(flag) = self.flag {
            flag.end_read();
        }
    }
}

/// Why a guard could not be extracted: a wrong type, or the borrow that stands in the way.
pub(crate) enum Refused<C, B> {
    Cast(C),
    Borrow(B),
}

/// The error of extracting a guard.
macro_rules! guard_error {
    ($(#[$doc:meta])* $name:ident, $borrow:ident) => {
        $(#[$doc])*
        pub struct $name<'a, 'py>($crate::pyclass::guard::Refused<$crate::err::CastError<'a, 'py>, $borrow>);

        impl<'a, 'py> $name<'a, 'py> {
            /// Why the value of `T` in `object` could not be borrowed. Out of line, so that borrowing stays small.
            #[cold]
            #[inline(never)]
            pub(crate) fn of<T: $crate::PyClass>(object: $crate::Borrowed<'a, 'py, $crate::PyAny>) -> Self {
                $name(match object.cast::<T>() {
                    // SAFETY: an instance of `T`, as just seen.
                    Ok(object) => $crate::pyclass::guard::Refused::Borrow(unsafe { $borrow::of::<T>(object.any_handle()) }),
                    Err(error) => $crate::pyclass::guard::Refused::Cast(error),
                })
            }
        }

        impl core::fmt::Debug for $name<'_, '_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match &self.0 {
                    $crate::pyclass::guard::Refused::Cast(error) => core::fmt::Debug::fmt(error, f),
                    $crate::pyclass::guard::Refused::Borrow(error) => core::fmt::Debug::fmt(error, f),
                }
            }
        }

        impl core::fmt::Display for $name<'_, '_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match &self.0 {
                    $crate::pyclass::guard::Refused::Cast(error) => core::fmt::Display::fmt(error, f),
                    $crate::pyclass::guard::Refused::Borrow(error) => core::fmt::Display::fmt(error, f),
                }
            }
        }

        impl From<$name<'_, '_>> for $crate::PyErr {
            fn from(error: $name<'_, '_>) -> $crate::PyErr {
                match error.0 {
                    $crate::pyclass::guard::Refused::Cast(error) => error.into(),
                    $crate::pyclass::guard::Refused::Borrow(error) => error.into(),
                }
            }
        }
    };
}

pub(super) use guard_error;

guard_error! {
    /// Why no [`PyClassGuard`] could be extracted: a wrong type, or a mutable borrow.
    PyClassGuardError, PyBorrowError
}
