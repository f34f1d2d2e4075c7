//! `bytearray`.

#![expect(unsafe_code, reason = "contents that may change while they are borrowed, in the API we are compatible with")]

use pyo3_backend::BytesOps;

use crate::backend::Active;
use crate::types::{PyAnyMethods, PyBytes, PySlice};
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
    /// What `init` returns; `MemoryError` or `OverflowError` where there is not as much memory.
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

    /// Where the contents are: valid until Python code runs that makes the `bytearray` longer or shorter.
    fn data(&self) -> *mut u8;

    /// The contents, in place.
    ///
    /// # Safety
    ///
    /// While the slice is used nothing changes the `bytearray`: no Python code runs, and no other thread has it.
    unsafe fn as_bytes(&self) -> &[u8];

    /// The contents, in place, to be changed.
    ///
    /// # Safety
    ///
    /// As [`as_bytes`](Self::as_bytes), and there is no other slice of it.
    #[expect(clippy::mut_from_ref, reason = "as the API we are compatible with has it")]
    unsafe fn as_bytes_mut(&self) -> &mut [u8];

    /// A copy of the contents.
    fn to_vec(&self) -> Vec<u8>;

    /// Makes it longer, with zeros at the end, or shorter.
    ///
    /// # Errors
    ///
    /// `BufferError` where a `memoryview` of it exists; `MemoryError` or `OverflowError` where there is not as much memory.
    fn resize(&self, len: usize) -> PyResult<()>;
}

impl<'py> PyByteArrayMethods<'py> for Bound<'py, PyByteArray> {
    #[inline]
    fn len(&self) -> usize {
        Active::bytearray_contents(self.py().attached(), self.handle()).1
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn data(&self) -> *mut u8 {
        contents(self).0
    }

    unsafe fn as_bytes(&self) -> &[u8] {
        let (start, length) = contents(self);
        if length == 0 {
            return &[];
        }
        // SAFETY: so many bytes are there, and the caller sees to it that they stay.
        unsafe { core::slice::from_raw_parts(start, length) }
    }

    unsafe fn as_bytes_mut(&self) -> &mut [u8] {
        let (start, length) = contents(self);
        if length == 0 {
            return &mut [];
        }
        // SAFETY: so many bytes are there, and the caller sees to it that they stay and that nobody else looks.
        unsafe { core::slice::from_raw_parts_mut(start, length) }
    }

    fn to_vec(&self) -> Vec<u8> {
        let py = self.py();
        let copy = Active::bytes_from_bytearray(py.attached(), self.handle());
        Active::bytes_as_slice(py.attached(), copy.as_ref()).to_vec()
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

/// Where the contents are, and how long.
#[inline]
fn contents(bytes: &Bound<'_, PyByteArray>) -> (*mut u8, usize) {
    Active::bytearray_contents(bytes.py().attached(), bytes.handle())
}

impl<'py> TryFrom<&Bound<'py, PyAny>> for Bound<'py, PyByteArray> {
    type Error = PyErr;

    fn try_from(value: &Bound<'py, PyAny>) -> PyResult<Self> {
        PyByteArray::from(value)
    }
}
