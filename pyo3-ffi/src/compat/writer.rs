//! `PyBytesWriter` (3.15): a `bytes` object that grows while it is written.

#[cfg(Py_3_15)]
pub use crate::{
    PyBytesWriter, PyBytesWriter_Create, PyBytesWriter_Discard, PyBytesWriter_Finish, PyBytesWriter_FinishWithSize,
    PyBytesWriter_GetData, PyBytesWriter_GetSize, PyBytesWriter_Resize,
};

#[cfg(not(Py_3_15))]
pub use self::before::*;

#[cfg(not(Py_3_15))]
mod before {
    use core::ffi::{c_int, c_void};

    use crate::*;

    /// C API structure `PyBytesWriter`, opaque. Owns an unshared `bytes` object, which may be longer than the data.
    pub struct PyBytesWriter {
        bytes: *mut PyObject,
        size: Py_ssize_t,
    }

    /// Creates a writer with `size` uninitialized bytes. Returns null with a `ValueError` if `size` is negative.
    ///
    /// # Safety
    /// The requirements of the C function of this name apply.
    pub unsafe fn PyBytesWriter_Create(size: Py_ssize_t) -> *mut PyBytesWriter {
        // SAFETY: the caller is attached; the memory has the size and alignment of a writer.
        unsafe {
            if size < 0 {
                PyErr_SetString(PyExc_ValueError, c"size must be >= 0".as_ptr());
                return core::ptr::null_mut();
            }
            let writer = PyMem_Malloc(size_of::<PyBytesWriter>()).cast::<PyBytesWriter>();
            if writer.is_null() {
                PyErr_NoMemory();
                return writer;
            }
            let bytes = PyBytes_FromStringAndSize(core::ptr::null(), size);
            if bytes.is_null() {
                PyMem_Free(writer.cast());
                return core::ptr::null_mut();
            }
            writer.write(PyBytesWriter { bytes, size });
            writer
        }
    }

    /// Destroys the writer and its data. Does nothing for null.
    ///
    /// # Safety
    /// The requirements of the C function of this name apply: the writer is not used again.
    pub unsafe fn PyBytesWriter_Discard(writer: *mut PyBytesWriter) {
        if writer.is_null() {
            return;
        }
        // SAFETY: upheld by the caller; the writer owns the reference.
        unsafe {
            Py_XDECREF((*writer).bytes);
            PyMem_Free(writer.cast());
        }
    }

    /// Returns the `bytes` object. Destroys the writer, even on failure.
    ///
    /// # Safety
    /// The requirements of the C function of this name apply: the writer is not used again.
    pub unsafe fn PyBytesWriter_Finish(writer: *mut PyBytesWriter) -> *mut PyObject {
        // SAFETY: upheld by the caller.
        unsafe { PyBytesWriter_FinishWithSize(writer, (*writer).size) }
    }

    /// Returns the first `size` bytes as a `bytes` object. Destroys the writer, even on failure.
    ///
    /// # Safety
    /// The requirements of the C function of this name apply: the writer is not used again.
    pub unsafe fn PyBytesWriter_FinishWithSize(writer: *mut PyBytesWriter, size: Py_ssize_t) -> *mut PyObject {
        // SAFETY: upheld by the caller. On failure, `_PyBytes_Resize` sets the pointer to null.
        unsafe {
            if size < 0 || size > Py_SIZE((*writer).bytes) {
                PyErr_SetString(PyExc_ValueError, c"invalid size".as_ptr());
                PyBytesWriter_Discard(writer);
                return core::ptr::null_mut();
            }
            let mut bytes = core::mem::replace(&mut (*writer).bytes, core::ptr::null_mut());
            PyBytesWriter_Discard(writer);
            if size != Py_SIZE(bytes) {
                _PyBytes_Resize(&mut bytes, size);
            }
            bytes
        }
    }

    /// Returns the address of the data, which is valid until the writer is resized.
    ///
    /// # Safety
    /// The requirements of the C function of this name apply.
    pub unsafe fn PyBytesWriter_GetData(writer: *mut PyBytesWriter) -> *mut c_void {
        // SAFETY: upheld by the caller.
        unsafe { PyBytes_AS_STRING((*writer).bytes).cast_mut().cast() }
    }

    /// Returns the size of the data.
    ///
    /// # Safety
    /// The requirements of the C function of this name apply.
    pub unsafe fn PyBytesWriter_GetSize(writer: *mut PyBytesWriter) -> Py_ssize_t {
        // SAFETY: upheld by the caller.
        unsafe { (*writer).size }
    }

    /// Resizes the data to `size` bytes, keeping its beginning. Returns 0, or -1 with the writer unchanged.
    ///
    /// # Safety
    /// The requirements of the C function of this name apply.
    pub unsafe fn PyBytesWriter_Resize(writer: *mut PyBytesWriter, size: Py_ssize_t) -> c_int {
        // SAFETY: upheld by the caller. Both allocations hold at least that many bytes, which may be uninitialized.
        unsafe {
            if size < 0 {
                PyErr_SetString(PyExc_ValueError, c"size must be >= 0".as_ptr());
                return -1;
            }
            let room = Py_SIZE((*writer).bytes);
            if size > room {
                // `_PyBytes_Resize` would destroy the data on failure. Allocate some extra room, so that many small
                // steps do not copy everything each time.
                let more = PyBytes_FromStringAndSize(core::ptr::null(), size.saturating_add(room / 4));
                if more.is_null() {
                    return -1;
                }
                let (from, to) = (PyBytes_AS_STRING((*writer).bytes), PyBytes_AS_STRING(more).cast_mut());
                core::ptr::copy_nonoverlapping(from, to, (*writer).size as usize);
                Py_DECREF(core::mem::replace(&mut (*writer).bytes, more));
            }
            (*writer).size = size;
            0
        }
    }
}
