//! Conversions of `f64` and `f32`.

use core::convert::Infallible;

use pyo3_backend::{FloatOps, ListOps};

use super::list_blocks;
use crate::backend::Active;
use crate::conversion::private::Token;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::ResultExt;
use crate::types::{PyAny, PyFloat, PyList};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py> IntoPyObject<'py> for f64 {
    type Target = PyFloat;
    type Output = Bound<'py, PyFloat>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(Bound::from_handle(Active::float_from_f64(py.attached(), self)))
    }
}

impl<'py> IntoPyObject<'py> for f32 {
    type Target = PyFloat;
    type Output = Bound<'py, PyFloat>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        f64::from(self).into_pyobject(py)
    }
}

by_copy! {
    f64 => PyFloat, Infallible;
    f32 => PyFloat, Infallible;
}

impl FromPyObject<'_, '_> for f64 {
    type Error = PyErr;
    input_type!(("typing" "SupportsFloat") | ("typing" "SupportsIndex"));

    #[inline]
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let py = object.py();
        Active::float_to_f64(py.attached(), object.any_handle()).or_raise(py)
    }

    #[inline]
    fn read_list(list: Borrowed<'_, '_, PyList>, each: impl FnMut(Self), _: Token) -> usize {
        list_blocks::read(list, list_blocks::numbers(), Active::list_read_floats, Some, each)
    }
}

/// Rounds to the nearest `f32`, which is infinity if the number is too large.
impl FromPyObject<'_, '_> for f32 {
    type Error = PyErr;
    input_type!(("typing" "SupportsFloat") | ("typing" "SupportsIndex"));

    #[inline]
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        object.extract::<f64>().map(|value| value as f32)
    }

    #[inline]
    fn read_list(list: Borrowed<'_, '_, PyList>, each: impl FnMut(Self), _: Token) -> usize {
        list_blocks::read(list, list_blocks::numbers(), Active::list_read_floats, |value| Some(value as f32), each)
    }
}
