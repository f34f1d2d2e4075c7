//! `bytes`.

#![expect(unsafe_code, reason = "`PyBytes::from_ptr` reads what a caller points to, in the API we are compatible with")]

use core::ops::Index;
use core::slice::SliceIndex;

use pyo3_backend::BytesOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::{Borrowed, Bound, Py, PyResult, Python};

mod writer;

pub use self::writer::PyBytesWriter;

native_types! {
    /// Python's `bytes`.
    ///
    /// `&[u8]` borrows from it in place. Compares with byte slices, and indexes like one.
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
    /// Makes a `bytes` with a copy of `s`.
    pub fn new<'p>(py: Python<'p>, s: &[u8]) -> Bound<'p, PyBytes> {
        Bound::from_handle(Active::bytes_from_slice(py.attached(), s))
    }

    /// Makes a `bytes` of `len` bytes, which `init` writes. The slice it gets is zeroed.
    ///
    /// # Errors
    ///
    /// What `init` returns; `MemoryError` or `OverflowError` if there is not enough memory.
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

    /// Makes a `bytes` that `write` fills piece by piece, through [`std::io::Write`]. `reserved_capacity` is a guess at the
    /// length.
    ///
    /// # Errors
    ///
    /// What `write` returns; `MemoryError` if there is no memory for `reserved_capacity`.
    #[inline]
    pub fn new_with_writer<'py, F>(py: Python<'py>, reserved_capacity: usize, write: F) -> PyResult<Bound<'py, PyBytes>>
    where
        F: FnOnce(&mut PyBytesWriter<'py>) -> PyResult<()>,
    {
        let mut writer = PyBytesWriter::with_capacity(py, reserved_capacity)?;
        write(&mut writer)?;
        Ok(writer.finish())
    }

    /// Makes a `bytes` with a copy of the `len` bytes at `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` points to `len` initialised bytes.
    pub unsafe fn from_ptr(py: Python<'_>, ptr: *const u8, len: usize) -> Bound<'_, PyBytes> {
        // SAFETY: as the caller promises.
        PyBytes::new(py, unsafe { core::slice::from_raw_parts(ptr, len) })
    }
}

/// Methods of [`PyBytes`].
#[doc(alias = "PyBytes")]
pub trait PyBytesMethods<'py>: crate::types::sealed::Sealed {
    /// The contents, borrowed from the object.
    fn as_bytes(&self) -> &[u8];
}

impl<'py> PyBytesMethods<'py> for Bound<'py, PyBytes> {
    #[inline]
    fn as_bytes(&self) -> &[u8] {
        Active::bytes_as_slice(self.py().attached(), self.handle())
    }
}

impl<'a> Borrowed<'a, '_, PyBytes> {
    /// As [`PyBytesMethods::as_bytes`], for as long as the object is kept alive.
    #[inline]
    pub(crate) fn as_bytes(self) -> &'a [u8] {
        Active::bytes_as_slice(self.py().attached(), self.handle())
    }
}

impl Py<PyBytes> {
    /// The contents, in place. `bytes` never change, so the slice needs no attached thread afterwards.
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

/// Equality with byte slices, either way round and through references.
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
