//! Watching which context of `contextvars` is the current one.

use crate::{Attached, Backend, ErrorOps, ExceptionType, Outcome, Ref, provided};

/// A change that a [`ContextWatcher`] is told of.
pub enum ContextEvent<'a, B: ErrorOps> {
    /// This thread has another current context, or none any more.
    Switched(Option<Ref<'a, B>>),
    /// An event that this version of the contract does not know, with the runtime's number and object for it.
    Other(u32, Option<Ref<'a, B>>),
}

/// A Rust function that the runtime calls after a change, as a zero-sized type.
pub trait ContextWatcher<B: ErrorOps>: 'static {
    /// Reacts to the change. Does not unwind.
    ///
    /// # Errors
    ///
    /// An exception. The backend reports it to `sys.unraisablehook`, and the change stands.
    fn call<'a, 'py: 'a>(py: Attached<'py, B>, event: ContextEvent<'a, B>) -> Outcome<'py, B, ()>;
}

/// Operations on contexts.
///
/// Names begin with `context_`.
pub trait ContextOps: ErrorOps {
    /// Calls `W` from now on whenever the current context of a thread changes, on that thread. Returns the number of
    /// the watcher.
    ///
    /// If an exception is pending during the change, it is not disturbed.
    ///
    /// Runs Python: no. Errors: `RuntimeError` if the runtime has no place for another watcher; `NotImplementedError`
    /// if it has no watchers.
    /// CPython: `PyContext_AddWatcher` (3.14); as provided with the stable ABI and in free-threaded builds, where
    /// watchers crash (<https://github.com/python/cpython/issues/155619>). RustPython: as provided.
    fn context_add_watcher<'py, W: ContextWatcher<Self>>(py: Attached<'py, Self>) -> Outcome<'py, Self, i32>
    where
        Self: Backend,
    {
        Err(none(py))
    }

    /// Removes a watcher that [`context_add_watcher`](Self::context_add_watcher) has added.
    ///
    /// Runs Python: no. Errors: `ValueError` if there is none with this number; `NotImplementedError` if the runtime has
    /// no watchers.
    /// CPython: `PyContext_ClearWatcher` (3.14); otherwise as provided. RustPython: as provided.
    fn context_clear_watcher<'py>(py: Attached<'py, Self>, watcher: i32) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let _ = watcher;
        Err(none(py))
    }
}

fn none<'py, B: Backend>(py: Attached<'py, B>) -> B::Raised<'py> {
    let message = "this Python does not report changes of the current context";
    provided::raise(py, ExceptionType::NotImplementedError, message)
}
