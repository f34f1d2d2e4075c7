//! `code.h`: code objects.

use super::*;

fn_types! {
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] PyCode_WatchCallback: fn(event: PyCodeEvent, code: *mut PyCodeObject) -> c_int;
}

/// C enum `PyCodeEvent`.
#[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyCodeEvent {
    /// A code object was made.
    PY_CODE_EVENT_CREATE,
    /// One is being destroyed.
    PY_CODE_EVENT_DESTROY,
}

#[cfg(not(Py_LIMITED_API))]
type_checks! { PyCode_Check: exact PyCode_Type; }

capi_data! {
    static mut PyCode_Type: PyTypeObject;
}
capi! {
    #[cfg(Py_3_12)] fn PyUnstable_Code_New(arg: c_int, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int, ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject, ob4: *mut PyObject, ob5: *mut PyObject, ob6: *mut PyObject, ob7: *mut PyObject, ob8: *mut PyObject, ob9: *mut PyObject, arg6: c_int, ob10: *mut PyObject, ob11: *mut PyObject) -> *mut PyCodeObject;
    #[cfg(Py_3_12)] fn PyUnstable_Code_NewWithPosOnlyArgs(arg: c_int, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int, arg6: c_int, ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject, ob4: *mut PyObject, ob5: *mut PyObject, ob6: *mut PyObject, ob7: *mut PyObject, ob8: *mut PyObject, ob9: *mut PyObject, arg7: c_int, ob10: *mut PyObject, ob11: *mut PyObject) -> *mut PyCodeObject;
    fn PyCode_NewEmpty(filename: *const c_char, funcname: *const c_char, firstlineno: c_int) -> *mut PyCodeObject;
    fn PyCode_Addr2Line(arg: *mut PyCodeObject, arg2: c_int) -> c_int;
    #[cfg(Py_3_11)] fn PyCode_Addr2Location(arg: *mut PyCodeObject, arg2: c_int, arg3: *mut c_int, arg4: *mut c_int, arg5: *mut c_int, arg6: *mut c_int) -> c_int;
    #[cfg(Py_3_12)] fn PyCode_AddWatcher(callback: Option<PyCode_WatchCallback>) -> c_int;
    #[cfg(Py_3_12)] fn PyCode_ClearWatcher(watcher_id: c_int) -> c_int;
    fn PyCode_Optimize(code: *mut PyObject, consts: *mut PyObject, names: *mut PyObject, lnotab: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_12)] fn PyUnstable_Code_GetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut *mut c_void) -> c_int;
    #[cfg(Py_3_12)] fn PyUnstable_Code_SetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut c_void) -> c_int;
    #[cfg(Py_3_11)] fn PyCode_GetCode(code: *mut PyCodeObject) -> *mut PyObject;
    #[cfg(Py_3_11)] fn PyCode_GetVarnames(code: *mut PyCodeObject) -> *mut PyObject;
    #[cfg(Py_3_11)] fn PyCode_GetCellvars(code: *mut PyCodeObject) -> *mut PyObject;
    #[cfg(Py_3_11)] fn PyCode_GetFreevars(code: *mut PyCodeObject) -> *mut PyObject;
    #[cfg(all(Py_3_11, not(Py_3_12)))] fn PyCode_New(arg: c_int, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int, ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject, ob4: *mut PyObject, ob5: *mut PyObject, ob6: *mut PyObject, ob7: *mut PyObject, ob8: *mut PyObject, ob9: *mut PyObject, arg6: c_int, ob10: *mut PyObject, ob11: *mut PyObject) -> *mut PyCodeObject;
    #[cfg(all(Py_3_11, not(Py_3_12)))] fn PyCode_NewWithPosOnlyArgs(arg: c_int, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int, arg6: c_int, ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject, ob4: *mut PyObject, ob5: *mut PyObject, ob6: *mut PyObject, ob7: *mut PyObject, ob8: *mut PyObject, ob9: *mut PyObject, arg7: c_int, ob10: *mut PyObject, ob11: *mut PyObject) -> *mut PyCodeObject;
    #[cfg(not(Py_3_12))] fn _PyCode_GetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut *mut c_void) -> c_int;
    #[cfg(not(Py_3_12))] fn _PyCode_SetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut c_void) -> c_int;
    #[cfg(not(Py_3_11))] fn PyCode_New(arg: c_int, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int, ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject, ob4: *mut PyObject, ob5: *mut PyObject, ob6: *mut PyObject, ob7: *mut PyObject, ob8: *mut PyObject, arg6: c_int, ob9: *mut PyObject) -> *mut PyCodeObject;
    #[cfg(not(Py_3_11))] fn PyCode_NewWithPosOnlyArgs(arg: c_int, arg2: c_int, arg3: c_int, arg4: c_int, arg5: c_int, arg6: c_int, ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject, ob4: *mut PyObject, ob5: *mut PyObject, ob6: *mut PyObject, ob7: *mut PyObject, ob8: *mut PyObject, arg7: c_int, ob9: *mut PyObject) -> *mut PyCodeObject;
}
