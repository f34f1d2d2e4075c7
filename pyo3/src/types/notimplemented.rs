//! [`PyNotImplemented`]: Python's `NotImplemented`.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::{Borrowed, Python};

native_types! {
    /// The type of `NotImplemented`, its only instance.
    PyNotImplemented = NotImplementedType;
}

impl PyNotImplemented {
    /// Returns `NotImplemented`, as a borrowed reference, because it lives as long as the interpreter.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyNotImplemented;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let answer = py.eval(c"(1).__eq__('1')", None, None)?;
    ///     assert!(answer.is(PyNotImplemented::get(py)));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the contract returns constants as objects of kind `Any`")]
    pub fn get(py: Python<'_>) -> Borrowed<'_, '_, PyNotImplemented> {
        // SAFETY: `NotImplemented` is the one instance of its type.
        unsafe { Borrowed::wrap_unchecked(Active::constant_not_implemented(py.attached())) }
    }
}
