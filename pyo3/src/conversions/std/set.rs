//! Conversions between `HashSet` or `BTreeSet` and `set`. A `frozenset` also converts to them.

use std::collections::{BTreeSet, HashSet};

use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::types::{PyAny, PyAnyMethods, PyFrozenSet, PyFrozenSetMethods, PySet, PySetMethods};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Converts the items of a `set` or a `frozenset`, one by one, into a collection that `make` creates for their number.
pub(in crate::conversions) fn from_set<'py, T: FromPyObjectOwned<'py>, C>(
    object: Borrowed<'_, 'py, PyAny>,
    make: impl FnOnce(usize) -> C,
    mut take: impl FnMut(&mut C, T),
) -> PyResult<C> {
    let length = match object.cast::<PySet>() {
        Ok(set) => set.len(),
        Err(error) => match object.cast::<PyFrozenSet>() {
            Ok(set) => set.len(),
            Err(_) => return Err(error.into()),
        },
    };
    let mut items = make(length);
    for item in object.try_iter()? {
        take(&mut items, item?.extract::<T>().map_err(Into::into)?);
    }
    Ok(items)
}

/// Implements the conversions of a hash set: to a `set`, by value and by reference, and from a `set` or a `frozenset`.
/// Takes the type, and the bounds on its hasher for the conversion by value.
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
                output_type!((type PySet)[(into T)]);

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
                output_type!((type PySet)[(into &'a T)]);

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
                input_type!(((type PySet)[(from T)]) | ((type crate::types::PyFrozenSet)[(from T)]));

                fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                    let make = |length| $set::with_capacity_and_hasher(length, S::default());
                    from_set(object, make, |set, item| {
                        set.insert(item);
                    })
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
    output_type!((type PySet)[(into T)]);

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
    output_type!((type PySet)[(into &'a T)]);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PySet::new(py, self.iter())
    }
}

impl<'py, T: FromPyObjectOwned<'py> + Ord> FromPyObject<'_, 'py> for BTreeSet<T> {
    type Error = PyErr;
    input_type!(((type PySet)[(from T)]) | ((type PyFrozenSet)[(from T)]));

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        // Building the set from a list, which is sorted once, is much faster than inserting item by item.
        let items = from_set(object, Vec::with_capacity, Vec::push)?;
        Ok(items.into_iter().collect())
    }
}
