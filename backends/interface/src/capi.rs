//! What C code and the contract tell each other.

use crate::{Attached, ErrorOps};

/// The error indicator, as code outside of the contract uses it.
///
/// Inside the contract a failed operation returns [`Raised`](crate::BackendTypes::Raised), and nothing is left behind. C
/// code leaves its exception on the thread and returns null. These two lead from one to the other. A runtime without a C
/// API needs one place for an exception per thread.
pub trait CApiOps: ErrorOps {
    /// Takes the exception that code outside of the contract has left on the thread; `None` where there is none.
    ///
    /// Runs Python: no. CPython: `PyErr_Occurred`. RustPython: the slot that `rustpython-capi` keeps it in, which is that
    /// of the exception being handled: asked for without need inside an `except` clause, it gives that one.
    fn capi_error_fetch<'py>(py: Attached<'py, Self>) -> Option<Self::Raised<'py>>;

    /// Leaves the exception on the thread, for code outside of the contract that is about to return to Python. The
    /// opposite of [`capi_error_fetch`](Self::capi_error_fetch).
    ///
    /// Runs Python: no. CPython: nothing, the indicator is set already. RustPython: `set_exception`.
    fn capi_error_leave<'py>(py: Attached<'py, Self>, raised: Self::Raised<'py>);
}
