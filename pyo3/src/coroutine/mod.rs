//! `async fn` in Python: the object that a call of one returns, which Python awaits.
//!
//! Needs the feature `experimental-async`. A Rust future sleeps by giving asyncio a future of asyncio's own to wait for;
//! its waker completes that future, from any thread.

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

/// What a call of an `async fn` returns in Python: an awaitable that runs a Rust future.
///
/// It has the methods of Python's own coroutines, so that `await`, `asyncio.run` and `asyncio.create_task` take it.
#[pyclass(crate = "crate")]
pub struct Coroutine {
    name: &'static str,
    class: Option<&'static str>,
    /// `None` once it has returned, raised or been closed. The lock is never contended: it makes the future `Sync`.
    future: Mutex<Option<Running>>,
    throw: Option<ThrowCallback>,
}

impl Coroutine {
    /// A coroutine called `name`, a method of `class` if that is given, that runs `future`.
    ///
    /// `throw` gets what Python throws into the coroutine; without one, that ends it.
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

    /// The future's place. A panic inside the future does not leave it half written, so poisoning means nothing.
    fn place(&mut self) -> &mut Option<Running> {
        self.future.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the future until it sleeps or ends. What it sleeps on is the result, its end an error.
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

    /// Continues. The value is not used: a Rust future takes none.
    fn send(&mut self, py: Python<'_>, _value: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.step(py, None)
    }

    /// Continues with an exception: it goes to the cancel handle, or ends the coroutine if there is none.
    fn throw(&mut self, py: Python<'_>, exc: Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        self.step(py, Some(exc))
    }

    /// Drops the future.
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
