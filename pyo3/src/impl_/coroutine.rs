//! What `async fn` turns into. All arguments go into the future as objects; they are converted when it first runs.

use core::future::Future;

pub use crate::coroutine::{CancelHandle, Coroutine, ThrowCallback};

use super::receiver::Receiver;
use crate::type_object::PyTypeCheck;
use crate::{Borrowed, Bound, Py, PyAny, PyResult, Python};

/// The coroutine object that runs `future`.
///
/// # Errors
///
/// If the runtime cannot allocate one.
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

/// Keeps an argument for later.
pub fn keep(argument: Option<Borrowed<'_, '_, PyAny>>) -> Option<Py<PyAny>> {
    argument.map(|argument| argument.to_owned().unbind())
}

/// Keeps an argument that is there for later.
pub fn keep_present(argument: Borrowed<'_, '_, PyAny>) -> Py<PyAny> {
    argument.to_owned().unbind()
}

/// Runs `body` with the proof that the thread is attached, which it is whenever the future runs.
///
/// # Errors
///
/// Those of `body`.
pub fn attached<R>(body: impl for<'py> FnOnce(Python<'py>) -> PyResult<R>) -> PyResult<R> {
    Python::attach(body)
}

/// As [`attached`], for the last step: the future's result is an object that may be kept anywhere.
///
/// # Errors
///
/// Those of `body`.
pub fn returned(body: impl for<'py> FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>>) -> PyResult<Py<PyAny>> {
    Python::attach(|py| body(py).map(Bound::unbind))
}

/// The kept argument `object`, borrowed.
pub fn kept<'a, 'py>(py: Python<'py>, object: &'a Py<PyAny>) -> Borrowed<'a, 'py, PyAny> {
    object.bind_borrowed(py)
}

/// The receiver `object`, an instance of `C`, in the form that the function asks for.
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
