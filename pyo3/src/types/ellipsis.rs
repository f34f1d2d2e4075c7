//! [`PyEllipsis`]: Python's `...`.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::{Borrowed, Python};

native_types! {
    /// The type of `...`, its only instance.
    PyEllipsis = EllipsisType;
}

impl PyEllipsis {
    /// Returns `...`, as a borrowed reference, because it lives as long as the interpreter.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyEllipsis;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let dots = py.eval(c"...", None, None)?;
    ///     assert!(dots.is(PyEllipsis::get(py)));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the contract returns constants as objects of kind `Any`")]
    pub fn get(py: Python<'_>) -> Borrowed<'_, '_, PyEllipsis> {
        // SAFETY: `...` is the one instance of its type.
        unsafe { Borrowed::wrap_unchecked(Active::constant_ellipsis(py.attached())) }
    }
}
