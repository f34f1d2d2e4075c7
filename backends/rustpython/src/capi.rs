//! What C code sees: the error indicator, and memory that classes lend.

use pyo3_backend::{Attached, CApiOps, Class, GetBufferFn, Protocol, ReleaseBufferFn};

use crate::error::Raised;
use crate::vm::vm;
use crate::{RustPython, buffer_export, indicator};

impl CApiOps for RustPython {
    fn capi_error_fetch<'py>(py: Attached<'py, Self>) -> Option<Raised<'py>> {
        indicator::take(vm(py)).map(|exception| Raised::new(py, exception))
    }

    fn capi_error_leave<'py>(py: Attached<'py, Self>, raised: Raised<'py>) {
        indicator::set(vm(py), Some(raised.into_exception()));
    }

    fn capi_slot_buffer<C: Class<Self>, G: GetBufferFn<Self>, R: ReleaseBufferFn<Self>>() -> Option<Protocol<Self>> {
        Some(buffer_export::slot::<G, R>())
    }
}
