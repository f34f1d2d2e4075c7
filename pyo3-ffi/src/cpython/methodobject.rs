//! `methodobject.h`: functions implemented natively.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyCFunctionObject {
        ob_base: PyObject,
        m_ml: *mut PyMethodDef,
        m_self: *mut PyObject,
        m_module: *mut PyObject,
        m_weakreflist: *mut PyObject,
        vectorcall: Option<vectorcallfunc>,
    }
}

type_checks! {
    PyCFunction_Check: subtype PyCFunction_Type;
    PyCFunction_CheckExact: exact PyCFunction_Type;
}

capi_data! {
    static mut PyCFunction_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyCMethod_Type: PyTypeObject;
}
capi! {
    fn PyCFunction_GetFunction(ob: *mut PyObject) -> Option<PyCFunction>;
    fn PyCFunction_GetSelf(ob: *mut PyObject) -> *mut PyObject;
    fn PyCFunction_GetFlags(ob: *mut PyObject) -> c_int;
    #[cfg(Py_3_10)] fn PyCFunction_New(arg: *mut PyMethodDef, ob: *mut PyObject) -> *mut PyObject;
    fn PyCFunction_NewEx(arg: *mut PyMethodDef, ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyCMethod_New(arg: *mut PyMethodDef, ob: *mut PyObject, ob2: *mut PyObject, ty: *mut PyTypeObject) -> *mut PyObject;
}
capi_running! {
    #[cfg(not(Py_3_13))] fn PyCFunction_Call(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> *mut PyObject;
}
