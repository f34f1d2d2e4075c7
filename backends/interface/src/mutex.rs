//! Mutexes that get along with critical sections.

use core::marker::PhantomData;
use std::sync::{Condvar, Mutex, MutexGuard};

use crate::ThreadOps;

/// A mutex that is waited for detached. It protects nothing by itself: the neutral layer puts the data beside it.
///
/// It is not moved while it is locked.
pub trait RawMutex<B>: Send + Sync + 'static {
    /// One that is not locked.
    const UNLOCKED: Self;

    /// Locks. Where another thread has it, the caller waits, detached if it was attached; where the caller has it, for
    /// ever, or with a panic where there are no threads ([`ThreadOps::HAS_THREADS`]).
    ///
    /// Runs Python: only what another thread does while this one is detached. CPython: `PyMutex_Lock` in free-threaded
    /// builds, else as [`RawLock`], which RustPython has, too.
    fn lock(&self);

    /// Unlocks what the caller has locked. Needs no attached thread.
    ///
    /// Runs Python: no. CPython: `PyMutex_Unlock`.
    fn unlock(&self);

    /// Whether somebody has it locked, which may have changed when this returns. Needs no attached thread.
    fn is_locked(&self) -> bool;
}

/// Runs `body` with the mutexes locked, all the time: for backends whose runtime has no sections of mutexes.
///
/// `second` is not `first`.
pub fn locked<B, M: RawMutex<B>, R>(first: &M, second: Option<&M>, body: impl FnOnce() -> R) -> R {
    // In the order of their addresses, so that those who lock both do not wait for each other.
    let (first, second) = match second {
        Some(second) if core::ptr::from_ref(second) < core::ptr::from_ref(first) => (second, Some(first)),
        _ => (first, second),
    };
    let _held = (Held::<B, _>::new(first), second.map(Held::<B, _>::new));
    body()
}

/// A mutex that is locked, until this is dropped.
struct Held<'a, B, M: RawMutex<B>>(&'a M, PhantomData<B>);

impl<'a, B, M: RawMutex<B>> Held<'a, B, M> {
    fn new(mutex: &'a M) -> Self {
        mutex.lock();
        Held(mutex, PhantomData)
    }
}

impl<B, M: RawMutex<B>> Drop for Held<'_, B, M> {
    fn drop(&mut self) {
        self.0.unlock();
    }
}

/// What is wrong where somebody would wait, and [`ThreadOps::HAS_THREADS`] says that nobody else is there.
pub const DEADLOCK: &str = "deadlock: this thread waits for what it has itself, and there is no other thread";

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
    pub fn is_taken(&self) -> bool {
        *self.state()
    }

    /// Unlocks, whoever locked it.
    pub fn give_back(&self) {
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
}

impl<B: ThreadOps> RawMutex<B> for RawLock {
    const UNLOCKED: Self = RawLock::new();

    /// A thread that is attached waits detached, and has nothing locked while it attaches again: that may last for ever,
    /// where the interpreter ends.
    fn lock(&self) {
        while !self.try_lock() {
            assert!(B::HAS_THREADS, "{DEADLOCK}");
            // Where a thread must not attach, such as while the collector visits objects, it is left as it is.
            if !B::thread_is_attached() || B::thread_attach(|py| B::thread_detach(py, || self.wait())).is_err() {
                self.wait();
            }
        }
    }

    fn unlock(&self) {
        self.give_back();
    }

    fn is_locked(&self) -> bool {
        self.is_taken()
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
        assert!(lock.try_lock() && !lock.try_lock() && lock.is_taken());
        std::thread::scope(|threads| {
            let waits = threads.spawn(|| lock.wait());
            std::thread::sleep(Duration::from_millis(20));
            assert!(!waits.is_finished());
            lock.give_back();
            waits.join().expect("it does not panic");
        });
        assert!(!lock.is_taken());
    }
}
