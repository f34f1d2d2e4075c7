//! The mapping protocol.

use pyo3_backend::{BuiltinType, MappingOps, MappingPart, ObjectOps, TypeOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::native::is_registered_instance;
use crate::types::{PyAnyMethods, PyList};
use crate::{Bound, IntoPyObject, PyAny, PyResult, PyTypeInfo, Python};

imported_types! {
    /// Anything that is a `collections.abc.Mapping`: `dict`, and classes that inherit from it or are registered.
    ///
    /// Methods are in [`PyMappingMethods`].
    PyMapping = "_collections_abc"."Mapping", is_mapping;
}

/// Dicts are the common case, and the answer for them needs no Python code.
fn is_mapping(object: &Bound<'_, PyAny>) -> bool {
    Active::type_check(object.py().attached(), object.any_handle(), BuiltinType::Dict)
        || is_registered_instance::<PyMapping>(object)
}

impl PyMapping {
    /// Registers a class, so that its instances can be cast to [`PyMapping`]: `collections.abc.Mapping.register(T)`.
    ///
    /// # Errors
    ///
    /// What `register` raises.
    pub fn register<T: PyTypeInfo>(py: Python<'_>) -> PyResult<()> {
        PyMapping::type_object(py).call_method1("register", (T::type_object(py),)).map(drop)
    }
}

/// Methods of [`PyMapping`].
#[doc(alias = "PyMapping")]
pub trait PyMappingMethods<'py>: crate::types::sealed::Sealed {
    /// `len(self)`
    ///
    /// # Errors
    ///
    /// What `__len__` raises.
    fn len(&self) -> PyResult<usize>;

    /// Whether its length is 0.
    ///
    /// # Errors
    ///
    /// What `__len__` raises.
    fn is_empty(&self) -> PyResult<bool>;

    /// `key in self`
    ///
    /// # Errors
    ///
    /// Where `key` does not convert; what `__contains__` raises.
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>;

    /// `self[key]`
    ///
    /// # Errors
    ///
    /// `KeyError`; if `key` does not convert.
    fn get_item<K>(&self, key: K) -> PyResult<Bound<'py, PyAny>>
    where
        K: IntoPyObject<'py>;

    /// `self[key] = value`
    ///
    /// # Errors
    ///
    /// `TypeError` if it cannot be changed; if `key` or `value` does not convert.
    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>;

    /// `del self[key]`
    ///
    /// # Errors
    ///
    /// `KeyError`; `TypeError` if it cannot be changed; if `key` does not convert.
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>;

    /// `list(self.keys())`
    ///
    /// # Errors
    ///
    /// What `keys` raises.
    fn keys(&self) -> PyResult<Bound<'py, PyList>>;

    /// `list(self.values())`
    ///
    /// # Errors
    ///
    /// What `values` raises.
    fn values(&self) -> PyResult<Bound<'py, PyList>>;

    /// `list(self.items())`
    ///
    /// # Errors
    ///
    /// What `items` raises.
    fn items(&self) -> PyResult<Bound<'py, PyList>>;
}

/// The parts of all entries.
fn list<'py>(mapping: &Bound<'py, PyMapping>, part: MappingPart) -> PyResult<Bound<'py, PyList>> {
    let py = mapping.py();
    Active::mapping_list(py.attached(), mapping.any_handle(), part).or_raise(py).map(Bound::from_handle)
}

impl<'py> PyMappingMethods<'py> for Bound<'py, PyMapping> {
    #[inline]
    fn len(&self) -> PyResult<usize> {
        Active::object_len(self.py().attached(), self.any_handle()).or_raise(self.py())
    }

    #[inline]
    fn is_empty(&self) -> PyResult<bool> {
        self.len().map(|length| length == 0)
    }

    #[inline]
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>,
    {
        PyAnyMethods::contains(self.as_any(), key)
    }

    #[inline]
    fn get_item<K>(&self, key: K) -> PyResult<Bound<'py, PyAny>>
    where
        K: IntoPyObject<'py>,
    {
        PyAnyMethods::get_item(self.as_any(), key)
    }

    #[inline]
    fn set_item<K, V>(&self, key: K, value: V) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
        V: IntoPyObject<'py>,
    {
        PyAnyMethods::set_item(self.as_any(), key, value)
    }

    #[inline]
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>,
    {
        PyAnyMethods::del_item(self.as_any(), key)
    }

    fn keys(&self) -> PyResult<Bound<'py, PyList>> {
        list(self, MappingPart::Keys)
    }

    fn values(&self) -> PyResult<Bound<'py, PyList>> {
        list(self, MappingPart::Values)
    }

    fn items(&self) -> PyResult<Bound<'py, PyList>> {
        list(self, MappingPart::Items)
    }
}
