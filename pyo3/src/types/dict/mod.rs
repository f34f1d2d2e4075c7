//! `dict`.

#![expect(unsafe_code, reason = "a dict is a mapping, which the type system cannot see")]

use pyo3_backend::DictOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::values::with;
use crate::types::{PyList, PyMapping};
use crate::{Bound, BoundObject, IntoPyObject, IntoPyObjectExt, PyAny, PyResult, Python};

mod into_dict;
mod iter;
mod views;

pub use self::into_dict::IntoPyDict;
pub use self::iter::BoundDictIterator;
pub use self::views::{PyDictItems, PyDictKeys, PyDictValues};

native_types! {
    /// Python's `dict`.
    ///
    /// Methods are in [`PyDictMethods`]; [`IntoPyDict`] makes one of an iterator over pairs.
    PyDict = Dict;
}

impl PyDict {
    /// `{}`
    pub fn new(py: Python<'_>) -> Bound<'_, PyDict> {
        Bound::from_handle(Active::dict_new(py.attached()))
    }

    /// A dict from a sequence of pairs; the last of equal keys wins.
    ///
    /// # Errors
    ///
    /// `TypeError` if `seq` is not iterable or an item is not a sequence, `ValueError` if an item is not a pair.
    pub fn from_sequence<'py>(seq: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        let py = seq.py();
        let dict = PyDict::new(py);
        Active::dict_merge_pairs(py.attached(), dict.handle(), seq.any_handle()).or_raise(py)?;
        Ok(dict)
    }
}

/// Methods of [`PyDict`].
///
/// They act on the dict itself, and ignore what a subclass overrides.
#[doc(alias = "PyDict")]
pub trait PyDictMethods<'py>: crate::types::sealed::Sealed {
    /// A shallow copy: `dict(self)`.
    ///
    /// # Errors
    ///
    /// None known.
    fn copy(&self) -> PyResult<Bound<'py, PyDict>>;

    /// Removes all entries.
    fn clear(&self);

    /// The number of entries.
    fn len(&self) -> usize;

    /// Whether it is empty.
    fn is_empty(&self) -> bool;

    /// `key in self`
    ///
    /// # Errors
    ///
    /// `TypeError` if `key` is unhashable; if it does not convert; what its `__eq__` raises.
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>;

    /// The value under `key`, or `None`. To get `KeyError` instead, ask [`as_any`](Bound::as_any) for the item.
    ///
    /// # Errors
    ///
    /// As [`contains`](Self::contains).
    fn get_item<K>(&self, key: K) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        K: IntoPyObject<'py>;

    /// `self[key] = value`
    ///
    /// # Errors
    ///
    /// As [`contains`](Self::contains).
    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// `del self[key]`
    ///
    /// # Errors
    ///
    /// `KeyError`, and as [`contains`](Self::contains).
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>;

    /// `list(self.keys())`
    fn keys(&self) -> Bound<'py, PyList>;

    /// `list(self.values())`
    fn values(&self) -> Bound<'py, PyList>;

    /// `list(self.items())`
    fn items(&self) -> Bound<'py, PyList>;

    /// Iterates over the entries.
    ///
    /// # Panics
    ///
    /// If entries are added or removed meanwhile. Values may be replaced.
    fn iter(&self) -> BoundDictIterator<'py>;

    /// Calls `closure` with each key and value, until it fails, while other threads cannot change the dict.
    ///
    /// If threads run Python at the same time, the dict is locked, or `closure` sees the entries that it had at
    /// first. The lock is released while `closure` is detached, or waits for another object.
    ///
    /// # Errors
    ///
    /// What `closure` returns.
    ///
    /// # Panics
    ///
    /// If `closure` adds or removes entries, or lets another thread do so, this may panic as [`iter`](Self::iter) does.
    fn locked_for_each<F>(&self, closure: F) -> PyResult<()>
    where
        F: Fn(Bound<'py, PyAny>, Bound<'py, PyAny>) -> PyResult<()>;

    /// Returns the same object as a `PyMapping`.
    fn as_mapping(&self) -> &Bound<'py, PyMapping>;

    /// Turns the handle into one of a `PyMapping`.
    fn into_mapping(self) -> Bound<'py, PyMapping>;

    /// `self.update(other)`
    ///
    /// # Errors
    ///
    /// What `other` raises; entries added before stay.
    fn update(&self, other: &Bound<'_, PyMapping>) -> PyResult<()>;

    /// As [`update`](Self::update), but entries that are here already stay as they are.
    ///
    /// # Errors
    ///
    /// As [`update`](Self::update).
    fn update_if_missing(&self, other: &Bound<'_, PyMapping>) -> PyResult<()>;

    /// Stores `default_value` under `key` unless there is a value. Returns whether it stored the value.
    ///
    /// A value that another thread, or a method of `key`, stores meanwhile stays.
    ///
    /// # Errors
    ///
    /// As [`contains`](Self::contains).
    fn set_default<K, V>(&self, key: K, default_value: V) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// As [`set_default`](Self::set_default), and also returns the value that is stored then.
    ///
    /// # Errors
    ///
    /// As [`contains`](Self::contains).
    fn set_default_with_result<K, V>(&self, key: K, default_value: V) -> PyResult<(bool, Bound<'py, PyAny>)>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;
}

impl<'py> PyDictMethods<'py> for Bound<'py, PyDict> {
    fn copy(&self) -> PyResult<Bound<'py, PyDict>> {
        Active::dict_copy(self.py().attached(), self.handle()).or_raise(self.py()).map(Bound::from_handle)
    }

    fn clear(&self) {
        Active::dict_clear(self.py().attached(), self.handle());
    }

    #[inline]
    fn len(&self) -> usize {
        Active::dict_len(self.py().attached(), self.handle())
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::dict_contains(py.attached(), self.handle(), key))
    }

    #[inline]
    fn get_item<K>(&self, key: K) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        Ok(with(py, key, |key| Active::dict_get(py.attached(), self.handle(), key))?.map(Bound::wrap))
    }

    #[inline]
    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        let key = key.into_pyobject_or_pyerr(py)?;
        let value = value.into_pyobject_or_pyerr(py)?;
        let (key, value) = (BoundObject::as_borrowed(&key), BoundObject::as_borrowed(&value));
        Active::dict_set(py.attached(), self.handle(), key.any_handle(), value.any_handle()).or_raise(py)
    }

    #[inline]
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, key, |key| Active::dict_delete(py.attached(), self.handle(), key))
    }

    fn keys(&self) -> Bound<'py, PyList> {
        Bound::from_handle(Active::dict_keys(self.py().attached(), self.handle()))
    }

    fn values(&self) -> Bound<'py, PyList> {
        Bound::from_handle(Active::dict_values(self.py().attached(), self.handle()))
    }

    fn items(&self) -> Bound<'py, PyList> {
        Bound::from_handle(Active::dict_items(self.py().attached(), self.handle()))
    }

    #[inline]
    fn iter(&self) -> BoundDictIterator<'py> {
        BoundDictIterator::new(self.clone())
    }

    fn locked_for_each<F>(&self, closure: F) -> PyResult<()>
    where
        F: Fn(Bound<'py, PyAny>, Bound<'py, PyAny>) -> PyResult<()>,
    {
        let py = self.py();
        Active::dict_locked(py.attached(), self.handle(), |dict| {
            let dict: Bound<'py, PyDict> = Bound::from_handle(dict.to_owned(py.attached()));
            dict.iter().try_for_each(|(key, value)| closure(key, value))
        })
    }

    #[inline]
    fn as_mapping(&self) -> &Bound<'py, PyMapping> {
        // SAFETY: every dict is a mapping.
        unsafe { self.cast_unchecked() }
    }

    #[inline]
    fn into_mapping(self) -> Bound<'py, PyMapping> {
        // SAFETY: every dict is a mapping.
        unsafe { self.cast_into_unchecked() }
    }

    #[inline]
    fn update(&self, other: &Bound<'_, PyMapping>) -> PyResult<()> {
        Active::dict_merge(self.py().attached(), self.handle(), other.any_handle(), true).or_raise(self.py())
    }

    fn update_if_missing(&self, other: &Bound<'_, PyMapping>) -> PyResult<()> {
        Active::dict_merge(self.py().attached(), self.handle(), other.any_handle(), false).or_raise(self.py())
    }

    fn set_default<K, V>(&self, key: K, default_value: V) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>,
    {
        self.set_default_with_result(key, default_value).map(|(stored, _)| stored)
    }

    fn set_default_with_result<K, V>(&self, key: K, default_value: V) -> PyResult<(bool, Bound<'py, PyAny>)>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        let key = key.into_pyobject_or_pyerr(py)?;
        let value = default_value.into_pyobject_or_pyerr(py)?;
        let (key, value) = (BoundObject::as_borrowed(&key), BoundObject::as_borrowed(&value));
        let (stored, found) =
            Active::dict_set_default(py.attached(), self.handle(), key.any_handle(), value.any_handle())
                .or_raise(py)?;
        Ok((stored, Bound::wrap(found)))
    }
}
