//! A mutex that a panic does not poison. See [`PyMutex`](super::PyMutex) for the one that is.

#![expect(unsafe_code, reason = "a guard gives access to the value that the lock protects")]

use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use pyo3_backend::{RawMutex, SectionOps};

use crate::backend::Active;

type Raw = <Active as SectionOps>::RawMutex;

/// A mutex whose threads wait detached. If a thread panics while it holds the lock, the mutex is just unlocked.
///
/// Otherwise it is like [`sync::PyMutex`](super::PyMutex).
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

// SAFETY: the mutex owns the value.
unsafe impl<T: ?Sized + Send> Send for PyMutex<T> {}
// SAFETY: one thread at a time reaches the value: through a guard, which has the mutex locked, or in a critical section,
// where the `unsafe` methods of `EnteredCriticalSection` leave it to the caller. It need not be `Sync` for that.
unsafe impl<T: ?Sized + Send> Sync for PyMutex<T> {}

impl<T> PyMutex<T> {
    /// Makes an unlocked mutex.
    pub const fn new(value: T) -> Self {
        PyMutex { raw: <Raw as RawMutex<Active>>::UNLOCKED, data: UnsafeCell::new(value) }
    }

    /// Returns the value.
    pub fn into_inner(self) -> T {
        self.data.into_inner()
    }
}

impl<T: ?Sized> PyMutex<T> {
    /// Locks the mutex. The thread may be attached or not. If another thread holds the lock, waits detached. If this thread
    /// holds it already, waits forever.
    pub fn lock(&self) -> PyMutexGuard<'_, T> {
        RawMutex::<Active>::lock(&self.raw);
        PyMutexGuard { mutex: self, _same_thread: PhantomData }
    }

    /// Whether the mutex is locked. For tests and debugging: that may have changed when this returns.
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

/// The value of a locked [`PyMutex`], which is unlocked when this is dropped.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct PyMutexGuard<'a, T: ?Sized> {
    mutex: &'a PyMutex<T>,
    /// The thread that locked unlocks.
    _same_thread: PhantomData<*const ()>,
}

// SAFETY: another thread gets a `&T` out of a reference to the guard.
unsafe impl<T: ?Sized + Sync> Sync for PyMutexGuard<'_, T> {}

impl<T: ?Sized> Deref for PyMutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the mutex is locked by this guard, and the borrow of it keeps `deref_mut` away.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for PyMutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the mutex is locked by this guard, which is borrowed for itself.
        unsafe { &mut *self.mutex.data.get() }
    }
}

impl<T: ?Sized> Drop for PyMutexGuard<'_, T> {
    fn drop(&mut self) {
        RawMutex::<Active>::unlock(&self.mutex.raw);
    }
}
