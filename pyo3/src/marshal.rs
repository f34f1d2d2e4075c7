//! Conversion of values to bytes, in the format of Python's module
//! [`marshal`](https://docs.python.org/3/library/marshal.html).
//!
//! The format supports the types that compiled code consists of, and changes with each version of Python. To store
//! data, use `pickle` or `json`.
//!
//! ```
//! use pyo3::marshal;
//! use pyo3::prelude::*;
//! use pyo3::types::PyList;
//!
//! # Python::initialize();
//! Python::attach(|py| {
//!     let primes = PyList::new(py, [2, 3, 5])?;
//!     let bytes = marshal::dumps(&primes, marshal::VERSION)?;
//!     assert!(marshal::loads(py, bytes.as_bytes())?.eq(primes)?);
//!     Ok::<(), PyErr>(())
//! })
//! # .unwrap();
//! ```

use crate::types::{PyAnyMethods, PyBytes};
use crate::{Bound, PyAny, PyResult, Python, intern};

/// The newest version of the format that every runtime writes.
pub const VERSION: i32 = 4;

/// Serialises a value: `marshal.dumps(object, version)`.
///
/// # Errors
///
/// `ValueError` if the value, or one inside it, is of a type that the format does not support.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::marshal;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let value = [1, 2, 3].into_pyobject(py)?;
///     let bytes = marshal::dumps(&value, marshal::VERSION)?;
///     let copy = marshal::loads(py, bytes.as_bytes())?;
///     assert_eq!(copy.extract::<[i32; 3]>()?, [1, 2, 3]);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub fn dumps<'py>(object: &Bound<'py, PyAny>, version: i32) -> PyResult<Bound<'py, PyBytes>> {
    let py = object.py();
    let bytes = py.import(intern!(py, "marshal"))?.call_method1(intern!(py, "dumps"), (object, version))?;
    Ok(bytes.cast_into()?)
}

/// Deserialises a value: `marshal.loads(data)`.
///
/// Data from an untrusted source may crash the interpreter.
///
/// # Errors
///
/// `EOFError` if the data ends too early; `ValueError` or `TypeError` if it is not in the format.
pub fn loads<'py, B>(py: Python<'py>, data: &B) -> PyResult<Bound<'py, PyAny>>
where
    B: AsRef<[u8]> + ?Sized,
{
    let data = PyBytes::new(py, data.as_ref());
    py.import(intern!(py, "marshal"))?.call_method1(intern!(py, "loads"), (data,))
}
