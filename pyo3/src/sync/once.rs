//! [`PyOnceLock`]: a value that is made once, by a thread that is attached.

use std::sync::OnceLock;

use crate::sync::OnceLockExt;
use crate::types::{PyAnyMethods, PyString};
use crate::{Bound, Py, PyResult, PyTypeCheck, Python};

/// A cell that is written once. A thread that waits for another thread's initialisation detaches, so it cannot deadlock with
/// the interpreter.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::sync::PyOnceLock;
/// use pyo3::types::PyList;
///
/// static SHARED: PyOnceLock<Py<PyList>> = PyOnceLock::new();
///
/// fn shared(py: Python<'_>) -> &Bound<'_, PyList> {
///     SHARED.get_or_init(py, || PyList::empty(py).unbind()).bind(py)
/// }
/// # Python::initialize();
/// # Python::attach(|py| assert_eq!(shared(py).len(), 0));
/// ```
#[derive(Default)]
pub struct PyOnceLock<T>(OnceLock<T>);

impl<T> PyOnceLock<T> {
    /// Makes an empty cell.
    pub const fn new() -> Self {
        PyOnceLock(OnceLock::new())
    }

    /// Returns the value, if there is one.
    #[inline]
    pub fn get(&self, _py: Python<'_>) -> Option<&T> {
        self.0.get()
    }

    /// Returns the value. If there is none, `f` makes it. Only one thread runs `f`; the others wait.
    #[inline]
    pub fn get_or_init<F>(&self, py: Python<'_>, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        match self.0.get() {
            Some(value) => value,
            None => self.0.get_or_init_py_attached(py, f),
        }
    }

    /// As [`get_or_init`](Self::get_or_init), for an `f` that may fail. Several threads may try at once; the first value
    /// stays.
    ///
    /// # Errors
    ///
    /// The error of `f`. The cell is still empty then.
    #[inline]
    pub fn get_or_try_init<F, E>(&self, py: Python<'_>, f: F) -> Result<&T, E>
    where
        F: FnOnce() -> Result<T, E>,
    {
        if let Some(value) = self.0.get() {
            return Ok(value);
        }
        let value = f()?;
        Ok(self.0.get_or_init_py_attached(py, || value))
    }

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Returns `value` if the cell has one already.
    pub fn set(&self, _py: Python<'_>, value: T) -> Result<(), T> {
        self.0.set(value)
    }

    /// Returns the value, if there is one.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.0.get_mut()
    }

    /// Takes the value out, leaving the cell empty.
    pub fn take(&mut self) -> Option<T> {
        self.0.take()
    }

    /// Returns the value.
    pub fn into_inner(self) -> Option<T> {
        self.0.into_inner()
    }
}

impl<T> PyOnceLock<Py<T>> {
    /// Makes another cell with a reference to the same object.
    pub fn clone_ref(&self, py: Python<'_>) -> Self {
        match self.0.get() {
            Some(value) => PyOnceLock(OnceLock::from(value.clone_ref(py))),
            None => PyOnceLock::new(),
        }
    }
}

impl<T: PyTypeCheck> PyOnceLock<Py<T>> {
    /// Returns the attribute of a module. The first call imports it.
    ///
    /// # Errors
    ///
    /// The error of the import; `TypeError` if the attribute is not a `T`.
    ///
    /// ```
    /// use pyo3::prelude::*;
    /// use pyo3::sync::PyOnceLock;
    /// use pyo3::types::PyType;
    ///
    /// fn ordered_dict<'py>(py: Python<'py>) -> PyResult<&'py Bound<'py, PyType>> {
    ///     static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    ///     CLASS.import(py, "collections", "OrderedDict")
    /// }
    /// # Python::initialize();
    /// # Python::attach(|py| assert!(ordered_dict(py).is_ok()));
    /// ```
    #[inline]
    pub fn import<'py>(&self, py: Python<'py>, module_name: &str, attr_name: &str) -> PyResult<&Bound<'py, T>> {
        match self.0.get() {
            Some(value) => Ok(value.bind(py)),
            None => self.import_now(py, module_name, attr_name),
        }
    }

    #[cold]
    fn import_now<'py>(&self, py: Python<'py>, module_name: &str, attr_name: &str) -> PyResult<&Bound<'py, T>> {
        let value = py.import(module_name)?.as_any().getattr(attr_name)?.cast_into::<T>()?.unbind();
        Ok(self.0.get_or_init_py_attached(py, || value).bind(py))
    }
}

/// An interned string, made when it is first used: what `intern!` puts into a static.
#[doc(hidden)]
pub struct Interned(&'static str, PyOnceLock<Py<PyString>>);

impl Interned {
    /// For this text.
    pub const fn new(text: &'static str) -> Self {
        Interned(text, PyOnceLock::new())
    }

    /// The string.
    #[inline]
    pub fn get<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.1.get_or_init(py, || PyString::intern(py, self.0).unbind()).bind(py)
    }
}
