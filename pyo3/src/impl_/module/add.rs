//! The items that a module exports.

use core::marker::PhantomData;

use crate::types::module::PyModuleMethods;
use crate::types::{PyAnyMethods, PyModule, PyString};
use crate::{Bound, IntoPyObject, IntoPyObjectExt, PyResult};

/// Something that a module can export: a function, a class, an exception, a module.
#[diagnostic::on_unimplemented(
    message = "this cannot be exported from a Python module",
    label = "put `#[pyfunction]`, `#[pyclass]` or `#[pymodule]` on what has this name"
)]
pub trait AddToModule {
    /// The name of its fragment of type information, if it has one.
    #[cfg(feature = "experimental-inspect")]
    const INTROSPECTION_ID: Option<&'static str> = None;

    /// Adds it to the module under its own name.
    ///
    /// # Errors
    ///
    /// What setting an attribute raises.
    fn add_to_module(&self, module: &Bound<'_, PyModule>) -> PyResult<()>;
}

/// Adds a constant.
///
/// # Errors
///
/// What the conversion raises.
pub fn add_constant<'py>(module: &Bound<'py, PyModule>, name: &str, value: impl IntoPyObject<'py>) -> PyResult<()> {
    module.add(name, value.into_bound_py_any(module.py())?)
}

/// An exception type that a module can export.
pub trait Exception: crate::PyTypeInfo {
    /// The name of its fragment of type information.
    #[cfg(feature = "experimental-inspect")]
    const INTROSPECTION_ID: &'static str;
}

/// The export of an exception: adds a type object under its `__name__`.
pub struct AddType<T>(PhantomData<fn() -> T>);

impl<T> AddType<T> {
    /// Creates the export of `T`.
    #[expect(clippy::new_without_default, reason = "it lives in a constant")]
    pub const fn new() -> Self {
        AddType(PhantomData)
    }
}

impl<T: Exception> AddToModule for AddType<T> {
    #[cfg(feature = "experimental-inspect")]
    const INTROSPECTION_ID: Option<&'static str> = Some(T::INTROSPECTION_ID);

    fn add_to_module(&self, module: &Bound<'_, PyModule>) -> PyResult<()> {
        let class = T::type_object(module.py());
        let name = class.as_any().getattr("__name__")?.cast_into::<PyString>()?;
        module.add(name, class)
    }
}
