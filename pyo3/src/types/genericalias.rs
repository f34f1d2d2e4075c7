//! [`PyGenericAlias`]: Python's `types.GenericAlias`.

use crate::types::PyAnyMethods;
use crate::{Bound, PyAny, PyResult, PyTypeInfo, Python};

imported_types! {
    /// Python's `types.GenericAlias`: a generic type with arguments, such as `list[int]`. `__class_getitem__` usually
    /// returns one.
    PyGenericAlias = "types"."GenericAlias";
}

impl PyGenericAlias {
    /// Creates a generic alias: `types.GenericAlias(origin, args)`.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyGenericAlias, PyInt, PyList};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let (list, int) = (py.get_type::<PyList>(), py.get_type::<PyInt>());
    ///     let alias = PyGenericAlias::new(py, list.as_any(), int.as_any())?;
    ///     assert_eq!(alias.to_string(), "list[int]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new<'py>(
        py: Python<'py>,
        origin: &Bound<'py, PyAny>,
        args: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyGenericAlias>> {
        Ok(PyGenericAlias::type_object(py).call1((origin, args))?.cast_into::<PyGenericAlias>()?)
    }
}
