//! `range`.

use crate::types::PyAnyMethods;
use crate::{Bound, PyResult, PyTypeInfo, Python, intern};

native_types! {
    /// Python's `range`. Methods are in [`PyRangeMethods`].
    PyRange = Range;
}

impl<'py> PyRange {
    /// `range(start, stop)`
    ///
    /// # Errors
    ///
    /// None known.
    pub fn new(py: Python<'py>, start: isize, stop: isize) -> PyResult<Bound<'py, Self>> {
        PyRange::new_with_step(py, start, stop, 1)
    }

    /// `range(start, stop, step)`
    ///
    /// # Errors
    ///
    /// `ValueError` if `step` is 0.
    pub fn new_with_step(py: Python<'py>, start: isize, stop: isize, step: isize) -> PyResult<Bound<'py, Self>> {
        Ok(PyRange::type_object(py).call1((start, stop, step))?.cast_into::<PyRange>()?)
    }
}

/// Methods of [`PyRange`].
#[doc(alias = "PyRange")]
pub trait PyRangeMethods<'py>: crate::types::sealed::Sealed {
    /// The first number.
    ///
    /// # Errors
    ///
    /// `OverflowError` if it does not fit.
    fn start(&self) -> PyResult<isize>;

    /// The number to stop before.
    ///
    /// # Errors
    ///
    /// `OverflowError` if it does not fit.
    fn stop(&self) -> PyResult<isize>;

    /// From one number to the next.
    ///
    /// # Errors
    ///
    /// `OverflowError` if it does not fit.
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
