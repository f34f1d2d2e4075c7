//! The types a backend brings along.

/// The associated types of a runtime. Operations are in the traits above this one.
///
/// The implementing type is zero-sized: it names the runtime and holds nothing.
pub trait BackendTypes: Sized + Copy + Send + Sync + 'static {
    /// What a Python object starts with in memory. Handles are pointers to it.
    ///
    /// CPython: `PyObject`. RustPython: `rustpython_vm::PyObject`.
    type Object: 'static;

    /// Evidence that an operation failed and that its exception waits to be taken.
    ///
    /// A value stands for exactly one pending exception. Dropping it discards that exception. It must not outlive the
    /// attachment, and no operation other than those of [`ErrorOps`](crate::ErrorOps) may run while one is alive,
    /// except clones and drops of references.
    ///
    /// CPython: zero-sized, 'the error indicator of this thread is set'; a `Result` with it is as small as the C
    /// convention, and an error that only passes through costs nothing. RustPython: the exception itself.
    type Raised<'py>;
}

/// What an operation that may raise returns.
pub type Outcome<'py, B, T> = Result<T, <B as BackendTypes>::Raised<'py>>;
