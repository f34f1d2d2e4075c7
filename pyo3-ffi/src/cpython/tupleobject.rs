//! `tupleobject.h`: `tuple`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyTupleObject {
        ob_base: PyVarObject,
        #[cfg(Py_3_14)] ob_hash: Py_hash_t,
        ob_item: [*mut PyObject; 1],
    }
}

type_checks! {
    PyTuple_Check: flag Py_TPFLAGS_TUPLE_SUBCLASS;
    PyTuple_CheckExact: exact PyTuple_Type;
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn PyTuple_GET_SIZE(op: *mut PyObject) -> Py_ssize_t = Py_SIZE(op);
    fn PyTuple_GET_ITEM(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject =
        (&raw mut (*op.cast::<PyTupleObject>()).ob_item).cast::<*mut PyObject>().offset(i).read();
    fn PyTuple_SET_ITEM(op: *mut PyObject, i: Py_ssize_t, v: *mut PyObject) =
        (&raw mut (*op.cast::<PyTupleObject>()).ob_item).cast::<*mut PyObject>().offset(i).write(v);
}

capi_data! {
    static mut PyTuple_Type: PyTypeObject;
    static mut PyTupleIter_Type: PyTypeObject;
}
capi! {
    #[cfg(not(Py_LIMITED_API))] fn _PyTuple_Resize(arg: *mut *mut PyObject, n: Py_ssize_t) -> c_int;
    fn PyTuple_New(size: Py_ssize_t) -> *mut PyObject;
    fn PyTuple_Size(ob: *mut PyObject) -> Py_ssize_t;
    fn PyTuple_GetItem(ob: *mut PyObject, n: Py_ssize_t) -> *mut PyObject;
    fn PyTuple_SetItem(ob: *mut PyObject, n: Py_ssize_t, ob2: *mut PyObject) -> c_int;
    fn PyTuple_GetSlice(ob: *mut PyObject, n: Py_ssize_t, n2: Py_ssize_t) -> *mut PyObject;
    fn PyTuple_Pack(n: Py_ssize_t, ...) -> *mut PyObject;
}

#[cfg(all(Py_3_15, not(Py_LIMITED_API)))]
capi! { fn PyTuple_FromArray(array: *const *mut PyObject, size: Py_ssize_t) -> *mut PyObject; }
