//! `genobject.h`: generators and coroutines.

use super::*;

#[cfg(Py_3_14)]
opaque! { PyGenObject; }
#[cfg(not(Py_3_14))]
structs! {
    struct PyGenObject {
        ob_base: PyObject,
        #[cfg(not(Py_3_11))] gi_frame: *mut PyFrameObject,
        #[cfg(not(Py_3_10))] gi_running: c_char,
        #[cfg(not(Py_3_11))] gi_code: *mut PyObject,
        #[cfg(all(Py_3_11, not(Py_3_12)))] gi_code: *mut PyCodeObject,
        gi_weakreflist: *mut PyObject,
        gi_name: *mut PyObject,
        gi_qualname: *mut PyObject,
        gi_exc_state: _PyErr_StackItem,
        #[cfg(Py_3_11)] gi_origin_or_finalizer: *mut PyObject,
        #[cfg(Py_3_11)] gi_hooks_inited: c_char,
        #[cfg(Py_3_11)] gi_closed: c_char,
        #[cfg(Py_3_11)] gi_running_async: c_char,
        #[cfg(Py_3_11)] gi_frame_state: i8,
        // The frame starts here, and is longer than this field.
        #[cfg(Py_3_11)] gi_iframe: [*mut PyObject; 1],
    }
}

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
