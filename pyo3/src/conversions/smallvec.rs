//! Conversions of `smallvec::SmallVec`: to a list, or to `bytes` for `u8`; from any sequence but `str`. Feature
//! `smallvec`.
//!
//! ```
//! use pyo3::prelude::*;
//! use smallvec::{SmallVec, smallvec};
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let numbers: SmallVec<[i32; 4]> = py.eval(c"(1, 2, 3)", None, None)?.extract()?;
//!     assert_eq!(numbers.as_slice(), [1, 2, 3]);
//!     let bytes: SmallVec<[u8; 4]> = smallvec![104, 105];
//!     assert_eq!(bytes.into_pyobject(py)?.repr()?, "b'hi'");
//!     Ok(())
//! })
//! # }
//! ```

use smallvec::{Array, SmallVec};

use super::std::sequence;
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::types::PyAny;
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, A> IntoPyObject<'py> for SmallVec<A>
where
    A: Array,
    A::Item: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!(sequence of A::Item);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        A::Item::owned_sequence_into_pyobject(self, py)
    }
}

impl<'a, 'py, A> IntoPyObject<'py> for &'a SmallVec<A>
where
    A: Array,
    &'a A::Item: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!(sequence of &'a A::Item);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.as_slice().into_pyobject(py)
    }
}

impl<'py, A> FromPyObject<'_, 'py> for SmallVec<A>
where
    A: Array,
    A::Item: FromPyObjectOwned<'py>,
{
    type Error = PyErr;
    input_type!(("_typeshed" "SupportsLenAndGetItem")[(from A::Item)]);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Some(items) = A::Item::sequence_extractor(object) {
            return Ok(SmallVec::from_vec(items));
        }
        sequence::collect(object, "Can't extract `str` to `SmallVec`", SmallVec::with_capacity, SmallVec::push)
    }
}
