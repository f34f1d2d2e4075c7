//! Extensions of the locks of `lock_api`, which include those of `parking_lot`: threads detach while they wait. Feature
//! `lock_api`.

use lock_api::{
    GetThreadId, Mutex, MutexGuard, RawMutex, RawRwLock, ReentrantMutex, ReentrantMutexGuard, RwLock, RwLockReadGuard,
    RwLockWriteGuard,
};

use super::locks::{MutexExt, RwLockExt, detached};
use crate::Python;

/// Returns the result of `now`, or that of `wait`, called detached, if `now` returns `None`.
pub(super) fn now_or_detached<T>(py: Python<'_>, now: impl FnOnce() -> Option<T>, wait: impl FnOnce() -> T) -> T {
    if let Some(guard) = now() {
        return guard;
    }
    detached(py, wait)
}

impl<R: RawMutex, T> MutexExt<T> for Mutex<R, T> {
    type LockResult<'a>
        = MutexGuard<'a, R, T>
    where
        Self: 'a;

    fn lock_py_attached(&self, py: Python<'_>) -> MutexGuard<'_, R, T> {
        now_or_detached(py, || self.try_lock(), || self.lock())
    }
}

impl<R: RawMutex, G: GetThreadId, T> MutexExt<T> for ReentrantMutex<R, G, T> {
    type LockResult<'a>
        = ReentrantMutexGuard<'a, R, G, T>
    where
        Self: 'a;

    fn lock_py_attached(&self, py: Python<'_>) -> ReentrantMutexGuard<'_, R, G, T> {
        now_or_detached(py, || self.try_lock(), || self.lock())
    }
}

impl<R: RawRwLock, T> RwLockExt<T> for RwLock<R, T> {
    type ReadLockResult<'a>
        = RwLockReadGuard<'a, R, T>
    where
        Self: 'a;
    type WriteLockResult<'a>
        = RwLockWriteGuard<'a, R, T>
    where
        Self: 'a;

    fn read_py_attached(&self, py: Python<'_>) -> RwLockReadGuard<'_, R, T> {
        now_or_detached(py, || self.try_read(), || self.read())
    }

    fn write_py_attached(&self, py: Python<'_>) -> RwLockWriteGuard<'_, R, T> {
        now_or_detached(py, || self.try_write(), || self.write())
    }
}
