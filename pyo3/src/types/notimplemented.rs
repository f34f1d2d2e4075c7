//! `NotImplemented`.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::{Borrowed, Python};

native_types! {
    /// The type of `NotImplemented`, of which there is but one.
    PyNotImplemented = NotImplementedType;
}

impl PyNotImplemented {
    /// `NotImplemented`. It lives as long as the interpreter, so what is given is borrowed.
    #[inline]
    pub fn get(py: Python<'_>) -> Borrowed<'_, '_, PyNotImplemented> {
        Borrowed::wrap(Active::not_implemented(py.attached()))
    }
}
