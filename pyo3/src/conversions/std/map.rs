//! Conversions between `HashMap` or `BTreeMap` and `dict`.

use std::collections::{BTreeMap, HashMap};

use pyo3_backend::DictOps;

use crate::backend::Active;
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject, IntoPyObjectExt};
use crate::err::ResultExt;
use crate::exceptions::PyRuntimeError;
use crate::types::{PyAny, PyAnyMethods, PyDict};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Creates a dict of these entries.
pub(in crate::conversions) fn into_dict<'py, K, V>(
    py: Python<'py>,
    entries: impl Iterator<Item = (K, V)>,
) -> PyResult<Bound<'py, PyDict>>
where
    K: IntoPyObject<'py>,
    V: IntoPyObject<'py>,
{
    let dict = Active::dict_new(py.attached());
    for (key, value) in entries {
        let key = key.into_bound_py_any(py)?;
        let value = value.into_bound_py_any(py)?;
        Active::dict_set(py.attached(), dict.as_ref(), key.any_handle(), value.any_handle()).or_raise(py)?;
    }
    Ok(Bound::from_handle(dict))
}

/// Converts the entries of a dict, one by one, and passes them to `take`.
///
/// # Errors
///
/// The error of a conversion, or `RuntimeError` if a conversion runs Python code that changes the size or the keys of
/// the dict.
pub(in crate::conversions) fn from_dict<'py, K, V>(
    object: Borrowed<'_, 'py, PyAny>,
    mut take: impl FnMut(K, V),
) -> PyResult<()>
where
    K: FromPyObjectOwned<'py>,
    V: FromPyObjectOwned<'py>,
{
    let py = object.py().attached();
    let dict = object.cast::<PyDict>()?.handle();
    let length = Active::dict_len(py, dict);
    let mut cursor = Default::default();
    let mut left = length;
    while let Some((key, value)) = Active::dict_next(py, dict, &mut cursor) {
        // Code that replaces keys would go on for ever.
        let Some(rest) = left.checked_sub(1) else {
            return Err(PyRuntimeError::new_err("dictionary keys changed during iteration"));
        };
        left = rest;
        let key = Bound::<PyAny>::wrap(key).extract::<K>().map_err(Into::into)?;
        let value = Bound::<PyAny>::wrap(value).extract::<V>().map_err(Into::into)?;
        take(key, value);
        if Active::dict_len(py, dict) != length {
            return Err(PyRuntimeError::new_err("dictionary changed size during iteration"));
        }
    }
    Ok(())
}

/// Implements the conversions of a hash map: to a dict, by value and by reference, and from one.
macro_rules! hash_map {
    ($map:ident) => {
        const _: () = {
            use core::hash::{BuildHasher, Hash};

            use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
            use crate::conversions::std::map::{from_dict, into_dict};
            use crate::types::{PyAny, PyDict, PyDictMethods};
            use crate::{Borrowed, Bound, PyErr, PyResult, Python};

            impl<'py, K, V, S> IntoPyObject<'py> for $map<K, V, S>
            where
                K: IntoPyObject<'py> + Eq + Hash,
                V: IntoPyObject<'py>,
                S: BuildHasher,
            {
                type Target = PyDict;
                type Output = Bound<'py, PyDict>;
                type Error = PyErr;
                output_type!((type PyDict)[(into K), (into V)]);

                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    into_dict(py, self.into_iter())
                }
            }

            impl<'a, 'py, K, V, S> IntoPyObject<'py> for &'a $map<K, V, S>
            where
                &'a K: IntoPyObject<'py> + Eq + Hash,
                &'a V: IntoPyObject<'py>,
                S: BuildHasher,
            {
                type Target = PyDict;
                type Output = Bound<'py, PyDict>;
                type Error = PyErr;
                output_type!((type PyDict)[(into &'a K), (into &'a V)]);

                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    into_dict(py, self.iter())
                }
            }

            impl<'py, K, V, S> FromPyObject<'_, 'py> for $map<K, V, S>
            where
                K: FromPyObjectOwned<'py> + Eq + Hash,
                V: FromPyObjectOwned<'py>,
                S: BuildHasher + Default,
            {
                type Error = PyErr;
                input_type!((type PyDict)[(from K), (from V)]);

                fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                    let length = object.cast::<PyDict>()?.len();
                    let mut map = $map::with_capacity_and_hasher(length, S::default());
                    from_dict(object, |key, value| {
                        map.insert(key, value);
                    })?;
                    Ok(map)
                }
            }
        };
    };
}

hash_map!(HashMap);

impl<'py, K, V> IntoPyObject<'py> for BTreeMap<K, V>
where
    K: IntoPyObject<'py> + Eq,
    V: IntoPyObject<'py>,
{
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;
    output_type!((type PyDict)[(into K), (into V)]);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        into_dict(py, self.into_iter())
    }
}

impl<'a, 'py, K, V> IntoPyObject<'py> for &'a BTreeMap<K, V>
where
    &'a K: IntoPyObject<'py> + Eq,
    &'a V: IntoPyObject<'py>,
    K: 'a,
    V: 'a,
{
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = PyErr;
    output_type!((type PyDict)[(into &'a K), (into &'a V)]);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        into_dict(py, self.iter())
    }
}

impl<'py, K, V> FromPyObject<'_, 'py> for BTreeMap<K, V>
where
    K: FromPyObjectOwned<'py> + Ord,
    V: FromPyObjectOwned<'py>,
{
    type Error = PyErr;
    input_type!((type PyDict)[(from K), (from V)]);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut map = BTreeMap::new();
        from_dict(object, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}
