//! [`PySet`]: Python's `set`.

use pyo3_backend::SetOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::values::with;
use crate::types::{PyAnyMethods, PyIterator};
use crate::{Bound, IntoPyObject, PyAny, PyResult, Python};

native_types! {
    /// Python's `set`. Its methods are in [`PySetMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PySet::new(py, [1, 2, 2])?;
    ///     set.add(3)?;
    ///     assert_eq!(set.len(), 3);
    ///     assert!(set.contains(3)?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PySet = Set;
}

impl PySet {
    /// Creates a set of the items of an iterator, each converted to a Python object.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if an item is unhashable, or the error of converting it.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PySet::new(py, "banana".chars())?;
    ///     assert_eq!(set.len(), 3);
    ///     assert!(PySet::new(py, [vec![1]]).is_err(), "a list cannot be in a set");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn new<'py, T>(py: Python<'py>, elements: impl IntoIterator<Item = T>) -> PyResult<Bound<'py, PySet>>
    where
        T: IntoPyObject<'py>,
    {
        let set = PySet::empty(py)?;
        for item in elements {
            set.add(item)?;
        }
        Ok(set)
    }

    /// Creates an empty set.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PySet::empty(py)?;
    ///     assert!(set.is_empty());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PySet>> {
        Ok(Bound::from_handle(Active::set_new(py.attached())))
    }
}

/// Methods of [`PySet`].
#[doc(alias = "PySet")]
pub trait PySetMethods<'py>: crate::types::sealed::Sealed {
    /// Removes all items.
    fn clear(&self);

    /// Returns the number of items.
    fn len(&self) -> usize;

    /// Returns `true` if the set is empty.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns `true` if the set contains `key`: `key in self`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `key` is unhashable, or the error of converting it.
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>;

    /// Removes `key` from the set, and returns `true` if the set contained it.
    ///
    /// # Errors
    ///
    /// Same as [`contains`](Self::contains).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PySet::new(py, ["a"])?;
    ///     assert!(set.discard("a")?);
    ///     assert!(!set.discard("a")?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn discard<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>;

    /// Adds `key` to the set.
    ///
    /// # Errors
    ///
    /// Same as [`contains`](Self::contains).
    fn add<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>;

    /// Removes an arbitrary item and returns it, or returns `None` if the set is empty.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PySet::new(py, [7])?;
    ///     assert_eq!(set.pop().unwrap().extract::<i32>()?, 7);
    ///     assert!(set.pop().is_none());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn pop(&self) -> Option<Bound<'py, PyAny>>;

    /// Returns an iterator over the items, in no particular order.
    ///
    /// # Panics
    ///
    /// The iterator panics if items are added or removed during the iteration.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PySet::new(py, [1, 2, 3])?;
    ///     let sum = set.iter().map(|item| item.extract::<i32>()).sum::<PyResult<i32>>()?;
    ///     assert_eq!(sum, 6);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn iter(&self) -> BoundSetIterator<'py>;
}

impl<'py> PySetMethods<'py> for Bound<'py, PySet> {
    fn clear(&self) {
        Active::set_clear(self.py().attached(), self.handle());
    }

    #[inline]
    fn len(&self) -> usize {
        Active::set_len(self.py().attached(), self.handle())
    }

    #[inline]
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::set_contains(py.attached(), self.handle(), key))
    }

    #[inline]
    fn discard<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::set_discard(py.attached(), self.handle(), key))
    }

    #[inline]
    fn add<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::set_add(py.attached(), self.handle(), key))
    }

    fn pop(&self) -> Option<Bound<'py, PyAny>> {
        let item = Active::set_pop(self.py().attached(), self.handle()).or_raise(self.py());
        item.expect("an item can be taken out of a set").map(Bound::wrap)
    }

    fn iter(&self) -> BoundSetIterator<'py> {
        BoundSetIterator::new(self.clone())
    }
}

/// Declares an iterator over the items of a set type. It fails only if the set changes, and then panics.
macro_rules! set_iterator {
    ($(#[$meta:meta])* $iterator:ident, $set:ident, $infallible:literal) => {
        $(#[$meta])*
        pub struct $iterator<'py> {
            items: Bound<'py, PyIterator>,
            rest: usize,
        }

        impl<'py> $iterator<'py> {
            pub(super) fn new(set: Bound<'py, $set>) -> Self {
                let items = PyIterator::from_object(&set).expect("a set is iterable");
                // The `__iter__` of a subclass may return more items or fewer.
                let rest = if set.is_exact_instance_of::<$set>() { set.len() } else { items.size_hint().0 };
                $iterator { items, rest }
            }
        }

        impl<'py> Iterator for $iterator<'py> {
            type Item = Bound<'py, PyAny>;

            #[inline]
            #[track_caller]
            fn next(&mut self) -> Option<Self::Item> {
                self.rest = self.rest.saturating_sub(1);
                self.items.next().map(|item| item.expect($infallible))
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.rest, Some(self.rest))
            }

            #[inline]
            fn count(self) -> usize {
                self.rest
            }
        }

        impl ExactSizeIterator for $iterator<'_> {
            #[inline]
            fn len(&self) -> usize {
                self.rest
            }
        }

        impl<'py> IntoIterator for Bound<'py, $set> {
            type Item = Bound<'py, PyAny>;
            type IntoIter = $iterator<'py>;

            fn into_iter(self) -> Self::IntoIter {
                $iterator::new(self)
            }
        }

        impl<'py> IntoIterator for &Bound<'py, $set> {
            type Item = Bound<'py, PyAny>;
            type IntoIter = $iterator<'py>;

            fn into_iter(self) -> Self::IntoIter {
                $iterator::new(self.clone())
            }
        }
    };
}

pub(super) use set_iterator;

set_iterator! {
    /// An iterator over the items of a set: see [`PySetMethods::iter`].
    ///
    /// # Panics
    ///
    /// Panics if items were added or removed since the iteration began.
    BoundSetIterator, PySet, "set iteration should be infallible"
}
