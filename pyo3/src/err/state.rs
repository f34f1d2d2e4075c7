//! The content of a [`PyErr`](super::PyErr): an exception, or what is needed to create it.
//!
//! Results carry it along every path that may fail, so it is small: two words.

#![expect(unsafe_code, reason = "the start of a lazy state is read without a virtual call")]

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::ThreadId;

use pyo3_backend::ErrorOps;

use crate::backend::{Active, Raised};
use crate::exceptions::PyBaseException;
use crate::{Py, PyAny, Python};

pub(super) enum PyErrState {
    /// An exception that existed from the beginning.
    Made(Py<PyBaseException>),
    /// An exception that is created when needed.
    Lazy(Lazy),
}

const _: () = assert!(size_of::<PyErrState>() == 2 * size_of::<usize>());

/// A lazy exception, in one box with the closure that creates it.
pub(super) struct Lazy(Box<dyn Recipe>);

/// The start of each box, without the closure.
struct Shared {
    exception: OnceLock<Py<PyBaseException>>,
    progress: Mutex<Progress>,
}

/// What a box contains. `Shared` comes first, whatever `F` is.
#[repr(C)]
struct Contents<F> {
    shared: Shared,
    /// Only the thread that begins the creation locks it, so that no thread ever waits for it.
    make: Mutex<Option<F>>,
}

/// The progress of creating a lazy exception.
#[derive(Clone, Copy)]
enum Progress {
    /// Creation has not begun.
    Waiting,
    /// The given thread is creating the exception.
    Begun(ThreadId),
    /// There is an exception, or the thread panicked.
    Ended,
}

/// What creates a lazy exception, once. Only [`Contents`] implements it.
trait Recipe: Send + Sync {
    /// Returns the class and the arguments.
    fn follow(&self, py: Python<'_>) -> (Py<PyAny>, Py<PyAny>);
}

impl<F> Recipe for Contents<F>
where
    F: FnOnce(Python<'_>) -> (Py<PyAny>, Py<PyAny>) + Send + Sync,
{
    fn follow(&self, py: Python<'_>) -> (Py<PyAny>, Py<PyAny>) {
        let make = lock(&self.make).take().expect("an exception is created once");
        make(py)
    }
}

const FAILED_BEFORE: &str = "making the exception panicked before";

/// Ends the creation of an exception when dropped, even by a panic, so that no thread waits forever.
struct End<'a>(&'a Mutex<Progress>);

impl Drop for End<'_> {
    fn drop(&mut self) {
        *lock(self.0) = Progress::Ended;
    }
}

/// Locks a part of the state. Poisoning means nothing, because no code leaves it inconsistent.
fn lock<T>(part: &Mutex<T>) -> MutexGuard<'_, T> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PyErrState {
    #[inline]
    pub(super) fn normalized(exception: Py<PyBaseException>) -> Self {
        PyErrState::Made(exception)
    }

    /// Creates the state of an exception whose class and arguments `make` returns.
    #[inline]
    pub(super) fn lazy<F>(make: F) -> Self
    where
        F: FnOnce(Python<'_>) -> (Py<PyAny>, Py<PyAny>) + Send + Sync + 'static,
    {
        let shared = Shared { exception: OnceLock::new(), progress: Mutex::new(Progress::Waiting) };
        PyErrState::Lazy(Lazy(Box::new(Contents { shared, make: Mutex::new(Some(make)) })))
    }

    /// Returns the exception. Creates it if necessary.
    #[inline]
    pub(super) fn value(&self, py: Python<'_>) -> &Py<PyBaseException> {
        match self {
            PyErrState::Made(exception) => exception,
            PyErrState::Lazy(lazy) => lazy.shared().exception.get().unwrap_or_else(|| lazy.normalize(py)),
        }
    }

    pub(super) fn into_value(self, py: Python<'_>) -> Py<PyBaseException> {
        self.value(py);
        match self {
            PyErrState::Made(exception) => exception,
            PyErrState::Lazy(mut lazy) => lazy.shared_mut().exception.take().expect("`value` made it"),
        }
    }

    /// Raises the exception. A lazy one is not created here. As this owns the state, no other thread is creating it.
    pub(super) fn into_raised(self, py: Python<'_>) -> Raised<'_> {
        let exception = match self {
            PyErrState::Made(exception) => exception,
            PyErrState::Lazy(mut lazy) => match lazy.shared_mut().exception.take() {
                Some(exception) => exception,
                None => return lazy.raise(py),
            },
        };
        Active::error_raise(py.attached(), exception.into_bound(py).into_handle())
    }
}

impl Lazy {
    #[inline]
    fn shared(&self) -> &Shared {
        // SAFETY: the box contains some `Contents`, which starts with a `Shared`.
        unsafe { &*std::ptr::from_ref(&*self.0).cast::<Shared>() }
    }

    #[inline]
    fn shared_mut(&mut self) -> &mut Shared {
        // SAFETY: as above.
        unsafe { &mut *std::ptr::from_mut(&mut *self.0).cast::<Shared>() }
    }

    /// Raises the exception of a state that no other thread sees.
    fn raise(mut self, py: Python<'_>) -> Raised<'_> {
        match self.shared_mut().progress.get_mut().unwrap_or_else(PoisonError::into_inner) {
            Progress::Waiting => raise(py, self.0.follow(py)),
            Progress::Begun(_) | Progress::Ended => panic!("{FAILED_BEFORE}"),
        }
    }

    /// Creates the exception, on one thread. This runs Python, so it does not hold the lock of the progress. Other
    /// threads wait detached.
    #[cold]
    fn normalize(&self, py: Python<'_>) -> &Py<PyBaseException> {
        let Shared { exception, progress: shared_progress } = self.shared();
        let this_thread = std::thread::current().id();
        loop {
            let mut progress = lock(shared_progress);
            let seen = *progress;
            if let Progress::Waiting = seen {
                *progress = Progress::Begun(this_thread);
            }
            drop(progress);
            match (seen, exception.get()) {
                (_, Some(exception)) => return exception,
                (Progress::Waiting, None) => {
                    let _end = End(shared_progress);
                    let raised = raise(py, self.0.follow(py));
                    let made = Py::from_handle(Active::error_take(py.attached(), raised).into_global());
                    return exception.get_or_init(|| made);
                }
                (Progress::Begun(thread), None) => {
                    assert!(thread != this_thread, "Re-entrant normalization of PyErr detected");
                    py.detach(std::thread::yield_now);
                }
                (Progress::Ended, None) => panic!("{FAILED_BEFORE}"),
            }
        }
    }
}

/// Raises an exception of this class with these arguments, like the statement `raise`.
fn raise(py: Python<'_>, (class, value): (Py<PyAny>, Py<PyAny>)) -> Raised<'_> {
    // Dropping a `Bound` is cheaper than dropping a `Py`, which must check whether the thread is attached.
    let (class, value) = (class.into_bound(py), value.into_bound(py));
    Active::error_raise_new(py.attached(), class.any_handle(), value.any_handle())
}
