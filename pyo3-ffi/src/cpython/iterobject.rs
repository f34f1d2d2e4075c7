//! `iterobject.h`: iterators over sequences and callables.

use super::*;

type_checks! {
    PySeqIter_Check: exact PySeqIter_Type;
    PyCallIter_Check: exact PyCallIter_Type;
}

capi_data! {
    static mut PySeqIter_Type: PyTypeObject;
    static mut PyCallIter_Type: PyTypeObject;
    static mut PyEnum_Type: PyTypeObject;
    static mut PyReversed_Type: PyTypeObject;
}
capi! {
    fn PySeqIter_New(ob: *mut PyObject) -> *mut PyObject;
    fn PyCallIter_New(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
}
