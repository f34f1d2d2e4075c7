//! The interpreter's life, and threads that attach to it.

#![expect(unsafe_code, reason = "an interpreter that ends leaves references that lead nowhere")]

use crate::{Attached, Backend, CompileMode, Outcome, RefOps};

/// Starting and ending the interpreter, and what it is.
pub trait InterpreterOps: RefOps {
    /// Whether only one thread is attached at a time, so that being attached excludes all others.
    ///
    /// CPython: `true`, but for free-threaded builds. RustPython: `false`.
    const ATTACHED_IS_EXCLUSIVE: bool;

    /// The implementation, as `sys.implementation.name` has it.
    const IMPLEMENTATION: &'static str;

    /// Whether an interpreter runs. Runs Python: no. CPython: `Py_IsInitialized`. RustPython: whether the backend owns one.
    fn is_initialized() -> bool;

    /// Starts the interpreter where none runs, without signal handlers; the thread is detached afterwards.
    ///
    /// Idempotent; concurrent callers wait for the first. Runs Python: yes (`site`). CPython: `Py_InitializeEx(0)`.
    /// RustPython: builds the
    /// interpreter with the standard library and all modules registered so far.
    fn initialize();

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
    unsafe fn with_embedded<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> R;

    /// The version in the form of `sys.version`, for example `3.12.1 (main, ...)`.
    ///
    /// Attached or not, and also where no interpreter runs. Runs Python: no. CPython: `Py_GetVersion`. RustPython:
    /// `version::RUSTPYTHON_VERSION`.
    fn version() -> &'static str;
}

/// Why a thread could not attach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachError {
    /// No interpreter runs.
    NotInitialized,
    /// The interpreter is on its way out, or has ended.
    Finalizing,
    /// The garbage collector is visiting objects on this thread, which must not touch Python now.
    InTraverse,
}

/// Threads and attachment.
pub trait ThreadOps: RefOps {
    /// Whether this thread is attached. Runs Python: no. CPython: the thread state. RustPython: `current_vm_is_set`.
    fn is_attached() -> bool;

    /// Runs `body` attached, attaching the thread first where it is not. May wait for other threads.
    ///
    /// Drains the deferred releases where it attaches. A panic of `body` leaves the thread as it was before.
    /// Runs Python: finalisers, of references that wait; and what `body` does.
    /// CPython: `PyGILState_Ensure`, `PyGILState_Release`. RustPython: `Interpreter::enter` on the thread that built it,
    /// `attach_current_thread` on others.
    ///
    /// # Errors
    ///
    /// [`AttachError`]; `body` was not run then.
    fn attach<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> Result<R, AttachError>;

    /// Runs `body` detached, so that other threads and the collector go on, and attaches again.
    ///
    /// Nothing of Python may be used in `body`, except through [`attach`](Self::attach). A panic of `body` goes on after
    /// the thread is attached again. CPython: `PyEval_SaveThread`, `PyEval_RestoreThread`.
    /// Runs Python: finalisers, of references that wait, after `body`.
    /// RustPython: `save_current_thread`, `restore_current_thread`.
    fn detach<R>(py: Attached<'_, Self>, body: impl FnOnce() -> R) -> R;

    /// Runs the Python handlers of signals that arrived.
    ///
    /// Runs Python: yes. Errors: what a handler raises, `KeyboardInterrupt` first of all.
    /// CPython: `PyErr_CheckSignals`. RustPython: `check_signals`.
    fn check_signals<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        // Every runtime looks for signals where it runs Python code.
        let code = Self::compile(py, c"None", c"<signals>", CompileMode::Eval)?;
        let globals = Self::dict_new(py);
        Self::eval_code(py, code.as_ref(), globals.as_ref(), globals.as_ref().any()).map(drop)
    }
}
