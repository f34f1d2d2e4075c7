//! References released by threads that were not attached.

#![expect(unsafe_code, reason = "the pool holds bare references and gives them up")]

use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering};

use crate::{Attached, Lock, RefOps};

/// A pool of references to be released by the next attached thread.
///
/// A backend keeps one in a `static`. [`RefOps::ref_release_anywhere`] adds to it, and the backend drains it whenever a
/// thread attaches (even if it was attached already), comes back from a detached section, or is called from Python.
pub struct DeferredReleases<B: RefOps> {
    /// Whether the pool holds anything. Checked on every attach, so that the lock is taken only if there is work.
    waiting: AtomicBool,
    pool: Lock<Vec<NonNull<B::Object>>>,
}

// SAFETY: only `drain` follows the pointers, and it runs on an attached thread.
unsafe impl<B: RefOps> Sync for DeferredReleases<B> {}
// SAFETY: as above.
unsafe impl<B: RefOps> Send for DeferredReleases<B> {}

impl<B: RefOps> DeferredReleases<B> {
    /// Creates an empty pool.
    #[expect(clippy::new_without_default, reason = "it lives in a static, where `Default` cannot be called")]
    pub const fn new() -> Self {
        DeferredReleases { waiting: AtomicBool::new(false), pool: Lock::new(Vec::new()) }
    }

    /// Keeps a reference until the next [`drain`](Self::drain).
    ///
    /// # Safety
    ///
    /// The caller owns a reference to the object at `object` and does not use it again.
    pub unsafe fn defer(&self, object: NonNull<B::Object>) {
        let mut pool = self.pool.lock();
        pool.push(object);
        self.waiting.store(true, Ordering::Release);
    }

    /// Releases all references in the pool.
    #[inline]
    pub fn drain(&self, py: Attached<'_, B>) {
        if self.waiting.load(Ordering::Relaxed) {
            self.drain_waiting(py);
        }
    }

    #[cold]
    fn drain_waiting(&self, py: Attached<'_, B>) {
        let objects = {
            let mut pool = self.pool.lock();
            self.waiting.store(false, Ordering::Relaxed);
            core::mem::take(&mut *pool)
        };
        // The lock is free again, because a finaliser may defer more references.
        for object in objects {
            // SAFETY: `defer` took over one reference for each pointer, and `take` returns each pointer once.
            unsafe { B::ref_release(py, object) };
        }
    }
}
