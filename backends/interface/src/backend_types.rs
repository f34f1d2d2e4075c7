//! The types that a backend defines.

/// The associated types of a runtime. The traits that extend this one add the operations.
///
/// The implementing type is zero-sized: it names the runtime and holds nothing.
pub trait BackendTypes: Sized + Copy + Send + Sync + 'static {
    /// The start of every Python object in memory. Handles are pointers to it.
    ///
    /// CPython: `PyObject`. RustPython: `rustpython_vm::PyObject`.
    type Object: 'static;

    /// Evidence that an operation failed and that its exception is pending.
    ///
    /// A value stands for exactly one pending exception, and dropping it discards that exception. It must not outlive
    /// the attachment. While one is alive, no operation may run except those of [`ErrorOps`](crate::ErrorOps) and
    /// clones and drops of references.
    ///
    /// CPython: zero-sized, meaning 'the error indicator of this thread is set'. A `Result` with it is as small as the
    /// C convention, and passing an error on costs nothing. RustPython: the exception itself.
    type Raised<'py>;
}

/// The result of an operation that may raise.
pub type Outcome<'py, B, T> = Result<T, <B as BackendTypes>::Raised<'py>>;
