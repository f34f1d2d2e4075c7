//! Whether this thread is attached, and how Python enters Rust.
//!
//! There are two answers. Each way into Python and out of it that leads through us is tracked in a thread-local, which
//! [`has_entered`] reads. That is cheap, and good enough to release a reference. It misses foreign code that detaches
//! between two of our frames: as with the published PyO3, such code must attach before it calls Rust code that uses
//! Python, and that includes dropping references.
//!
//! [`is_attached`] also notices such code, because CPython keeps the current thread state. It takes a call into another
//! library, and decides what attaching does. Only the limited API cannot ask for that state, except in a way that ends
//! the process if there is none.

use crate::At;
use crate::refcount::DEFERRED;

#[cfg(all(not(Py_3_12), not(Py_LIMITED_API)))]
mod tracking {
    //! Before 3.12, the whole process has one current thread state, which may belong to another thread. So each thread
    //! remembers the state with which it entered Rust. If foreign code has detached since, another state is current.

    use core::cell::Cell;
    use core::ptr::null_mut;

    use pyo3_ffi::{self as ffi, _PyThreadState_UncheckedGet as current};

    thread_local! {
        static STATE: Cell<*mut ffi::PyThreadState> = const { Cell::new(null_mut()) };
    }

    /// Whether this thread has come into Python through us, and has not left it through us since.
    #[inline]
    pub(crate) fn has_entered() -> bool {
        !STATE.get().is_null()
    }

    /// Whether this thread is attached.
    #[inline]
    pub(crate) fn is_attached() -> bool {
        // SAFETY: callable on any thread; reads one atomic.
        let current = unsafe { current() };
        // The second comparison is for threads that foreign code attached. It does not work for subinterpreters.
        // SAFETY: callable on any thread; returns null if the thread has no state or no interpreter runs.
        !current.is_null() && (current == STATE.get() || current == unsafe { ffi::PyGILState_GetThisThreadState() })
    }

    /// A guard that makes the current state the one of this thread.
    pub(crate) struct Entered(*mut ffi::PyThreadState);

    impl Entered {
        #[inline]
        pub(crate) fn new() -> Self {
            // SAFETY: callable on any thread; reads one atomic.
            Entered(STATE.replace(unsafe { current() }))
        }
    }

    impl Drop for Entered {
        #[inline]
        fn drop(&mut self) {
            STATE.set(self.0);
        }
    }

    /// A guard for the time in which this thread has no state.
    pub(crate) struct Left(*mut ffi::PyThreadState);

    impl Left {
        #[inline]
        pub(crate) fn new() -> Self {
            Left(STATE.replace(null_mut()))
        }
    }

    impl Drop for Left {
        #[inline]
        fn drop(&mut self) {
            STATE.set(self.0);
        }
    }
}

#[cfg(any(Py_3_12, Py_LIMITED_API))]
mod tracking {
    //! Counts the ways into Python of each thread.

    use core::cell::Cell;

    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
    use pyo3_ffi::_PyThreadState_UncheckedGet as current;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
    use pyo3_ffi::PyThreadState_GetUnchecked as current;

    thread_local! {
        static DEPTH: Cell<usize> = const { Cell::new(0) };
    }

    /// Whether this thread has come into Python through us, and has not left it through us since.
    #[inline]
    pub(crate) fn has_entered() -> bool {
        DEPTH.get() > 0
    }

    /// Whether this thread is attached.
    #[inline]
    pub(crate) fn is_attached() -> bool {
        #[cfg(Py_LIMITED_API)]
        return has_entered();
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: callable on any thread at any time, attached or not.
        return !unsafe { current() }.is_null();
    }

    /// A guard that counts one attachment.
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

    /// A guard that sets the count to zero and restores it when dropped.
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

pub(crate) use tracking::{Entered, Left, has_entered, is_attached};

/// Runs the body of a trampoline.
///
/// # Safety
///
/// CPython called the trampoline, so this thread is attached. No exception is set.
#[inline]
pub(crate) unsafe fn entered<'py, R>(body: impl FnOnce(At<'py>) -> R) -> R {
    let _entered = Entered::new();
    // SAFETY: upheld by the caller.
    let py = unsafe { At::assume() };
    DEFERRED.drain(py);
    body(py)
}

/// Runs the body of a trampoline like [`entered`], but without first releasing the deferred references. For destructors
/// and the visits of the collector, where an exception may be set, or nothing else may run.
///
/// # Safety
///
/// CPython called the trampoline, so this thread is attached.
#[inline]
pub(crate) unsafe fn entered_quietly<'py, R>(body: impl FnOnce(At<'py>) -> R) -> R {
    let _entered = Entered::new();
    // SAFETY: upheld by the caller.
    body(unsafe { At::assume() })
}
