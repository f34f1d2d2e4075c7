//! Panics of Rust as Python exceptions.
//!
//! A panic must not unwind through a runtime. Whatever Python calls runs inside one of the functions at the end of this
//! file, which catch it. No other file of this crate catches panics.

#![expect(unsafe_code, reason = "the macro implements `PyTypeInfo`")]

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::backend::Outcome;
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
    /// The exception for what a panic left behind: its message, where it was text.
    #[cold]
    #[inline(never)]
    fn from_panic_payload(payload: Payload) -> PyErr {
        if let Some(message) = payload.downcast_ref::<String>() {
            PanicException::new_err((message.clone(),))
        } else if let Some(message) = payload.downcast_ref::<&'static str>() {
            PanicException::new_err((*message,))
        } else {
            // Of a type of the user's, which may panic in turn when it is dropped. One more is not asked to.
            if let Err(another) = catch(|| drop(payload)) {
                core::mem::forget(another);
            }
            PanicException::new_err(("panic from Rust code",))
        }
    }

    /// Whether an exception is a panic on its way back.
    pub(crate) fn is_instance(exception: &Bound<'_, PyBaseException>) -> bool {
        // A type that is yet to be made has no instances. It is not made for the question, which could fail where the exception
        // says that the stack is used up.
        let class = Self::type_cell_of_exception().get(exception.py());
        class.is_some_and(|class| exception.is_exact_instance(class.bind(exception.py())))
    }
}

/// A panic that went through Python goes on in Rust.
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

/// What a panic leaves behind.
type Payload = Box<dyn Any + Send + 'static>;

#[inline]
fn catch<R>(body: impl FnOnce() -> R) -> Result<R, Payload> {
    catch_unwind(AssertUnwindSafe(body))
}

/// Runs code of the user's. A panic becomes a `PanicException`.
///
/// # Errors
///
/// The panic.
#[inline]
pub(crate) fn catch_panic<R>(body: impl FnOnce() -> R) -> PyResult<R> {
    catch(body).map_err(PanicException::from_panic_payload)
}

/// Runs code of the user's that Python called: its error and its panic become the raised exception.
///
/// The exception of a lazy error is made by code of the user's as well, hence inside.
///
/// # Errors
///
/// The error or the panic.
#[inline]
pub(crate) fn catch_and_raise<'py, R>(py: Python<'py>, body: impl FnOnce() -> PyResult<R>) -> Outcome<'py, R> {
    match catch_panic(|| body().map_err(|error| error.into_raised(py))) {
        Ok(outcome) => outcome,
        Err(panic) => Err(panic.into_raised(py)),
    }
}

/// Runs code of the user's that has no caller to raise to: its error and its panic go to `sys.unraisablehook`, with
/// `object` as the place.
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
