//! A mutex whose threads wait detached.

use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LockResult, PoisonError};
use std::thread::panicking;

use super::nonpoison;

/// A mutex whose threads wait detached, so that it can be held while Python code runs.
///
/// Like [`std::sync::Mutex`], it is poisoned if a thread panics while it holds the lock. From then on [`lock`](PyMutex::lock)
/// returns an error, which contains the guard. [`nonpoison::PyMutex`] is never poisoned.
///
/// An attached thread detaches while it waits. So it does not keep others from running Python, or the collector from
/// working. No [`Python`](crate::Python) token is needed to lock. The mutex can also be the subject of a
/// [critical section](super::critical_section::with_critical_section_mutex).
///
/// PyO3 has this type on CPython 3.13 and later, without the stable ABI. Here it is everywhere; it is CPython's own mutex
/// in free-threaded builds from 3.14 on.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::sync::PyMutex;
///
/// static NAMES: PyMutex<Vec<String>> = PyMutex::new(Vec::new());
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let mut names = NAMES.lock().unwrap();
///     // Runs Python, which may let other threads go on: they wait for the mutex.
///     names.push(py.eval(c"'spam' * 2", None, None)?.extract()?);
///     assert_eq!(*names, ["spamspam"]);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub struct PyMutex<T: ?Sized> {
    is_poisoned: AtomicBool,
    inner: nonpoison::PyMutex<T>,
}

impl<T> PyMutex<T> {
    /// Makes an unlocked mutex.
    pub const fn new(value: T) -> Self {
        PyMutex { is_poisoned: AtomicBool::new(false), inner: nonpoison::PyMutex::new(value) }
    }

    /// Returns the value.
    ///
    /// # Errors
    ///
    /// If the mutex is poisoned. The error holds the value.
    pub fn into_inner(self) -> LockResult<T> {
        let is_poisoned = self.is_poisoned.into_inner();
        or_poisoned(is_poisoned, self.inner.into_inner())
    }
}

impl<T: ?Sized> PyMutex<T> {
    /// Locks the mutex. The thread may be attached or not. If another thread holds the lock, waits detached. If this thread
    /// holds it already, waits forever.
    ///
    /// # Errors
    ///
    /// If the mutex is poisoned. It is locked, and the error holds the guard.
    pub fn lock(&self) -> LockResult<PyMutexGuard<'_, T>> {
        let inner = self.inner.lock();
        let guard = PyMutexGuard { is_poisoned: &self.is_poisoned, was_panicking: panicking(), inner };
        or_poisoned(self.is_poisoned.load(Ordering::Relaxed), guard)
    }

    /// Whether the mutex is locked. For tests and debugging: that may have changed when this returns.
    pub fn is_locked(&self) -> bool {
        self.inner.is_locked()
    }

    /// Clears the poison. The caller has made sure that the value is good.
    pub fn clear_poison(&self) {
        self.is_poisoned.store(false, Ordering::Relaxed);
    }

    pub(super) fn inner(&self) -> &nonpoison::PyMutex<T> {
        &self.inner
    }
}

fn or_poisoned<T>(is_poisoned: bool, value: T) -> LockResult<T> {
    if is_poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
}

/// The value of a locked [`PyMutex`], which is unlocked when this is dropped.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct PyMutexGuard<'a, T: ?Sized> {
    /// Written while the mutex is locked, so that whoever locks it next sees it.
    is_poisoned: &'a AtomicBool,
    /// Whether a panic was on its way when the mutex was locked, which is not the fault of what happened since.
    was_panicking: bool,
    inner: nonpoison::PyMutexGuard<'a, T>,
}

impl<T: ?Sized> Deref for PyMutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner
    }
}

impl<T: ?Sized> DerefMut for PyMutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: ?Sized> Drop for PyMutexGuard<'_, T> {
    fn drop(&mut self) {
        if !self.was_panicking && panicking() {
            self.is_poisoned.store(true, Ordering::Relaxed);
        }
    }
}
