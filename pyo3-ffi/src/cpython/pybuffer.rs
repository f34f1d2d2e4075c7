//! `pybuffer.h`: the functions of the buffer protocol. In the stable ABI from 3.11.

use super::*;

capi! {
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyObject_CheckBuffer(obj: *mut PyObject) -> c_int;
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyObject_GetBuffer(obj: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int;
    #[cfg(Py_3_11)] fn PyBuffer_GetPointer(view: *const Py_buffer, indices: *const Py_ssize_t) -> *mut c_void;
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyBuffer_SizeFromFormat(format: *const c_char) -> Py_ssize_t;
    #[cfg(Py_3_11)] fn PyBuffer_ToContiguous(buf: *mut c_void, view: *const Py_buffer, len: Py_ssize_t, order: c_char) -> c_int;
    #[cfg(Py_3_11)] fn PyBuffer_FromContiguous(view: *const Py_buffer, buf: *const c_void, len: Py_ssize_t, order: c_char) -> c_int;
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyObject_CopyData(dest: *mut PyObject, src: *mut PyObject) -> c_int;
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyBuffer_IsContiguous(view: *const Py_buffer, fort: c_char) -> c_int;
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyBuffer_FillContiguousStrides(ndims: c_int, shape: *mut Py_ssize_t, strides: *mut Py_ssize_t, itemsize: c_int, fort: c_char);
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyBuffer_FillInfo(view: *mut Py_buffer, o: *mut PyObject, buf: *mut c_void, len: Py_ssize_t, readonly: c_int, flags: c_int) -> c_int;
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyBuffer_Release(view: *mut Py_buffer);
}
