//! `HashSet` and `BTreeSet`: `set`; from a `frozenset` too.

use std::collections::{BTreeSet, HashSet};

use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::types::{PyAny, PyAnyMethods, PyFrozenSet, PySet};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Converts the items of a `set` or a `frozenset`, one by one.
pub(in crate::conversions) fn from_set<'py, T: FromPyObjectOwned<'py>>(
    object: Borrowed<'_, 'py, PyAny>,
    mut take: impl FnMut(T),
) -> PyResult<()> {
    if let Err(error) = object.cast::<PySet>() {
        if !object.is_instance_of::<PyFrozenSet>() {
            return Err(error.into());
        }
    }
    for item in object.try_iter()? {
        take(item?.extract::<T>().map_err(Into::into)?);
    }
    Ok(())
}

/// The conversions of a set that finds its items by their hashes: into a `set`, by value and by reference, and from
/// one or from a `frozenset`. Takes the type, and what its hasher has to be where the set is converted by value.
macro_rules! hash_set {
    ($set:ident, $($hasher:tt)+) => {
        const _: () = {
            use core::hash::{BuildHasher, Hash};

            use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
            use crate::conversions::std::set::from_set;
            use crate::types::{PyAny, PySet};
            use crate::{Borrowed, Bound, PyErr, PyResult, Python};

            impl<'py, T, S> IntoPyObject<'py> for $set<T, S>
            where
                T: IntoPyObject<'py> + Eq + Hash,
                S: $($hasher)+,
            {
                type Target = PySet;
                type Output = Bound<'py, PySet>;
                type Error = PyErr;

                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    PySet::new(py, self)
                }
            }

            impl<'a, 'py, T, S> IntoPyObject<'py> for &'a $set<T, S>
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

            impl<'py, T, S> FromPyObject<'_, 'py> for $set<T, S>
            where
                T: FromPyObjectOwned<'py> + Eq + Hash,
                S: BuildHasher + Default,
            {
                type Error = PyErr;

                fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                    let mut set = $set::default();
                    from_set(object, |item| {
                        set.insert(item);
                    })?;
                    Ok(set)
                }
            }
        };
    };
}

hash_set!(HashSet, BuildHasher + Default);

impl<'py, T: IntoPyObject<'py> + Ord> IntoPyObject<'py> for BTreeSet<T> {
    type Target = PySet;
    type Output = Bound<'py, PySet>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PySet::new(py, self)
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &'a BTreeSet<T>
where
    &'a T: IntoPyObject<'py> + Ord,
    T: 'a,
{
    type Target = PySet;
    type Output = Bound<'py, PySet>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PySet::new(py, self.iter())
    }
}

impl<'py, T: FromPyObjectOwned<'py> + Ord> FromPyObject<'_, 'py> for BTreeSet<T> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut set = BTreeSet::new();
        from_set(object, |item| {
            set.insert(item);
        })?;
        Ok(set)
    }
}
