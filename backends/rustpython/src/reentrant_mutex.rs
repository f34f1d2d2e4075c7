//! A mutex that the thread holding it can lock again.
//!
//! For values that are `Send` but not `Sync`, on a runtime whose threads run in parallel.

use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

use pyo3_backend::{Attached, ThreadOps};

use crate::RustPython;

/// A value that one thread uses at a time. That thread may enter again while it uses the value.
pub(crate) struct ReentrantMutex<T> {
    /// The thread that uses the value, or 0.
    owner: AtomicUsize,
    /// How often the owner has entered. Only the owner accesses it.
    depth: Cell<usize>,
    waiting: Mutex<()>,
    free: Condvar,
    value: T,
}

// SAFETY: only the owner accesses `value` and `depth`, and there is one owner at a time. Ownership is passed on through
// `owner` with acquire and release. That moves the value between threads, which `Send` allows.
unsafe impl<T: Send> Sync for ReentrantMutex<T> {}

impl<T: Send> ReentrantMutex<T> {
    pub(crate) fn new(value: T) -> Self {
        ReentrantMutex {
            owner: AtomicUsize::new(0),
            depth: Cell::new(0),
            waiting: Mutex::new(()),
            free: Condvar::new(),
            value,
        }
    }

    /// Runs `body` with the value, once no other thread uses it. Waits detached.
    pub(crate) fn with<R>(&self, py: Attached<'_, RustPython>, body: impl FnOnce(&T) -> R) -> R {
        let me = this_thread();
        if self.owner.load(Ordering::Relaxed) != me && !self.try_enter(me) {
            RustPython::thread_detach(py, || {
                let mut waiting = self.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                while !self.try_enter(me) {
                    waiting = self.free.wait(waiting).unwrap_or_else(|poisoned| poisoned.into_inner());
                }
            });
        }
        self.depth.set(self.depth.get() + 1);
        let _leave = Leave(self);
        body(&self.value)
    }

    fn try_enter(&self, me: usize) -> bool {
        self.owner.compare_exchange(0, me, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }
}

/// Lets the next thread enter, even after a panic.
struct Leave<'a, T>(&'a ReentrantMutex<T>);

impl<T> Drop for Leave<'_, T> {
    fn drop(&mut self) {
        let depth = self.0.depth.get() - 1;
        self.0.depth.set(depth);
        if depth == 0 {
            self.0.owner.store(0, Ordering::Release);
            // Any thread that found the value in use is waiting by the time this lock is acquired.
            drop(self.0.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
            self.0.free.notify_one();
        }
    }
}

/// Returns a nonzero number for this thread that no other living thread has.
pub(crate) fn this_thread() -> usize {
    thread_local! {
        static MARK: u8 = const { 0 };
    }
    MARK.with(|mark| core::ptr::from_ref(mark).addr())
}
