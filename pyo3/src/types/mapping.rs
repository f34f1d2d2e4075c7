//! [`PyMapping`]: the mapping protocol.

use pyo3_backend::{BuiltinType, MappingOps, MappingPart, ObjectOps, TypeOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::native::is_registered_instance;
use crate::types::{PyAnyMethods, PyList};
use crate::{Bound, IntoPyObject, PyAny, PyResult, PyTypeInfo, Python};

imported_types! {
    /// An instance of `collections.abc.Mapping`: a `dict`, or an object of a class that inherits from it or is
    /// registered.
    ///
    /// Its methods are in [`PyMappingMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyMapping;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let counter = py.import("collections")?.call_method1("Counter", ("hello",))?.cast_into::<PyMapping>()?;
    ///     assert_eq!(counter.get_item("l")?.extract::<u32>()?, 2);
    ///     assert_eq!(counter.len()?, 4);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyMapping = "_collections_abc"."Mapping", is_mapping;
}

/// Returns `true` for a mapping. Dicts are the common case, so they are checked first, without running Python code.
fn is_mapping(object: &Bound<'_, PyAny>) -> bool {
    Active::type_check(object.py().attached(), object.any_handle(), BuiltinType::Dict)
        || is_registered_instance::<PyMapping>(object)
}

impl PyMapping {
    /// Registers a class, so that its instances can be cast to [`PyMapping`]: `collections.abc.Mapping.register(T)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `register` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyMapping;
    ///
    /// #[pyclass(mapping)]
    /// struct Squares;
    ///
    /// #[pymethods]
    /// impl Squares {
    ///     fn __len__(&self) -> usize {
    ///         10
    ///     }
    ///
    ///     fn __getitem__(&self, key: usize) -> usize {
    ///         key * key
    ///     }
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     PyMapping::register::<Squares>(py)?;
    ///     assert!(Bound::new(py, Squares)?.into_any().cast::<PyMapping>().is_ok());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn register<T: PyTypeInfo>(py: Python<'_>) -> PyResult<()> {
        PyMapping::type_object(py).call_method1("register", (T::type_object(py),)).map(drop)
    }
}

/// Methods of [`PyMapping`].
#[doc(alias = "PyMapping")]
pub trait PyMappingMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the number of entries: `len(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__len__` raises.
    fn len(&self) -> PyResult<usize>;

    /// Returns `true` if the mapping is empty.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__len__` raises.
    fn is_empty(&self) -> PyResult<bool>;

    /// Returns `true` if the mapping contains `key`: `key in self`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__contains__` raises, or the error of converting `key`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mapping = [("a", 1)].into_py_dict(py)?.into_mapping();
    ///     assert!(mapping.contains("a")?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn contains<K>(&self, key: K) -> PyResult<bool>
    where
        K: IntoPyObject<'py>;

    /// Returns the value of `key`: `self[key]`.
    ///
    /// # Errors
    ///
    /// Returns `KeyError` if the mapping does not contain `key`, or the error of converting it.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyKeyError;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mapping = [("a", 1)].into_py_dict(py)?.into_mapping();
    ///     assert_eq!(mapping.get_item("a")?.extract::<i32>()?, 1);
    ///     assert!(mapping.get_item("b").unwrap_err().is_instance_of::<PyKeyError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_item<K>(&self, key: K) -> PyResult<Bound<'py, PyAny>>
    where
        K: IntoPyObject<'py>;

    /// Sets the value of `key`: `self[key] = value`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the mapping is immutable, or the error of converting `key` or `value`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyMapping;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mapping = py.import("collections")?.call_method0("OrderedDict")?.cast_into::<PyMapping>()?;
    ///     mapping.set_item("a", 1)?;
    ///     assert!(mapping.contains("a")?);
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
    /// Returns `KeyError` if the mapping does not contain `key`, `TypeError` if the mapping is immutable, or the error
    /// of converting `key`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mapping = [("a", 1)].into_py_dict(py)?.into_mapping();
    ///     mapping.del_item("a")?;
    ///     assert!(mapping.is_empty()?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn del_item<K>(&self, key: K) -> PyResult<()>
    where
        K: IntoPyObject<'py>;

    /// Returns a list of the keys: `list(self.keys())`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `keys` raises.
    fn keys(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns a list of the values: `list(self.values())`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `values` raises.
    fn values(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns a list of the entries, as tuples of a key and a value: `list(self.items())`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `items` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::IntoPyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let mapping = [("a", 1)].into_py_dict(py)?.into_mapping();
    ///     assert_eq!(mapping.keys()?.to_string(), "['a']");
    ///     assert_eq!(mapping.values()?.to_string(), "[1]");
    ///     assert_eq!(mapping.items()?.to_string(), "[('a', 1)]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn items(&self) -> PyResult<Bound<'py, PyList>>;
}

/// Returns a list of the keys, the values or the entries.
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
