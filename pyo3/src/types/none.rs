//! `None`.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::{Borrowed, Python};

native_types! {
    /// The type of `None`, of which there is but one.
    PyNone = NoneType;
}

impl PyNone {
    /// `None`. It lives as long as the interpreter, so what is given is borrowed.
    #[inline]
    #[expect(unsafe_code, reason = "the contract gives constants as objects of any kind")]
    pub fn get(py: Python<'_>) -> Borrowed<'_, '_, PyNone> {
        // SAFETY: `None` is the one instance of its type.
        unsafe { Borrowed::wrap_unchecked(Active::constant_none(py.attached())) }
    }
}
