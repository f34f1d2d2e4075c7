//! Attaching threads to the interpreter, and detaching them.

use core::sync::atomic::{AtomicBool, Ordering};

use pyo3_backend::{AttachError, InterpreterOps, ThreadOps, is_attach_forbidden};
use pyo3_ffi as ffi;

use crate::attachment::{Entered, Left, is_attached};
use crate::ending::{Attaching, Interpreter};
use crate::refcount::DEFERRED;
use crate::{At, CPython, Outcome};

/// Whether a thread has attached through us before. If no interpreter runs then, it has ended.
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
        // SAFETY: just checked, and it stays attached during `body`: every detach inside ends by attaching again.
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
                // SAFETY: the state that this thread saved below.
                unsafe { ffi::PyEval_RestoreThread(self.state) };
                self.left = None;
                // SAFETY: attached again.
                DEFERRED.drain(unsafe { At::assume() });
            }
        }

        let (left, interpreter) = (Some(Left::new()), Interpreter::current());
        // SAFETY: `py` proves that the thread is attached. The guard attaches it again, even if `body` panics.
        let _suspended = Suspended { state: unsafe { ffi::PyEval_SaveThread() }, left, interpreter };
        body()
    }

    #[inline]
    fn thread_check_signals(py: At<'_>) -> Outcome<'_, ()> {
        status!(py, unsafe ffi::PyErr_CheckSignals())
    }
}

/// Attaches this detached thread while `body` runs. Out of line, so that the path of an attached thread stays small.
#[inline(never)]
fn attach_detached<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> Result<R, AttachError> {
    let _state = ThreadState::ensure()?;
    // SAFETY: attached until `_state` is dropped.
    let py = unsafe { At::assume() };
    DEFERRED.drain(py);
    Ok(body(py))
}

/// The attachment of this thread through `PyGILState_Ensure`.
struct ThreadState {
    state: ffi::PyGILState_STATE,
    entered: Option<Entered>,
}

impl ThreadState {
    /// Attaches this detached thread.
    fn ensure() -> Result<Self, AttachError> {
        let attaching = Attaching::new();
        if is_finalizing() {
            return Err(AttachError::Finalizing);
        }
        if !CPython::interpreter_is_initialized() {
            // A thread of a process that is about to exit must not start another interpreter.
            let ended = WAS_RUNNING.load(Ordering::Relaxed);
            return Err(if ended { AttachError::Finalizing } else { AttachError::NotInitialized });
        }
        // SAFETY: an interpreter runs. (If it begins to end at this moment, CPython blocks or ends this thread.)
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

/// Whether the interpreter is shutting down.
pub(crate) fn is_finalizing() -> bool {
    #[cfg(Py_3_13)]
    // SAFETY: callable at any time.
    return unsafe { ffi::Py_IsFinalizing() != 0 };
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
    {
        unsafe extern "C" {
            // Public since 3.13 as `Py_IsFinalizing`; all earlier versions export it under this name.
            fn _Py_IsFinalizing() -> core::ffi::c_int;
        }

        // SAFETY: callable at any time.
        unsafe { _Py_IsFinalizing() != 0 }
    }
    #[cfg(all(not(Py_3_13), Py_LIMITED_API))]
    // The limited API cannot tell. During the shutdown, `Py_IsInitialized` returns false.
    false
}
