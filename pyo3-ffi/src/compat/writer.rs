//! `PyBytesWriter` (3.15): a `bytes` that grows while it is written.

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

    /// C API structure `PyBytesWriter`, opaque: a `bytes` object that nobody else has yet, which may be longer than what
    /// is written.
    pub struct PyBytesWriter {
        bytes: *mut PyObject,
        size: Py_ssize_t,
    }

    /// A writer with room for `size` bytes, not initialised. Null with `ValueError` where `size` is negative.
    ///
    /// # Safety
    /// As C's function of this name.
    pub unsafe fn PyBytesWriter_Create(size: Py_ssize_t) -> *mut PyBytesWriter {
        // SAFETY: attached, by the caller's promise; the memory is of the size and alignment of a writer.
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

    /// Gives the writer and what was written up. Does nothing for null.
    ///
    /// # Safety
    /// As C's function of this name: the writer is not used again.
    pub unsafe fn PyBytesWriter_Discard(writer: *mut PyBytesWriter) {
        if writer.is_null() {
            return;
        }
        // SAFETY: the caller's promise; the reference is the writer's own.
        unsafe {
            Py_XDECREF((*writer).bytes);
            PyMem_Free(writer.cast());
        }
    }

    /// The `bytes`; the writer is gone then, also on failure.
    ///
    /// # Safety
    /// As C's function of this name: the writer is not used again.
    pub unsafe fn PyBytesWriter_Finish(writer: *mut PyBytesWriter) -> *mut PyObject {
        // SAFETY: the caller's promise.
        unsafe { PyBytesWriter_FinishWithSize(writer, (*writer).size) }
    }

    /// The first `size` bytes; the writer is gone then, also on failure.
    ///
    /// # Safety
    /// As C's function of this name: the writer is not used again.
    pub unsafe fn PyBytesWriter_FinishWithSize(writer: *mut PyBytesWriter, size: Py_ssize_t) -> *mut PyObject {
        // SAFETY: the caller's promise. `_PyBytes_Resize` sets the pointer to null where it fails.
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

    /// Where the bytes are, until the writer is resized.
    ///
    /// # Safety
    /// As C's function of this name.
    pub unsafe fn PyBytesWriter_GetData(writer: *mut PyBytesWriter) -> *mut c_void {
        // SAFETY: the caller's promise.
        unsafe { PyBytes_AS_STRING((*writer).bytes).cast_mut().cast() }
    }

    /// How many bytes there are.
    ///
    /// # Safety
    /// As C's function of this name.
    pub unsafe fn PyBytesWriter_GetSize(writer: *mut PyBytesWriter) -> Py_ssize_t {
        // SAFETY: the caller's promise.
        unsafe { (*writer).size }
    }

    /// Makes room for `size` bytes, of which the first are as before: 0, or -1 with the writer as it was.
    ///
    /// # Safety
    /// As C's function of this name.
    pub unsafe fn PyBytesWriter_Resize(writer: *mut PyBytesWriter, size: Py_ssize_t) -> c_int {
        // SAFETY: the caller's promise; so many bytes are initialised or not, but allocated, on either side of the copy.
        unsafe {
            if size < 0 {
                PyErr_SetString(PyExc_ValueError, c"size must be >= 0".as_ptr());
                return -1;
            }
            let room = Py_SIZE((*writer).bytes);
            if size > room {
                // Not `_PyBytes_Resize`, which destroys what was written where it fails. A bit more than asked for, so
                // that many small steps do not copy all each time.
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
