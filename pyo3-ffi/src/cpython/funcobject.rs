//! `funcobject.h`, `classobject.h`, `cellobject.h`: functions, bound methods and cells.

use super::*;

opaque! { PyFunctionObject; }

/// C enum `PyFunction_WatchEvent`.
#[cfg(Py_3_12)]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyFunction_WatchEvent {
    /// A function was made.
    PyFunction_EVENT_CREATE,
    /// One is being destroyed.
    PyFunction_EVENT_DESTROY,
    /// Its code was replaced.
    PyFunction_EVENT_MODIFY_CODE,
    /// Its defaults were replaced.
    PyFunction_EVENT_MODIFY_DEFAULTS,
    /// Its keyword defaults were replaced.
    PyFunction_EVENT_MODIFY_KWDEFAULTS,
}

fn_types! {
    #[cfg(Py_3_12)]
    PyFunction_WatchCallback: fn(event: PyFunction_WatchEvent, func: *mut PyFunctionObject, new_value: *mut PyObject) -> c_int;
}

type_checks! {
    PyFunction_Check: exact PyFunction_Type;
    PyMethod_Check: exact PyMethod_Type;
    PyCell_Check: exact PyCell_Type;
}

capi_data! {
    static mut PyCell_Type: PyTypeObject;
    static mut PyMethod_Type: PyTypeObject;
    static mut PyInstanceMethod_Type: PyTypeObject;
    static mut PyFunction_Type: PyTypeObject;
    static mut PyClassMethod_Type: PyTypeObject;
    static mut PyStaticMethod_Type: PyTypeObject;
}
capi! {
    fn PyCell_New(ob: *mut PyObject) -> *mut PyObject;
    fn PyCell_Get(ob: *mut PyObject) -> *mut PyObject;
    fn PyCell_Set(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    fn PyMethod_New(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyMethod_Function(ob: *mut PyObject) -> *mut PyObject;
    fn PyMethod_Self(ob: *mut PyObject) -> *mut PyObject;
    fn PyInstanceMethod_New(ob: *mut PyObject) -> *mut PyObject;
    fn PyInstanceMethod_Function(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_New(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyFunction_NewWithQualName(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> *mut PyObject;
    fn PyFunction_GetCode(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_GetGlobals(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_GetModule(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_GetDefaults(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_SetDefaults(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    #[cfg(Py_3_12)] fn PyFunction_SetVectorcall(arg: *mut PyFunctionObject, arg2: Option<vectorcallfunc>);
    fn PyFunction_GetKwDefaults(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_SetKwDefaults(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    fn PyFunction_GetClosure(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_SetClosure(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    fn PyFunction_GetAnnotations(ob: *mut PyObject) -> *mut PyObject;
    fn PyFunction_SetAnnotations(ob: *mut PyObject, ob2: *mut PyObject) -> c_int;
    fn PyClassMethod_New(ob: *mut PyObject) -> *mut PyObject;
    fn PyStaticMethod_New(ob: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_12)] fn PyFunction_AddWatcher(callback: Option<PyFunction_WatchCallback>) -> c_int;
    #[cfg(Py_3_12)] fn PyFunction_ClearWatcher(watcher_id: c_int) -> c_int;
}
