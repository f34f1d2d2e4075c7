//! Whether this thread is attached, and entering Rust from Python.
//!
//! With the full API CPython is asked: it keeps the current thread state. The limited API cannot tell without ending
//! the process where there is none, so with it every way in and out of Python counts in a thread-local.

use crate::At;
use crate::refcount::DEFERRED;

#[cfg(not(Py_LIMITED_API))]
mod tracking {
    //! CPython knows.

    use pyo3_ffi as ffi;

    #[cfg(not(Py_3_13))]
    unsafe extern "C" {
        // Public from 3.13 on, as `PyThreadState_GetUnchecked`; exported by every version before.
        fn _PyThreadState_UncheckedGet() -> *mut ffi::PyThreadState;
    }

    /// Whether this thread is attached.
    #[inline]
    pub(crate) fn is_attached() -> bool {
        #[cfg(Py_3_13)]
        // SAFETY: callable on any thread at any time; the current thread state is thread-local.
        return !unsafe { ffi::PyThreadState_GetUnchecked() }.is_null();
        #[cfg(all(Py_3_12, not(Py_3_13)))]
        // SAFETY: as above.
        return !unsafe { _PyThreadState_UncheckedGet() }.is_null();
        #[cfg(not(Py_3_12))]
        {
            // Before 3.12 there is one current thread state in the process, whose thread may be another one.
            // SAFETY: callable on any thread; reads one atomic.
            let current = unsafe { _PyThreadState_UncheckedGet() };
            // SAFETY: callable on any thread; null where the thread has no state or no interpreter runs.
            !current.is_null() && current == unsafe { ffi::PyGILState_GetThisThreadState() }
        }
    }

    /// Nothing to count.
    pub(crate) struct Entered;

    impl Entered {
        #[inline]
        pub(crate) fn new() -> Self {
            Entered
        }
    }

    /// Nothing to suspend.
    pub(crate) struct Left;

    impl Left {
        #[inline]
        pub(crate) fn new() -> Self {
            Left
        }
    }
}

#[cfg(Py_LIMITED_API)]
mod tracking {
    //! A count of attachments for each thread.

    use core::cell::Cell;

    thread_local! {
        static DEPTH: Cell<usize> = const { Cell::new(0) };
    }

    /// Whether this thread is attached.
    #[inline]
    pub(crate) fn is_attached() -> bool {
        DEPTH.get() > 0
    }

    /// Counts one attachment while alive.
    pub(crate) struct Entered(());

    impl Entered {
        #[inline]
        pub(crate) fn new() -> Self {
            DEPTH.set(DEPTH.get() + 1);
            Entered(())
        }
    }

    impl Drop for Entered {
        #[inline]
        fn drop(&mut self) {
            DEPTH.set(DEPTH.get() - 1);
        }
    }

    /// Counts none while alive.
    pub(crate) struct Left(usize);

    impl Left {
        #[inline]
        pub(crate) fn new() -> Self {
            Left(DEPTH.replace(0))
        }
    }

    impl Drop for Left {
        #[inline]
        fn drop(&mut self) {
            DEPTH.set(self.0);
        }
    }
}

pub(crate) use tracking::{Entered, Left, is_attached};

/// Runs the body of a trampoline.
///
/// # Safety
///
/// CPython called the trampoline, so this thread is attached; no exception is set.
#[inline]
pub(crate) unsafe fn entered<'py, R>(body: impl FnOnce(At<'py>) -> R) -> R {
    let _entered = Entered::new();
    // SAFETY: the caller's promise.
    let py = unsafe { At::assume() };
    DEFERRED.drain(py);
    body(py)
}

/// As [`entered`], where an exception may be set, or nothing may run but what was asked for: in a destructor, and in a
/// visit of the collector.
///
/// # Safety
///
/// CPython called the trampoline, so this thread is attached.
#[inline]
pub(crate) unsafe fn entered_quietly<'py, R>(body: impl FnOnce(At<'py>) -> R) -> R {
    let _entered = Entered::new();
    // SAFETY: the caller's promise.
    body(unsafe { At::assume() })
}
