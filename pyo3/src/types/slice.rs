//! [`PySlice`]: Python's `slice`.

use core::convert::Infallible;

use pyo3_backend::{ObjectOps, SliceIndices, SliceOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyValueError;
use crate::types::{PyRange, PyRangeMethods};
use crate::{Bound, IntoPyObject, PyErr, PyResult, Python};

native_types! {
    /// Python's `slice`. Its methods are in [`PySliceMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyList, PySlice};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [0, 1, 2, 3, 4])?;
    ///     assert_eq!(list.as_any().get_item(PySlice::new(py, 0, 5, 2))?.to_string(), "[0, 2, 4]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PySlice = Slice;
}

/// The indices of a slice in a sequence of a known length: the result of [`PySliceMethods::indices`].
#[derive(Debug, Eq, PartialEq)]
pub struct PySliceIndices {
    /// The first index.
    pub start: isize,
    /// The index at which the slice ends, which it excludes.
    pub stop: isize,
    /// The difference between successive indices. It may be negative.
    pub step: isize,
    /// The number of indices.
    pub slicelength: usize,
}

impl PySliceIndices {
    /// Creates indices with a `slicelength` of 0, because their number is not known.
    pub fn new(start: isize, stop: isize, step: isize) -> PySliceIndices {
        PySliceIndices { start, stop, step, slicelength: 0 }
    }
}

impl PySlice {
    /// Creates a slice: `slice(start, stop, step)`.
    pub fn new(py: Python<'_>, start: isize, stop: isize, step: isize) -> Bound<'_, PySlice> {
        Bound::from_handle(Active::slice_from_indices(py.attached(), start, stop, step))
    }

    /// Creates the slice that covers a whole sequence: `slice(None, None, None)`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySlice;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let copy = py.eval(c"[1, 2]", None, None)?.get_item(PySlice::full(py))?;
    ///     assert_eq!(copy.to_string(), "[1, 2]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn full(py: Python<'_>) -> Bound<'_, PySlice> {
        let none = Active::constant_none(py.attached());
        Bound::from_handle(Active::slice_new(py.attached(), none, none, none))
    }
}

/// Methods of [`PySlice`].
#[doc(alias = "PySlice")]
pub trait PySliceMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the indices of the slice in a sequence of length `length`: `self.indices(length)`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if the step is 0 or `length` is negative, or `TypeError` if the slice does not consist of
    /// integers.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::{PySlice, PySliceMethods};
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let indices = PySlice::new(py, -2, isize::MAX, 1).indices(5)?;
    ///     assert_eq!((indices.start, indices.stop, indices.slicelength), (3, 5, 2));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn indices(&self, length: isize) -> PyResult<PySliceIndices>;
}

impl<'py> PySliceMethods<'py> for Bound<'py, PySlice> {
    fn indices(&self, length: isize) -> PyResult<PySliceIndices> {
        let py = self.py();
        let length = usize::try_from(length).map_err(|_| PyValueError::new_err("length should not be negative"))?;
        let SliceIndices { start, stop, step, len } =
            Active::slice_indices(py.attached(), self.handle(), length).or_raise(py)?;
        Ok(PySliceIndices { start, stop, step, slicelength: len })
    }
}

impl<'py> IntoPyObject<'py> for PySliceIndices {
    type Target = PySlice;
    type Output = Bound<'py, PySlice>;
    type Error = Infallible;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        (&self).into_pyobject(py)
    }
}

impl<'py> IntoPyObject<'py> for &PySliceIndices {
    type Target = PySlice;
    type Output = Bound<'py, PySlice>;
    type Error = Infallible;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(PySlice::new(py, self.start, self.stop, self.step))
    }
}

impl<'py> TryFrom<Bound<'py, PyRange>> for Bound<'py, PySlice> {
    type Error = PyErr;

    fn try_from(range: Bound<'py, PyRange>) -> PyResult<Self> {
        Ok(PySlice::new(range.py(), range.start()?, range.stop()?, range.step()?))
    }
}
