//! [`IntoPyDict`]: conversion of pairs to a dict.

use crate::types::{PyDict, PyDictMethods};
use crate::{Bound, IntoPyObject, PyResult, Python};

/// Conversion to a dict, for anything that iterates over pairs: maps, vectors and arrays of pairs, `zip`.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::types::IntoPyDict;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let ages = [("Ada", 36), ("Grace", 85)].into_py_dict(py)?;
///     assert_eq!(ages.len(), 2);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub trait IntoPyDict<'py>: Sized {
    /// Creates the dict. Of several pairs with equal keys, the last one remains.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if a key is unhashable, or the error of converting a key or a value.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let squares = (1..4).map(|n| (n, n * n)).into_py_dict(py)?;
    ///     assert_eq!(squares.to_string(), "{1: 1, 2: 4, 3: 9}");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn into_py_dict(self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>>;
}

impl<'py, I> IntoPyDict<'py> for I
where
    I: IntoIterator,
    I::Item: Pair<'py>,
{
    fn into_py_dict(self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for pair in self {
            pair.store(&dict)?;
        }
        Ok(dict)
    }
}

/// A key and a value, both owned or both behind one reference.
trait Pair<'py> {
    fn store(self, dict: &Bound<'py, PyDict>) -> PyResult<()>;
}

impl<'py, K: IntoPyObject<'py>, V: IntoPyObject<'py>> Pair<'py> for (K, V) {
    fn store(self, dict: &Bound<'py, PyDict>) -> PyResult<()> {
        dict.set_item(self.0, self.1)
    }
}

impl<'a, 'py, K, V> Pair<'py> for &'a (K, V)
where
    &'a K: IntoPyObject<'py>,
    &'a V: IntoPyObject<'py>,
{
    fn store(self, dict: &Bound<'py, PyDict>) -> PyResult<()> {
        dict.set_item(&self.0, &self.1)
    }
}
