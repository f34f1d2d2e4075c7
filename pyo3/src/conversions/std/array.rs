//! Conversions of arrays: to a list, or to `bytes` for `u8`; from a sequence of exactly their length.

use pyo3_backend::SequenceOps;

use super::sequence;
use crate::backend::Active;
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::err::ResultExt;
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyAnyMethods};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, T: IntoPyObject<'py>, const N: usize> IntoPyObject<'py> for [T; N] {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!(sequence of T);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        T::owned_sequence_into_pyobject(self, py)
    }
}

impl<'a, 'py, T, const N: usize> IntoPyObject<'py> for &'a [T; N]
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

impl<'py, T: FromPyObjectOwned<'py>, const N: usize> FromPyObject<'_, 'py> for [T; N] {
    type Error = PyErr;
    input_type!(("_typeshed" "SupportsLenAndGetItem")[(from T)]);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(items) = T::array_extractor(object) {
            return items.map_err(|length| wrong_length(N, length));
        }
        sequence::check(object)?;
        let length = object.len()?;
        if length != N {
            return Err(wrong_length(N, length));
        }
        let py = object.py();
        try_from_fn(|index| {
            let item = Active::sequence_get(py.attached(), object.any_handle(), index).or_raise(py)?;
            Bound::wrap(item).extract::<T>().map_err(Into::into)
        })
    }
}

#[cold]
fn wrong_length(expected: usize, actual: usize) -> PyErr {
    PyValueError::new_err(format!("expected a sequence of length {expected} (got {actual})"))
}

/// Returns an array of the results of `make` for each index, or its first error.
fn try_from_fn<T, E, const N: usize>(mut make: impl FnMut(usize) -> Result<T, E>) -> Result<[T; N], E> {
    let mut failed = None;
    let items: [Option<T>; N] = core::array::from_fn(|index| {
        if failed.is_some() {
            return None;
        }
        make(index).map_err(|error| failed = Some(error)).ok()
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(items.map(|item| item.expect("every item was made"))),
    }
}
