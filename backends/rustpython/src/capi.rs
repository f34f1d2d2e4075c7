//! The error indicator, as C code uses it.

use pyo3_backend::{Attached, CApiOps};

use crate::error::Raised;
use crate::vm::vm;
use crate::{RustPython, indicator};

impl CApiOps for RustPython {
    fn capi_error_fetch<'py>(py: Attached<'py, Self>) -> Option<Raised<'py>> {
        indicator::take(vm(py)).map(|exception| Raised::new(py, exception))
    }

    fn capi_error_leave<'py>(py: Attached<'py, Self>, raised: Raised<'py>) {
        indicator::set(vm(py), Some(raised.into_exception()));
    }
}
