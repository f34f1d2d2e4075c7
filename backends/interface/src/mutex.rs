//! Mutexes that cooperate with critical sections.

use core::marker::PhantomData;
use std::sync::{Condvar, Mutex, MutexGuard};

use crate::ThreadOps;

/// A mutex whose waiting threads are detached. It protects nothing by itself: the frontend puts the data next to it.
///
/// It is not moved while it is locked.
pub trait RawMutex<B>: Send + Sync + 'static {
    /// An unlocked mutex.
    const UNLOCKED: Self;

    /// Locks the mutex.
    ///
    /// If another thread holds it, the caller waits, detached if it was attached. If the caller itself holds it, this
    /// waits forever, or panics if there are no threads ([`ThreadOps::HAS_THREADS`]).
    ///
    /// Runs Python: only what another thread runs while this one is detached.
    /// CPython: `PyMutex_Lock` in free-threaded builds, otherwise [`RawLock`]. RustPython: [`RawLock`].
    fn lock(&self);

    /// Unlocks the mutex, which the caller has locked. Needs no attached thread.
    ///
    /// Runs Python: no. CPython: `PyMutex_Unlock`.
    fn unlock(&self);

    /// Returns whether the mutex is locked, which may have changed by the time this returns. Needs no attached thread.
    fn is_locked(&self) -> bool;
}

/// Runs `body` with the mutexes locked throughout: for backends whose runtime has no sections of mutexes.
///
/// `second` must not be `first`.
pub fn locked<B, M: RawMutex<B>, R>(first: &M, second: Option<&M>, body: impl FnOnce() -> R) -> R {
    // Locks in the order of addresses, so that two threads that lock both cannot deadlock.
    let (first, second) = match second {
        Some(second) if core::ptr::from_ref(second) < core::ptr::from_ref(first) => (second, Some(first)),
        _ => (first, second),
    };
    let _held = (Held::<B, _>::new(first), second.map(Held::<B, _>::new));
    body()
}

/// A locked mutex, unlocked on drop.
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

/// The panic message for waiting when [`ThreadOps::HAS_THREADS`] says that there is no other thread.
pub const DEADLOCK: &str = "deadlock: this thread waits for what it has itself, and there is no other thread";

/// A mutex for runtimes that have none of their own.
#[derive(Debug)]
pub struct RawLock {
    /// Held only briefly: threads wait for `freed`, not for this.
    taken: Mutex<bool>,
    freed: Condvar,
}

impl RawLock {
    /// Creates an unlocked mutex.
    pub const fn new() -> Self {
        RawLock { taken: Mutex::new(false), freed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, bool> {
        // Nothing panics while this is held, so poisoning can be ignored.
        self.taken.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Locks the mutex if it is free, and returns whether it did.
    pub fn try_lock(&self) -> bool {
        !core::mem::replace(&mut *self.state(), true)
    }

    /// Returns whether the mutex is locked.
    pub fn is_taken(&self) -> bool {
        *self.state()
    }

    /// Unlocks the mutex, whoever locked it.
    pub fn give_back(&self) {
        *self.state() = false;
        // Notify all threads, since some only wait for it to be free and then lock something else first.
        self.freed.notify_all();
    }

    /// Blocks until the mutex is free. Another thread may lock it before the caller does.
    pub fn wait(&self) {
        let mut taken = self.state();
        while *taken {
            taken = self.freed.wait(taken).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}

impl<B: ThreadOps> RawMutex<B> for RawLock {
    const UNLOCKED: Self = RawLock::new();

    /// An attached thread detaches to wait, and holds no lock while it attaches again, since attaching may block
    /// forever if the interpreter is shutting down.
    fn lock(&self) {
        while !self.try_lock() {
            assert!(B::HAS_THREADS, "{DEADLOCK}");
            // A thread that must not attach, such as while the collector visits objects, waits as it is.
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
