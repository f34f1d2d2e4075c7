//! [`PyBytesWriter`]: a writer that creates a `bytes`.

use core::convert::Infallible;
use std::io;

use crate::exceptions::PyMemoryError;
use crate::types::PyBytes;
use crate::{Bound, IntoPyObject, PyErr, PyResult, Python};

/// A writer that collects the contents of a new `bytes`: see [`PyBytes::new_with_writer`].
///
/// ```
/// # use pyo3::prelude::*;
/// use std::io::Write;
///
/// use pyo3::types::PyBytes;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let bytes = PyBytes::new_with_writer(py, 0, |writer| {
///         writer.write_all(b"ab")?;
///         assert_eq!(writer.len(), 2);
///         Ok(())
///     })?;
///     assert_eq!(bytes.as_bytes(), b"ab");
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub struct PyBytesWriter<'py> {
    py: Python<'py>,
    contents: Vec<u8>,
}

impl<'py> PyBytesWriter<'py> {
    /// Creates an empty writer with space for `capacity` bytes.
    ///
    /// # Errors
    ///
    /// Returns `MemoryError` if there is not enough memory.
    pub(super) fn with_capacity(py: Python<'py>, capacity: usize) -> PyResult<Self> {
        let mut contents = Vec::new();
        contents.try_reserve_exact(capacity).map_err(|_| PyMemoryError::new_err(()))?;
        Ok(PyBytesWriter { py, contents })
    }

    /// Creates the `bytes` from everything written so far.
    pub(super) fn finish(self) -> Bound<'py, PyBytes> {
        PyBytes::new(self.py, &self.contents)
    }

    /// Returns `true` if nothing has been written yet.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.contents.is_empty()
    }

    /// Returns the number of bytes written so far.
    #[inline]
    pub fn len(&self) -> usize {
        self.contents.len()
    }

    /// Appends `bytes`.
    ///
    /// # Errors
    ///
    /// Returns `MemoryError`, and appends nothing, if there is not enough memory.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> PyResult<()> {
        self.contents.try_reserve(bytes.len()).map_err(|_| PyMemoryError::new_err(()))?;
        self.contents.extend_from_slice(bytes);
        Ok(())
    }
}

impl io::Write for PyBytesWriter<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.contents.write(bytes)
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.contents.write_all(bytes)
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'py> TryFrom<PyBytesWriter<'py>> for Bound<'py, PyBytes> {
    type Error = PyErr;

    fn try_from(writer: PyBytesWriter<'py>) -> PyResult<Self> {
        Ok(writer.finish())
    }
}

impl<'py> IntoPyObject<'py> for PyBytesWriter<'py> {
    type Target = PyBytes;
    type Output = Bound<'py, PyBytes>;
    type Error = Infallible;
    output_type!(type Self::Target);

    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.finish())
    }
}
