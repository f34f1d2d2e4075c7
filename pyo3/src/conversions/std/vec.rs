//! `Vec`: lists, or `bytes` of `u8`; from any sequence but `str`.

use pyo3_backend::{BuiltinType, TypeOps};

use super::sequence;
use crate::backend::Active;
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::exceptions::PyTypeError;
use crate::types::{PyAny, PyAnyMethods};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Vec<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        T::owned_sequence_into_pyobject(self, py)
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &'a Vec<T>
where
    &'a T: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.as_slice().into_pyobject(py)
    }
}

impl<'py, T: FromPyObjectOwned<'py>> FromPyObject<'_, 'py> for Vec<T> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(items) = T::sequence_extractor(object) {
            return Ok(items);
        }
        // A sequence of its characters, which hardly ever is what somebody meant.
        if Active::is_builtin(object.py().attached(), object.any_handle(), BuiltinType::Str) {
            return Err(PyTypeError::new_err("Can't extract `str` to `Vec`"));
        }
        sequence::check(object)?;
        // The length is a guess that saves growing; without one, iteration says what is wrong.
        let mut items = Vec::with_capacity(object.len().unwrap_or(0));
        for item in object.try_iter()? {
            items.push(item?.extract::<T>().map_err(Into::into)?);
        }
        Ok(items)
    }
}
