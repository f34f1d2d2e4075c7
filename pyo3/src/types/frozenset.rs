//! [`PyFrozenSet`]: Python's `frozenset`.

use pyo3_backend::SetOps;

use crate::backend::{Active, Owned};
use crate::err::ResultExt;
use crate::types::set::set_iterator;
use crate::types::values::with;
use crate::types::{PyAnyMethods, PyIterator};
use crate::{Bound, IntoPyObject, PyAny, PyResult, Python};

native_types! {
    /// Python's `frozenset`. Its methods are in [`PyFrozenSetMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyFrozenSet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let vowels = PyFrozenSet::new(py, ["a", "e", "i", "o", "u"])?;
    ///     assert!(vowels.contains("e")? && !vowels.contains("x")?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyFrozenSet = FrozenSet;
}

/// A builder that fills a `frozenset` item by item.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::types::PyFrozenSetBuilder;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let mut builder = PyFrozenSetBuilder::new(py)?;
///     for word in "to be or not to be".split(' ') {
///         builder.add(word)?;
///     }
///     assert_eq!(builder.finalize().len(), 4);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub struct PyFrozenSetBuilder<'py> {
    unfinished: Owned<'py>,
}

impl<'py> PyFrozenSetBuilder<'py> {
    /// Creates a builder without items.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyFrozenSet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PyFrozenSet::new(py, [1, 2, 2])?;
    ///     assert_eq!(set.len(), 2);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn new(py: Python<'py>) -> PyResult<PyFrozenSetBuilder<'py>> {
        Ok(PyFrozenSetBuilder { unfinished: Active::frozenset_begin(py.attached()) })
    }

    /// Adds an item.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `key` is unhashable, or the error of converting it.
    #[inline]
    pub fn add<K>(&mut self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
    {
        let py = Python::from_attached(self.unfinished.py());
        with(py, key, |key| Active::frozenset_add(py.attached(), self.unfinished.as_ref(), key))
    }

    /// Returns the finished `frozenset`.
    #[inline]
    pub fn finalize(self) -> Bound<'py, PyFrozenSet> {
        let py = Python::from_attached(self.unfinished.py());
        let set = Active::frozenset_finish(py.attached(), self.unfinished).or_raise(py);
        Bound::from_handle(set.expect("the items have been added"))
    }
}

impl PyFrozenSet {
    /// Creates a `frozenset` of the items of an iterator, each converted to a Python object.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if an item is unhashable, or the error of converting it.
    #[inline]
    pub fn new<'py, T>(py: Python<'py>, elements: impl IntoIterator<Item = T>) -> PyResult<Bound<'py, PyFrozenSet>>
    where
        T: IntoPyObject<'py>,
    {
        let mut builder = PyFrozenSetBuilder::new(py)?;
        for item in elements {
            builder.add(item)?;
        }
        Ok(builder.finalize())
    }

    /// Creates an empty `frozenset`.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
    #[inline]
    pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PyFrozenSet>> {
        Ok(Bound::from_handle(Active::frozenset_new(py.attached())))
    }
}

/// Methods of [`PyFrozenSet`].
#[doc(alias = "PyFrozenSet")]
pub trait PyFrozenSetMethods<'py>: crate::types::sealed::Sealed {
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

    /// Returns an iterator over the items, in no particular order.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyFrozenSet;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let set = PyFrozenSet::new(py, [3, 1, 2])?;
    ///     let mut numbers = Vec::new();
    ///     for number in set.iter() {
    ///         numbers.push(number.extract::<i32>()?);
    ///     }
    ///     numbers.sort();
    ///     assert_eq!(numbers, [1, 2, 3]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn iter(&self) -> BoundFrozenSetIterator<'py>;
}

impl<'py> PyFrozenSetMethods<'py> for Bound<'py, PyFrozenSet> {
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

    fn iter(&self) -> BoundFrozenSetIterator<'py> {
        BoundFrozenSetIterator::new(self.clone())
    }
}

set_iterator! {
    /// An iterator over the items of a `frozenset`: see [`PyFrozenSetMethods::iter`].
    BoundFrozenSetIterator, PyFrozenSet, "frozenset iteration should be infallible"
}
