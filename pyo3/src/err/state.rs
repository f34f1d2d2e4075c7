//! The content of a [`PyErr`](super::PyErr): an exception, or what is needed to create it.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::ThreadId;

use pyo3_backend::ErrorOps;

use crate::backend::{Active, Raised};
use crate::exceptions::PyBaseException;
use crate::{Py, PyAny, Python};

/// A function that returns the class and the arguments of an exception.
pub(super) type Lazy = Box<dyn FnOnce(Python<'_>) -> (Py<PyAny>, Py<PyAny>) + Send + Sync>;

/// The progress of creating a lazy exception.
enum Progress {
    /// Creation has not begun.
    Lazy(Lazy),
    /// The given thread is creating the exception. With `None`, creation has ended: there is an exception, or the
    /// thread panicked.
    Begun(Option<ThreadId>),
}

const FAILED_BEFORE: &str = "making the exception panicked before";

/// Ends the creation of an exception when dropped, even by a panic, so that no thread waits forever.
struct End<'a>(&'a Mutex<Progress>);

impl Drop for End<'_> {
    fn drop(&mut self) {
        *lock(self.0) = Progress::Begun(None);
    }
}

/// Locks the progress. Poisoning means nothing, because no code leaves it inconsistent.
fn lock(progress: &Mutex<Progress>) -> MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) enum PyErrState {
    /// An exception that existed from the beginning.
    Made(Py<PyBaseException>),
    /// An exception that is created when needed.
    Lazy(LazyState),
}

pub(super) struct LazyState {
    exception: OnceLock<Py<PyBaseException>>,
    progress: Mutex<Progress>,
}

impl PyErrState {
    #[inline]
    pub(super) fn normalized(exception: Py<PyBaseException>) -> Self {
        PyErrState::Made(exception)
    }

    #[inline]
    pub(super) fn lazy(make: Lazy) -> Self {
        PyErrState::Lazy(LazyState { exception: OnceLock::new(), progress: Mutex::new(Progress::Lazy(make)) })
    }

    /// Returns the exception. Creates it if necessary.
    #[inline]
    pub(super) fn value(&self, py: Python<'_>) -> &Py<PyBaseException> {
        match self {
            PyErrState::Made(exception) => exception,
            PyErrState::Lazy(state) => state.exception.get().unwrap_or_else(|| state.normalize(py)),
        }
    }

    pub(super) fn into_value(self, py: Python<'_>) -> Py<PyBaseException> {
        self.value(py);
        match self {
            PyErrState::Made(exception) => exception,
            PyErrState::Lazy(state) => state.exception.into_inner().expect("`value` made it"),
        }
    }

    /// Raises the exception. A lazy one is not created here. As this owns the state, no other thread is creating it.
    pub(super) fn into_raised(self, py: Python<'_>) -> Raised<'_> {
        let exception = match self {
            PyErrState::Made(exception) => exception,
            PyErrState::Lazy(LazyState { exception, progress }) => match exception.into_inner() {
                Some(exception) => exception,
                None => match progress.into_inner().unwrap_or_else(PoisonError::into_inner) {
                    Progress::Lazy(make) => return raise_lazy(py, make),
                    Progress::Begun(_) => panic!("{FAILED_BEFORE}"),
                },
            },
        };
        Active::error_raise(py.attached(), exception.into_bound(py).into_handle())
    }
}

impl LazyState {
    /// Creates the exception, on one thread. This runs Python, so it does not hold the lock. Other threads wait
    /// detached.
    #[cold]
    fn normalize(&self, py: Python<'_>) -> &Py<PyBaseException> {
        let this_thread = std::thread::current().id();
        loop {
            let mut progress = lock(&self.progress);
            let thread = match std::mem::replace(&mut *progress, Progress::Begun(Some(this_thread))) {
                Progress::Lazy(make) => {
                    drop(progress);
                    let _end = End(&self.progress);
                    let raised = raise_lazy(py, make);
                    let made = Py::from_handle(Active::error_take(py.attached(), raised).into_global());
                    return self.exception.get_or_init(|| made);
                }
                Progress::Begun(thread) => {
                    *progress = Progress::Begun(thread);
                    drop(progress);
                    thread
                }
            };
            match (thread, self.exception.get()) {
                (_, Some(exception)) => return exception,
                (None, None) => panic!("{FAILED_BEFORE}"),
                (Some(thread), None) => {
                    assert!(thread != this_thread, "Re-entrant normalization of PyErr detected");
                    py.detach(std::thread::yield_now);
                }
            }
        }
    }
}

/// Raises an exception of this class with these arguments, like the statement `raise`.
fn raise_lazy(py: Python<'_>, make: Lazy) -> Raised<'_> {
    let (class, value) = make(py);
    // Dropping a `Bound` is cheaper than dropping a `Py`, which must check whether the thread is attached.
    let (class, value) = (class.into_bound(py), value.into_bound(py));
    Active::error_raise_new(py.attached(), class.any_handle(), value.any_handle())
}
