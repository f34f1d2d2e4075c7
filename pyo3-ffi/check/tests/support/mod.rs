//! An interpreter to test functions of the C API in.

use pyo3::Python;

/// Runs `body` on an attached thread, starting the interpreter if no test has done so.
///
/// The interpreter is the one that the backend owns, as in every program that uses `pyo3` and the C API beside it.
pub fn attached(body: impl FnOnce()) {
    Python::initialize();
    Python::attach(|_| body());
}
