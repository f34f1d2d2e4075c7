//! `bytesobject.h`: `bytes`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyBytesObject { ob_base: PyVarObject, ob_shash: Py_hash_t, ob_sval: [c_char; 1], }
}

type_checks! {
    PyBytes_Check: flag Py_TPFLAGS_BYTES_SUBCLASS;
    PyBytes_CheckExact: exact PyBytes_Type;
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    // `char *` in C, for filling a new `bytes` object.
    fn PyBytes_AS_STRING(op: *mut PyObject) -> *const c_char = (&raw const (*op.cast::<PyBytesObject>()).ob_sval).cast();
    fn PyBytes_GET_SIZE(op: *mut PyObject) -> Py_ssize_t = Py_SIZE(op);
}

capi_data! {
    static mut PyBytes_Type: PyTypeObject;
    static mut PyBytesIter_Type: PyTypeObject;
}
capi! {
    #[cfg(not(Py_LIMITED_API))] fn _PyBytes_Resize(arg: *mut *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyBytes_FromStringAndSize(s: *const c_char, n: Py_ssize_t) -> *mut PyObject;
    fn PyBytes_FromString(s: *const c_char) -> *mut PyObject;
    fn PyBytes_FromObject(ob: *mut PyObject) -> *mut PyObject;
    fn PyBytes_FromFormat(s: *const c_char, ...) -> *mut PyObject;
    fn PyBytes_Size(ob: *mut PyObject) -> Py_ssize_t;
    fn PyBytes_AsString(ob: *mut PyObject) -> *mut c_char;
    fn PyBytes_Repr(ob: *mut PyObject, arg: c_int) -> *mut PyObject;
    fn PyBytes_Concat(arg: *mut *mut PyObject, ob: *mut PyObject);
    fn PyBytes_ConcatAndDel(arg: *mut *mut PyObject, ob: *mut PyObject);
    fn PyBytes_DecodeEscape(s: *const c_char, n: Py_ssize_t, s2: *const c_char, n2: Py_ssize_t, s3: *const c_char) -> *mut PyObject;
    fn PyBytes_AsStringAndSize(obj: *mut PyObject, s: *mut *mut c_char, len: *mut Py_ssize_t) -> c_int;
}

#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
capi! { fn PyBytes_Join(sep: *mut PyObject, iterable: *mut PyObject) -> *mut PyObject; }

#[cfg(all(Py_3_15, not(Py_LIMITED_API)))]
opaque! { PyBytesWriter; }
#[cfg(all(Py_3_15, not(Py_LIMITED_API)))]
capi! {
    fn PyBytesWriter_Create(size: Py_ssize_t) -> *mut PyBytesWriter;
    fn PyBytesWriter_Discard(writer: *mut PyBytesWriter);
    fn PyBytesWriter_Finish(writer: *mut PyBytesWriter) -> *mut PyObject;
    fn PyBytesWriter_FinishWithSize(writer: *mut PyBytesWriter, size: Py_ssize_t) -> *mut PyObject;
    fn PyBytesWriter_GetData(writer: *mut PyBytesWriter) -> *mut c_void;
    fn PyBytesWriter_GetSize(writer: *mut PyBytesWriter) -> Py_ssize_t;
    fn PyBytesWriter_Resize(writer: *mut PyBytesWriter, size: Py_ssize_t) -> c_int;
    fn PyBytesWriter_WriteBytes(writer: *mut PyBytesWriter, bytes: *const c_void, size: Py_ssize_t) -> c_int;
}
