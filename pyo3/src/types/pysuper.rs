//! [`PySuper`]: Python's `super`.

use crate::types::{PyAnyMethods, PyType};
use crate::{Bound, PyAny, PyResult, PyTypeInfo};

native_types! {
    /// Python's `super`: an object whose methods are looked up in the classes that follow one in its method resolution
    /// order.
    PySuper = Super;
}

impl PySuper {
    /// Creates a `super` object for the classes that follow `ty`: `super(ty, obj)`. See also
    /// [`PyAnyMethods::py_super`].
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `obj` is neither an instance nor a subclass of `ty`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySuper;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let yes = py.eval(c"True", None, None)?;
    ///     let as_int = PySuper::new(&yes.get_type(), &yes)?;
    ///     assert_eq!(as_int.call_method1("__add__", (1,))?.extract::<i32>()?, 2);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new<'py>(ty: &Bound<'py, PyType>, obj: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PySuper>> {
        Ok(PySuper::type_object(ty.py()).call1((ty, obj))?.cast_into::<PySuper>()?)
    }
}
