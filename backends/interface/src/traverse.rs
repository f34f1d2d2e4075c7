//! Threads on which the garbage collector is visiting objects.

use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    static IN_TRAVERSE: Cell<bool> = const { Cell::new(false) };
}

/// How many [`forbid_attach`] are running. In a shared library it is much cheaper to read than a thread-local, and nearly
/// always zero. A thread always sees what it has added itself.
static VISITS: AtomicUsize = AtomicUsize::new(0);

/// Refuses [`attach`](crate::ThreadOps::thread_attach) on this thread while `body` runs: for `__traverse__`, which must not touch
/// Python. Ends where `body` panics, too.
pub fn forbid_attach<R>(body: impl FnOnce() -> R) -> R {
    struct Reset(bool);

    impl Drop for Reset {
        fn drop(&mut self) {
            IN_TRAVERSE.set(self.0);
            VISITS.fetch_sub(1, Ordering::Relaxed);
        }
    }

    VISITS.fetch_add(1, Ordering::Relaxed);
    let _reset = Reset(IN_TRAVERSE.replace(true));
    body()
}

/// Whether this thread must not touch Python now. Backends ask before they attach a thread, and before they release a
/// reference.
#[inline]
pub fn is_attach_forbidden() -> bool {
    VISITS.load(Ordering::Relaxed) != 0 && IN_TRAVERSE.get()
}
