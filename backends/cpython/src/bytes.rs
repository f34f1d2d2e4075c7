//! `bytes` and `bytearray`.

use pyo3_backend::{BytesOps, SectionOps, Subjects, kind};
use pyo3_ffi as ffi;

use crate::convert::{from_ssize, raw, to_ssize};
use crate::{At, CPython, Outcome, Owned, Ref};

impl BytesOps for CPython {
    #[inline]
    fn bytes_from_slice<'py>(py: At<'py>, contents: &[u8]) -> Owned<'py, kind::Bytes> {
        owned_or_abort!(py, unsafe ffi::PyBytes_FromStringAndSize(contents.as_ptr().cast(), to_ssize(contents.len())))
    }

    fn bytes_with<'py, E>(
        py: At<'py>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Result<Owned<'py, kind::Bytes>, E>> {
        let bytes: Owned<'py, kind::Bytes> = owned!(
            py,
            unsafe ffi::PyBytes_FromStringAndSize(core::ptr::null(), to_ssize(length))
        )?;
        // SAFETY: a new object that nothing else refers to yet, with room for `length` bytes, which are zeroed before
        // they become a slice.
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
        // SAFETY: a `bytes` by its kind, whose contents do not move or change while it lives.
        return unsafe {
            let size = from_ssize(ffi::Py_SIZE(raw(bytes)));
            core::slice::from_raw_parts(ffi::PyBytes_AS_STRING(raw(bytes)).cast(), size)
        };
        #[cfg(Py_LIMITED_API)]
        // SAFETY: as above; neither call fails for a `bytes`.
        return unsafe {
            let size = from_ssize(ffi::PyBytes_Size(raw(bytes)));
            core::slice::from_raw_parts(ffi::PyBytes_AsString(raw(bytes)).cast(), size)
        };
    }

    fn bytes_from_bytearray<'py>(py: At<'py>, bytearray: Ref<'_, kind::ByteArray>) -> Owned<'py, kind::Bytes> {
        // The critical section keeps the length from changing between the queries and the copy.
        Self::section_run(py, Subjects::Objects(bytearray.any(), None), || {
            let (start, size) = Self::bytearray_contents(py, bytearray);
            owned_or_abort!(py, unsafe ffi::PyBytes_FromStringAndSize(start.cast(), to_ssize(size)))
        })
    }

    #[inline]
    fn bytearray_to_vec(py: At<'_>, bytearray: Ref<'_, kind::ByteArray>) -> Vec<u8> {
        // The critical section lasts until the contents are copied.
        Self::section_run(py, Subjects::Objects(bytearray.any(), None), || {
            let (start, size) = Self::bytearray_contents(py, bytearray);
            // SAFETY: `start` is valid for `size` bytes even if that is zero, and the section keeps them from changing
            // meanwhile.
            unsafe { core::slice::from_raw_parts(start, size) }.to_vec()
        })
    }

    #[inline]
    fn bytearray_from_slice<'py>(py: At<'py>, contents: &[u8]) -> Outcome<'py, Owned<'py, kind::ByteArray>> {
        owned!(py, unsafe ffi::PyByteArray_FromStringAndSize(contents.as_ptr().cast(), to_ssize(contents.len())))
    }

    fn bytearray_with<'py, E>(
        py: At<'py>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Result<Owned<'py, kind::ByteArray>, E>> {
        let made: Owned<'py, kind::ByteArray> =
            owned!(py, unsafe ffi::PyByteArray_FromStringAndSize(core::ptr::null(), to_ssize(length)))?;
        let (first, _) = Self::bytearray_contents(py, made.as_ref());
        // SAFETY: a new object that nothing else refers to yet, with room for `length` bytes, which are zeroed before
        // they become a slice.
        let contents = unsafe {
            first.write_bytes(0, length);
            core::slice::from_raw_parts_mut(first, length)
        };
        Ok(fill(contents).map(|()| made))
    }

    #[inline]
    fn bytearray_resize<'py>(py: At<'py>, bytearray: Ref<'_, kind::ByteArray>, length: usize) -> Outcome<'py, ()> {
        // The critical section lasts until the new bytes are zeroed, so nobody sees them or changes the length before.
        Self::section_run(py, Subjects::Objects(bytearray.any(), None), || {
            let present = Self::bytearray_len(py, bytearray);
            status!(py, unsafe ffi::PyByteArray_Resize(raw(bytearray), to_ssize(length)))?;
            if length > present {
                let (first, _) = Self::bytearray_contents(py, bytearray);
                // SAFETY: the contents are `length` bytes now, of which the first `present` are old.
                unsafe { first.add(present).write_bytes(0, length - present) };
            }
            Ok(())
        })
    }

    #[inline]
    fn bytearray_len(_py: At<'_>, bytearray: Ref<'_, kind::ByteArray>) -> usize {
        #[cfg(not(Py_LIMITED_API))]
        use ffi::PyByteArray_GET_SIZE as size;
        #[cfg(Py_LIMITED_API)]
        use ffi::PyByteArray_Size as size;
        // SAFETY: a `bytearray` by its kind, for which the call does not fail.
        from_ssize(unsafe { size(raw(bytearray)) })
    }

    #[inline]
    fn bytearray_contents(py: At<'_>, bytes: Ref<'_, kind::ByteArray>) -> (*mut u8, usize) {
        let length = Self::bytearray_len(py, bytes);
        #[cfg(not(Py_LIMITED_API))]
        if length > 0 {
            // SAFETY: a `bytearray` by its kind. If it is not empty, the C function returns this field.
            return (unsafe { (*raw(bytes).cast::<ffi::PyByteArrayObject>()).ob_start.cast() }, length);
        }
        // SAFETY: a `bytearray` by its kind, for which the call does not fail.
        (unsafe { ffi::PyByteArray_AsString(raw(bytes)).cast() }, length)
    }
}
