//! The waker of one poll: it completes a future of asyncio's that the coroutine's task waits for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Wake;

use crate::sync::PyOnceLock;
use crate::types::PyAnyMethods;
use crate::{Bound, Py, PyAny, PyResult, Python, pyfunction};

/// What `call_soon_threadsafe` needs.
struct Sleeper {
    event_loop: Py<PyAny>,
    future: Py<PyAny>,
}

enum State {
    /// Polled, and not woken.
    Polled,
    /// Woken, before or after it slept.
    Woken,
    /// The task waits.
    Asleep(Sleeper),
}

/// Wakes the task of the coroutine that was polled with it.
pub(super) struct AsyncioWaker(Mutex<State>);

impl AsyncioWaker {
    pub(super) fn new() -> Self {
        AsyncioWaker(Mutex::new(State::Polled))
    }

    /// No Python code runs under this lock, so it neither waits long nor is poisoned.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the coroutine yields until it is woken: a future, or `None` if it was woken already.
    ///
    /// # Errors
    ///
    /// `RuntimeError` if no event loop runs.
    pub(super) fn sleep(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        if matches!(*self.lock(), State::Woken) {
            return Ok(py.None());
        }
        static GET_LOOP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let event_loop = GET_LOOP.import(py, "asyncio", "get_running_loop")?.call0()?;
        let future = event_loop.call_method0("create_future")?;
        {
            let mut state = self.lock();
            if matches!(*state, State::Woken) {
                return Ok(py.None());
            }
            *state = State::Asleep(Sleeper { event_loop: event_loop.unbind(), future: future.clone().unbind() });
        }
        // A task wants what the future's own iterator yields: the future, marked as waited for.
        match future.try_iter()?.next() {
            Some(marked) => marked.map(Bound::unbind),
            None => Ok(py.None()),
        }
    }
}

impl Wake for AsyncioWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let before = core::mem::replace(&mut *self.lock(), State::Woken);
        let State::Asleep(sleeper) = before else { return };
        // Without an interpreter nobody waits any more.
        Python::try_attach(|py| {
            if let Err(error) = sleeper.release(py) {
                error.write_unraisable(py, Some(sleeper.future.bind(py)));
            }
        });
    }
}

impl Sleeper {
    fn release(&self, py: Python<'_>) -> PyResult<()> {
        let event_loop = self.event_loop.bind(py);
        // A closed loop has no task left to wake, and refuses calls with an error that says no more than that.
        if event_loop.call_method0("is_closed")?.is_truthy()? {
            return Ok(());
        }
        static COMPLETE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let complete = COMPLETE.get_or_try_init(py, || {
            let function = crate::wrap_pyfunction!(complete, py)?;
            PyResult::Ok(function.into_any().unbind())
        })?;
        event_loop.call_method1("call_soon_threadsafe", (complete.bind(py), self.future.bind(py))).map(drop)
    }
}

/// Completes `future`, unless it was cancelled or completed in the meantime. Runs in the event loop.
#[pyfunction(crate = "crate")]
fn complete(future: &Bound<'_, PyAny>) -> PyResult<()> {
    if !future.call_method0("done")?.is_truthy()? {
        future.call_method1("set_result", (future.py().None(),))?;
    }
    Ok(())
}
