//! Threads on which the garbage collector is visiting objects.

use core::cell::Cell;

thread_local! {
    static IN_TRAVERSE: Cell<bool> = const { Cell::new(false) };
}

/// Refuses [`attach`](crate::ThreadOps::attach) on this thread while `body` runs: for `__traverse__`, which must not touch
/// Python. Ends where `body` panics, too.
pub fn forbid_attach<R>(body: impl FnOnce() -> R) -> R {
    struct Reset(bool);

    impl Drop for Reset {
        fn drop(&mut self) {
            IN_TRAVERSE.set(self.0);
        }
    }

    let _reset = Reset(IN_TRAVERSE.replace(true));
    body()
}

/// Whether this thread must not touch Python now. Backends ask before they attach a thread, and before they release a
/// reference.
#[inline]
pub fn is_attach_forbidden() -> bool {
    IN_TRAVERSE.get()
}
