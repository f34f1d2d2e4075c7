//! `memoryobject.h`: `memoryview`.

use super::*;

type_checks! { PyMemoryView_Check: exact PyMemoryView_Type; }

capi_data! {
    static mut PyMemoryView_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyPickleBuffer_Type: PyTypeObject;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] static mut _PyManagedBuffer_Type: PyTypeObject;
}
capi! {
    fn PyMemoryView_FromObject(base: *mut PyObject) -> *mut PyObject;
    fn PyMemoryView_FromMemory(mem: *mut c_char, size: Py_ssize_t, flags: c_int) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyPickleBuffer_FromObject(ob: *mut PyObject) -> *mut PyObject;
    // Not `const` in C before 3.11, but never written.
    #[cfg(any(not(Py_LIMITED_API), Py_3_11))] fn PyMemoryView_FromBuffer(info: *const Py_buffer) -> *mut PyObject;
    fn PyMemoryView_GetContiguous(base: *mut PyObject, buffertype: c_int, order: c_char) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyPickleBuffer_GetBuffer(ob: *mut PyObject) -> *const Py_buffer;
    #[cfg(not(Py_LIMITED_API))] fn PyPickleBuffer_Release(ob: *mut PyObject) -> c_int;
}
