//! [`PyMemoryView`]: Python's `memoryview`.

use pyo3_backend::BufferOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::{Bound, PyAny, PyErr, PyResult};

native_types! {
    /// Python's `memoryview`.
    PyMemoryView = MemoryView;
}

impl PyMemoryView {
    /// Creates a `memoryview` of an object: `memoryview(src)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `src` is not bytes-like.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyBytes, PyMemoryView};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let view = PyMemoryView::from(&PyBytes::new(py, b"abcdef"))?;
    ///     assert_eq!(view.get_item(2)?.extract::<u8>()?, b'c');
    ///     assert_eq!(view.len()?, 6);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn from<'py>(src: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Self>> {
        let py = src.py();
        Active::buffer_memoryview(py.attached(), src.any_handle()).or_raise(py).map(Bound::from_handle)
    }
}

impl<'py> TryFrom<&Bound<'py, PyAny>> for Bound<'py, PyMemoryView> {
    type Error = PyErr;

    fn try_from(value: &Bound<'py, PyAny>) -> PyResult<Self> {
        PyMemoryView::from(value)
    }
}
