//! Code shared by the conversions for the decimal crates.

use crate::sync::PyOnceLock;
use crate::types::PyType;
use crate::{Bound, Py, PyResult, Python};

/// Returns the class `decimal.Decimal`.
pub(super) fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "decimal", "Decimal")
}
