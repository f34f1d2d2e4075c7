//! A mutex that a panic does not poison. [`PyMutex`](super::PyMutex) is the one that can be poisoned.

#![expect(unsafe_code, reason = "the guard accesses the value that the lock protects")]

use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use pyo3_backend::{RawMutex, SectionOps};

use crate::backend::Active;

type Raw = <Active as SectionOps>::RawMutex;

/// A mutex whose threads detach while they wait. If a thread panics while it holds the lock, the mutex is just
/// unlocked.
///
/// In all other respects it is like [`sync::PyMutex`](super::PyMutex).
///
/// ```
/// use pyo3::sync::nonpoison::PyMutex;
///
/// static COUNT: PyMutex<u32> = PyMutex::new(0);
/// *COUNT.lock() += 1;
/// assert_eq!(*COUNT.lock(), 1);
/// ```
pub struct PyMutex<T: ?Sized> {
    raw: Raw,
    data: UnsafeCell<T>,
}

// SAFETY: the mutex owns the value, so sending the mutex only sends the value.
unsafe impl<T: ?Sized + Send> Send for PyMutex<T> {}
// SAFETY: only one thread at a time accesses the value. A guard has the mutex locked. In a critical section, the
// callers of the `unsafe` methods of `EnteredCriticalSection` promise exclusive access. So the value need not be
// `Sync`.
unsafe impl<T: ?Sized + Send> Sync for PyMutex<T> {}

impl<T> PyMutex<T> {
    /// Creates an unlocked mutex.
    pub const fn new(value: T) -> Self {
        PyMutex { raw: <Raw as RawMutex<Active>>::UNLOCKED, data: UnsafeCell::new(value) }
    }

    /// Consumes the mutex, and returns the value.
    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<T: ?Sized> PyMutex<T> {
    /// Locks the mutex. The thread may be attached or detached.
    ///
    /// If another thread holds the lock, an attached thread detaches while it waits. If this thread already holds the
    /// lock, it waits forever.
    ///
    /// ```
    /// use pyo3::sync::nonpoison::PyMutex;
    ///
    /// let names = PyMutex::new(Vec::new());
    /// names.lock().push("Ada");
    /// assert_eq!(names.into_inner(), ["Ada"]);
    /// ```
    pub fn lock(&self) -> PyMutexGuard<'_, T> {
        RawMutex::<Active>::lock(&self.raw);
        PyMutexGuard { mutex: self, _same_thread: PhantomData }
    }

    /// Returns `true` if the mutex is locked. For tests and debugging only: the state may change before the caller sees
    /// it.
    pub fn is_locked(&self) -> bool {
        RawMutex::<Active>::is_locked(&self.raw)
    }

    pub(super) fn raw(&self) -> &Raw {
        &self.raw
    }

    pub(super) fn data(&self) -> &UnsafeCell<T> {
        &self.data
    }
}

/// A guard for the value of a locked [`PyMutex`]. Dropping it unlocks the mutex.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct PyMutexGuard<'a, T: ?Sized> {
    mutex: &'a PyMutex<T>,
    /// Makes the guard `!Send`: the thread that locked the mutex must unlock it.
    _same_thread: PhantomData<*const ()>,
}

// SAFETY: through a shared guard, another thread only gets a `&T`, which `T: Sync` allows.
unsafe impl<T: ?Sized + Sync> Sync for PyMutexGuard<'_, T> {}

impl<T: ?Sized> Deref for PyMutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: this guard holds the lock, and the shared borrow of it excludes `deref_mut`.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for PyMutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: this guard holds the lock, and is mutably borrowed.
        unsafe { &mut *self.mutex.data.get() }
    }
}

impl<T: ?Sized> Drop for PyMutexGuard<'_, T> {
    fn drop(&mut self) {
        RawMutex::<Active>::unlock(&self.mutex.raw);
    }
}
