//! [`PyMutex`]: a mutex whose threads detach while they wait.

use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LockResult, PoisonError};
use std::thread::panicking;

use super::nonpoison;

/// A mutex whose threads detach while they wait, so that it can be held while Python code runs.
///
/// Like [`std::sync::Mutex`], it is poisoned if a thread panics while it holds the lock. From then on,
/// [`lock`](PyMutex::lock) returns an error that contains the guard. [`nonpoison::PyMutex`] is never poisoned.
///
/// A waiting thread blocks neither other threads that run Python nor the garbage collector. Locking needs no
/// [`Python`](crate::Python) token. The mutex also works with a [critical
/// section](super::critical_section::with_critical_section_mutex).
///
/// PyO3 has this type only on CPython 3.13 and later, without the stable ABI. Here it is always available. In
/// free-threaded builds from 3.14 on, it is CPython's own mutex.
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
    /// Creates an unlocked mutex.
    pub const fn new(value: T) -> Self {
        PyMutex { is_poisoned: AtomicBool::new(false), inner: nonpoison::PyMutex::new(value) }
    }

    /// Consumes the mutex, and returns the value.
    ///
    /// # Errors
    ///
    /// Returns an error with the value if the mutex is poisoned.
    ///
    /// ```
    /// use pyo3::sync::PyMutex;
    ///
    /// let mutex = PyMutex::new(vec![1, 2]);
    /// mutex.lock().unwrap().push(3);
    /// assert_eq!(mutex.into_inner().unwrap(), [1, 2, 3]);
    /// ```
    pub fn into_inner(self) -> LockResult<T> {
        let is_poisoned = self.is_poisoned.into_inner();
        or_poisoned(is_poisoned, self.inner.into_inner())
    }
}

impl<T: ?Sized> PyMutex<T> {
    /// Locks the mutex. The thread may be attached or detached.
    ///
    /// If another thread holds the lock, an attached thread detaches while it waits. If this thread already holds the
    /// lock, it waits forever.
    ///
    /// # Errors
    ///
    /// Returns an error with the guard if the mutex is poisoned. The mutex is locked nevertheless.
    ///
    /// ```
    /// use pyo3::sync::PyMutex;
    ///
    /// static TOTAL: PyMutex<u32> = PyMutex::new(0);
    ///
    /// *TOTAL.lock().unwrap() += 5;
    /// assert_eq!(*TOTAL.lock().unwrap(), 5);
    /// ```
    pub fn lock(&self) -> LockResult<PyMutexGuard<'_, T>> {
        let inner = self.inner.lock();
        let guard = PyMutexGuard { is_poisoned: &self.is_poisoned, was_panicking: panicking(), inner };
        or_poisoned(self.is_poisoned.load(Ordering::Relaxed), guard)
    }

    /// Returns `true` if the mutex is locked. For tests and debugging only: the state may change before the caller sees
    /// it.
    pub fn is_locked(&self) -> bool {
        self.inner.is_locked()
    }

    /// Clears the poison. Call it after making sure that the value is consistent.
    ///
    /// ```
    /// use pyo3::sync::PyMutex;
    ///
    /// static COUNT: PyMutex<u32> = PyMutex::new(0);
    ///
    /// let panicked = std::thread::spawn(|| {
    ///     let _count = COUNT.lock().unwrap();
    ///     panic!("while it is locked");
    /// });
    /// assert!(panicked.join().is_err() && COUNT.lock().is_err());
    /// *COUNT.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = 0;
    /// COUNT.clear_poison();
    /// assert!(COUNT.lock().is_ok());
    /// ```
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

/// A guard for the value of a locked [`PyMutex`]. Dropping it unlocks the mutex.
#[must_use = "the mutex is unlocked when the guard is dropped"]
pub struct PyMutexGuard<'a, T: ?Sized> {
    /// The flag of the mutex. It is written while the mutex is locked, so that the next thread to lock it sees the
    /// change.
    is_poisoned: &'a AtomicBool,
    /// Whether the thread was already panicking when it locked the mutex. Such a panic does not poison the mutex.
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
