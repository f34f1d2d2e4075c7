//! `traceback.h`: tracebacks.

use super::*;

type_checks! { PyTraceBack_Check: exact PyTraceBack_Type; }

capi_data! {
    static mut PyTraceBack_Type: PyTypeObject;
}
capi! {
    fn PyTraceBack_Here(arg: *mut PyFrameObject) -> c_int;
    fn PyTraceBack_Print(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
}
