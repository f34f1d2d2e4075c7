//! The interpreter's life, and threads that attach to it.

use core::ffi::CStr;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Once;

use pyo3_backend::{AttachError, InterpreterOps, ThreadOps, is_attach_forbidden};
use pyo3_ffi as ffi;

use crate::attachment::{Entered, Left, is_attached};
use crate::ending::{Attaching, Interpreter, watch};
use crate::refcount::DEFERRED;
use crate::{At, CPython, Outcome};

/// Whether [`CPython::initialize`](InterpreterOps::initialize) is at work, so that other threads have to wait.
static STARTING: AtomicBool = AtomicBool::new(false);

/// Whether a thread has attached through us before: where no interpreter runs then, it has ended.
static WAS_RUNNING: AtomicBool = AtomicBool::new(false);

impl InterpreterOps for CPython {
    const ATTACHED_IS_EXCLUSIVE: bool = cfg!(not(Py_GIL_DISABLED));

    const IMPLEMENTATION: &'static str = "cpython";

    #[inline]
    fn is_initialized() -> bool {
        // SAFETY: callable at any time. CPython says yes before it runs the module `site`.
        unsafe { ffi::Py_IsInitialized() != 0 && !STARTING.load(Ordering::Acquire) }
    }

    fn initialize() {
        static START: Once = Once::new();

        struct Started;

        impl Drop for Started {
            fn drop(&mut self) {
                STARTING.store(false, Ordering::Release);
            }
        }

        pyo3_backend::mark!();
        // Code that the start itself runs must not wait for its end.
        if is_attached() {
            return;
        }
        // If a start panicked, the next caller tries again rather than panic as well.
        START.call_once_force(|_| {
            if Self::is_initialized() {
                return;
            }
            STARTING.store(true, Ordering::Release);
            let _started = Started;
            // SAFETY: no interpreter runs. Started, this thread is attached, and gives that up at once.
            unsafe {
                ffi::Py_InitializeEx(0);
                ffi::PyEval_SaveThread();
            }
        });
    }

    unsafe fn with_embedded<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> R {
        struct End;

        impl Drop for End {
            fn drop(&mut self) {
                // SAFETY: this thread started the interpreter, and is attached again wherever `body` left it.
                unsafe {
                    DEFERRED.drain(At::assume());
                    ffi::Py_Finalize();
                }
            }
        }

        pyo3_backend::mark!();
        assert!(
            !Self::is_initialized(),
            "called `with_embedded_python_interpreter` but a Python interpreter is already running."
        );
        // SAFETY: no interpreter runs.
        unsafe { ffi::Py_InitializeEx(0) };
        // At once, so that of all exit functions ours is the last.
        watch();
        let _entered = Entered::new();
        let _end = End;
        // SAFETY: started, this thread is attached until the end.
        body(unsafe { At::assume() })
    }

    fn version() -> &'static str {
        // SAFETY: a text that lives as long as the process, ending in a null byte.
        let version = unsafe { CStr::from_ptr(ffi::Py_GetVersion()) };
        version.to_str().unwrap_or("unknown")
    }
}

impl ThreadOps for CPython {
    #[inline]
    fn is_attached() -> bool {
        is_attached()
    }

    #[inline]
    fn attach<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> Result<R, AttachError> {
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
    fn detach<R>(_py: At<'_>, body: impl FnOnce() -> R) -> R {
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
    fn check_signals(py: At<'_>) -> Outcome<'_, ()> {
        status!(py, PyErr_CheckSignals())
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
        if !CPython::is_initialized() {
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
