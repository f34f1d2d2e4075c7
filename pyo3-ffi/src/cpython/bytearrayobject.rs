//! `bytearrayobject.h`: `bytearray`.

use super::*;

// 3.15 adds more fields at the end.
#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyByteArrayObject {
        ob_base: PyVarObject,
        ob_alloc: Py_ssize_t,
        ob_bytes: *mut c_char,
        ob_start: *mut c_char,
        ob_exports: Py_ssize_t,
        #[cfg(Py_3_15)] ob_bytes_object: *mut PyObject,
    }
}

type_checks! {
    PyByteArray_Check: subtype PyByteArray_Type;
    PyByteArray_CheckExact: exact PyByteArray_Type;
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn PyByteArray_AS_STRING(op: *mut PyObject) -> *mut c_char = PyByteArray_AsString(op);
    fn PyByteArray_GET_SIZE(op: *mut PyObject) -> Py_ssize_t = Py_SIZE(op);
}

capi_data! {
    static mut PyByteArray_Type: PyTypeObject;
    static mut PyByteArrayIter_Type: PyTypeObject;
}
capi! {
    fn PyByteArray_FromObject(ob: *mut PyObject) -> *mut PyObject;
    fn PyByteArray_Concat(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyByteArray_FromStringAndSize(s: *const c_char, n: Py_ssize_t) -> *mut PyObject;
    fn PyByteArray_Size(ob: *mut PyObject) -> Py_ssize_t;
    fn PyByteArray_AsString(ob: *mut PyObject) -> *mut c_char;
    fn PyByteArray_Resize(ob: *mut PyObject, n: Py_ssize_t) -> c_int;
}
