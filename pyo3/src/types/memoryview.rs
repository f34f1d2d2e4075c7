//! `memoryview`.

use crate::types::PyAnyMethods;
use crate::{Bound, PyAny, PyErr, PyResult, PyTypeInfo};

native_types! {
    /// Python's `memoryview`.
    PyMemoryView = MemoryView;
}

impl PyMemoryView {
    /// `memoryview(src)`
    ///
    /// # Errors
    ///
    /// `TypeError` where `src` is not bytes-like.
    pub fn from<'py>(src: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Self>> {
        Ok(PyMemoryView::type_object(src.py()).call1((src,))?.cast_into::<PyMemoryView>()?)
    }
}

impl<'py> TryFrom<&Bound<'py, PyAny>> for Bound<'py, PyMemoryView> {
    type Error = PyErr;

    fn try_from(value: &Bound<'py, PyAny>) -> PyResult<Self> {
        PyMemoryView::from(value)
    }
}
