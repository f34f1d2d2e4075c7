//! Visits of the garbage collector.

use core::cell::Cell;
use core::num::NonZero;
use core::sync::atomic::{AtomicUsize, Ordering};

/// Why a traversal stops: a number of the runtime. The neutral layer passes it on, and gives it no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Stop(NonZero<i32>);

impl Stop {
    /// The visited class could not show its references.
    pub const FAILED: Stop = Stop(NonZero::new(-1).unwrap());

    /// Wraps a number of the runtime.
    #[inline]
    pub const fn new(code: NonZero<i32>) -> Self {
        Stop(code)
    }

    /// Returns the number.
    #[inline]
    pub const fn code(self) -> NonZero<i32> {
        self.0
    }
}

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
