//! Locks for backends. Each thread counts how many it holds.

use core::cell::Cell;
use core::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard};

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// Returns how many [`Lock`]s this thread holds.
///
/// It must be zero wherever Python code may run: a thread that waits for a lock while attached blocks the holder of the
/// lock if that waits to attach.
#[inline]
pub fn locks_held() -> usize {
    HELD.get()
}

/// A mutex for the backend's own data, held briefly and never while Python code may run.
///
/// Like [`Mutex`], but it is never poisoned, and a backend that checks others can query [`locks_held`].
#[derive(Debug, Default)]
pub struct Lock<T>(Mutex<T>);

impl<T> Lock<T> {
    /// Creates an unlocked lock.
    pub const fn new(value: T) -> Self {
        Lock(Mutex::new(value))
    }

    /// Waits until the lock is free and takes it until the guard is dropped.
    #[inline]
    pub fn lock(&self) -> Locked<'_, T> {
        let guard = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        HELD.set(HELD.get() + 1);
        Locked(guard)
    }
}

/// The guard of a [`Lock`].
#[derive(Debug)]
pub struct Locked<'a, T>(MutexGuard<'a, T>);

impl<T> Deref for Locked<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Locked<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> Drop for Locked<'_, T> {
    #[inline]
    fn drop(&mut self) {
        HELD.set(HELD.get() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thread_counts_its_own() {
        let (a, b) = (Lock::new(1), Lock::new(2));
        let first = a.lock();
        assert_eq!(locks_held(), 1);
        {
            let second = b.lock();
            assert_eq!((*first + *second, locks_held()), (3, 2));
        }
        std::thread::scope(|threads| {
            threads.spawn(|| assert_eq!(locks_held(), 0));
        });
        drop(first);
        assert_eq!(locks_held(), 0);
    }
}
