//! [`PyRange`]: Python's `range`.

use crate::types::PyAnyMethods;
use crate::{Bound, PyResult, PyTypeInfo, Python, intern};

native_types! {
    /// Python's `range`. Its methods are in [`PyRangeMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyRange, PyRangeMethods};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let range = PyRange::new_with_step(py, 10, 0, -5)?;
    ///     assert_eq!((range.start()?, range.stop()?, range.step()?), (10, 0, -5));
    ///     assert_eq!(range.extract::<Vec<i32>>()?, [10, 5]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyRange = Range;
}

impl<'py> PyRange {
    /// Creates a range from `start` up to `stop`, which is excluded: `range(start, stop)`.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyRange;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let range = PyRange::new(py, 1, 4)?;
    ///     assert_eq!(range.extract::<Vec<i32>>()?, [1, 2, 3]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new(py: Python<'py>, start: isize, stop: isize) -> PyResult<Bound<'py, Self>> {
        PyRange::new_with_step(py, start, stop, 1)
    }

    /// Creates a range that counts by `step`, which may be negative: `range(start, stop, step)`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if `step` is 0.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyRange;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let range = PyRange::new_with_step(py, 3, 0, -1)?;
    ///     assert_eq!(range.extract::<Vec<i32>>()?, [3, 2, 1]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_with_step(py: Python<'py>, start: isize, stop: isize, step: isize) -> PyResult<Bound<'py, Self>> {
        Ok(PyRange::type_object(py).call1((start, stop, step))?.cast_into::<PyRange>()?)
    }
}

/// Methods of [`PyRange`].
#[doc(alias = "PyRange")]
pub trait PyRangeMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the first number: `self.start`.
    ///
    /// # Errors
    ///
    /// Returns `OverflowError` if it does not fit in an `isize`.
    fn start(&self) -> PyResult<isize>;

    /// Returns the bound, which the range does not contain: `self.stop`.
    ///
    /// # Errors
    ///
    /// Returns `OverflowError` if it does not fit in an `isize`.
    fn stop(&self) -> PyResult<isize>;

    /// Returns the difference between successive numbers: `self.step`.
    ///
    /// # Errors
    ///
    /// Returns `OverflowError` if it does not fit in an `isize`.
    fn step(&self) -> PyResult<isize>;
}

impl<'py> PyRangeMethods<'py> for Bound<'py, PyRange> {
    fn start(&self) -> PyResult<isize> {
        self.getattr(intern!(self.py(), "start"))?.extract()
    }

    fn stop(&self) -> PyResult<isize> {
        self.getattr(intern!(self.py(), "stop"))?.extract()
    }

    fn step(&self) -> PyResult<isize> {
        self.getattr(intern!(self.py(), "step"))?.extract()
    }
}
