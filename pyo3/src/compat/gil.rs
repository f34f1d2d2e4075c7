//! Up to 0.27 there were cells that relied on the GIL.

#![allow(deprecated, reason = "what is here is deprecated, and speaks of itself")]

use std::sync::OnceLock;

use pyo3_backend::InterpreterOps;

use crate::backend::Active;
use crate::types::PyAnyMethods;
use crate::{Bound, Py, PyResult, PyTypeCheck, PyVisit, Python};

/// A cell that is written once. Of several initialisations at the same time, all run, and one wins: so one may ask for the
/// cell that it initialises.
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
    /// An empty cell.
    pub const fn new() -> Self {
        GILOnceCell(OnceLock::new())
    }

    /// The value, if there is one.
    #[inline]
    pub fn get(&self, _py: Python<'_>) -> Option<&T> {
        self.0.get()
    }

    /// The value; `f` makes it if there is none. It may be called and its value dropped, where another is faster.
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

    /// The value; `f` makes it if there is none. It may be called and its value dropped, where another is faster.
    ///
    /// # Errors
    ///
    /// What `f` says; the cell stays empty.
    #[inline]
    pub fn get_or_try_init<F, E>(&self, _py: Python<'_>, f: F) -> Result<&T, E>
    where
        F: FnOnce() -> Result<T, E>,
    {
        if let Some(value) = self.0.get() {
            return Ok(value);
        }
        // Not by the cell's own function: `f` may detach, or ask for this cell, and nobody may wait for it then.
        let value = f()?;
        let mut value = Some(value);
        Ok(self.0.get_or_init(|| value.take().expect("it is asked for once")))
    }

    /// The value, to change.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.0.get_mut()
    }

    /// Fills the cell.
    ///
    /// # Errors
    ///
    /// The value, where the cell is full.
    pub fn set(&self, _py: Python<'_>, value: T) -> Result<(), T> {
        self.0.set(value)
    }

    /// Empties the cell.
    pub fn take(&mut self) -> Option<T> {
        self.0.take()
    }

    /// The value.
    pub fn into_inner(self) -> Option<T> {
        self.0.into_inner()
    }
}

impl<T> GILOnceCell<Py<T>> {
    /// A cell with another reference to the same object, or empty.
    pub fn clone_ref(&self, py: Python<'_>) -> Self {
        let cell = GILOnceCell::new();
        if let Some(value) = self.get(py) {
            cell.set(py, value.clone_ref(py)).unwrap_or_else(|_| unreachable!("the cell is new"));
        }
        cell
    }
}

impl<T: PyTypeCheck> GILOnceCell<Py<T>> {
    /// The attribute of a module, imported on first use.
    ///
    /// # Errors
    ///
    /// What the import raises; `TypeError` if the attribute is not a `T`.
    pub fn import<'py>(&self, py: Python<'py>, module_name: &str, attr_name: &str) -> PyResult<&Bound<'py, T>> {
        let find = || -> PyResult<Py<T>> {
            Ok(py.import(module_name)?.as_any().getattr(attr_name)?.cast_into::<T>()?.unbind())
        };
        self.get_or_try_init(py, find).map(|value| value.bind(py))
    }
}

/// A value that only the thread that holds the GIL sees.
///
/// Only where there is one: elsewhere, [`get`](GILProtected::get) does not compile.
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

#[expect(unsafe_code, reason = "attached threads exclude each other, or it does not compile")]
// SAFETY: the value is reached with a token of an attached thread only, in `get` and `traverse`, which compile only where
// that thread excludes all others that are attached. A reference does not outlive the attachment that the token stands
// for, and does not pass `detach` (it is not `Send`, since `Sync` of the value is not asked for).
unsafe impl<T: Send> Sync for Exclusive<T> {}

impl<T> GILProtected<T> {
    /// Around a value.
    pub const fn new(value: T) -> Self {
        GILProtected(Exclusive(value))
    }

    /// The value.
    #[inline]
    pub fn get<'py>(&'py self, _py: Python<'py>) -> &'py T {
        let () = Exclusive::<T>::GRANTED;
        &self.0.0
    }

    /// The value, for `__traverse__`.
    #[inline]
    pub fn traverse<'py>(&'py self, _visit: PyVisit<'py>) -> &'py T {
        let () = Exclusive::<T>::GRANTED;
        &self.0.0
    }
}
