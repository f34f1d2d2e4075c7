//! Panics of Rust as Python exceptions.

#![expect(unsafe_code, reason = "the macro implements `PyTypeInfo`")]

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::exceptions::PyBaseException;
use crate::types::{PyAnyMethods, PyStringMethods};
use crate::{Bound, PyErr, Python};

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
    pub(crate) fn from_panic_payload(payload: Box<dyn Any + Send + 'static>) -> PyErr {
        if let Some(message) = payload.downcast_ref::<String>() {
            PanicException::new_err((message.clone(),))
        } else if let Some(message) = payload.downcast_ref::<&'static str>() {
            PanicException::new_err((*message,))
        } else {
            // Of a type of the user's, which may panic in turn when it is dropped. One more is not asked to.
            if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
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
    eprintln!("A panic of Rust code comes back to Rust through Python, where it was a PanicException:");
    error.print(py);
    std::panic::resume_unwind(Box::new(message))
}
