//! Starting and ending the interpreter.

use core::ffi::CStr;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::Once;

use pyo3_backend::InterpreterOps;
use pyo3_ffi as ffi;

use crate::attachment::{Entered, is_attached};
use crate::ending::watch;
use crate::refcount::DEFERRED;
use crate::{At, CPython};

/// Whether [`CPython::interpreter_initialize`](InterpreterOps::interpreter_initialize) is running, so that other
/// threads have to wait.
static STARTING: AtomicBool = AtomicBool::new(false);

impl InterpreterOps for CPython {
    const ATTACHED_IS_EXCLUSIVE: bool = cfg!(not(Py_GIL_DISABLED));

    #[inline]
    fn interpreter_is_initialized() -> bool {
        // SAFETY: callable at any time. CPython returns true before it runs the module `site`.
        unsafe { ffi::Py_IsInitialized() != 0 && !STARTING.load(Ordering::Acquire) }
    }

    fn interpreter_initialize() {
        static START: Once = Once::new();

        struct Started;

        impl Drop for Started {
            fn drop(&mut self) {
                STARTING.store(false, Ordering::Release);
            }
        }

        pyo3_backend::mark!();
        // Code that runs during the start must not wait for its end.
        if is_attached() {
            return;
        }
        // If a start panicked, the next caller tries again instead of panicking too.
        START.call_once_force(|_| {
            if Self::interpreter_is_initialized() {
                return;
            }
            STARTING.store(true, Ordering::Release);
            let _started = Started;
            // SAFETY: no interpreter runs. After the start this thread is attached, and it detaches immediately.
            unsafe {
                ffi::Py_InitializeEx(0);
                ffi::PyEval_SaveThread();
            }
        });
    }

    unsafe fn interpreter_embed<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> R {
        struct End;

        impl Drop for End {
            fn drop(&mut self) {
                // SAFETY: this thread started the interpreter, and is attached again however `body` ended.
                unsafe {
                    DEFERRED.drain(At::assume());
                    ffi::Py_Finalize();
                }
            }
        }

        pyo3_backend::mark!();
        assert!(
            !Self::interpreter_is_initialized(),
            "called `with_embedded_python_interpreter` but a Python interpreter is already running."
        );
        // SAFETY: no interpreter runs.
        unsafe { ffi::Py_InitializeEx(0) };
        // Immediately, so that our exit function is the last to run.
        watch();
        let _entered = Entered::new();
        let _end = End;
        // SAFETY: this thread started the interpreter, and is attached until the end.
        body(unsafe { At::assume() })
    }

    fn interpreter_version() -> &'static str {
        // SAFETY: a C string that lives as long as the process.
        let version = unsafe { CStr::from_ptr(ffi::Py_GetVersion()) };
        version.to_str().unwrap_or("unknown")
    }
}
