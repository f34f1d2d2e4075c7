//! `genobject.h`: generators and coroutines.

use super::*;

type_checks! {
    PyGen_Check: subtype PyGen_Type;
    PyGen_CheckExact: exact PyGen_Type;
    PyCoro_CheckExact: exact PyCoro_Type;
    PyAsyncGen_CheckExact: exact PyAsyncGen_Type;
}

capi_data! {
    static mut PyGen_Type: PyTypeObject;
    static mut PyCoro_Type: PyTypeObject;
    static mut PyAsyncGen_Type: PyTypeObject;
}
capi! {
    fn PyGen_New(arg: *mut PyFrameObject) -> *mut PyObject;
    fn PyGen_NewWithQualName(arg: *mut PyFrameObject, name: *mut PyObject, qualname: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_12)] fn PyGen_GetCode(generator: *mut PyGenObject) -> *mut PyCodeObject;
    fn PyCoro_New(arg: *mut PyFrameObject, name: *mut PyObject, qualname: *mut PyObject) -> *mut PyObject;
    fn PyAsyncGen_New(arg: *mut PyFrameObject, name: *mut PyObject, qualname: *mut PyObject) -> *mut PyObject;
}
