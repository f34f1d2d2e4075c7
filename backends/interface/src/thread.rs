//! Threads that attach to the interpreter.

use crate::{Attached, Backend, CompileMode, Outcome, RefOps};

/// Why a thread could not attach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachError {
    /// No interpreter runs.
    NotInitialized,
    /// The interpreter is shutting down or has ended.
    Finalizing,
    /// The garbage collector is visiting objects on this thread, so it must not use Python now.
    InTraverse,
}

/// Attaching and detaching threads.
pub trait ThreadOps: RefOps {
    /// Whether there may be more than one thread. If not, nothing can wait for another thread: what would have to wait
    /// is a deadlock, and panics.
    ///
    /// CPython: `true`. RustPython: `false` on WebAssembly without atomics, where `std::thread` cannot start one.
    const HAS_THREADS: bool = true;

    /// Returns whether this thread is attached.
    ///
    /// Runs Python: no. CPython: the thread state. RustPython: `current_vm_is_set`.
    fn thread_is_attached() -> bool;

    /// Runs `body` attached, attaching the thread first if necessary. May wait for other threads.
    ///
    /// Drains the deferred releases if it attaches. If `body` panics, the thread is restored to its previous state.
    ///
    /// Runs Python: finalisers of deferred references, and whatever `body` runs.
    /// CPython: `PyGILState_Ensure`, `PyGILState_Release`. RustPython: `Interpreter::enter` on the thread that built
    /// it, `attach_current_thread` on others.
    ///
    /// # Errors
    ///
    /// [`AttachError`]; `body` has not run then.
    fn thread_attach<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> Result<R, AttachError>;

    /// Runs `body` detached, so that other threads and the collector can proceed, and attaches again.
    ///
    /// `body` is `Send`, so it holds no handle and no attachment, and can use Python only through
    /// [`attach`](Self::thread_attach). If `body` panics, the thread is attached again before the panic continues.
    ///
    /// Runs Python: finalisers of deferred references, after `body`.
    /// CPython: `PyEval_SaveThread`, `PyEval_RestoreThread`. RustPython: `save_current_thread`,
    /// `restore_current_thread`.
    fn thread_detach<R>(py: Attached<'_, Self>, body: impl FnOnce() -> R + Send) -> R;

    /// Runs the Python handlers of signals that have arrived.
    ///
    /// Runs Python: yes. Errors: what a handler raises, usually `KeyboardInterrupt`.
    /// CPython: `PyErr_CheckSignals`. RustPython: `check_signals`.
    fn thread_check_signals<'py>(py: Attached<'py, Self>) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        // Every runtime checks for signals when it runs Python code.
        let code = Self::code_compile(py, c"None", c"<signals>", CompileMode::Eval)?;
        let globals = Self::dict_new(py);
        Self::code_eval(py, code.as_ref(), globals.as_ref(), globals.as_ref().any()).map(drop)
    }
}
