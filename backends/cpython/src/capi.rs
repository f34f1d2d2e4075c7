//! What C code sees: the error indicator, and memory that classes lend.

use pyo3_backend::CApiOps;
#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
use pyo3_backend::{Class, GetBufferFn, Protocol, ReleaseBufferFn};

use crate::error::Raised;
use crate::{At, CPython};

impl CApiOps for CPython {
    #[inline]
    fn capi_error_fetch(py: At<'_>) -> Option<Raised<'_>> {
        Raised::pending(py)
    }

    #[inline]
    fn capi_error_leave<'py>(_py: At<'py>, raised: Raised<'py>) {
        raised.leave();
    }

    #[cfg(any(not(Py_LIMITED_API), Py_3_11))]
    fn capi_slot_buffer<C: Class<Self>, G: GetBufferFn<Self>, R: ReleaseBufferFn<Self>>() -> Option<Protocol<Self>> {
        Some(crate::protocol::buffer::slots::<G, R>())
    }
}
