//! Conversions between `uuid::Uuid` or `NonNilUuid` and `uuid.UUID`. Feature `uuid`.
//!
//! ```
//! use pyo3::prelude::*;
//! use uuid::Uuid;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let id = Uuid::from_u128(0x12345678_1234_5678_1234_567812345678);
//!     let object = id.into_pyobject(py)?;
//!     assert_eq!(object.str()?, "12345678-1234-5678-1234-567812345678");
//!     assert_eq!(object.extract::<Uuid>()?, id);
//!     Ok(())
//! })
//! # }
//! ```

use uuid::{NonNilUuid, Uuid};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::{PyTypeError, PyValueError};
use crate::sync::PyOnceLock;
use crate::types::{PyAny, PyAnyMethods, PyType};
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python, intern};

/// Returns the class `uuid.UUID`.
fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "uuid", "UUID")
}

impl FromPyObject<'_, '_> for Uuid {
    type Error = PyErr;
    input_type!("uuid" "UUID");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let py = object.py();
        if !object.is_instance(class(py)?)? {
            return Err(PyTypeError::new_err("Expected a `uuid.UUID` instance."));
        }
        object.getattr(intern!(py, "int"))?.extract().map(Uuid::from_u128)
    }
}

/// Returns `ValueError` for the nil UUID, which is all zeros.
impl FromPyObject<'_, '_> for NonNilUuid {
    type Error = PyErr;
    input_type!("uuid" "UUID");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        NonNilUuid::new(object.extract()?).ok_or_else(|| PyValueError::new_err("UUID is nil"))
    }
}

impl<'py> IntoPyObject<'py> for Uuid {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!("uuid" "UUID");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        // The parameters are `UUID(hex, bytes, bytes_le, fields, int)`. Keyword arguments would be slower.
        class(py)?.call1((py.None(), py.None(), py.None(), py.None(), self.as_u128()))
    }
}

impl<'py> IntoPyObject<'py> for NonNilUuid {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!("uuid" "UUID");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Uuid::from(self).into_pyobject(py)
    }
}

by_copy! {
    Uuid => PyAny, PyErr;
    NonNilUuid => PyAny, PyErr;
}
