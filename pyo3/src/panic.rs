//! Rust panics as Python exceptions.
//!
//! A panic must not unwind through a runtime. Everything that Python calls runs inside one of the functions at the end
//! of this file, which catch panics. No other file of this crate catches panics.

#![expect(unsafe_code, reason = "the macro implements `PyTypeInfo`")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3_backend::{PanicPayload, PanicToException, RaisePanic};

use crate::backend::{Active, Attached, Outcome, Raised};
use crate::exceptions::PyBaseException;
use crate::types::{PyAnyMethods, PyStringMethods};
use crate::{Bound, PyAny, PyErr, PyResult, Python};

crate::create_exception!(
    pyo3_runtime,
    PanicException,
    PyBaseException,
    "
A panic of Rust code that Python called.

It derives from BaseException, as SystemExit does: handlers of Exception let it
pass, so that it usually ends the program.
"
);

impl PanicException {
    /// Creates the exception for the payload of a panic, with its message if it is text.
    #[cold]
    #[inline(never)]
    fn from_panic_payload(payload: PanicPayload) -> PyErr {
        if let Some(message) = payload.downcast_ref::<String>() {
            PanicException::new_err((message.clone(),))
        } else if let Some(message) = payload.downcast_ref::<&'static str>() {
            PanicException::new_err((*message,))
        } else {
            // The payload has a type of the user's, whose drop may panic in turn. The second payload is not dropped at
            // all.
            if let Err(another) = catch(|| drop(payload)) {
                core::mem::forget(another);
            }
            PanicException::new_err(("panic from Rust code",))
        }
    }

    /// Whether an exception is a Rust panic that went through Python.
    pub(crate) fn is_instance(exception: &Bound<'_, PyBaseException>) -> bool {
        // A type object that was never made has no instances. It is not made here, because making it could fail if the
        // exception reports a stack overflow.
        let class = Self::type_cell_of_exception().get(exception.py());
        class.is_some_and(|class| exception.is_exact_instance(class.bind(exception.py())))
    }
}

/// Continues in Rust a panic that went through Python.
#[cold]
pub(crate) fn resume(py: Python<'_>, error: PyErr) -> ! {
    let message = match error.value(py).str() {
        Ok(text) => text.to_string_lossy().into_owned(),
        Err(_) => String::from("Unwrapped panic from Python code"),
    };
    eprintln!("--- PyO3 is resuming a panic after fetching a PanicException from Python. ---");
    eprintln!("Python stack trace below:");
    error.print(py);
    std::panic::resume_unwind(Box::new(message))
}

#[inline]
fn catch<R>(body: impl FnOnce() -> R) -> Result<R, PanicPayload> {
    catch_unwind(AssertUnwindSafe(body))
}

/// Runs the user's code. A panic becomes a `PanicException`.
///
/// # Errors
///
/// The exception of a panic.
#[inline]
pub(crate) fn catch_panic<R>(body: impl FnOnce() -> R) -> PyResult<R> {
    catch(body).map_err(PanicException::from_panic_payload)
}

/// How the contract is told to raise a panic.
pub(crate) const RAISE_PANIC: RaisePanic<Active> = RaisePanic::of::<PanicException>();

impl PanicToException<Active> for PanicException {
    #[cold]
    fn raise(py: Attached<'_>, payload: PanicPayload) -> Raised<'_> {
        PanicException::from_panic_payload(payload).into_raised(Python::from_attached(py))
    }
}

/// Runs the user's code that Python called. Its error or panic becomes the raised exception.
///
/// Converting a lazy error runs the user's code as well, so it happens inside.
///
/// # Errors
///
/// The error or the panic.
#[inline]
pub(crate) fn catch_and_raise<'py, R>(py: Python<'py>, body: impl FnOnce() -> PyResult<R>) -> Outcome<'py, R> {
    pyo3_backend::catch_panic(py.attached(), RAISE_PANIC, || body().map_err(|error| error.into_raised(py)))
}

/// Runs the user's code if it has no caller to raise to. Its error or panic goes to `sys.unraisablehook`, with `object`
/// as the place.
#[inline]
pub(crate) fn catch_and_report<'py>(
    py: Python<'py>,
    object: Option<&Bound<'py, PyAny>>,
    body: impl FnOnce() -> PyResult<()>,
) {
    if let Err(panic) = catch_panic(|| body().unwrap_or_else(|error| error.write_unraisable(py, object))) {
        panic.write_unraisable(py, object);
    }
}
