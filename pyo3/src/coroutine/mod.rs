//! The Python object that a call of an `async fn` returns, and that Python awaits. Feature `experimental-async`.
//!
//! A Rust future that is pending lets the task wait for a future of asyncio. The waker completes that one, from any
//! thread.

mod cancel;
mod waker;

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex, PoisonError};

pub use self::cancel::{CancelHandle, ThrowCallback};

use self::waker::AsyncioWaker;
use crate::exceptions::{PyRuntimeError, PyStopIteration};
use crate::panic::catch_panic;
use crate::{Bound, Py, PyAny, PyErr, PyResult, Python, pyclass, pymethods};

type Running = Pin<Box<dyn Future<Output = PyResult<Py<PyAny>>> + Send>>;

/// The result in Python of calling an `async fn`: an awaitable that runs a Rust future.
///
/// It has the methods of Python's own coroutines, so `await`, `asyncio.run` and `asyncio.create_task` accept it.
#[pyclass(crate = "crate")]
pub struct Coroutine {
    name: &'static str,
    class: Option<&'static str>,
    /// `None` after the coroutine has returned, raised or been closed. The lock is never contended, and only makes the
    /// future `Sync`.
    future: Mutex<Option<Running>>,
    throw: Option<ThrowCallback>,
}

impl Coroutine {
    /// Creates a coroutine with the name `name`, as a method of `class` if given, that runs `future`.
    ///
    /// `throw` receives the exceptions that Python throws into the coroutine. Without it, they end the coroutine.
    pub(crate) fn new<F>(
        name: &'static str,
        class: Option<&'static str>,
        throw: Option<ThrowCallback>,
        future: F,
    ) -> Self
    where
        F: Future<Output = PyResult<Py<PyAny>>> + Send + 'static,
    {
        Coroutine { name, class, future: Mutex::new(Some(Box::pin(future))), throw }
    }

    /// Returns the place of the future. Poisoning means nothing, because a panic inside the future leaves the place
    /// intact.
    fn place(&mut self) -> &mut Option<Running> {
        self.future.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Polls the future. Returns what to wait for if it is pending. Its end is an exception, as Python's protocol
    /// requires.
    fn step(&mut self, py: Python<'_>, thrown: Option<Bound<'_, PyAny>>) -> PyResult<Py<PyAny>> {
        if self.place().is_none() {
            return Err(PyRuntimeError::new_err("cannot reuse already awaited coroutine"));
        }
        match (thrown, &self.throw) {
            (Some(exception), Some(throw)) => throw.throw(exception.unbind()),
            (Some(exception), None) => {
                *self.place() = None;
                return Err(PyErr::from_value(exception));
            }
            (None, _) => {}
        }
        let state = Arc::new(AsyncioWaker::new());
        let waker = Waker::from(state.clone());
        let mut context = Context::from_waker(&waker);
        let Some(future) = self.place() else { return Ok(py.None()) };
        let result = match catch_panic(|| future.as_mut().poll(&mut context)) {
            Ok(Poll::Pending) => return state.sleep(py),
            Ok(Poll::Ready(result)) => result,
            Err(panic) => Err(panic),
        };
        *self.place() = None;
        Err(PyStopIteration::new_err((result?,)))
    }
}

#[pymethods(crate = "crate")]
impl Coroutine {
    #[getter]
    fn __name__(&self) -> &'static str {
        self.name
    }

    #[getter]
    fn __qualname__(&self) -> String {
        match self.class {
            Some(class) => format!("{class}.{}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// Resumes the coroutine. Ignores the value, because a Rust future takes none.
    fn send(&mut self, py: Python<'_>, _value: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.step(py, None)
    }

    /// Resumes the coroutine with an exception. The cancel handle receives it. Without one, it ends the coroutine.
    fn throw(&mut self, py: Python<'_>, exc: Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.step(py, Some(exc))
    }

    /// Ends the coroutine and drops the future.
    fn close(&mut self) {
        *self.place() = None;
    }

    fn __await__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.step(py, None)
    }
}
