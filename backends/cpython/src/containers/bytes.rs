//! `bytes`, and what `bytearray` shares with it.

use pyo3_backend::{BytesOps, SectionOps, Subjects, kind};
use pyo3_ffi as ffi;

use crate::convert::{raw, signed, unsigned};
use crate::{At, CPython, Outcome, Owned, Ref};

impl BytesOps for CPython {
    #[inline]
    fn bytes_from_slice<'py>(py: At<'py>, contents: &[u8]) -> Owned<'py, kind::Bytes> {
        made!(py, PyBytes_FromStringAndSize(contents.as_ptr().cast(), signed(contents.len())))
    }

    fn bytes_with<'py, E>(
        py: At<'py>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Result<Owned<'py, kind::Bytes>, E>> {
        let bytes: Owned<'py, kind::Bytes> = owned!(py, PyBytes_FromStringAndSize(core::ptr::null(), signed(length)))?;
        // SAFETY: a fresh object that nobody else knows; `length` bytes of it may be written, and are zeroed before they
        // become a slice.
        let contents = unsafe {
            let first = ffi::PyBytes_AsString(raw(bytes.as_ref())).cast::<u8>();
            first.write_bytes(0, length);
            core::slice::from_raw_parts_mut(first, length)
        };
        Ok(fill(contents).map(|()| bytes))
    }

    #[inline]
    fn bytes_as_slice<'a>(_py: At<'_>, bytes: Ref<'a, kind::Bytes>) -> &'a [u8] {
        #[cfg(not(Py_LIMITED_API))]
        // SAFETY: a `bytes` by its kind, whose contents live and stay as they are as long as it does.
        return unsafe {
            let size = unsigned(ffi::Py_SIZE(raw(bytes)));
            core::slice::from_raw_parts(ffi::PyBytes_AS_STRING(raw(bytes)).cast(), size)
        };
        #[cfg(Py_LIMITED_API)]
        // SAFETY: as above; neither call fails for a `bytes`.
        return unsafe {
            let size = unsigned(ffi::PyBytes_Size(raw(bytes)));
            core::slice::from_raw_parts(ffi::PyBytes_AsString(raw(bytes)).cast(), size)
        };
    }

    fn bytes_from_bytearray<'py>(py: At<'py>, bytearray: Ref<'_, kind::ByteArray>) -> Owned<'py, kind::Bytes> {
        // Nobody changes its length between the two questions and the copy.
        Self::in_section(py, Subjects::Objects(bytearray.any(), None), || {
            // SAFETY: attached, with a `bytearray`; neither call fails or runs Python code.
            let (start, size) =
                unsafe { (ffi::PyByteArray_AsString(raw(bytearray)), ffi::PyByteArray_Size(raw(bytearray))) };
            made!(py, PyBytes_FromStringAndSize(start, size))
        })
    }

    #[inline]
    fn bytearray_contents(_py: At<'_>, bytes: Ref<'_, kind::ByteArray>) -> (*mut u8, usize) {
        // SAFETY: a `bytearray` by its kind, for which neither call fails.
        unsafe { (ffi::PyByteArray_AsString(raw(bytes)).cast(), unsigned(ffi::PyByteArray_Size(raw(bytes)))) }
    }
}
