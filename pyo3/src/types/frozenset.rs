//! `frozenset`.

use pyo3_backend::SetOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::set::set_iterator;
use crate::types::{PyIterator, PySet, PySetMethods};
use crate::{Bound, BoundObject, IntoPyObject, IntoPyObjectExt, PyAny, PyResult, Python};

native_types! {
    /// Python's `frozenset`. Methods are in [`PyFrozenSetMethods`].
    PyFrozenSet = FrozenSet;
}

/// Fills a `frozenset` item by item.
pub struct PyFrozenSetBuilder<'py> {
    items: Bound<'py, PySet>,
}

impl<'py> PyFrozenSetBuilder<'py> {
    /// Nothing yet.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn new(py: Python<'py>) -> PyResult<PyFrozenSetBuilder<'py>> {
        Ok(PyFrozenSetBuilder { items: PySet::empty(py)? })
    }

    /// Adds an item.
    ///
    /// # Errors
    ///
    /// `TypeError` where `key` is unhashable; where it does not convert.
    pub fn add<K>(&mut self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
    {
        self.items.add(key)
    }

    /// The finished set.
    pub fn finalize(self) -> Bound<'py, PyFrozenSet> {
        frozen(&self.items).expect("the items of a set are hashable")
    }
}

/// `frozenset(items)`
fn frozen<'py>(items: &Bound<'py, PySet>) -> PyResult<Bound<'py, PyFrozenSet>> {
    let py = items.py();
    Active::frozenset_from_set(py.attached(), items.handle()).or_raise(py).map(Bound::from_handle)
}

impl PyFrozenSet {
    /// A frozen set of these items.
    ///
    /// # Errors
    ///
    /// `TypeError` where an item is unhashable; where one does not convert.
    #[inline]
    pub fn new<'py, T>(py: Python<'py>, elements: impl IntoIterator<Item = T>) -> PyResult<Bound<'py, PyFrozenSet>>
    where
        T: IntoPyObject<'py>,
    {
        frozen(&PySet::new(py, elements)?)
    }

    /// `frozenset()`
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PyFrozenSet>> {
        frozen(&PySet::empty(py)?)
    }
}

/// Methods of [`PyFrozenSet`].
#[doc(alias = "PyFrozenSet")]
pub trait PyFrozenSetMethods<'py>: crate::types::sealed::Sealed {
    /// How many items it has.
    fn len(&self) -> usize;

    /// Whether it has none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `key in self`
    ///
    /// # Errors
    ///
    /// `TypeError` where `key` is unhashable; where it does not convert.
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>;

    /// The items, in no particular order.
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
        let key = key.into_pyobject_or_pyerr(self.py())?;
        let key = BoundObject::as_borrowed(&key);
        Active::set_contains(self.py().attached(), self.handle(), key.any_handle()).or_raise(self.py())
    }

    fn iter(&self) -> BoundFrozenSetIterator<'py> {
        BoundFrozenSetIterator::new(self.clone())
    }
}

set_iterator! {
    /// The items of a frozen set: what [`PyFrozenSetMethods::iter`] gives.
    BoundFrozenSetIterator, PyFrozenSet
}
