//! `bytearray`.

#![expect(unsafe_code, reason = "contents that may change while they are borrowed, in the API we are compatible with")]

use pyo3_backend::BytesOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::PyAnyMethods;
use crate::{Bound, PyAny, PyErr, PyResult, PyTypeInfo, Python};

native_types! {
    /// Python's `bytearray`. Methods are in [`PyByteArrayMethods`].
    PyByteArray = ByteArray;
}

impl PyByteArray {
    /// A `bytearray` with a copy of `src`.
    pub fn new<'py>(py: Python<'py>, src: &[u8]) -> Bound<'py, PyByteArray> {
        let made = Active::bytearray_from_slice(py.attached(), src).or_raise(py);
        made.map(Bound::from_handle).unwrap_or_else(|error| panic!("out of memory: {error}"))
    }

    /// A `bytearray` of `len`, which `init` writes. The slice it gets is zeroed.
    ///
    /// # Errors
    ///
    /// What `init` returns; `MemoryError` or `OverflowError` if there is not enough memory.
    pub fn new_with<F>(py: Python<'_>, len: usize, init: F) -> PyResult<Bound<'_, PyByteArray>>
    where
        F: FnOnce(&mut [u8]) -> PyResult<()>,
    {
        Active::bytearray_with(py.attached(), len, init).or_raise(py)?.map(Bound::from_handle)
    }

    /// `bytearray(src)`
    ///
    /// # Errors
    ///
    /// `TypeError` if `src` is neither bytes-like nor made of integers.
    pub fn from<'py>(src: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyByteArray>> {
        Ok(PyByteArray::type_object(src.py()).call1((src,))?.cast_into::<PyByteArray>()?)
    }
}

/// Methods of [`PyByteArray`].
#[doc(alias = "PyByteArray")]
pub trait PyByteArrayMethods<'py>: crate::types::sealed::Sealed {
    /// How many bytes it has.
    fn len(&self) -> usize;

    /// Whether it is empty.
    fn is_empty(&self) -> bool;

    /// Where the contents are: valid until Python code runs that makes the `bytearray` longer or shorter.
    fn data(&self) -> *mut u8;

    /// The contents, borrowed from the object.
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
    /// `BufferError` if a `memoryview` of it exists; `MemoryError` or `OverflowError` if there is not enough memory.
    fn resize(&self, len: usize) -> PyResult<()>;
}

impl<'py> PyByteArrayMethods<'py> for Bound<'py, PyByteArray> {
    #[inline]
    fn len(&self) -> usize {
        Active::bytearray_len(self.py().attached(), self.handle())
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
        Active::bytearray_to_vec(self.py().attached(), self.handle())
    }

    fn resize(&self, len: usize) -> PyResult<()> {
        Active::bytearray_resize(self.py().attached(), self.handle(), len).or_raise(self.py())
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
