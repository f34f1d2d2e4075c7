//! The life cycle of the interpreter.

#![expect(unsafe_code, reason = "an interpreter that ends leaves references that lead nowhere")]

use crate::{Attached, RefOps};

/// Starting and ending the interpreter, and querying it.
pub trait InterpreterOps: RefOps {
    /// Whether only one thread at a time is attached, so that being attached excludes all others.
    ///
    /// CPython: `true`, except in free-threaded builds. RustPython: `false`.
    const ATTACHED_IS_EXCLUSIVE: bool;

    /// Returns whether an interpreter is running.
    ///
    /// Runs Python: no. CPython: `Py_IsInitialized`. RustPython: whether the backend owns one.
    fn interpreter_is_initialized() -> bool;

    /// Starts the interpreter if none is running, without signal handlers. The thread is detached afterwards.
    ///
    /// Idempotent; concurrent callers wait for the first one.
    ///
    /// Runs Python: yes (`site`).
    /// CPython: `Py_InitializeEx(0)`. RustPython: builds the interpreter with the standard library and all modules
    /// registered so far.
    fn interpreter_initialize();

    /// Starts the interpreter, runs `body` attached, ends the interpreter, and returns what `body` returned.
    ///
    /// Runs Python: yes.
    /// CPython: `Py_InitializeEx`, `Py_FinalizeEx`. RustPython: builds and drops the interpreter.
    ///
    /// # Panics
    ///
    /// If an interpreter is already running.
    ///
    /// # Safety
    ///
    /// After `body` has returned, no object may be used, other than to release references: they point into an
    /// interpreter that has ended.
    unsafe fn interpreter_embed<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> R;

    /// Returns the version in the form of `sys.version`, for example `3.12.1 (main, ...)`.
    ///
    /// May be called detached, and when no interpreter is running.
    ///
    /// Runs Python: no. CPython: `Py_GetVersion`. RustPython: `version::RUSTPYTHON_VERSION`.
    fn interpreter_version() -> &'static str;
}
