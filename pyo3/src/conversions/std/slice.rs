//! Conversions of slices, and of `Cow` of them: to a list, or to `bytes` for `u8`. `bytes` also convert back.

use std::borrow::Cow;

use pyo3_backend::BytesOps;

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::CastError;
use crate::types::{PyAny, PyBytes};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'a, 'py, T> IntoPyObject<'py> for &'a [T]
where
    &'a T: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!(sequence of &'a T);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        <&T>::borrowed_sequence_into_pyobject(self, py)
    }
}

impl<'py, T> IntoPyObject<'py> for Cow<'_, [T]>
where
    T: Clone,
    for<'a> &'a T: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!(sequence of &T);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        <&T>::borrowed_sequence_into_pyobject(self.as_ref(), py)
    }
}

/// Borrows the contents of a `bytes`.
impl<'a, 'py> FromPyObject<'a, 'py> for &'a [u8] {
    type Error = CastError<'a, 'py>;
    input_type!(type crate::types::PyBytes);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        let bytes = object.cast::<PyBytes>()?;
        Ok(Active::bytes_as_slice(object.py().attached(), bytes.handle()))
    }
}

/// Borrows the contents of a `bytes`. Copies those of a `bytearray` or of another sequence of integers.
impl<'a, 'py> FromPyObject<'a, 'py> for Cow<'a, [u8]> {
    type Error = PyErr;
    input_type!(from Vec<u8>);

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match object.extract::<&'a [u8]>() {
            Ok(contents) => Ok(Cow::Borrowed(contents)),
            Err(_) => object.extract().map(Cow::Owned),
        }
    }
}
