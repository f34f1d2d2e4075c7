//! `funcobject.h`, `classobject.h`, `cellobject.h`: functions, bound methods and cells.

use super::*;

structs! {
    struct PyFunctionObject {
        ob_base: PyObject,
        #[cfg(not(Py_3_10))] func_code: *mut PyObject,
        func_globals: *mut PyObject,
        #[cfg(Py_3_10)] func_builtins: *mut PyObject,
        #[cfg(Py_3_10)] func_name: *mut PyObject,
        #[cfg(Py_3_10)] func_qualname: *mut PyObject,
        #[cfg(Py_3_10)] func_code: *mut PyObject,
        func_defaults: *mut PyObject,
        func_kwdefaults: *mut PyObject,
        func_closure: *mut PyObject,
        func_doc: *mut PyObject,
        #[cfg(not(Py_3_10))] func_name: *mut PyObject,
        func_dict: *mut PyObject,
        func_weakreflist: *mut PyObject,
        func_module: *mut PyObject,
        func_annotations: *mut PyObject,
        #[cfg(Py_3_14)] func_annotate: *mut PyObject,
        #[cfg(Py_3_12)] func_typeparams: *mut PyObject,
        #[cfg(not(Py_3_10))] func_qualname: *mut PyObject,
        vectorcall: Option<vectorcallfunc>,
        #[cfg(Py_3_11)] func_version: u32,
    }
    struct PyCellObject { ob_base: PyObject, ob_ref: *mut PyObject, }
}

/// C enum `PyFunction_WatchEvent`.
#[cfg(Py_3_12)]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyFunction_WatchEvent {
    /// A function was created.
    PyFunction_EVENT_CREATE,
    /// A function is about to be destroyed.
    PyFunction_EVENT_DESTROY,
    /// The code of a function was replaced.
    PyFunction_EVENT_MODIFY_CODE,
    /// The defaults of a function were replaced.
    PyFunction_EVENT_MODIFY_DEFAULTS,
    /// The keyword defaults of a function were replaced.
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

// These return borrowed references.
inline_capi! {
    fn _PyFunction_CAST(func: *mut PyObject) -> *mut PyFunctionObject = func.cast();
    fn PyFunction_GET_CODE(func: *mut PyObject) -> *mut PyObject = (*_PyFunction_CAST(func)).func_code;
    fn PyFunction_GET_GLOBALS(func: *mut PyObject) -> *mut PyObject = (*_PyFunction_CAST(func)).func_globals;
    fn PyFunction_GET_MODULE(func: *mut PyObject) -> *mut PyObject = (*_PyFunction_CAST(func)).func_module;
    fn PyFunction_GET_DEFAULTS(func: *mut PyObject) -> *mut PyObject = (*_PyFunction_CAST(func)).func_defaults;
    fn PyFunction_GET_KW_DEFAULTS(func: *mut PyObject) -> *mut PyObject = (*_PyFunction_CAST(func)).func_kwdefaults;
    fn PyFunction_GET_CLOSURE(func: *mut PyObject) -> *mut PyObject = (*_PyFunction_CAST(func)).func_closure;
    fn PyFunction_GET_ANNOTATIONS(func: *mut PyObject) -> *mut PyObject = (*_PyFunction_CAST(func)).func_annotations;
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
