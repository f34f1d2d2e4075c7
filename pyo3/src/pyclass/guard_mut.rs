//! [`PyClassGuardMut`]: writing to the value in an instance.

#![expect(unsafe_code, reason = "a guard gives access to the value that the borrow count protects")]

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::boolean_struct::False;
use super::{BorrowFlag, PyClass, begin_write, flag, payload};
use crate::backend::Ref;
use crate::pycell::PyBorrowMutError;
use crate::types::PyAnyMethods;
use crate::{Borrowed, Bound, FromPyObject, IntoPyObject, PyAny, Python};

/// Writes to the value in an instance of `T` that is kept alive for `'a`.
///
/// As [`PyClassGuard`](super::PyClassGuard), but exclusive: no other borrow exists meanwhile.
#[repr(transparent)]
pub struct PyClassGuardMut<'a, T: PyClass<Frozen = False>> {
    object: Ref<'a>,
    value: PhantomData<&'a mut T>,
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
    /// Where the class is `unsendable` and this is another thread than the one that made the instance.
    #[inline]
    pub fn try_borrow_mut(obj: &'a crate::Py<T>) -> Result<Self, PyBorrowMutError> {
        Self::of_handle(obj.traversed())
    }

    #[inline]
    pub(crate) fn try_borrow_borrowed(obj: Borrowed<'a, '_, T>) -> Result<Self, PyBorrowMutError> {
        Self::of_handle(obj.any_handle())
    }

    /// Borrows the value in `object`. `None` where it is no instance of `T` and where the value cannot be borrowed:
    /// [`PyClassGuardMutError::of`] tells why.
    #[inline]
    pub(crate) fn of_any(object: Borrowed<'a, '_, PyAny>) -> Option<Self> {
        let handle = object.any_handle();
        // SAFETY: the type is looked at first.
        let is_borrowed = object.is_instance_of::<T>() && unsafe { begin_write::<T>(handle) };
        is_borrowed.then(|| PyClassGuardMut { object: handle, value: PhantomData })
    }

    /// `object` is an instance of `T`, which both callers know from a type.
    #[inline]
    fn of_handle(object: Ref<'a>) -> Result<Self, PyBorrowMutError> {
        // SAFETY: the callers have a pointer that is typed as an instance of `T`.
        unsafe {
            if begin_write::<T>(object) {
                Ok(PyClassGuardMut { object, value: PhantomData })
            } else {
                Err(PyBorrowMutError::of::<T>(object))
            }
        }
    }

    #[inline]
    fn flag(&self) -> Option<&'a BorrowFlag> {
        // SAFETY: a guard is for an instance of `T`.
        unsafe { flag::<T>(self.object) }
    }

    /// Narrows the guard to a part of the value.
    pub fn map<F, U: ?Sized>(self, f: F) -> PyClassGuardMapMut<'a, U>
    where
        F: FnOnce(&mut T) -> &mut U,
    {
        let mut this = ManuallyDrop::new(self);
        let part = NonNull::from(f(&mut this));
        PyClassGuardMapMut { part, flag: this.flag(), lifetime: PhantomData }
    }
}

impl<'a, T> PyClassGuardMut<'a, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    /// The guard as one of the base class, for as long as this one is not used.
    #[inline]
    pub fn as_super(&mut self) -> PyClassGuardMutSuper<'_, 'a, T::BaseType> {
        PyClassGuardMutSuper { object: self.object, lifetime: PhantomData }
    }

    /// The guard, as one of the base class.
    #[inline]
    pub fn into_super(self) -> PyClassGuardMut<'a, T::BaseType> {
        // Both are mutable, so they share one count: that of the class nearest the root.
        PyClassGuardMut { object: ManuallyDrop::new(self).object, value: PhantomData }
    }
}

impl<T: PyClass<Frozen = False>> Deref for PyClassGuardMut<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the object is an instance of `T`, and this guard is the only borrow.
        unsafe { &*payload::<T>(self.object).value() }
    }
}

impl<T: PyClass<Frozen = False>> DerefMut for PyClassGuardMut<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and the guard itself is borrowed exclusively.
        unsafe { &mut *payload::<T>(self.object).value() }
    }
}

impl<T: PyClass<Frozen = False>> Drop for PyClassGuardMut<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if let Some(flag) = self.flag() {
            flag.end_write();
        }
    }
}

impl<T: PyClass<Frozen = False> + fmt::Debug> fmt::Debug for PyClassGuardMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> FromPyObject<'a, 'py> for PyClassGuardMut<'a, T> {
    type Error = PyClassGuardMutError<'a, 'py>;

    #[inline]
    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        Self::of_any(obj).ok_or_else(|| PyClassGuardMutError::of::<T>(obj))
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> TryFrom<&'a Bound<'py, T>> for PyClassGuardMut<'a, T> {
    type Error = PyBorrowMutError;

    #[inline]
    fn try_from(value: &'a Bound<'py, T>) -> Result<Self, Self::Error> {
        Self::try_borrow_borrowed(value.as_borrowed())
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> IntoPyObject<'py> for PyClassGuardMut<'a, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(Borrowed::wrap(self.object))
    }
}

impl<'a, 'py, T: PyClass<Frozen = False>> IntoPyObject<'py> for &PyClassGuardMut<'a, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = core::convert::Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(Borrowed::wrap(self.object))
    }
}

// SAFETY: the value is reached without Python, the count is atomic, and the value may go to other threads.
unsafe impl<T: PyClass<Frozen = False> + Send + Sync> Send for PyClassGuardMut<'_, T> {}
// SAFETY: a shared guard only reads.
unsafe impl<T: PyClass<Frozen = False> + Sync> Sync for PyClassGuardMut<'_, T> {}

/// The base class's part of a [`PyClassGuardMut`]. Dropping it ends nothing: the guard it comes from goes on.
pub struct PyClassGuardMutSuper<'a, 'g, T: PyClass<Frozen = False>> {
    object: Ref<'g>,
    lifetime: PhantomData<&'a mut T>,
}

impl<'g, T> PyClassGuardMutSuper<'_, 'g, T>
where
    T: PyClass<Frozen = False>,
    T::BaseType: PyClass<Frozen = False>,
{
    /// The next base class's part.
    #[inline]
    pub fn as_super(&mut self) -> PyClassGuardMutSuper<'_, 'g, T::BaseType> {
        PyClassGuardMutSuper { object: self.object, lifetime: PhantomData }
    }
}

impl<T: PyClass<Frozen = False>> Deref for PyClassGuardMutSuper<'_, '_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: made from an exclusive guard, borrowed for as long as this exists, of a class that extends `T`.
        unsafe { &*payload::<T>(self.object).value() }
    }
}

impl<T: PyClass<Frozen = False>> DerefMut for PyClassGuardMutSuper<'_, '_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { &mut *payload::<T>(self.object).value() }
    }
}

/// Writes to a part of the value in an instance: what [`PyClassGuardMut::map`] gives.
pub struct PyClassGuardMapMut<'a, U: ?Sized> {
    part: NonNull<U>,
    flag: Option<&'a BorrowFlag>,
    lifetime: PhantomData<&'a mut U>,
}

impl<U: ?Sized> Deref for PyClassGuardMapMut<'_, U> {
    type Target = U;

    #[inline]
    fn deref(&self) -> &U {
        // SAFETY: the part belongs to a value of which this is the only borrow.
        unsafe { self.part.as_ref() }
    }
}

impl<U: ?Sized> DerefMut for PyClassGuardMapMut<'_, U> {
    #[inline]
    fn deref_mut(&mut self) -> &mut U {
        // SAFETY: as above.
        unsafe { self.part.as_mut() }
    }
}

impl<U: ?Sized> Drop for PyClassGuardMapMut<'_, U> {
    #[inline]
    fn drop(&mut self) {
        if let Some(flag) = self.flag {
            flag.end_write();
        }
    }
}

super::guard::guard_error! {
    /// Why no [`PyClassGuardMut`] could be extracted: a wrong type, or another borrow.
    PyClassGuardMutError, PyBorrowMutError
}
