//! [`PyOnceLock`]: a value that an attached thread initializes once.

use std::sync::{Mutex, OnceLock, PoisonError};

use crate::sync::MutexExt;
use crate::types::{PyAnyMethods, PyString};
use crate::{Bound, Py, PyResult, PyTypeCheck, Python};

/// A cell that is written only once. A thread that waits for the initialization by another thread detaches, so it
/// cannot deadlock with the interpreter.
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
pub struct PyOnceLock<T> {
    /// Whoever stores the value has it already, so no thread that waits for this lock waits for Python.
    value: OnceLock<T>,
    /// Held while a thread computes the value.
    initializing: Mutex<()>,
}

impl<T> PyOnceLock<T> {
    /// Creates an empty cell.
    pub const fn new() -> Self {
        PyOnceLock { value: OnceLock::new(), initializing: Mutex::new(()) }
    }

    /// Returns the value, or `None` if the cell is empty.
    #[inline]
    pub fn get(&self, _py: Python<'_>) -> Option<&T> {
        self.value.get()
    }

    /// Returns the value. Initializes an empty cell with the result of `f`. Only one thread runs `f`, and others wait
    /// for it.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::sync::PyOnceLock;
    /// use pyo3::types::PyList;
    ///
    /// static SHARED: PyOnceLock<Py<PyList>> = PyOnceLock::new();
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = SHARED.get_or_init(py, || PyList::empty(py).unbind());
    ///     list.bind(py).append(1)?;
    ///     assert_eq!(SHARED.get(py).unwrap().bind(py).len(), 1);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn get_or_init<F>(&self, py: Python<'_>, f: F) -> &T
    where
        F: FnOnce() -> T,
    {
        match self.value.get() {
            Some(value) => value,
            None => self.initialize(py, f),
        }
    }

    #[cold]
    fn initialize(&self, py: Python<'_>, f: impl FnOnce() -> T) -> &T {
        // If another thread has panicked, there is no value yet.
        let _initializing = self.initializing.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner);
        match self.value.get() {
            Some(value) => value,
            None => self.store(f()),
        }
    }

    /// Stores the value, unless another thread was faster. Returns the one that is stored.
    fn store(&self, value: T) -> &T {
        self.value.get_or_init(|| value)
    }

    /// Returns the value. Initializes an empty cell with the result of `f`, unless `f` fails.
    ///
    /// Several threads may run `f` at the same time. The first result stays.
    ///
    /// # Errors
    ///
    /// Returns the error of `f`, and does not change the cell.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::sync::PyOnceLock;
    ///
    /// static SQRT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let sqrt = SQRT.get_or_try_init(py, || py.import("math")?.getattr("sqrt").map(Bound::unbind))?;
    ///     assert_eq!(sqrt.call1(py, (16,))?.extract::<f64>(py)?, 4.0);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn get_or_try_init<F, E>(&self, py: Python<'_>, f: F) -> Result<&T, E>
    where
        F: FnOnce() -> Result<T, E>,
    {
        let _ = py;
        match self.value.get() {
            Some(value) => Ok(value),
            None => f().map(|value| self.store(value)),
        }
    }

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Returns `value` in `Err` if the cell already has one.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::sync::PyOnceLock;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let cell = PyOnceLock::new();
    ///     assert_eq!(cell.set(py, 1), Ok(()));
    ///     assert_eq!(cell.set(py, 2), Err(2));
    ///     assert_eq!(cell.get(py), Some(&1));
    /// });
    /// ```
    pub fn set(&self, _py: Python<'_>, value: T) -> Result<(), T> {
        self.value.set(value)
    }

    /// Returns a mutable reference to the value, or `None` if the cell is empty.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut()
    }

    /// Removes the value from the cell and returns it, or returns `None` if the cell is empty.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::sync::PyOnceLock;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mut cell = PyOnceLock::new();
    ///     cell.get_or_init(py, || "first");
    ///     assert_eq!(cell.take(), Some("first"));
    ///     assert_eq!(*cell.get_or_init(py, || "second"), "second");
    /// });
    /// ```
    pub fn take(&mut self) -> Option<T> {
        self.value.take()
    }

    /// Consumes the cell, and returns the value if there is one.
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }
}

impl<T> PyOnceLock<Py<T>> {
    /// Creates another cell with a new reference to the same object, or an empty one if this cell is empty.
    pub fn clone_ref(&self, py: Python<'_>) -> Self {
        match self.value.get() {
            Some(value) => PyOnceLock { value: OnceLock::from(value.clone_ref(py)), initializing: Mutex::new(()) },
            None => PyOnceLock::new(),
        }
    }
}

impl<T: PyTypeCheck> PyOnceLock<Py<T>> {
    /// Returns the attribute `attr_name` of the module `module_name`. The first call imports it, and later calls return
    /// the same object.
    ///
    /// # Errors
    ///
    /// Returns the error of the import, `AttributeError` if there is no such attribute, or `TypeError` if it is not a
    /// `T`.
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
        match self.value.get() {
            Some(value) => Ok(value.bind(py)),
            None => self.import_now(py, module_name, attr_name),
        }
    }

    #[cold]
    fn import_now<'py>(&self, py: Python<'py>, module_name: &str, attr_name: &str) -> PyResult<&Bound<'py, T>> {
        let value = py.import(module_name)?.as_any().getattr(attr_name)?.cast_into::<T>()?.unbind();
        // Not under the lock: the import may wait for a thread that needs this value.
        Ok(self.store(value).bind(py))
    }
}

/// An interned string that is created by the first use. `intern!` puts one in a static.
#[doc(hidden)]
pub struct Interned(&'static str, PyOnceLock<Py<PyString>>);

impl Interned {
    /// Creates the static for `text`.
    pub const fn new(text: &'static str) -> Self {
        Interned(text, PyOnceLock::new())
    }

    /// Returns the string.
    #[inline]
    pub fn get<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.1.get_or_init(py, || PyString::intern(py, self.0).unbind()).bind(py)
    }
}
