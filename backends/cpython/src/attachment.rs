//! Whether this thread is attached, and entering Rust from Python.
//!
//! With the full API CPython is asked: it keeps the current thread state. The limited API cannot tell without ending
//! the process where there is none, so with it every way in and out of Python counts in a thread-local. Foreign code that
//! detaches between two of our frames, and then calls Rust, is not seen then: it has to attach before it does so.

use crate::At;
use crate::refcount::DEFERRED;

#[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
mod tracking {
    //! CPython knows: the current thread state is thread-local.

    #[cfg(not(Py_3_13))]
    use pyo3_ffi::_PyThreadState_UncheckedGet as current;
    #[cfg(Py_3_13)]
    use pyo3_ffi::PyThreadState_GetUnchecked as current;

    /// Whether this thread is attached.
    #[inline]
    pub(crate) fn is_attached() -> bool {
        // SAFETY: callable on any thread at any time.
        !unsafe { current() }.is_null()
    }

    /// Nothing to keep.
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

#[cfg(all(not(Py_3_12), not(Py_LIMITED_API)))]
mod tracking {
    //! Before 3.12 there is one current thread state in the process, whose thread may be another one. So each thread
    //! keeps the state that it was entered with. Where foreign code has detached since, another one is current.

    use core::cell::Cell;
    use core::ptr::null_mut;

    use pyo3_ffi::{self as ffi, _PyThreadState_UncheckedGet as current};

    thread_local! {
        static STATE: Cell<*mut ffi::PyThreadState> = const { Cell::new(null_mut()) };
    }

    /// Whether this thread is attached.
    #[inline]
    pub(crate) fn is_attached() -> bool {
        // SAFETY: callable on any thread; reads one atomic.
        let current = unsafe { current() };
        // The second question is for threads that foreign code attached. It knows of no subinterpreters.
        // SAFETY: callable on any thread; null where the thread has no state or no interpreter runs.
        !current.is_null() && (current == STATE.get() || current == unsafe { ffi::PyGILState_GetThisThreadState() })
    }

    /// Keeps the current state while alive.
    pub(crate) struct Entered(*mut ffi::PyThreadState);

    impl Entered {
        #[inline]
        pub(crate) fn new() -> Self {
            // SAFETY: as above.
            Entered(STATE.replace(unsafe { current() }))
        }
    }

    impl Drop for Entered {
        #[inline]
        fn drop(&mut self) {
            STATE.set(self.0);
        }
    }

    /// Keeps none while alive.
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
