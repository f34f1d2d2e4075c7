//! [`PyDict`]: Python's `dict`.

#![expect(unsafe_code, reason = "unchecked casts to `PyMapping`, as every dict is a mapping")]

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
    /// Python's `dict`. Its methods are in [`PyDictMethods`].
    ///
    /// [`IntoPyDict`] creates one from an iterator over pairs.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let prices = PyDict::new(py);
    ///     prices.set_item("tea", 2.5)?;
    ///     prices.set_item("cake", 4)?;
    ///     assert_eq!(prices.len(), 2);
    ///     assert_eq!(prices.get_item("tea")?.unwrap().extract::<f64>()?, 2.5);
    ///     assert!(prices.get_item("soup")?.is_none());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyDict = Dict;
}

impl PyDict {
    /// Creates an empty dict.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = PyDict::new(py);
    ///     assert!(dict.is_empty());
    /// });
    /// ```
    pub fn new(py: Python<'_>) -> Bound<'_, PyDict> {
        Bound::from_handle(Active::dict_new(py.attached()))
    }

    /// Creates a dict from a sequence of pairs. Of several pairs with equal keys, the last one remains.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `seq` is not iterable or an item is not a sequence, or `ValueError` if an item is not a
    /// pair.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let pairs = vec![("a", 1), ("b", 2)].into_pyobject(py)?;
    ///     let dict = PyDict::from_sequence(&pairs)?;
    ///     assert_eq!(dict.to_string(), "{'a': 1, 'b': 2}");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn from_sequence<'py>(seq: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        let py = seq.py();
        let dict = PyDict::new(py);
        Active::dict_merge_pairs(py.attached(), dict.handle(), seq.any_handle()).or_raise(py)?;
        Ok(dict)
    }
}

/// Methods of [`PyDict`].
///
/// They ignore methods that a subclass overrides.
#[doc(alias = "PyDict")]
pub trait PyDictMethods<'py>: crate::types::sealed::Sealed {
    /// Returns a shallow copy: `dict(self)`.
    ///
    /// # Errors
    ///
    /// This method is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let first = [("a", 1)].into_py_dict(py)?;
    ///     let second = first.copy()?;
    ///     second.set_item("a", 2)?;
    ///     assert_eq!(first.get_item("a")?.unwrap().extract::<i32>()?, 1);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn copy(&self) -> PyResult<Bound<'py, PyDict>>;

    /// Removes all entries.
    fn clear(&self);

    /// Returns the number of entries.
    fn len(&self) -> usize;

    /// Returns `true` if the dict is empty.
    fn is_empty(&self) -> bool;

    /// Returns `true` if the dict contains `key`: `key in self`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `key` is unhashable, the exception that `__hash__` or `__eq__` of a key raises, or the
    /// error of converting `key`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = [("a", 1)].into_py_dict(py)?;
    ///     assert!(dict.contains("a")? && !dict.contains("b")?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>;

    /// Returns the value of `key`, or `None` if the dict does not contain it.
    ///
    /// To get a `KeyError` instead, use `get_item` of [`as_any`](Bound::as_any).
    ///
    /// # Errors
    ///
    /// Same as [`contains`](Self::contains).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let ages = [("Ada", 36), ("Alan", 41)].into_py_dict(py)?;
    ///     if let Some(age) = ages.get_item("Ada")? {
    ///         assert_eq!(age.extract::<u8>()?, 36);
    ///     }
    ///     assert!(ages.get_item("Grace")?.is_none());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_item<K>(&self, key: K) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        K: IntoPyObject<'py>;

    /// Sets the value of `key`: `self[key] = value`.
    ///
    /// # Errors
    ///
    /// Same as [`contains`](Self::contains), or the error of converting `value`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = PyDict::new(py);
    ///     dict.set_item("seen", true)?;
    ///     dict.set_item(7, vec!["a", "b"])?;
    ///     assert_eq!(dict.to_string(), "{'seen': True, 7: ['a', 'b']}");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// Removes an entry: `del self[key]`.
    ///
    /// # Errors
    ///
    /// Returns `KeyError` if the dict does not contain `key`. Otherwise same as [`contains`](Self::contains).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyKeyError;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = [("a", 1)].into_py_dict(py)?;
    ///     dict.del_item("a")?;
    ///     assert!(dict.del_item("a").unwrap_err().is_instance_of::<PyKeyError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>;

    /// Returns a list of the keys: `list(self.keys())`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = [("a", 1), ("b", 2)].into_py_dict(py)?;
    ///     assert_eq!(dict.keys().extract::<Vec<String>>()?, ["a", "b"]);
    ///     assert_eq!(dict.values().extract::<Vec<i32>>()?, [1, 2]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn keys(&self) -> Bound<'py, PyList>;

    /// Returns a list of the values: `list(self.values())`.
    fn values(&self) -> Bound<'py, PyList>;

    /// Returns a list of the entries, as tuples of a key and a value: `list(self.items())`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = [("a", 1), ("b", 2)].into_py_dict(py)?;
    ///     assert_eq!(dict.items().to_string(), "[('a', 1), ('b', 2)]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn items(&self) -> Bound<'py, PyList>;

    /// Returns an iterator over the entries.
    ///
    /// # Panics
    ///
    /// The iterator panics if entries are added or removed during the iteration. Replacing values is allowed.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let stock = [("tea", 3), ("cake", 4)].into_py_dict(py)?;
    ///     let mut total = 0;
    ///     for (_name, count) in stock.iter() {
    ///         total += count.extract::<i32>()?;
    ///     }
    ///     assert_eq!(total, 7);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn iter(&self) -> BoundDictIterator<'py>;

    /// Calls `closure` with each key and value until it fails, while other threads cannot change the dict.
    ///
    /// If several threads run Python at the same time, this method locks the dict, or passes to `closure` the entries
    /// that the dict had at the beginning. The lock is released while `closure` is detached or waits for another
    /// object.
    ///
    /// # Errors
    ///
    /// Returns the error of `closure`.
    ///
    /// # Panics
    ///
    /// May panic like [`iter`](Self::iter) if `closure` adds or removes entries, or lets another thread do so.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::cell::Cell;
    ///
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let stock = [("tea", 3), ("cake", 4)].into_py_dict(py)?;
    ///     let total = Cell::new(0);
    ///     stock.locked_for_each(|_name, count| {
    ///         total.set(total.get() + count.extract::<i32>()?);
    ///         Ok(())
    ///     })?;
    ///     assert_eq!(total.get(), 7);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn locked_for_each<F>(&self, closure: F) -> PyResult<()>
    where
        F: Fn(Bound<'py, PyAny>, Bound<'py, PyAny>) -> PyResult<()>;

    /// Casts a reference to the dict to a `PyMapping`. The object stays the same.
    fn as_mapping(&self) -> &Bound<'py, PyMapping>;

    /// Casts the dict to a `PyMapping`. The object stays the same.
    fn into_mapping(self) -> Bound<'py, PyMapping>;

    /// Copies all entries of `other` into this dict: `self.update(other)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `other` raises. Entries copied before it stay.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let settings = [("depth", 1), ("width", 2)].into_py_dict(py)?;
    ///     let changes = [("width", 5)].into_py_dict(py)?;
    ///     settings.update(changes.as_mapping())?;
    ///     assert_eq!(settings.to_string(), "{'depth': 1, 'width': 5}");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn update(&self, other: &Bound<'_, PyMapping>) -> PyResult<()>;

    /// Copies the entries of `other` whose keys this dict does not contain.
    ///
    /// # Errors
    ///
    /// Same as [`update`](Self::update).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let settings = [("depth", 9)].into_py_dict(py)?;
    ///     let defaults = [("depth", 1), ("width", 2)].into_py_dict(py)?;
    ///     settings.update_if_missing(defaults.as_mapping())?;
    ///     assert_eq!(settings.to_string(), "{'depth': 9, 'width': 2}");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn update_if_missing(&self, other: &Bound<'_, PyMapping>) -> PyResult<()>;

    /// Stores `default_value` as the value of `key`, unless `key` has one. Returns `true` if it was stored.
    ///
    /// A value that another thread, or a method of `key`, stores during the call is kept.
    ///
    /// # Errors
    ///
    /// Same as [`contains`](Self::contains), or the error of converting `default_value`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = PyDict::new(py);
    ///     assert!(dict.set_default("a", 1)?);
    ///     assert!(!dict.set_default("a", 2)?);
    ///     assert_eq!(dict.to_string(), "{'a': 1}");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn set_default<K, V>(&self, key: K, default_value: V) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// Does the same as [`set_default`](Self::set_default), and also returns the value that `key` then has.
    ///
    /// # Errors
    ///
    /// Same as [`set_default`](Self::set_default).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDict, PyList};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let groups = PyDict::new(py);
    ///     for word in ["apple", "bean", "avocado"] {
    ///         let (_, group) = groups.set_default_with_result(&word[..1], PyList::empty(py))?;
    ///         group.call_method1("append", (word,))?;
    ///     }
    ///     assert_eq!(groups.to_string(), "{'a': ['apple', 'avocado'], 'b': ['bean']}");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
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
