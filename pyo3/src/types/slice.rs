//! `slice`.

use core::convert::Infallible;

use crate::types::{PyAnyMethods, PyRange, PyRangeMethods};
use crate::{Bound, IntoPyObject, PyAny, PyErr, PyResult, PyTypeInfo, Python, intern};

native_types! {
    /// Python's `slice`. Methods are in [`PySliceMethods`].
    PySlice = Slice;
}

/// A slice for a sequence of a known length: what [`PySliceMethods::indices`] gives.
#[derive(Debug, Eq, PartialEq)]
pub struct PySliceIndices {
    /// The first index.
    pub start: isize,
    /// The index to stop before.
    pub stop: isize,
    /// From one index to the next.
    pub step: isize,
    /// How many indices there are.
    pub slicelength: usize,
}

impl PySliceIndices {
    /// Indices of which it is not known how many there are: `slicelength` is 0.
    pub fn new(start: isize, stop: isize, step: isize) -> PySliceIndices {
        PySliceIndices { start, stop, step, slicelength: 0 }
    }
}

impl PySlice {
    /// `slice(start, stop, step)`
    pub fn new(py: Python<'_>, start: isize, stop: isize, step: isize) -> Bound<'_, PySlice> {
        made(PySlice::type_object(py).call1((start, stop, step)))
    }

    /// `slice(None, None, None)`: the whole of a sequence.
    pub fn full(py: Python<'_>) -> Bound<'_, PySlice> {
        made(PySlice::type_object(py).call1((py.None(), py.None(), py.None())))
    }
}

/// The slice that its constructor gave.
fn made(slice: PyResult<Bound<'_, PyAny>>) -> Bound<'_, PySlice> {
    let slice = slice.expect("the constructor takes anything");
    slice.cast_into().expect("the constructor of `slice` gives one")
}

/// Methods of [`PySlice`].
#[doc(alias = "PySlice")]
pub trait PySliceMethods<'py>: crate::types::sealed::Sealed {
    /// What the slice means for a sequence of this length: `self.indices(length)`.
    ///
    /// # Errors
    ///
    /// `ValueError` where the step is 0 or `length` is negative; `TypeError` where the slice is not made of integers.
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
        let indices = self.call_method1(intern!(self.py(), "indices"), (length,))?;
        let start: isize = indices.get_item(0)?.extract()?;
        let stop: isize = indices.get_item(1)?.extract()?;
        let step = clipped(&indices.get_item(2)?)?;
        Ok(PySliceIndices { start, stop, step, slicelength: count(start, stop, step) })
    }
}

/// A step, which may be larger than any sequence.
fn clipped(step: &Bound<'_, PyAny>) -> PyResult<isize> {
    match step.extract::<isize>() {
        Ok(step) => Ok(step),
        Err(_) if step.lt(0)? => Ok(-isize::MAX),
        Err(_) => Ok(isize::MAX),
    }
}

/// How many indices there are from `start` up or down to `stop`. A step of 0 cannot be: `indices` refuses it.
fn count(start: isize, stop: isize, step: isize) -> usize {
    let way = if step > 0 { stop.saturating_sub(start) } else { start.saturating_sub(stop) };
    match usize::try_from(way) {
        Ok(way) => way.div_ceil(step.unsigned_abs()),
        Err(_) => 0,
    }
}

impl<'py> IntoPyObject<'py> for PySliceIndices {
    type Target = PySlice;
    type Output = Bound<'py, PySlice>;
    type Error = Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        (&self).into_pyobject(py)
    }
}

impl<'py> IntoPyObject<'py> for &PySliceIndices {
    type Target = PySlice;
    type Output = Bound<'py, PySlice>;
    type Error = Infallible;

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
