//! Extraction by value of every `#[pyclass]` that is `Clone`, as up to 0.29, unless it has `skip_from_py_object`.

use crate::pyclass::PyClassGuardError;
use crate::pyclass::guard::clone_out;
use crate::{Borrowed, FromPyObject, PyAny, PyClass};

/// A class that is extracted by value if it is `Clone`. The `#[pyclass]` of a facade implements it by default.
pub trait ImplicitFromPyObject {}

impl<'a, 'py, T: PyClass + Clone + ImplicitFromPyObject> FromPyObject<'a, 'py> for T {
    type Error = PyClassGuardError<'a, 'py>;
    input_type!(type T);

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        clone_out(object)
    }
}

/// The `#[pyclass]` of a facade calls this for a class that has neither `from_py_object` nor `skip_from_py_object`.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_extract_by_clone {
    ($class:ident) => {
        impl $crate::compat::ImplicitFromPyObject for $class {}
    };
}
