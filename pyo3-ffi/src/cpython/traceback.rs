//! `traceback.h`: tracebacks.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyTracebackObject {
        ob_base: PyObject,
        tb_next: *mut PyTracebackObject,
        tb_frame: *mut PyFrameObject,
        tb_lasti: c_int,
        tb_lineno: c_int,
    }
}

type_checks! { PyTraceBack_Check: exact PyTraceBack_Type; }

capi_data! {
    static mut PyTraceBack_Type: PyTypeObject;
}
capi! {
    fn PyTraceBack_Here(arg: *mut PyFrameObject) -> c_int;
    fn PyTraceBack_Print(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
}
