//! `moduleobject.h`: modules and their definitions.

use super::*;

type_checks! {
    PyModule_Check: subtype PyModule_Type;
    PyModule_CheckExact: exact PyModule_Type;
}

capi_data! {
    static mut PyModule_Type: PyTypeObject;
    static mut PyModuleDef_Type: PyTypeObject;
}
capi! {
    fn PyModule_NewObject(name: *mut PyObject) -> *mut PyObject;
    fn PyModule_New(name: *const c_char) -> *mut PyObject;
    fn PyModule_GetDict(ob: *mut PyObject) -> *mut PyObject;
    fn PyModule_GetNameObject(ob: *mut PyObject) -> *mut PyObject;
    fn PyModule_GetName(ob: *mut PyObject) -> *const c_char;
    fn PyModule_GetFilename(ob: *mut PyObject) -> *const c_char;
    fn PyModule_GetFilenameObject(ob: *mut PyObject) -> *mut PyObject;
    fn PyModule_GetDef(ob: *mut PyObject) -> *mut PyModuleDef;
    fn PyModule_GetState(ob: *mut PyObject) -> *mut c_void;
    fn PyModuleDef_Init(arg: *mut PyModuleDef) -> *mut PyObject;
}

#[cfg(all(Py_GIL_DISABLED, not(Py_LIMITED_API)))]
capi! { fn PyUnstable_Module_SetGIL(module: *mut PyObject, gil: *mut c_void) -> c_int; }
#[cfg(Py_3_15)]
capi! {
    fn PyModule_FromSlotsAndSpec(slots: *const PySlot, spec: *mut PyObject) -> *mut PyObject;
    fn PyModule_Exec(module: *mut PyObject) -> c_int;
    fn PyModule_GetStateSize(module: *mut PyObject, result: *mut Py_ssize_t) -> c_int;
    fn PyModule_GetToken(module: *mut PyObject, result: *mut *mut c_void) -> c_int;
    fn PyModule_GetState_DuringGC(module: *mut PyObject) -> *mut c_void;
    fn PyModule_GetToken_DuringGC(module: *mut PyObject, result: *mut *mut c_void) -> c_int;
}
