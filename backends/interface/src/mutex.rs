//! Mutexes that get along with critical sections.

use std::sync::{Condvar, Mutex, MutexGuard};

use crate::{Attached, SectionOps, ThreadOps};

/// Mutexes that are waited for detached, and that can be the subject of a critical section.
///
/// A mutex belongs to the runtime, since a section of it is suspended like one of an object. It protects nothing by
/// itself: the neutral layer puts the data beside it.
pub trait MutexOps: SectionOps {
    /// The mutex. It is not moved while it is locked.
    type RawMutex: Send + Sync + 'static;

    /// One that is not locked.
    const UNLOCKED: Self::RawMutex;

    /// Locks. Where another thread has it, the caller waits, detached if it was attached; where the caller has it, for
    /// ever.
    ///
    /// Runs Python: only what another thread does while this one is detached. CPython: `PyMutex_Lock` in free-threaded
    /// builds, else [`RawLock::lock`], which RustPython has, too.
    fn mutex_lock(mutex: &Self::RawMutex);

    /// Unlocks what the caller has locked. Needs no attached thread.
    ///
    /// Runs Python: no. CPython: `PyMutex_Unlock`, or [`RawLock::unlock`].
    fn mutex_unlock(mutex: &Self::RawMutex);

    /// Whether somebody has it locked, which may have changed when this returns. Needs no attached thread.
    fn mutex_is_locked(mutex: &Self::RawMutex) -> bool;

    /// Runs `body` in a section of the mutex.
    ///
    /// As [`with_section`](SectionOps::with_section): nothing is locked where being attached excludes other threads.
    /// CPython: `PyCriticalSection_BeginMutex` and `_End`; in free-threaded builds that lack it (3.13, and the stable
    /// ABI) the mutex is locked for all of `body`, and not suspended.
    /// RustPython: the mutex is locked, and given back wherever the section is suspended.
    fn with_mutex_section<R>(py: Attached<'_, Self>, mutex: &Self::RawMutex, body: impl FnOnce() -> R) -> R;

    /// Runs `body` in a section of both mutexes, which are two.
    ///
    /// As [`with_mutex_section`](Self::with_mutex_section). CPython: `PyCriticalSection2_BeginMutex` and `_End`.
    fn with_mutex_sections<R>(
        py: Attached<'_, Self>,
        first: &Self::RawMutex,
        second: &Self::RawMutex,
        body: impl FnOnce() -> R,
    ) -> R;
}

/// A mutex for runtimes that have none of their own.
#[derive(Debug)]
pub struct RawLock {
    /// Held for an instant: what threads wait for is `freed`.
    taken: Mutex<bool>,
    freed: Condvar,
}

impl RawLock {
    /// One that is not locked.
    pub const fn new() -> Self {
        RawLock { taken: Mutex::new(false), freed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, bool> {
        // Nothing panics while it is held.
        self.taken.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Locks, if nobody has it locked.
    pub fn try_lock(&self) -> bool {
        !core::mem::replace(&mut *self.state(), true)
    }

    /// Whether somebody has it locked.
    pub fn is_locked(&self) -> bool {
        *self.state()
    }

    /// Unlocks, whoever locked it.
    pub fn unlock(&self) {
        *self.state() = false;
        // All, since some only look, and lock something else first.
        self.freed.notify_all();
    }

    /// Blocks until nobody has it locked. Somebody else may be quicker than the caller then.
    pub fn wait(&self) {
        let mut taken = self.state();
        while *taken {
            taken = self.freed.wait(taken).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }

    /// Locks. A thread that is attached waits detached, and has nothing locked while it attaches again: that may last
    /// for ever, where the interpreter ends.
    pub fn lock<B: ThreadOps>(&self) {
        while !self.try_lock() {
            // Where a thread must not attach, such as while the collector visits objects, it is left as it is.
            if !B::is_attached() || B::attach(|py| B::detach(py, || self.wait())).is_err() {
                self.wait();
            }
        }
    }
}

impl Default for RawLock {
    fn default() -> Self {
        RawLock::new()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_lock_is_had_once() {
        let lock = RawLock::default();
        assert!(lock.try_lock() && !lock.try_lock() && lock.is_locked());
        std::thread::scope(|threads| {
            let waits = threads.spawn(|| lock.wait());
            std::thread::sleep(Duration::from_millis(20));
            assert!(!waits.is_finished());
            lock.unlock();
            waits.join().expect("it does not panic");
        });
        assert!(!lock.is_locked());
    }
}
