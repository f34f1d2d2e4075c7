//! The error indicator, as C code uses it.

use pyo3_backend::CApiOps;

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
}
