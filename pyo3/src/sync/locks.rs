//! Extensions of the standard library's locks: threads detach while they wait.

use std::panic::resume_unwind;
use std::sync::{
    LockResult, Mutex, MutexGuard, Once, OnceLock, OnceState, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError,
};

use crate::Python;

pub(super) mod sealed {
    pub trait Sealed {}
    impl Sealed for std::sync::Once {}
    impl<T> Sealed for std::sync::OnceLock<T> {}
}

/// Locking a mutex on an attached thread.
pub trait MutexExt<T: ?Sized> {
    /// The result of locking.
    type LockResult<'a>
    where
        Self: 'a;

    /// Locks the mutex. If another thread holds it, waits detached.
    fn lock_py_attached(&self, py: Python<'_>) -> Self::LockResult<'_>;
}

/// Locking a reader-writer lock on an attached thread.
pub trait RwLockExt<T: ?Sized> {
    /// The result of locking for reading.
    type ReadLockResult<'a>
    where
        Self: 'a;

    /// The result of locking for writing.
    type WriteLockResult<'a>
    where
        Self: 'a;

    /// Locks for reading. If a writer holds the lock, waits detached.
    fn read_py_attached(&self, py: Python<'_>) -> Self::ReadLockResult<'_>;

    /// Locks for writing. If another thread holds the lock, waits detached.
    fn write_py_attached(&self, py: Python<'_>) -> Self::WriteLockResult<'_>;
}

/// Running something once, from attached threads.
pub trait OnceExt: sealed::Sealed {
    /// What the closure of [`call_once_force_py_attached`](OnceExt::call_once_force_py_attached) is given.
    type OnceState;

    /// Runs `f`, attached, if it has not run yet. If another thread runs it, waits detached until that is done.
    fn call_once_py_attached(&self, py: Python<'_>, f: impl FnOnce());

    /// As [`call_once_py_attached`](OnceExt::call_once_py_attached), even if an earlier run panicked.
    fn call_once_force_py_attached(&self, py: Python<'_>, f: impl FnOnce(&Self::OnceState));
}

/// Initialising a cell, from attached threads.
pub trait OnceLockExt<T>: sealed::Sealed {
    /// Returns the value. If there is none, runs `f`, attached. If another thread is making it, waits detached.
    fn get_or_init_py_attached<F>(&self, py: Python<'_>, f: F) -> &T
    where
        F: FnOnce() -> T;
}

/// A value that crosses into a detached section although it is not `Send`: it stays on its thread.
pub(super) struct SameThread<T>(pub(super) T);

#[expect(unsafe_code, reason = "`detach` asks for `Send` as an approximation; nothing here leaves the thread")]
// SAFETY: only handed to a closure that `Python::detach` runs on the same thread, and used there while attached.
unsafe impl<T> Send for SameThread<T> {}

impl<T> SameThread<T> {
    pub(super) fn into_inner(self) -> T {
        self.0
    }
}

/// Attaches in the middle of a detached section, where a lock is held.
///
/// While the interpreter ends, nobody is let in. Then this leaves the section, so that the lock is free for those who end
/// the interpreter. It says nothing: the thread does not come back from the section, see [`Python::detach`].
pub(super) fn attach_again<R>(f: impl FnOnce() -> R) -> R {
    let left = "Cannot attach to the Python interpreter while it is finalizing.";
    Python::try_attach(|_| f()).unwrap_or_else(|| resume_unwind(Box::new(left)))
}

/// What `wait` gives, for which it may have to wait: detached. Neither leaves the thread.
#[cold]
fn detached<R>(py: Python<'_>, wait: impl FnOnce() -> R) -> R {
    let wait = SameThread(wait);
    py.detach(|| SameThread(wait.into_inner()())).into_inner()
}

impl OnceExt for Once {
    type OnceState = OnceState;

    fn call_once_py_attached(&self, py: Python<'_>, f: impl FnOnce()) {
        if self.is_completed() {
            return;
        }
        let f = SameThread(f);
        py.detach(|| self.call_once(|| attach_again(|| f.into_inner()())));
    }

    fn call_once_force_py_attached(&self, py: Python<'_>, f: impl FnOnce(&OnceState)) {
        if self.is_completed() {
            return;
        }
        let f = SameThread(f);
        py.detach(|| self.call_once_force(|state| attach_again(|| f.into_inner()(state))));
    }
}

impl<T> OnceLockExt<T> for OnceLock<T> {
    fn get_or_init_py_attached<F>(&self, py: Python<'_>, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        if let Some(value) = self.get() {
            return value;
        }
        let cell = SameThread(self);
        let f = SameThread(f);
        let value = py.detach(|| {
            let cell = cell.into_inner();
            SameThread(cell.get_or_init(|| attach_again(|| f.into_inner()())))
        });
        value.into_inner()
    }
}

impl<T: ?Sized> MutexExt<T> for Mutex<T> {
    type LockResult<'a>
        = LockResult<MutexGuard<'a, T>>
    where
        Self: 'a;

    #[inline]
    fn lock_py_attached(&self, py: Python<'_>) -> LockResult<MutexGuard<'_, T>> {
        match self.try_lock() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Err(poisoned),
            Err(TryLockError::WouldBlock) => {}
        }
        detached(py, || self.lock())
    }
}

impl<T: ?Sized> RwLockExt<T> for RwLock<T> {
    type ReadLockResult<'a>
        = LockResult<RwLockReadGuard<'a, T>>
    where
        Self: 'a;
    type WriteLockResult<'a>
        = LockResult<RwLockWriteGuard<'a, T>>
    where
        Self: 'a;

    #[inline]
    fn read_py_attached(&self, py: Python<'_>) -> LockResult<RwLockReadGuard<'_, T>> {
        match self.try_read() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Err(poisoned),
            Err(TryLockError::WouldBlock) => {}
        }
        detached(py, || self.read())
    }

    #[inline]
    fn write_py_attached(&self, py: Python<'_>) -> LockResult<RwLockWriteGuard<'_, T>> {
        match self.try_write() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Err(poisoned),
            Err(TryLockError::WouldBlock) => {}
        }
        detached(py, || self.write())
    }
}
