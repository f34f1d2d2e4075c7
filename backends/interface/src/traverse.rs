//! Threads on which the garbage collector is visiting objects.

use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    static IN_TRAVERSE: Cell<bool> = const { Cell::new(false) };
}

/// The number of running calls of [`forbid_attach`]. In a shared library it is much cheaper to read than a
/// thread-local, and nearly always zero. A thread always sees its own increments.
static VISITS: AtomicUsize = AtomicUsize::new(0);

/// Runs `body` and refuses [`attach`](crate::ThreadOps::thread_attach) on this thread meanwhile. For `__traverse__`,
/// which must not use Python. A panic of `body` also lifts the ban.
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

/// Returns whether this thread must not use Python now. Backends check this before they attach a thread and before they
/// release a reference.
#[inline]
pub fn is_attach_forbidden() -> bool {
    VISITS.load(Ordering::Relaxed) != 0 && IN_TRAVERSE.get()
}
