//! Conversions of `Vec`: to a list, or to `bytes` for `u8`; from any sequence but `str`.

use super::sequence;
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::types::PyAny;
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Vec<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!(sequence of T);

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
    output_type!(sequence of &'a T);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.as_slice().into_pyobject(py)
    }
}

impl<'py, T: FromPyObjectOwned<'py>> FromPyObject<'_, 'py> for Vec<T> {
    type Error = PyErr;
    input_type!(("_typeshed" "SupportsGetItem")[("builtins" "int"), (from T)]);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(items) = T::sequence_extractor(object) {
            return Ok(items);
        }
        sequence::collect(object, "Can't extract `str` to `Vec`", Vec::with_capacity, Vec::push)
    }
}
