//! Locks of backends, of which each thread knows how many it holds.

use core::cell::Cell;
use core::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard};

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// How many [`Lock`]s this thread holds. Zero wherever Python code may run: a thread that waits for a lock while it is
/// attached stalls whoever has the lock and waits to attach.
#[inline]
pub fn locks_held() -> usize {
    HELD.get()
}

/// A mutex for the backend's own data, held for an instant and never while Python code may run.
///
/// As [`Mutex`], but that it is not poisoned, and that a backend which checks others can ask for [`locks_held`].
#[derive(Debug, Default)]
pub struct Lock<T>(Mutex<T>);

impl<T> Lock<T> {
    /// One that nobody holds.
    pub const fn new(value: T) -> Self {
        Lock(Mutex::new(value))
    }

    /// Waits until nobody holds it, and takes it. For as long as the guard lives.
    #[inline]
    pub fn lock(&self) -> Locked<'_, T> {
        let guard = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        HELD.set(HELD.get() + 1);
        Locked(guard)
    }
}

/// What a [`Lock`] protects.
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
