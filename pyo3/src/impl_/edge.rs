//! The edge: where neutral functions meet the contract. Errors and panics change form here, once.

use core::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::backend::{Outcome, Owned, Ref};
use crate::{Borrowed, Bound, Py, PyAny, PyErr, PyResult, Python};

/// A neutral function as the contract wants it.
pub struct Adapter<F>(PhantomData<fn() -> F>);

/// Runs user code: its error becomes a raised exception, its panic a `PanicException`.
///
/// The exception of a lazy error is made by user code as well, hence in here.
#[inline]
pub(crate) fn guarded<'py, R>(py: Python<'py>, body: impl FnOnce() -> PyResult<R>) -> Outcome<'py, R> {
    match catch_unwind(AssertUnwindSafe(|| body().map_err(|error| error.into_raised(py)))) {
        Ok(outcome) => outcome,
        Err(payload) => Err(panicked(payload).into_raised(py)),
    }
}

/// Runs user code that has nobody to raise to: its error and its panic are reported. `object` says where.
#[inline]
pub(crate) fn reported<'py>(py: Python<'py>, object: Option<&Bound<'py, PyAny>>, body: impl FnOnce() -> PyResult<()>) {
    let body = || body().unwrap_or_else(|error| error.write_unraisable(py, object));
    if let Err(payload) = catch_unwind(AssertUnwindSafe(body)) {
        panicked(payload).write_unraisable(py, object);
    }
}

/// What a panic is to Python.
#[cold]
#[inline(never)]
pub(crate) fn panicked(payload: Box<dyn core::any::Any + Send>) -> PyErr {
    crate::panic::PanicException::from_panic_payload(payload)
}

/// A borrowed argument in the public API's terms.
#[inline]
pub(crate) fn borrowed<'a, 'py>(_py: Python<'py>, object: Ref<'a>) -> Borrowed<'a, 'py, PyAny> {
    Borrowed::wrap(object)
}

/// A result in the contract's terms.
#[inline]
pub(crate) fn owned<'py>(py: Python<'py>, object: Py<PyAny>) -> Owned<'py> {
    object.into_global().into_owned(py.attached())
}
