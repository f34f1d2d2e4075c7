//! Threads that attach to the interpreter.

use crate::{Attached, Backend, CompileMode, Outcome, RefOps};

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
    /// Whether there may be more than one thread. Where not, nobody waits for another thread: what would have to is a
    /// deadlock, and panics.
    ///
    /// CPython: `true`. RustPython: `false` on WebAssembly without atomics, where `std::thread` cannot start one.
    const HAS_THREADS: bool = true;

    /// Whether this thread is attached. Runs Python: no. CPython: the thread state. RustPython: `current_vm_is_set`.
    fn thread_is_attached() -> bool;

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
    fn thread_attach<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> Result<R, AttachError>;

    /// Runs `body` detached, so that other threads and the collector go on, and attaches again.
    ///
    /// `body` is `Send`, so it holds no handle and no attachment. It uses nothing of Python, except through [`attach`](Self::thread_attach). A panic of `body` goes on after
    /// the thread is attached again. CPython: `PyEval_SaveThread`, `PyEval_RestoreThread`.
    /// Runs Python: finalisers, of references that wait, after `body`.
    /// RustPython: `save_current_thread`, `restore_current_thread`.
    fn thread_detach<R>(py: Attached<'_, Self>, body: impl FnOnce() -> R + Send) -> R;

    /// Runs the Python handlers of signals that arrived.
    ///
    /// Runs Python: yes. Errors: what a handler raises, `KeyboardInterrupt` first of all.
    /// CPython: `PyErr_CheckSignals`. RustPython: `check_signals`.
    fn thread_check_signals<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        // Every runtime looks for signals where it runs Python code.
        let code = Self::code_compile(py, c"None", c"<signals>", CompileMode::Eval)?;
        let globals = Self::dict_new(py);
        Self::code_eval(py, code.as_ref(), globals.as_ref(), globals.as_ref().any()).map(drop)
    }
}
