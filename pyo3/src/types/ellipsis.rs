//! `...`.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::{Borrowed, Python};

native_types! {
    /// The type of `...`, of which there is but one.
    PyEllipsis = EllipsisType;
}

impl PyEllipsis {
    /// `...`. It lives as long as the interpreter, so what is given is borrowed.
    #[inline]
    pub fn get(py: Python<'_>) -> Borrowed<'_, '_, PyEllipsis> {
        Borrowed::wrap(Active::ellipsis(py.attached()))
    }
}
