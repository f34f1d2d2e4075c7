//! Threads that attach to the interpreter.

use core::sync::atomic::{AtomicBool, Ordering};

use pyo3_backend::{AttachError, InterpreterOps, ThreadOps, is_attach_forbidden};
use pyo3_ffi as ffi;

use crate::attachment::{Entered, Left, is_attached};
use crate::ending::{Attaching, Interpreter};
use crate::refcount::DEFERRED;
use crate::{At, CPython, Outcome};

/// Whether a thread has attached through us before: where no interpreter runs then, it has ended.
static WAS_RUNNING: AtomicBool = AtomicBool::new(false);

impl ThreadOps for CPython {
    #[inline]
    fn thread_is_attached() -> bool {
        is_attached()
    }

    #[inline]
    fn thread_attach<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> Result<R, AttachError> {
        if is_attach_forbidden() {
            return Err(AttachError::InTraverse);
        }
        if !is_attached() {
            return attach_detached(body);
        }
        // SAFETY: just looked, and it stays so: `body` cannot detach for longer than a call of its own.
        let py = unsafe { At::assume() };
        DEFERRED.drain(py);
        Ok(body(py))
    }

    #[inline]
    fn thread_detach<R>(_py: At<'_>, body: impl FnOnce() -> R + Send) -> R {
        struct Suspended {
            state: *mut ffi::PyThreadState,
            left: Option<Left>,
            interpreter: Interpreter,
        }

        impl Drop for Suspended {
            fn drop(&mut self) {
                self.interpreter.must_run();
                // SAFETY: the state that this thread gave up in `detach`, below.
                unsafe { ffi::PyEval_RestoreThread(self.state) };
                self.left = None;
                // SAFETY: attached again.
                DEFERRED.drain(unsafe { At::assume() });
            }
        }

        let (left, interpreter) = (Some(Left::new()), Interpreter::current());
        // SAFETY: attached, which `py` proves; and so again when the guard is dropped, also by a panic of `body`.
        let _suspended = Suspended { state: unsafe { ffi::PyEval_SaveThread() }, left, interpreter };
        body()
    }

    #[inline]
    fn thread_check_signals(py: At<'_>) -> Outcome<'_, ()> {
        status!(py, unsafe ffi::PyErr_CheckSignals())
    }
}

/// Attaches this thread, which is not, for as long as `body` runs. Out of line, so that attaching where it is stays small.
#[inline(never)]
fn attach_detached<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> Result<R, AttachError> {
    let _state = ThreadState::ensure()?;
    // SAFETY: attached until `_state` is dropped.
    let py = unsafe { At::assume() };
    DEFERRED.drain(py);
    Ok(body(py))
}

/// This thread's attachment, made by `PyGILState_Ensure`.
struct ThreadState {
    state: ffi::PyGILState_STATE,
    entered: Option<Entered>,
}

impl ThreadState {
    /// Attaches this thread, which is not.
    fn ensure() -> Result<Self, AttachError> {
        let attaching = Attaching::new();
        if is_finalizing() {
            return Err(AttachError::Finalizing);
        }
        if !CPython::interpreter_is_initialized() {
            // A thread of a process that is about to end does not start another interpreter.
            let ended = WAS_RUNNING.load(Ordering::Relaxed);
            return Err(if ended { AttachError::Finalizing } else { AttachError::NotInitialized });
        }
        // SAFETY: an interpreter runs. (Should it begin to end this instant, CPython stops this thread for good.)
        let state = unsafe { attaching.ensure() };
        WAS_RUNNING.store(true, Ordering::Relaxed);
        Ok(ThreadState { state, entered: Some(Entered::new()) })
    }
}

impl Drop for ThreadState {
    fn drop(&mut self) {
        self.entered = None;
        // SAFETY: the counterpart of `ensure`, on the same thread, in the reverse order.
        unsafe { ffi::PyGILState_Release(self.state) }
    }
}

/// Whether the interpreter is on its way out.
pub(crate) fn is_finalizing() -> bool {
    #[cfg(Py_3_13)]
    // SAFETY: callable at any time.
    return unsafe { ffi::Py_IsFinalizing() != 0 };
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
    {
        unsafe extern "C" {
            // Public from 3.13 on, as `Py_IsFinalizing`; exported by every version before.
            fn _Py_IsFinalizing() -> core::ffi::c_int;
        }

        // SAFETY: callable at any time.
        unsafe { _Py_IsFinalizing() != 0 }
    }
    #[cfg(all(not(Py_3_13), Py_LIMITED_API))]
    // The limited API cannot tell. While it ends, `Py_IsInitialized` says 'no'.
    false
}
