//! `bytearray`.

use crate::types::set::known_len;
use crate::types::{PyAnyMethods, PyBytes, PyBytesMethods, PySlice};
use crate::{Bound, PyAny, PyErr, PyResult, PyTypeInfo, Python, intern};

native_types! {
    /// Python's `bytearray`. Methods are in [`PyByteArrayMethods`].
    PyByteArray = ByteArray;
}

impl PyByteArray {
    /// A `bytearray` with a copy of `src`.
    pub fn new<'py>(py: Python<'py>, src: &[u8]) -> Bound<'py, PyByteArray> {
        PyByteArray::from(&PyBytes::new(py, src)).expect("`bytes` are bytes-like")
    }

    /// A `bytearray` of `len`, which `init` writes. The slice it gets is zeroed.
    ///
    /// # Errors
    ///
    /// What `init` returns.
    pub fn new_with<F>(py: Python<'_>, len: usize, init: F) -> PyResult<Bound<'_, PyByteArray>>
    where
        F: FnOnce(&mut [u8]) -> PyResult<()>,
    {
        let contents = PyBytes::new_with(py, len, init)?;
        PyByteArray::from(&contents)
    }

    /// `bytearray(src)`
    ///
    /// # Errors
    ///
    /// `TypeError` where `src` is neither bytes-like nor made of integers.
    pub fn from<'py>(src: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyByteArray>> {
        Ok(PyByteArray::type_object(src.py()).call1((src,))?.cast_into::<PyByteArray>()?)
    }
}

/// Methods of [`PyByteArray`].
#[doc(alias = "PyByteArray")]
pub trait PyByteArrayMethods<'py>: crate::types::sealed::Sealed {
    /// How many bytes it has.
    fn len(&self) -> usize;

    /// Whether it has none.
    fn is_empty(&self) -> bool;

    /// A copy of the contents.
    fn to_vec(&self) -> Vec<u8>;

    /// Makes it longer, with zeros at the end, or shorter.
    ///
    /// # Errors
    ///
    /// `BufferError` where a `memoryview` of it exists.
    fn resize(&self, len: usize) -> PyResult<()>;
}

impl<'py> PyByteArrayMethods<'py> for Bound<'py, PyByteArray> {
    #[inline]
    fn len(&self) -> usize {
        known_len(self)
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn to_vec(&self) -> Vec<u8> {
        let copy = PyBytes::type_object(self.py()).call1((self,)).expect("a `bytearray` is bytes-like");
        copy.cast_into::<PyBytes>().expect("`bytes` gives one").as_bytes().to_vec()
    }

    fn resize(&self, len: usize) -> PyResult<()> {
        let present = self.len();
        if let Some(more) = len.checked_sub(present) {
            let zeros = PyBytes::new_with(self.py(), more, |_| Ok(()))?;
            self.call_method1(intern!(self.py(), "extend"), (zeros,)).map(drop)
        } else {
            let rest = PySlice::new(self.py(), len as isize, present as isize, 1);
            self.del_item(rest)
        }
    }
}

impl<'py> TryFrom<&Bound<'py, PyAny>> for Bound<'py, PyByteArray> {
    type Error = PyErr;

    fn try_from(value: &Bound<'py, PyAny>) -> PyResult<Self> {
        PyByteArray::from(value)
    }
}
