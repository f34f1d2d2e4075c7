//! [`PyMappingProxy`]: Python's `types.MappingProxyType`.

#![expect(unsafe_code, reason = "unchecked casts to `PyMapping`, as every mapping proxy is a mapping")]

use pyo3_backend::MappingOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::{PyAnyMethods, PyIterator, PyList, PyMapping, PyMappingMethods};
use crate::{Bound, PyAny, PyResult, Python};

native_types! {
    /// Python's `types.MappingProxyType`: a read-only view of a mapping, such as `type.__dict__`.
    ///
    /// Its methods are in [`PyMappingProxyMethods`].
    PyMappingProxy = MappingProxy;
}

impl PyMappingProxy {
    /// Creates a read-only view of a mapping: `types.MappingProxyType(elements)`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{IntoPyDict, PyMappingProxy};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = [("a", 1)].into_py_dict(py)?;
    ///     let view = PyMappingProxy::new(py, dict.as_mapping());
    ///     dict.set_item("b", 2)?;
    ///     assert_eq!(view.len()?, 2);
    ///     assert!(view.set_item("c", 3).is_err(), "a proxy can only be read");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn new<'py>(py: Python<'py>, elements: &Bound<'py, PyMapping>) -> Bound<'py, PyMappingProxy> {
        let proxy = Active::mapping_proxy(py.attached(), elements.any_handle()).or_raise(py);
        Bound::from_handle(proxy.expect("it takes any mapping"))
    }
}

/// Methods of [`PyMappingProxy`].
#[doc(alias = "PyMappingProxy")]
pub trait PyMappingProxyMethods<'py, 'a>: crate::types::sealed::Sealed {
    /// Returns `true` if the mapping is empty.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__len__` of the mapping raises.
    fn is_empty(&self) -> PyResult<bool>;

    /// Returns a list of the keys: `list(self.keys())`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `keys` of the mapping raises.
    fn keys(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns a list of the values: `list(self.values())`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `values` of the mapping raises.
    fn values(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns a list of the entries, as tuples of a key and a value: `list(self.items())`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `items` of the mapping raises.
    fn items(&self) -> PyResult<Bound<'py, PyList>>;

    /// Casts a reference to the proxy to a `PyMapping`. The object stays the same.
    fn as_mapping(&self) -> &Bound<'py, PyMapping>;

    /// Returns an iterator over the entries.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__iter__` of the mapping raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{IntoPyDict, PyMappingProxy};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dict = [("a", 1)].into_py_dict(py)?;
    ///     let view = PyMappingProxy::new(py, dict.as_mapping());
    ///     for entry in view.try_iter()? {
    ///         let (key, value) = entry?;
    ///         assert_eq!((key.extract::<String>()?.as_str(), value.extract::<i32>()?), ("a", 1));
    ///     }
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn try_iter(&'a self) -> PyResult<BoundMappingProxyIterator<'py, 'a>>;
}

impl<'py, 'a> PyMappingProxyMethods<'py, 'a> for Bound<'py, PyMappingProxy> {
    fn is_empty(&self) -> PyResult<bool> {
        self.as_mapping().is_empty()
    }

    fn keys(&self) -> PyResult<Bound<'py, PyList>> {
        self.as_mapping().keys()
    }

    fn values(&self) -> PyResult<Bound<'py, PyList>> {
        self.as_mapping().values()
    }

    fn items(&self) -> PyResult<Bound<'py, PyList>> {
        self.as_mapping().items()
    }

    fn as_mapping(&self) -> &Bound<'py, PyMapping> {
        // SAFETY: every mapping proxy is a mapping.
        unsafe { self.cast_unchecked() }
    }

    fn try_iter(&'a self) -> PyResult<BoundMappingProxyIterator<'py, 'a>> {
        Ok(BoundMappingProxyIterator { keys: PyIterator::from_object(self)?, proxy: self })
    }
}

/// An iterator over the entries of a mapping proxy: see [`PyMappingProxyMethods::try_iter`].
pub struct BoundMappingProxyIterator<'py, 'a> {
    keys: Bound<'py, PyIterator>,
    proxy: &'a Bound<'py, PyMappingProxy>,
}

impl<'py> Iterator for BoundMappingProxyIterator<'py, '_> {
    type Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let entry = |key: Bound<'py, PyAny>| {
            let value = self.proxy.get_item(&key)?;
            Ok((key, value))
        };
        Some(self.keys.next()?.and_then(entry))
    }
}
