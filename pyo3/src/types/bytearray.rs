//! [`PyByteArray`]: Python's `bytearray`.

#![expect(unsafe_code, reason = "PyO3's API lends contents that may change in the meantime")]

use pyo3_backend::BytesOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::PyAnyMethods;
use crate::{Bound, PyAny, PyErr, PyResult, PyTypeInfo, Python};

native_types! {
    /// Python's `bytearray`. Its methods are in [`PyByteArrayMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyByteArray;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyByteArray::new(py, b"abc");
    ///     bytes.call_method1("append", (100,))?;
    ///     assert_eq!(bytes.to_vec(), b"abcd");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyByteArray = ByteArray;
}

impl PyByteArray {
    /// Creates a `bytearray` with a copy of `src`.
    ///
    /// # Panics
    ///
    /// Panics if there is not enough memory.
    pub fn new<'py>(py: Python<'py>, src: &[u8]) -> Bound<'py, PyByteArray> {
        let made = Active::bytearray_from_slice(py.attached(), src).or_raise(py);
        made.map(Bound::from_handle).unwrap_or_else(|error| panic!("out of memory: {error}"))
    }

    /// Creates a `bytearray` of `len` bytes, which `init` fills. `init` gets a slice of zeros.
    ///
    /// # Errors
    ///
    /// Returns the error of `init`, or `MemoryError` or `OverflowError` if there is not enough memory.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyByteArray;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyByteArray::new_with(py, 4, |space: &mut [u8]| {
    ///         space[0] = 1;
    ///         Ok(())
    ///     })?;
    ///     assert_eq!(bytes.to_vec(), [1, 0, 0, 0]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_with<F>(py: Python<'_>, len: usize, init: F) -> PyResult<Bound<'_, PyByteArray>>
    where
        F: FnOnce(&mut [u8]) -> PyResult<()>,
    {
        Active::bytearray_with(py.attached(), len, init).or_raise(py)?.map(Bound::from_handle)
    }

    /// Creates a `bytearray` from a Python object: `bytearray(src)`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `src` is neither bytes-like nor an iterable of integers.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyByteArray;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyByteArray::from(&py.eval(c"range(3)", None, None)?)?;
    ///     assert_eq!(bytes.to_vec(), [0, 1, 2]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn from<'py>(src: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyByteArray>> {
        Ok(PyByteArray::type_object(src.py()).call1((src,))?.cast_into::<PyByteArray>()?)
    }
}

/// Methods of [`PyByteArray`].
#[doc(alias = "PyByteArray")]
pub trait PyByteArrayMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the length in bytes.
    fn len(&self) -> usize;

    /// Returns `true` if the `bytearray` is empty.
    fn is_empty(&self) -> bool;

    /// Returns a pointer to the contents. It is valid until something changes the length of the `bytearray`.
    fn data(&self) -> *mut u8;

    /// Returns the contents as a slice, without a copy.
    ///
    /// # Safety
    ///
    /// Nothing may change the `bytearray` while the slice is in use: no Python code may run, and no other thread may
    /// use it.
    unsafe fn as_bytes(&self) -> &[u8];

    /// Returns the contents as a mutable slice, without a copy.
    ///
    /// # Safety
    ///
    /// Same as [`as_bytes`](Self::as_bytes). Besides, no other slice of the contents may exist.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyByteArray;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyByteArray::new(py, b"abc");
    ///     // SAFETY: no other code has the object yet, and this block runs no Python code.
    ///     unsafe { bytes.as_bytes_mut().reverse() };
    ///     assert_eq!(bytes.to_vec(), b"cba");
    /// });
    /// ```
    #[expect(clippy::mut_from_ref, reason = "PyO3's API has this signature")]
    unsafe fn as_bytes_mut(&self) -> &mut [u8];

    /// Returns a copy of the contents.
    fn to_vec(&self) -> Vec<u8>;

    /// Changes the length to `len` bytes, and fills with zeros if it grows.
    ///
    /// # Errors
    ///
    /// Returns `BufferError` if a `memoryview` of the `bytearray` exists, or `MemoryError` or `OverflowError` if there
    /// is not enough memory.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyByteArray;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyByteArray::new(py, b"abc");
    ///     bytes.resize(5)?;
    ///     assert_eq!(bytes.to_vec(), b"abc\0\0");
    ///     bytes.resize(1)?;
    ///     assert_eq!(bytes.to_vec(), b"a");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
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
        // SAFETY: the backend gives the start and the length of the contents, and the caller promises that they do not
        // change.
        unsafe { core::slice::from_raw_parts(start, length) }
    }

    unsafe fn as_bytes_mut(&self) -> &mut [u8] {
        let (start, length) = contents(self);
        if length == 0 {
            return &mut [];
        }
        // SAFETY: the backend gives the start and the length of the contents, and the caller promises exclusive access.
        unsafe { core::slice::from_raw_parts_mut(start, length) }
    }

    fn to_vec(&self) -> Vec<u8> {
        Active::bytearray_to_vec(self.py().attached(), self.handle())
    }

    fn resize(&self, len: usize) -> PyResult<()> {
        Active::bytearray_resize(self.py().attached(), self.handle(), len).or_raise(self.py())
    }
}

/// Returns the start of the contents, and their length in bytes.
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
