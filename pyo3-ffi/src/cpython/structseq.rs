//! `structseq.h`: tuples with named fields.

use super::*;

structs! {
    #[derive(Clone, Copy, Debug)]
    struct PyStructSequence_Field { name: *const c_char, doc: *const c_char, }
    #[derive(Clone, Copy, Debug)]
    struct PyStructSequence_Desc { name: *const c_char, doc: *const c_char, fields: *mut PyStructSequence_Field, n_in_sequence: c_int, }
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn PyStructSequence_SET_ITEM(op: *mut PyObject, i: Py_ssize_t, v: *mut PyObject) = PyTuple_SET_ITEM(op, i, v);
    fn PyStructSequence_GET_ITEM(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject = PyTuple_GET_ITEM(op, i);
}

/// C API type `PyStructSequence`.
#[cfg(not(Py_LIMITED_API))]
pub type PyStructSequence = PyTupleObject;

// C also declares it before 3.11, but libpython does not export it on Unix.
#[cfg(Py_3_11)]
capi_const_data! { static PyStructSequence_UnnamedField: *const c_char; }

capi_data! {
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] static mut _PyNamespace_Type: PyTypeObject;
}
capi! {
    #[cfg(not(Py_LIMITED_API))] fn PyStructSequence_InitType(ty: *mut PyTypeObject, desc: *mut PyStructSequence_Desc);
    #[cfg(not(Py_LIMITED_API))] fn PyStructSequence_InitType2(ty: *mut PyTypeObject, desc: *mut PyStructSequence_Desc) -> c_int;
    fn PyStructSequence_NewType(desc: *mut PyStructSequence_Desc) -> *mut PyTypeObject;
    fn PyStructSequence_New(ty: *mut PyTypeObject) -> *mut PyObject;
    fn PyStructSequence_SetItem(ob: *mut PyObject, n: Py_ssize_t, ob2: *mut PyObject);
    fn PyStructSequence_GetItem(ob: *mut PyObject, n: Py_ssize_t) -> *mut PyObject;
}
