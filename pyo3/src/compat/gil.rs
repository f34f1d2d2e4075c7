//! The cells of versions up to 0.27, which relied on the GIL.

#![allow(deprecated, reason = "this module defines deprecated items and refers to them")]

use std::sync::OnceLock;

use pyo3_backend::InterpreterOps;

use crate::backend::Active;
use crate::types::PyAnyMethods;
use crate::{Bound, Py, PyResult, PyTypeCheck, PyVisit, Python};

/// A cell that is written only once. Several initializations may run at the same time, and the first to finish wins. So
/// `f` may even access the cell that it initializes.
#[deprecated(
    since = "0.26.0",
    note = "Prefer `pyo3::sync::PyOnceLock`, which avoids the possibility of racing during initialization."
)]
#[derive(Debug)]
pub struct GILOnceCell<T>(OnceLock<T>);

impl<T> Default for GILOnceCell<T> {
    fn default() -> Self {
        GILOnceCell::new()
    }
}

impl<T> GILOnceCell<T> {
    /// Creates an empty cell.
    pub const fn new() -> Self {
        GILOnceCell(OnceLock::new())
    }

    /// Returns the value, or `None` if the cell is empty.
    #[inline]
    pub fn get(&self, _py: Python<'_>) -> Option<&T> {
        self.0.get()
    }

    /// Returns the value, or initializes an empty cell with the result of `f`. Drops that if another initialization was
    /// faster.
    #[inline]
    pub fn get_or_init<F>(&self, py: Python<'_>, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        match self.get_or_try_init(py, || Ok::<T, core::convert::Infallible>(f())) {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }

    /// Returns the value, or initializes an empty cell with the result of `f`. Drops that if another initialization was
    /// faster.
    ///
    /// # Errors
    ///
    /// Returns the error of `f`, and does not change the cell.
    #[inline]
    pub fn get_or_try_init<F, E>(&self, _py: Python<'_>, f: F) -> Result<&T, E>
    where
        F: FnOnce() -> Result<T, E>,
    {
        if let Some(value) = self.0.get() {
            return Ok(value);
        }
        // `OnceLock::get_or_init` must not run `f`: `f` may detach or access this cell, so nothing may wait for it.
        let value = f()?;
        let mut value = Some(value);
        Ok(self.0.get_or_init(|| value.take().expect("it is asked for once")))
    }

    /// Returns a mutable reference to the value, or `None` if the cell is empty.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.0.get_mut()
    }

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Returns `value` in `Err` if the cell already has one.
    pub fn set(&self, _py: Python<'_>, value: T) -> Result<(), T> {
        self.0.set(value)
    }

    /// Removes the value from the cell and returns it, or returns `None` if the cell is empty.
    pub fn take(&mut self) -> Option<T> {
        self.0.take()
    }

    /// Consumes the cell, and returns the value if there is one.
    pub fn into_inner(self) -> Option<T> {
        self.0.into_inner()
    }
}

impl<T> GILOnceCell<Py<T>> {
    /// Creates another cell with a new reference to the same object, or an empty one if this cell is empty.
    pub fn clone_ref(&self, py: Python<'_>) -> Self {
        let cell = GILOnceCell::new();
        if let Some(value) = self.get(py) {
            cell.set(py, value.clone_ref(py)).unwrap_or_else(|_| unreachable!("the cell is new"));
        }
        cell
    }
}

impl<T: PyTypeCheck> GILOnceCell<Py<T>> {
    /// Returns the attribute `attr_name` of the module `module_name`. Imports it the first time.
    ///
    /// # Errors
    ///
    /// Returns the error of the import, `AttributeError` if there is no such attribute, or `TypeError` if it is not a
    /// `T`.
    pub fn import<'py>(&self, py: Python<'py>, module_name: &str, attr_name: &str) -> PyResult<&Bound<'py, T>> {
        let find = || -> PyResult<Py<T>> {
            Ok(py.import(module_name)?.as_any().getattr(attr_name)?.cast_into::<T>()?.unbind())
        };
        self.get_or_try_init(py, find).map(|value| value.bind(py))
    }
}

/// A value that only the thread with the GIL can access.
///
/// Without a GIL, [`get`](GILProtected::get) does not compile.
#[deprecated(
    since = "0.26.0",
    note = "Prefer an interior mutability primitive compatible with free-threaded Python, such as `Mutex` in combination with the `MutexExt` trait"
)]
#[derive(Debug)]
pub struct GILProtected<T>(Exclusive<T>);

#[derive(Debug)]
struct Exclusive<T>(T);

impl<T> Exclusive<T> {
    const GRANTED: () = assert!(
        Active::ATTACHED_IS_EXCLUSIVE,
        "`GILProtected` protects nothing here: attached threads run at the same time. Use `Mutex` with `MutexExt`"
    );
}

#[expect(unsafe_code, reason = "this compiles only if attached threads exclude each other")]
// SAFETY: only `get` and `traverse` access the value, and they need a token of an attached thread. They compile only if
// at most one thread is attached at a time. A reference does not outlive the attachment that the token proves, and does
// not pass into `detach`: it is not `Send`, because the value need not be `Sync`.
unsafe impl<T: Send> Sync for Exclusive<T> {}

impl<T> GILProtected<T> {
    /// Creates a cell with a value.
    pub const fn new(value: T) -> Self {
        GILProtected(Exclusive(value))
    }

    /// Returns a reference to the value.
    #[inline]
    pub fn get<'py>(&'py self, _py: Python<'py>) -> &'py T {
        let () = Exclusive::<T>::GRANTED;
        &self.0.0
    }

    /// Returns a reference to the value, for `__traverse__`.
    #[inline]
    pub fn traverse<'py>(&'py self, _visit: PyVisit<'py>) -> &'py T {
        let () = Exclusive::<T>::GRANTED;
        &self.0.0
    }
}
