//! Exchanging exceptions between C code and the contract.

use crate::{Attached, ErrorOps};

/// Access to the error indicator for code outside of the contract.
///
/// Inside the contract a failed operation returns [`Raised`](crate::BackendTypes::Raised) and leaves nothing behind. C
/// code leaves its exception on the thread and returns null. These two operations convert between the two conventions.
/// A runtime without a C API needs one place per thread for an exception.
pub trait CApiOps: ErrorOps {
    /// Takes the exception that code outside of the contract left on the thread, or returns `None` if there is none.
    ///
    /// Runs Python: no.
    /// CPython: `PyErr_Occurred`.
    /// RustPython: the slot where `rustpython-capi` keeps it. That is also the slot of the exception being handled, so
    /// a call inside an `except` clause returns that one if C code left none.
    fn capi_error_fetch<'py>(py: Attached<'py, Self>) -> Option<Self::Raised<'py>>;

    /// Leaves the exception on the thread, for code outside of the contract that is about to return to Python. The
    /// opposite of [`capi_error_fetch`](Self::capi_error_fetch).
    ///
    /// Runs Python: no.
    /// CPython: nothing, since the indicator is already set. RustPython: `set_exception`.
    fn capi_error_leave<'py>(py: Attached<'py, Self>, raised: Self::Raised<'py>);
}
