//! [`PyBytes`]: Python's `bytes`.

#![expect(unsafe_code, reason = "PyO3's API includes `PyBytes::from_ptr`, which reads through a raw pointer")]

use core::ops::Index;
use core::slice::SliceIndex;

use pyo3_backend::BytesOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::{Borrowed, Bound, Py, PyResult, Python};

mod writer;

pub use self::writer::PyBytesWriter;

native_types! {
    /// Python's `bytes`. Its methods are in [`PyBytesMethods`].
    ///
    /// Converts to `&[u8]` without a copy, compares with byte slices, and can be indexed like one.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyBytes;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let word = PyBytes::new(py, b"python");
    ///     assert_eq!(word, b"python".as_slice());
    ///     assert_eq!(word[2..4], *b"th");
    /// });
    /// ```
    PyBytes = Bytes;
}

impl PyBytes {
    /// Creates a `bytes` with a copy of `s`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyBytes::new(py, b"\x00\xff");
    ///     assert_eq!(bytes.repr()?, r"b'\x00\xff'");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new<'p>(py: Python<'p>, s: &[u8]) -> Bound<'p, PyBytes> {
        Bound::from_handle(Active::bytes_from_slice(py.attached(), s))
    }

    /// Creates a `bytes` of `len` bytes, which `init` fills. `init` gets a slice of zeros.
    ///
    /// # Errors
    ///
    /// Returns the error of `init`, or `MemoryError` or `OverflowError` if there is not enough memory.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyBytes;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let fours = PyBytes::new_with(py, 3, |buffer| {
    ///         buffer.fill(4);
    ///         Ok(())
    ///     })?;
    ///     assert_eq!(fours.as_bytes(), [4, 4, 4]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn new_with<F>(py: Python<'_>, len: usize, init: F) -> PyResult<Bound<'_, PyBytes>>
    where
        F: FnOnce(&mut [u8]) -> PyResult<()>,
    {
        Active::bytes_with(py.attached(), len, init).or_raise(py)?.map(Bound::from_handle)
    }

    /// Creates a `bytes` from what `write` writes through [`std::io::Write`].
    ///
    /// `reserved_capacity` is the expected length in bytes. The result may be longer or shorter.
    ///
    /// # Errors
    ///
    /// Returns the error of `write`, or `MemoryError` if there is not enough memory for `reserved_capacity`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::io::Write;
    ///
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bytes = PyBytes::new_with_writer(py, 16, |writer| {
    ///         write!(writer, "{}-{}", 20, 24)?;
    ///         Ok(())
    ///     })?;
    ///     assert_eq!(bytes.as_bytes(), b"20-24");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn new_with_writer<'py, F>(py: Python<'py>, reserved_capacity: usize, write: F) -> PyResult<Bound<'py, PyBytes>>
    where
        F: FnOnce(&mut PyBytesWriter<'py>) -> PyResult<()>,
    {
        let mut writer = PyBytesWriter::with_capacity(py, reserved_capacity)?;
        write(&mut writer)?;
        Ok(writer.finish())
    }

    /// Creates a `bytes` with a copy of the `len` bytes at `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` must point to `len` initialized bytes, which do not change during the call.
    pub unsafe fn from_ptr(py: Python<'_>, ptr: *const u8, len: usize) -> Bound<'_, PyBytes> {
        // SAFETY: the caller promises that `ptr` points to `len` initialized bytes.
        PyBytes::new(py, unsafe { core::slice::from_raw_parts(ptr, len) })
    }
}

/// Methods of [`PyBytes`].
#[doc(alias = "PyBytes")]
pub trait PyBytesMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the contents as a slice, without a copy.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let encoded = py.eval(c"'h\xc3\xa9'.encode()", None, None)?.cast_into::<PyBytes>()?;
    ///     assert_eq!(encoded.as_bytes(), "hé".as_bytes());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn as_bytes(&self) -> &[u8];
}

impl<'py> PyBytesMethods<'py> for Bound<'py, PyBytes> {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        Active::bytes_as_slice(self.py().attached(), self.handle())
    }
}

impl<'a> Borrowed<'a, '_, PyBytes> {
    /// Returns the contents like [`PyBytesMethods::as_bytes`], but for the whole lifetime of the borrowed reference.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let kept: Py<PyBytes> = PyBytes::new(py, b"kept").unbind();
    ///     let contents: &[u8] = kept.as_bytes(py);
    ///     assert_eq!(contents, b"kept");
    /// });
    /// ```
    #[inline]
    pub(crate) fn as_bytes(self) -> &'a [u8] {
        Active::bytes_as_slice(self.py().attached(), self.handle())
    }
}

impl Py<PyBytes> {
    /// Returns the contents as a slice, without a copy.
    ///
    /// The contents of a `bytes` never change, so the slice remains valid after the thread detaches.
    #[inline]
    pub fn as_bytes<'a>(&'a self, py: Python<'_>) -> &'a [u8] {
        self.bind_borrowed(py).as_bytes()
    }
}

impl<I: SliceIndex<[u8]>> Index<I> for Bound<'_, PyBytes> {
    type Output = I::Output;

    #[inline]
    fn index(&self, index: I) -> &Self::Output {
        &self.as_bytes()[index]
    }
}

impl AsRef<[u8]> for Bound<'_, PyBytes> {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl<'a> AsRef<[u8]> for Borrowed<'a, '_, PyBytes> {
    #[inline]
    fn as_ref(&self) -> &'a [u8] {
        self.as_bytes()
    }
}

/// Implements equality with byte slices, with either on the left, and through references.
macro_rules! equalities {
    ($(($object:ty, $slice:ty))+) => {
        $(
            impl PartialEq<$slice> for $object {
                #[inline]
                fn eq(&self, other: &$slice) -> bool {
                    self.as_bytes() == AsRef::<[u8]>::as_ref(other)
                }
            }

            impl PartialEq<$object> for $slice {
                #[inline]
                fn eq(&self, other: &$object) -> bool {
                    other.as_bytes() == AsRef::<[u8]>::as_ref(self)
                }
            }
        )+
    };
}

equalities! {
    (Bound<'_, PyBytes>, [u8])
    (Bound<'_, PyBytes>, &[u8])
    (&Bound<'_, PyBytes>, [u8])
    (Borrowed<'_, '_, PyBytes>, [u8])
    (Borrowed<'_, '_, PyBytes>, &[u8])
}
