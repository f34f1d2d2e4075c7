//! The interpreter's life.

#![expect(unsafe_code, reason = "an interpreter that ends leaves references that lead nowhere")]

use crate::{Attached, RefOps};

/// Starting and ending the interpreter, and what it is.
pub trait InterpreterOps: RefOps {
    /// Whether only one thread is attached at a time, so that being attached excludes all others.
    ///
    /// CPython: `true`, but for free-threaded builds. RustPython: `false`.
    const ATTACHED_IS_EXCLUSIVE: bool;

    /// Whether an interpreter runs. Runs Python: no. CPython: `Py_IsInitialized`. RustPython: whether the backend owns one.
    fn interpreter_is_initialized() -> bool;

    /// Starts the interpreter where none runs, without signal handlers; the thread is detached afterwards.
    ///
    /// Idempotent; concurrent callers wait for the first. Runs Python: yes (`site`). CPython: `Py_InitializeEx(0)`.
    /// RustPython: builds the
    /// interpreter with the standard library and all modules registered so far.
    fn interpreter_initialize();

    /// Starts the interpreter, runs `body` attached, ends the interpreter, and gives back what `body` gave.
    ///
    /// Runs Python: yes.
    /// CPython: `Py_InitializeEx`, `Py_FinalizeEx`. RustPython: the interpreter is built and dropped.
    ///
    /// # Panics
    ///
    /// Where an interpreter runs already.
    ///
    /// # Safety
    ///
    /// No object is used after `body` has returned, but for giving up references: they lead into an interpreter that has
    /// ended.
    unsafe fn interpreter_embed<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> R;

    /// The version in the form of `sys.version`, for example `3.12.1 (main, ...)`.
    ///
    /// Attached or not, and also where no interpreter runs. Runs Python: no. CPython: `Py_GetVersion`. RustPython:
    /// `version::RUSTPYTHON_VERSION`.
    fn interpreter_version() -> &'static str;
}
