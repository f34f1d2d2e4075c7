//! An interpreter for tests of C API functions.

use pyo3::Python;

/// Runs `body` on an attached thread. Starts the interpreter if no test has started it.
///
/// The backend owns the interpreter, as in every program that uses both `pyo3` and the C API.
pub fn attached(body: impl FnOnce()) {
    Python::initialize();
    Python::attach(|_| body());
}
