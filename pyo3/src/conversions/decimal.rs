//! What the crates for decimal numbers have in common.

use crate::sync::PyOnceLock;
use crate::types::PyType;
use crate::{Bound, Py, PyResult, Python};

/// `decimal.Decimal`
pub(super) fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "decimal", "Decimal")
}
