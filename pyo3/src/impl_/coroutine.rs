//! The expansion of `async fn`. The future keeps all arguments as objects, and converts them when it first runs.

use core::future::Future;

pub use crate::coroutine::{CancelHandle, Coroutine, ThrowCallback};

use super::receiver::Receiver;
use crate::type_object::PyTypeCheck;
use crate::{Borrowed, Bound, Py, PyAny, PyResult, Python};

/// Creates the coroutine object that runs `future`.
///
/// # Errors
///
/// If the runtime cannot allocate the object.
pub fn start<'py, F>(
    py: Python<'py>,
    name: &'static str,
    class: Option<&'static str>,
    throw: Option<ThrowCallback>,
    future: F,
) -> PyResult<Bound<'py, PyAny>>
where
    F: Future<Output = PyResult<Py<PyAny>>> + Send + 'static,
{
    Bound::new(py, Coroutine::new(name, class, throw, future)).map(Bound::into_any)
}

/// Keeps an optional argument for later.
pub fn keep(argument: Option<Borrowed<'_, '_, PyAny>>) -> Option<Py<PyAny>> {
    argument.map(|argument| argument.to_owned().unbind())
}

/// Keeps a required argument for later.
pub fn keep_present(argument: Borrowed<'_, '_, PyAny>) -> Py<PyAny> {
    argument.to_owned().unbind()
}

/// Runs `body` with a token. The thread is already attached whenever the future runs.
///
/// # Errors
///
/// What `body` returns.
pub fn attached<R>(body: impl for<'py> FnOnce(Python<'py>) -> PyResult<R>) -> PyResult<R> {
    Python::attach(body)
}

/// Runs `body` as [`attached`] does, for the last step: the future's result is an unbound object.
///
/// # Errors
///
/// What `body` returns.
pub fn returned(body: impl for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>>) -> PyResult<Py<PyAny>> {
    Python::attach(|py| body(py).map(Bound::unbind))
}

/// Borrows the kept argument `object`.
pub fn kept<'a, 'py>(py: Python<'py>, object: &'a Py<PyAny>) -> Borrowed<'a, 'py, PyAny> {
    object.bind_borrowed(py)
}

/// Converts the receiver `object`, an instance of `C`, to the form that the function takes.
///
/// # Errors
///
/// `TypeError` if it is of another type, `RuntimeError` if it cannot be borrowed now.
pub fn receive<'s, 'py, C, R>(py: Python<'py>, object: &'s Py<PyAny>) -> PyResult<R>
where
    'py: 's,
    C: PyTypeCheck + 's,
    R: Receiver<'s, 'py, C>,
{
    R::receive(object.bind(py).cast::<C>()?)
}
