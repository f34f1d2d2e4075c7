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
    pub fn new<'py>(
        py: Python<'py>,
        origin: &Bound<'py, PyAny>,
        args: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyGenericAlias>> {
        Ok(PyGenericAlias::type_object(py).call1((origin, args))?.cast_into::<PyGenericAlias>()?)
    }
}
