//! `listobject.h`: `list`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyListObject { ob_base: PyVarObject, ob_item: *mut *mut PyObject, allocated: Py_ssize_t, }
}

type_checks! {
    PyList_Check: flag Py_TPFLAGS_LIST_SUBCLASS;
    PyList_CheckExact: exact PyList_Type;
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn PyList_GET_SIZE(op: *mut PyObject) -> Py_ssize_t = Py_SIZE(op);
    fn PyList_GET_ITEM(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject = (*op.cast::<PyListObject>()).ob_item.offset(i).read();
    fn PyList_SET_ITEM(op: *mut PyObject, i: Py_ssize_t, v: *mut PyObject) = (*op.cast::<PyListObject>()).ob_item.offset(i).write(v);
}
capi_running! {
    fn PyList_Sort(ob: *mut PyObject) -> c_int;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyList_Extend(slf: *mut PyObject, iterable: *mut PyObject) -> c_int;
}

capi_data! {
    static mut PyList_Type: PyTypeObject;
    static mut PyListIter_Type: PyTypeObject;
    static mut PyListRevIter_Type: PyTypeObject;
}
capi! {
    fn PyList_New(size: Py_ssize_t) -> *mut PyObject;
    fn PyList_Size(ob: *mut PyObject) -> Py_ssize_t;
    fn PyList_GetItem(ob: *mut PyObject, n: Py_ssize_t) -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyList_GetItemRef(ob: *mut PyObject, n: Py_ssize_t) -> *mut PyObject;
    fn PyList_SetItem(ob: *mut PyObject, n: Py_ssize_t, ob2: *mut PyObject) -> c_int;
    fn PyList_Insert(ob: *mut PyObject, n: Py_ssize_t, ob2: *mut PyObject) -> c_int;
    fn PyList_Append(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    fn PyList_GetSlice(ob: *mut PyObject, n: Py_ssize_t, n2: Py_ssize_t) -> *mut PyObject;
    fn PyList_SetSlice(ob: *mut PyObject, n: Py_ssize_t, n2: Py_ssize_t, ob2: *mut PyObject) -> c_int;
    fn PyList_Reverse(ob: *mut PyObject) -> c_int;
    fn PyList_AsTuple(ob: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyList_Clear(slf: *mut PyObject) -> c_int;
}
