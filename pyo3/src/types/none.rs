//! [`PyNone`]: Python's `None`.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::{Borrowed, Python};

native_types! {
    /// The type of `None`, its only instance.
    PyNone = NoneType;
}

impl PyNone {
    /// Returns `None`, as a borrowed reference, because it lives as long as the interpreter.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyNone;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(PyNone::get(py).is_none());
    /// });
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the contract returns constants as objects of kind `Any`")]
    pub fn get(py: Python<'_>) -> Borrowed<'_, '_, PyNone> {
        // SAFETY: `None` is the one instance of its type.
        unsafe { Borrowed::wrap_unchecked(Active::constant_none(py.attached())) }
    }
}
