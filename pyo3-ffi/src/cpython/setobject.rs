//! `setobject.h`: `set` and `frozenset`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
constants! { PySet_MINSIZE: usize = 8; }

#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Debug)]
    struct setentry { key: *mut PyObject, hash: Py_hash_t, }
    #[derive(Debug)]
    struct PySetObject {
        ob_base: PyObject,
        fill: Py_ssize_t,
        used: Py_ssize_t,
        mask: Py_ssize_t,
        table: *mut setentry,
        hash: Py_hash_t,
        finger: Py_ssize_t,
        smalltable: [setentry; PySet_MINSIZE],
        weakreflist: *mut PyObject,
    }
}

type_checks! {
    PySet_Check: subtype PySet_Type;
    PySet_CheckExact: exact PySet_Type;
    PyFrozenSet_Check: subtype PyFrozenSet_Type;
    PyFrozenSet_CheckExact: exact PyFrozenSet_Type;
}

inline_capi! {
    fn PyAnySet_CheckExact(op: *mut PyObject) -> c_int = c_int::from(PySet_CheckExact(op) != 0 || PyFrozenSet_CheckExact(op) != 0);
    fn PyAnySet_Check(op: *mut PyObject) -> c_int = c_int::from(PySet_Check(op) != 0 || PyFrozenSet_Check(op) != 0);
}
capi_running! {
    fn PySet_New(ob: *mut PyObject) -> *mut PyObject;
    fn PyFrozenSet_New(ob: *mut PyObject) -> *mut PyObject;
    fn PySet_Add(set: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PySet_Contains(anyset: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PySet_Discard(set: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PySet_Pop(set: *mut PyObject) -> *mut PyObject;
}
#[cfg(not(Py_LIMITED_API))]
inline_capi! { fn PySet_GET_SIZE(op: *mut PyObject) -> Py_ssize_t = (*op.cast::<PySetObject>()).used; }

capi_data! {
    static mut PySet_Type: PyTypeObject;
    static mut PyFrozenSet_Type: PyTypeObject;
    static mut PySetIter_Type: PyTypeObject;
}
capi! {
    fn PySet_Clear(set: *mut PyObject) -> c_int;
    fn PySet_Size(anyset: *mut PyObject) -> Py_ssize_t;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PySet_NextEntry(set: *mut PyObject, pos: *mut Py_ssize_t, key: *mut *mut PyObject, hash: *mut Py_hash_t) -> c_int;
}
