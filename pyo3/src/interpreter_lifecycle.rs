//! Starting and ending the interpreter.

use pyo3_backend::InterpreterOps;

use crate::Python;
use crate::backend::{Active, connect_c_api};

/// Starts the interpreter if none runs.
pub(crate) fn initialize() {
    connect_c_api();
    if !Active::interpreter_is_initialized() {
        Active::interpreter_initialize();
    }
}

/// What must be done before a thread attaches.
#[inline]
pub(crate) fn connect() {
    connect_c_api();
}

/// Runs `f` in an interpreter of its own life: started before, ended after, `atexit` handlers included.
///
/// Some extension modules do not survive a second start of the interpreter in one process, so call this once.
///
/// # Safety
///
/// No Python object may be used after it returns: not the ones that `f` leaks, not statics that hold some.
///
/// # Panics
///
/// If an interpreter runs already.
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
    // SAFETY: as the caller promises.
    unsafe { Active::interpreter_embed(|attached| f(Python::from_attached(attached))) }
}
