//! `dict`.

#![expect(unsafe_code, reason = "a dict is a mapping, which the type system cannot see")]

use pyo3_backend::DictOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::{PyAnyMethods, PyList, PyMapping};
use crate::{Bound, BoundObject, IntoPyObject, IntoPyObjectExt, PyAny, PyResult, PyTypeInfo, Python};

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

    /// A dict from a sequence of pairs; of equal keys the last wins.
    ///
    /// # Errors
    ///
    /// `TypeError` where `seq` is not iterable or an item is no sequence, `ValueError` where an item is no pair.
    pub fn from_sequence<'py>(seq: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        // An iterator has no `keys`, so `dict` does not take a mapping for one.
        let pairs = seq.try_iter()?;
        let dict = PyDict::type_object(seq.py()).call1((pairs,))?;
        Ok(dict.cast_into::<PyDict>()?)
    }
}

/// Methods of [`PyDict`].
///
/// They act on the dict itself: what a subclass overrides is not asked.
#[doc(alias = "PyDict")]
pub trait PyDictMethods<'py>: crate::types::sealed::Sealed {
    /// A shallow copy: `dict(self)`.
    ///
    /// # Errors
    ///
    /// None that is known.
    fn copy(&self) -> PyResult<Bound<'py, PyDict>>;

    /// Removes all entries.
    fn clear(&self);

    /// How many entries it has.
    fn len(&self) -> usize;

    /// Whether it has none.
    fn is_empty(&self) -> bool;

    /// `key in self`
    ///
    /// # Errors
    ///
    /// `TypeError` where `key` is unhashable; where it does not convert; what its `__eq__` raises.
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

    /// The entries, one after another.
    ///
    /// # Panics
    ///
    /// Where entries are added or removed meanwhile. Values may be replaced.
    fn iter(&self) -> BoundDictIterator<'py>;

    /// Calls `closure` with each key and value, until it fails, while other threads cannot change the dict.
    ///
    /// Where threads run Python at the same time, the dict is locked, or `closure` sees the entries that there were at
    /// first. A lock is let go where `closure` detaches, or waits for another object.
    ///
    /// # Errors
    ///
    /// What `closure` returns.
    ///
    /// # Panics
    ///
    /// Where `closure` adds or removes entries, or lets another thread do so, it may panic as [`iter`](Self::iter) does.
    fn locked_for_each<F>(&self, closure: F) -> PyResult<()>
    where
        F: Fn(Bound<'py, PyAny>, Bound<'py, PyAny>) -> PyResult<()>;

    /// Sees it as a mapping.
    fn as_mapping(&self) -> &Bound<'py, PyMapping>;

    /// As a mapping, by value.
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

    /// Stores `default_value` under `key` unless there is a value. Gives whether it was stored.
    ///
    /// A value that comes there meanwhile, by another thread or by a method of `key`, stays.
    ///
    /// # Errors
    ///
    /// As [`contains`](Self::contains).
    fn set_default<K, V>(&self, key: K, default_value: V) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// As [`set_default`](Self::set_default), and also gives the value that is there then.
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
        let key = key.into_pyobject_or_pyerr(self.py())?;
        let key = BoundObject::as_borrowed(&key);
        Active::dict_contains(self.py().attached(), self.handle(), key.any_handle()).or_raise(self.py())
    }

    #[inline]
    fn get_item<K>(&self, key: K) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        K: IntoPyObject<'py>,
    {
        let key = key.into_pyobject_or_pyerr(self.py())?;
        let key = BoundObject::as_borrowed(&key);
        let value = Active::dict_get(self.py().attached(), self.handle(), key.any_handle()).or_raise(self.py())?;
        Ok(value.map(Bound::wrap))
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
        let key = key.into_pyobject_or_pyerr(self.py())?;
        let key = BoundObject::as_borrowed(&key);
        Active::dict_delete(self.py().attached(), self.handle(), key.any_handle()).or_raise(self.py())
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
