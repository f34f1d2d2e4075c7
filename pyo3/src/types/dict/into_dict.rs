//! [`IntoPyDict`].

use crate::types::{PyDict, PyDictMethods};
use crate::{Bound, IntoPyObject, PyResult, Python};

/// Makes a dict of anything that iterates over pairs: maps, vectors and arrays of pairs, `zip`.
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
    /// Makes the dict; the last of equal keys wins.
    ///
    /// # Errors
    ///
    /// `TypeError` for unhashable keys; if a key or a value does not convert.
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

/// A key and a value, together owned or behind one reference.
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
