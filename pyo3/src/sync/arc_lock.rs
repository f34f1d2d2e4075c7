//! Extensions of the locks of `lock_api` in an `Arc`. Their guards own the `Arc`, so they have no lifetime. Feature
//! `arc_lock`.

use std::sync::Arc;

use lock_api::{
    ArcMutexGuard, ArcReentrantMutexGuard, ArcRwLockReadGuard, ArcRwLockWriteGuard, GetThreadId, Mutex, RawMutex,
    RawRwLock, ReentrantMutex, RwLock,
};

use super::lock_api::now_or_detached;
use super::locks::{MutexExt, RwLockExt};
use crate::Python;

impl<R: RawMutex, T> MutexExt<T> for Arc<Mutex<R, T>> {
    type LockResult<'a>
        = ArcMutexGuard<R, T>
    where
        Self: 'a;

    fn lock_py_attached(&self, py: Python<'_>) -> ArcMutexGuard<R, T> {
        now_or_detached(py, || self.try_lock_arc(), || self.lock_arc())
    }
}

impl<R: RawMutex, G: GetThreadId, T> MutexExt<T> for Arc<ReentrantMutex<R, G, T>> {
    type LockResult<'a>
        = ArcReentrantMutexGuard<R, G, T>
    where
        Self: 'a;

    fn lock_py_attached(&self, py: Python<'_>) -> ArcReentrantMutexGuard<R, G, T> {
        now_or_detached(py, || self.try_lock_arc(), || self.lock_arc())
    }
}

impl<R: RawRwLock, T> RwLockExt<T> for Arc<RwLock<R, T>> {
    type ReadLockResult<'a>
        = ArcRwLockReadGuard<R, T>
    where
        Self: 'a;
    type WriteLockResult<'a>
        = ArcRwLockWriteGuard<R, T>
    where
        Self: 'a;

    fn read_py_attached(&self, py: Python<'_>) -> ArcRwLockReadGuard<R, T> {
        now_or_detached(py, || self.try_read_arc(), || self.read_arc())
    }

    fn write_py_attached(&self, py: Python<'_>) -> ArcRwLockWriteGuard<R, T> {
        now_or_detached(py, || self.try_write_arc(), || self.write_arc())
    }
}
