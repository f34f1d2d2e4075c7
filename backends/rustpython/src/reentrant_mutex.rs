//! One thread at a time, which may come back to itself.
//!
//! For values that may move between threads but not be shared, on a runtime that lets threads run at the same time.

use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

use pyo3_backend::{Attached, ThreadOps};

use crate::RustPython;

/// A value that one thread uses at a time. That thread may use it again while it does.
pub(crate) struct ReentrantMutex<T> {
    /// The thread that uses the value, or 0.
    owner: AtomicUsize,
    /// How often the owner has come in. Touched by the owner alone.
    depth: Cell<usize>,
    waiting: Mutex<()>,
    free: Condvar,
    value: T,
}

// SAFETY: `value` and `depth` are reached by the thread that is the owner, and by one thread at a time; ownership passes
// on through `owner` with acquire and release. That moves the value between threads, which `Send` allows.
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

/// Makes room for the next thread, also after a panic.
struct Leave<'a, T>(&'a ReentrantMutex<T>);

impl<T> Drop for Leave<'_, T> {
    fn drop(&mut self) {
        let depth = self.0.depth.get() - 1;
        self.0.depth.set(depth);
        if depth == 0 {
            self.0.owner.store(0, Ordering::Release);
            // Whoever found the value taken is waiting by the time this lock is free.
            drop(self.0.waiting.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
            self.0.free.notify_one();
        }
    }
}

/// A number for this thread that no other living thread has, and that is not 0.
pub(crate) fn this_thread() -> usize {
    thread_local! {
        static MARK: u8 = const { 0 };
    }
    MARK.with(|mark| core::ptr::from_ref(mark).addr())
}
