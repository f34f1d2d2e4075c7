//! The waker of one poll. It completes a future of asyncio that the coroutine's task waits for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Wake;

use crate::sync::PyOnceLock;
use crate::types::PyAnyMethods;
use crate::{Bound, Py, PyAny, PyResult, Python, pyfunction};

/// The arguments for waking a task with `call_soon_threadsafe`.
struct Sleeper {
    event_loop: Py<PyAny>,
    future: Py<PyAny>,
}

enum State {
    /// The future was polled, and has not woken the task.
    Polled,
    /// The future has woken the task, before or after the task began to wait.
    Woken,
    /// The task is waiting.
    Asleep(Sleeper),
}

/// Wakes the task of a coroutine. Each poll uses a new one.
pub(super) struct AsyncioWaker(Mutex<State>);

impl AsyncioWaker {
    pub(super) fn new() -> Self {
        AsyncioWaker(Mutex::new(State::Polled))
    }

    /// No Python code runs while this lock is held, so it is never held for long, and never poisoned.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what the coroutine yields until it is woken: a future, or `None` if that has already happened.
    ///
    /// # Errors
    ///
    /// `RuntimeError` if no event loop is running.
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
        // The task expects what the iterator of the future yields: the future itself, marked as being waited for.
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
        // Without an interpreter, no task is waiting any more.
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
        // A closed loop has no task left to wake, and calling it would raise an exception that tells nothing else.
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
