//! Conversions of `either::Either`, from an object of one of two types. The first type that converts wins. Feature
//! `either`.
//!
//! ```
//! use either::Either;
//! use pyo3::prelude::*;
//!
//! /// How often a text is said, and which: `twice(3)`, `twice("ho")`.
//! #[pyfunction]
//! fn twice(what: Either<i64, String>) -> Either<i64, String> {
//!     what.map_either(|number| 2 * number, |text| text.repeat(2))
//! }
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let twice = wrap_pyfunction!(twice)(py)?;
//!     pyo3::py_run!(py, twice, "assert twice(3) == 6 and twice('ho') == 'hoho'");
//!     Ok(())
//! })
//! # }
//! ```

use core::any::type_name;

use either::Either;

use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
use crate::exceptions::PyTypeError;
use crate::types::PyAny;
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, L, R> IntoPyObject<'py> for Either<L, R>
where
    L: IntoPyObject<'py>,
    R: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!((into L) | (into R));

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.either(|left| left.into_bound_py_any(py), |right| right.into_bound_py_any(py))
    }
}

impl<'a, 'py, L, R> IntoPyObject<'py> for &'a Either<L, R>
where
    &'a L: IntoPyObject<'py>,
    &'a R: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!((into &'a L) | (into &'a R));

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.as_ref().into_pyobject(py)
    }
}

impl<'a, 'py, L, R> FromPyObject<'a, 'py> for Either<L, R>
where
    L: FromPyObject<'a, 'py>,
    R: FromPyObject<'a, 'py>,
{
    type Error = PyErr;
    input_type!((from L) | (from R));

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(left) = object.extract() {
            return Ok(Either::Left(left));
        }
        object.extract().map(Either::Right).map_err(|_| neither::<L, R>())
    }
}

#[cold]
fn neither<L, R>() -> PyErr {
    let (left, right) = (type_name::<L>(), type_name::<R>());
    PyTypeError::new_err(format!("failed to convert the value to 'Union[{left}, {right}]'"))
}
