//! `hashbrown::HashMap` is `dict`, `HashSet` is `set`; from a `frozenset` too. Feature `hashbrown`.
//!
//! ```
//! use hashbrown::{HashMap, HashSet};
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let map: HashMap<String, i32> = py.eval(c"{'one': 1}", None, None)?.extract()?;
//!     assert_eq!(map["one"], 1);
//!     let set: HashSet<i32> = py.eval(c"frozenset([3])", None, None)?.extract()?;
//!     assert_eq!(set.into_pyobject(py)?.repr()?, "{3}");
//!     Ok(())
//! })
//! # }
//! ```

use core::hash::{BuildHasher, Hash};

use hashbrown::{HashMap, HashSet};

use super::std::map::{from_dict, into_dict};
use super::std::set::from_set;
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::types::{PyAny, PyAnyMethods, PyDict, PySet};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, K, V, S> IntoPyObject<'py> for HashMap<K, V, S>
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

impl<'a, 'py, K, V, S> IntoPyObject<'py> for &'a HashMap<K, V, S>
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

impl<'py, T, S> IntoPyObject<'py> for HashSet<T, S>
where
    T: IntoPyObject<'py> + Eq + Hash,
    S: BuildHasher,
{
    type Target = PySet;
    type Output = Bound<'py, PySet>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PySet::new(py, self)
    }
}

impl<'a, 'py, T, S> IntoPyObject<'py> for &'a HashSet<T, S>
where
    &'a T: IntoPyObject<'py> + Eq + Hash,
    S: BuildHasher,
{
    type Target = PySet;
    type Output = Bound<'py, PySet>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PySet::new(py, self)
    }
}

impl<'py, K, V, S> FromPyObject<'_, 'py> for HashMap<K, V, S>
where
    K: FromPyObjectOwned<'py> + Eq + Hash,
    V: FromPyObjectOwned<'py>,
    S: BuildHasher + Default,
{
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let length = object.cast::<PyDict>()?.as_any().len()?;
        let mut map = HashMap::with_capacity_and_hasher(length, S::default());
        from_dict(object, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}

impl<'py, T, S> FromPyObject<'_, 'py> for HashSet<T, S>
where
    T: FromPyObjectOwned<'py> + Eq + Hash,
    S: BuildHasher + Default,
{
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut set = HashSet::default();
        from_set(object, |item| {
            set.insert(item);
        })?;
        Ok(set)
    }
}
