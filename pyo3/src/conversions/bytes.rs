//! Conversions between `bytes::Bytes` and `bytes`. Feature `bytes`.
//!
//! A `Bytes` made from a `bytes` object shares its memory and keeps it alive. A `bytearray` is copied.
//!
//! ```
//! use bytes::Bytes;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! let data = Python::attach(|py| -> PyResult<Bytes> { Ok(py.eval(c"b'one two'", None, None)?.extract()?) })?;
//! assert_eq!(data.slice(4..), "two");
//! # Ok(())
//! # }
//! ```

use bytes::Bytes;

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::pybacked::PyBackedBytes;
use crate::types::{PyAny, PyBytes};
use crate::{Borrowed, Bound, CastError, PyErr, PyResult, Python};

impl<'a, 'py> FromPyObject<'a, 'py> for Bytes {
    type Error = CastError<'a, 'py>;
    input_type!(from crate::pybacked::PyBackedBytes);

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        PyBackedBytes::extract(object).map(Bytes::from_owner)
    }
}

impl<'py> IntoPyObject<'py> for &Bytes {
    type Target = PyBytes;
    type Output = Bound<'py, PyBytes>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(PyBytes::new(py, self))
    }
}

impl<'py> IntoPyObject<'py> for Bytes {
    type Target = PyBytes;
    type Output = Bound<'py, PyBytes>;
    type Error = PyErr;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        (&self).into_pyobject(py)
    }
}
