//! Extensions of the standard library's locks: threads detach while they wait.

use std::panic::resume_unwind;
use std::sync::{
    LockResult, Mutex, MutexGuard, Once, OnceLock, OnceState, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError,
};

use crate::Python;

pub(super) mod sealed {
    pub trait Sealed {}
    impl Sealed for std::sync::Once {}
    impl<T> Sealed for std::sync::OnceLock<T> {}
}

/// Locking of a mutex by an attached thread.
pub trait MutexExt<T: ?Sized> {
    /// The result of locking.
    type LockResult<'a>
    where
        Self: 'a;

    /// Locks the mutex. If another thread holds the lock, waits detached.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::sync::Mutex;
    ///
    /// use pyo3::sync::MutexExt;
    ///
    /// static COUNT: Mutex<u32> = Mutex::new(0);
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mut count = COUNT.lock_py_attached(py).unwrap();
    ///     *count += 1;
    ///     assert_eq!(*count, 1);
    /// });
    /// ```
    fn lock_py_attached(&self, py: Python<'_>) -> Self::LockResult<'_>;
}

/// Locking of a reader-writer lock by an attached thread.
pub trait RwLockExt<T: ?Sized> {
    /// The result of locking for reading.
    type ReadLockResult<'a>
    where
        Self: 'a;

    /// The result of locking for writing.
    type WriteLockResult<'a>
    where
        Self: 'a;

    /// Locks for reading. If a writer holds the lock, waits detached.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::sync::RwLock;
    ///
    /// use pyo3::sync::RwLockExt;
    ///
    /// static NAME: RwLock<&str> = RwLock::new("Ada");
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(*NAME.read_py_attached(py).unwrap(), "Ada");
    ///     *NAME.write_py_attached(py).unwrap() = "Grace";
    ///     assert_eq!(*NAME.read_py_attached(py).unwrap(), "Grace");
    /// });
    /// ```
    fn read_py_attached(&self, py: Python<'_>) -> Self::ReadLockResult<'_>;

    /// Locks for writing. If another thread holds the lock, waits detached.
    fn write_py_attached(&self, py: Python<'_>) -> Self::WriteLockResult<'_>;
}

/// One-time execution of code by attached threads.
pub trait OnceExt: sealed::Sealed {
    /// The argument of the closure of [`call_once_force_py_attached`](OnceExt::call_once_force_py_attached).
    type OnceState;

    /// Runs `f`, attached, if no call has completed yet. If another thread is running one, waits for it detached.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::sync::Once;
    ///
    /// use pyo3::sync::OnceExt;
    ///
    /// static STARTED: Once = Once::new();
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     STARTED.call_once_py_attached(py, || println!("only once"));
    ///     assert!(STARTED.is_completed());
    /// });
    /// ```
    fn call_once_py_attached(&self, py: Python<'_>, f: impl FnOnce());

    /// Does the same as [`call_once_py_attached`](OnceExt::call_once_py_attached), even if an earlier run panicked.
    fn call_once_force_py_attached(&self, py: Python<'_>, f: impl FnOnce(&Self::OnceState));
}

/// Initialization of a cell by attached threads.
pub trait OnceLockExt<T>: sealed::Sealed {
    /// Returns the value. Runs `f`, attached, if there is none. If another thread is running its `f`, waits for it
    /// detached.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::sync::OnceLock;
    ///
    /// use pyo3::sync::OnceLockExt;
    ///
    /// static VERSION: OnceLock<String> = OnceLock::new();
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let version = VERSION.get_or_init_py_attached(py, || py.version().to_owned());
    ///     assert!(version.starts_with('3'));
    /// });
    /// ```
    fn get_or_init_py_attached<F>(&self, py: Python<'_>, f: F) -> &T
    where
        F: FnOnce() -> T;
}

/// A value that is passed into a detached section although it need not be `Send`: it stays on its thread.
pub(super) struct SameThread<T>(pub(super) T);

#[expect(unsafe_code, reason = "`detach` requires `Send` as an approximation, and the value stays on its thread")]
// SAFETY: values are only passed to a closure that `Python::detach` runs on the same thread, so they never change
// threads.
unsafe impl<T> Send for SameThread<T> {}

impl<T> SameThread<T> {
    pub(super) fn into_inner(self) -> T {
        self.0
    }
}

/// A function that is called at most once, in the middle of a detached section, on its own thread.
///
/// It may hold handles of Python objects, so its owner stays outside the section: if nothing calls it, it is dropped
/// while the thread is attached.
pub(super) struct Initializer<F>(Option<SameThread<F>>);

impl<F> Initializer<F> {
    pub(super) fn new(f: F) -> Self {
        Initializer(Some(SameThread(f)))
    }

    /// Attaches the thread and returns the result of `call`, which gets the function.
    pub(super) fn attached<R>(&mut self, call: impl FnOnce(F) -> R) -> R {
        let f = self.0.take().expect("a `Once` calls its function at most once");
        attach_again(|| call(f.into_inner()))
    }
}

/// Attaches the thread again in the middle of a detached section, while it holds a lock.
///
/// When the interpreter is shutting down, no thread can attach. Then this unwinds out of the section, so that the lock
/// is released for the threads that complete the shutdown. The panic needs no message, because [`Python::detach`] does
/// not return in that case.
fn attach_again<R>(f: impl FnOnce() -> R) -> R {
    let left = "Cannot attach to the Python interpreter while it is finalizing.";
    Python::try_attach(|_| f()).unwrap_or_else(|| resume_unwind(Box::new(left)))
}

/// Returns the result of `wait`, called detached on this thread.
#[cold]
pub(super) fn detached<R>(py: Python<'_>, wait: impl FnOnce() -> R) -> R {
    let wait = SameThread(wait);
    py.detach(|| SameThread(wait.into_inner()())).into_inner()
}

impl OnceExt for Once {
    type OnceState = OnceState;

    fn call_once_py_attached(&self, py: Python<'_>, f: impl FnOnce()) {
        if self.is_completed() {
            return;
        }
        let mut f = Initializer::new(f);
        py.detach(|| self.call_once(|| f.attached(|f| f())));
    }

    fn call_once_force_py_attached(&self, py: Python<'_>, f: impl FnOnce(&OnceState)) {
        if self.is_completed() {
            return;
        }
        let mut f = Initializer::new(f);
        py.detach(|| self.call_once_force(|state| f.attached(|f| f(state))));
    }
}

impl<T> OnceLockExt<T> for OnceLock<T> {
    fn get_or_init_py_attached<F>(&self, py: Python<'_>, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        if let Some(value) = self.get() {
            return value;
        }
        let mut f = Initializer::new(f);
        detached(py, || self.get_or_init(|| f.attached(|f| f())))
    }
}

impl<T: ?Sized> MutexExt<T> for Mutex<T> {
    type LockResult<'a>
        = LockResult<MutexGuard<'a, T>>
    where
        Self: 'a;

    #[inline]
    fn lock_py_attached(&self, py: Python<'_>) -> LockResult<MutexGuard<'_, T>> {
        match self.try_lock() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Err(poisoned),
            Err(TryLockError::WouldBlock) => {}
        }
        detached(py, || self.lock())
    }
}

impl<T: ?Sized> RwLockExt<T> for RwLock<T> {
    type ReadLockResult<'a>
        = LockResult<RwLockReadGuard<'a, T>>
    where
        Self: 'a;
    type WriteLockResult<'a>
        = LockResult<RwLockWriteGuard<'a, T>>
    where
        Self: 'a;

    #[inline]
    fn read_py_attached(&self, py: Python<'_>) -> LockResult<RwLockReadGuard<'_, T>> {
        match self.try_read() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Err(poisoned),
            Err(TryLockError::WouldBlock) => {}
        }
        detached(py, || self.read())
    }

    #[inline]
    fn write_py_attached(&self, py: Python<'_>) -> LockResult<RwLockWriteGuard<'_, T>> {
        match self.try_write() {
            Ok(guard) => return Ok(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Err(poisoned),
            Err(TryLockError::WouldBlock) => {}
        }
        detached(py, || self.write())
    }
}
