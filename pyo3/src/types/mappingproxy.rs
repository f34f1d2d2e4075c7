//! `types.MappingProxyType`.

#![expect(unsafe_code, reason = "a mapping proxy is a mapping, which the type system cannot see")]

use pyo3_backend::MappingOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::{PyAnyMethods, PyIterator, PyList, PyMapping, PyMappingMethods};
use crate::{Bound, PyAny, PyResult, Python};

native_types! {
    /// A view of a mapping that cannot be written through: what `type.__dict__` is.
    ///
    /// Methods are in [`PyMappingProxyMethods`].
    PyMappingProxy = MappingProxy;
}

impl PyMappingProxy {
    /// `types.MappingProxyType(elements)`
    #[inline]
    pub fn new<'py>(py: Python<'py>, elements: &Bound<'py, PyMapping>) -> Bound<'py, PyMappingProxy> {
        let proxy = Active::mapping_proxy(py.attached(), elements.any_handle()).or_raise(py);
        Bound::from_handle(proxy.expect("it takes any mapping"))
    }
}

/// Methods of [`PyMappingProxy`].
#[doc(alias = "PyMappingProxy")]
pub trait PyMappingProxyMethods<'py, 'a>: crate::types::sealed::Sealed {
    /// Whether its length is 0.
    ///
    /// # Errors
    ///
    /// What `__len__` of the mapping raises.
    fn is_empty(&self) -> PyResult<bool>;

    /// `list(self.keys())`
    ///
    /// # Errors
    ///
    /// What `keys` of the mapping raises.
    fn keys(&self) -> PyResult<Bound<'py, PyList>>;

    /// `list(self.values())`
    ///
    /// # Errors
    ///
    /// What `values` of the mapping raises.
    fn values(&self) -> PyResult<Bound<'py, PyList>>;

    /// `list(self.items())`
    ///
    /// # Errors
    ///
    /// What `items` of the mapping raises.
    fn items(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns the same object as a `PyMapping`.
    fn as_mapping(&self) -> &Bound<'py, PyMapping>;

    /// Iterates over the entries.
    ///
    /// # Errors
    ///
    /// What `__iter__` of the mapping raises.
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

/// The entries of a mapping proxy: what [`PyMappingProxyMethods::try_iter`] returns.
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
