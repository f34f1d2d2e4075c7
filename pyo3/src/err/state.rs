//! What a [`PyErr`](super::PyErr) holds: an exception, or the means to make one.

use std::sync::{Mutex, OnceLock};
use std::thread::ThreadId;

use crate::exceptions::PyBaseException;
use crate::{Py, PyAny, PyErr, Python};

/// Makes the class and the arguments of an exception.
pub(super) type Lazy = Box<dyn FnOnce(Python<'_>) -> (Py<PyAny>, Py<PyAny>) + Send + Sync>;

/// How far the exception is made.
enum Progress {
    /// Not begun.
    Lazy(Lazy),
    /// This thread is at it.
    Normalizing(ThreadId),
    /// A thread was at it, and panicked.
    Failed,
    /// Done: it is in `exception`.
    Done,
}

const FAILED_BEFORE: &str = "making the exception panicked before";

/// Ends the making of an exception, also by a panic, so that nobody waits for it.
struct End<'a> {
    progress: &'a Mutex<Progress>,
    with: Progress,
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        let mut progress = self.progress.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *progress = std::mem::replace(&mut self.with, Progress::Failed);
    }
}

pub(super) struct PyErrState {
    exception: OnceLock<Py<PyBaseException>>,
    progress: Mutex<Progress>,
}

/// A state taken apart.
pub(super) enum Parts {
    Normalized(Py<PyBaseException>),
    Lazy(Lazy),
}

impl PyErrState {
    pub(super) fn normalized(exception: Py<PyBaseException>) -> Self {
        PyErrState { exception: OnceLock::from(exception), progress: Mutex::new(Progress::Done) }
    }

    pub(super) fn lazy(make: Lazy) -> Self {
        PyErrState { exception: OnceLock::new(), progress: Mutex::new(Progress::Lazy(make)) }
    }

    /// The exception, made now if need be.
    #[inline]
    pub(super) fn value(&self, py: Python<'_>) -> &Py<PyBaseException> {
        match self.exception.get() {
            Some(exception) => exception,
            None => self.normalize(py),
        }
    }

    pub(super) fn into_value(self, py: Python<'_>) -> Py<PyBaseException> {
        self.value(py);
        self.exception.into_inner().expect("`value` made it")
    }

    /// Takes the state apart. Nobody else has it any more, so it is either lazy or done.
    pub(super) fn into_parts(self) -> Parts {
        if let Some(exception) = self.exception.into_inner() {
            return Parts::Normalized(exception);
        }
        match self.progress.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()) {
            Progress::Lazy(make) => Parts::Lazy(make),
            Progress::Normalizing(_) | Progress::Failed | Progress::Done => panic!("{FAILED_BEFORE}"),
        }
    }

    /// Makes the exception, on one thread. Runs Python, so the lock is not held meanwhile; other threads wait detached.
    #[cold]
    fn normalize(&self, py: Python<'_>) -> &Py<PyBaseException> {
        let this_thread = std::thread::current().id();
        loop {
            let mut progress = self.progress.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            match std::mem::replace(&mut *progress, Progress::Normalizing(this_thread)) {
                Progress::Lazy(make) => {
                    drop(progress);
                    let mut end = End { progress: &self.progress, with: Progress::Failed };
                    let (class, value) = make(py);
                    let raised = PyErr::raise_lazy(py, &class, &value);
                    let exception = self.exception.get_or_init(|| raised);
                    end.with = Progress::Done;
                    return exception;
                }
                Progress::Normalizing(thread) => {
                    *progress = Progress::Normalizing(thread);
                    drop(progress);
                    assert!(thread != this_thread, "Re-entrant normalization of PyErr detected");
                    py.detach(std::thread::yield_now);
                }
                Progress::Failed => {
                    *progress = Progress::Failed;
                    drop(progress);
                    panic!("{FAILED_BEFORE}");
                }
                Progress::Done => {
                    *progress = Progress::Done;
                    drop(progress);
                    return self.exception.get().expect("`Done` follows the exception");
                }
            }
        }
    }
}
