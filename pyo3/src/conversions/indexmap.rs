//! `indexmap::IndexMap`: `dict`, with the entries in the same order. Feature `indexmap`.
//!
//! ```
//! use indexmap::IndexMap;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let map: IndexMap<String, i32> = py.eval(c"{'one': 1, 'two': 2}", None, None)?.extract()?;
//!     assert_eq!(map.get_index(1), Some((&String::from("two"), &2)));
//!     assert_eq!(map.into_pyobject(py)?.repr()?, "{'one': 1, 'two': 2}");
//!     Ok(())
//! })
//! # }
//! ```

use core::hash::{BuildHasher, Hash};

use indexmap::IndexMap;

use super::std::map::{from_dict, into_dict};
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::types::{PyAny, PyAnyMethods, PyDict};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, K, V, S> IntoPyObject<'py> for IndexMap<K, V, S>
where
    K: IntoPyObject<'py> + Eq + Hash,
    V: IntoPyObject<'py>,
    S: BuildHasher,
{
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        into_dict(py, self.into_iter())
    }
}

impl<'a, 'py, K, V, S> IntoPyObject<'py> for &'a IndexMap<K, V, S>
where
    &'a K: IntoPyObject<'py> + Eq + Hash,
    &'a V: IntoPyObject<'py>,
    S: BuildHasher,
{
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        into_dict(py, self.iter())
    }
}

impl<'py, K, V, S> FromPyObject<'_, 'py> for IndexMap<K, V, S>
where
    K: FromPyObjectOwned<'py> + Eq + Hash,
    V: FromPyObjectOwned<'py>,
    S: BuildHasher + Default,
{
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let length = object.cast::<PyDict>()?.as_any().len()?;
        let mut map = IndexMap::with_capacity_and_hasher(length, S::default());
        from_dict(object, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}
