//! What `async fn` turns into. All arguments go into the future as objects; they are converted when it first runs.

use core::future::Future;

pub use crate::coroutine::{CancelHandle, Coroutine, ThrowCallback};

use super::receiver::Receiver;
use crate::type_object::PyTypeCheck;
use crate::{Borrowed, Bound, IntoPyObjectExt, Py, PyAny, PyResult, Python};

/// The coroutine object that runs `future`.
///
/// # Errors
///
/// Where the runtime cannot allocate one.
pub fn start<F>(
    py: Python<'_>,
    name: &'static str,
    class: Option<&'static str>,
    throw: Option<ThrowCallback>,
    future: F,
) -> PyResult<Py<PyAny>>
where
    F: Future<Output = PyResult<Py<PyAny>>> + Send + 'static,
{
    Bound::new(py, Coroutine::new(name, class, throw, future))?.into_py_any(py)
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

/// The kept argument `object`, borrowed.
pub fn kept<'a, 'py>(py: Python<'py>, object: &'a Py<PyAny>) -> Borrowed<'a, 'py, PyAny> {
    object.bind_borrowed(py)
}

/// The receiver `object`, an instance of `C`, in the form that the function asks for.
///
/// # Errors
///
/// `TypeError` where it is of another type, `RuntimeError` where it cannot be borrowed now.
pub fn receive<'s, 'py, C, R>(py: Python<'py>, object: &'s Py<PyAny>) -> PyResult<R>
where
    'py: 's,
    C: PyTypeCheck + 's,
    R: Receiver<'s, 'py, C>,
{
    R::receive(object.bind(py).cast::<C>()?)
}
