//! `types.GenericAlias`.

use crate::types::PyAnyMethods;
use crate::{Bound, PyAny, PyResult, PyTypeInfo, Python};

imported_types! {
    /// A parametrised generic: `list[int]`. For `__class_getitem__`.
    PyGenericAlias = "types"."GenericAlias";
}

impl PyGenericAlias {
    /// `types.GenericAlias(origin, args)`
    ///
    /// # Errors
    ///
    /// None known.
    pub fn new<'py>(
        py: Python<'py>,
        origin: &Bound<'py, PyAny>,
        args: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyGenericAlias>> {
        Ok(PyGenericAlias::type_object(py).call1((origin, args))?.cast_into::<PyGenericAlias>()?)
    }
}
