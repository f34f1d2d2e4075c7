//! An interpreter for the duration of a function.

use pyo3_backend::InterpreterOps;

use crate::Python;
use crate::backend::{Active, connect_c_api};

/// Starts an interpreter, runs `f` in it, and then ends it, which also calls the `atexit` handlers.
///
/// Call this at most once in a process: some extension modules do not survive a second start of the interpreter.
///
/// # Safety
///
/// After the return, no Python object may be used, including those that `f` leaks and those in statics.
///
/// # Panics
///
/// Panics if an interpreter is already running.
///
/// ```
/// # use pyo3::prelude::*;
/// // SAFETY: nothing of Python is kept.
/// unsafe {
///     pyo3::with_embedded_python_interpreter(|py| {
///         py.run(c"print('Hello')", None, None).unwrap();
///     })
/// }
/// ```
#[expect(unsafe_code, reason = "the caller promises not to use objects of a dead interpreter")]
pub unsafe fn with_embedded_python_interpreter<F, R>(f: F) -> R
where
    F: for<'p> FnOnce(Python<'p>) -> R,
{
    connect_c_api();
    // SAFETY: the caller promises not to use any Python object after the return.
    unsafe { Active::interpreter_embed(|attached| f(Python::from_attached(attached))) }
}
