//! `sysmodule.h`: the `sys` module.

use super::*;

#[cfg(not(Py_LIMITED_API))]
fn_types! { Py_AuditHookFunction: fn(event: *const c_char, args: *mut PyObject, data: *mut c_void) -> c_int; }

capi! {
    fn PySys_GetObject(s: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PySys_AddAuditHook(arg: Option<Py_AuditHookFunction>, arg2: *mut c_void) -> c_int;
    fn PySys_SetObject(s: *const c_char, ob: *mut PyObject) -> c_int;
    fn PySys_SetArgv(arg: c_int, s: *mut *mut wchar_t);
    fn PySys_SetArgvEx(arg: c_int, s: *mut *mut wchar_t, arg2: c_int);
    fn PySys_WriteStdout(format: *const c_char, ...);
    fn PySys_WriteStderr(format: *const c_char, ...);
    fn PySys_FormatStdout(format: *const c_char, ...);
    fn PySys_FormatStderr(format: *const c_char, ...);
    fn PySys_ResetWarnOptions();
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyUnstable_PerfTrampoline_CompileCode(arg: *mut PyCodeObject) -> c_int;
    fn PySys_GetXOptions() -> *mut PyObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyUnstable_PerfTrampoline_SetPersistAfterFork(enable: c_int) -> c_int;
    #[cfg(any(not(Py_LIMITED_API), Py_3_13))] fn PySys_Audit(event: *const c_char, argformat: *const c_char, ...) -> c_int;
    #[cfg(Py_3_13)] fn PySys_AuditTuple(event: *const c_char, args: *mut PyObject) -> c_int;
    // Removed from the headers in 3.13, but kept in the stable ABI.
    fn PySys_SetPath(s: *const wchar_t);
    fn PySys_AddWarnOption(s: *const wchar_t);
    fn PySys_AddWarnOptionUnicode(ob: *mut PyObject);
    fn PySys_HasWarnOptions() -> c_int;
    fn PySys_AddXOption(s: *const wchar_t);
}

#[cfg(Py_3_15)]
capi! {
    fn PySys_GetAttr(name: *mut PyObject) -> *mut PyObject;
    fn PySys_GetAttrString(name: *const c_char) -> *mut PyObject;
    fn PySys_GetOptionalAttr(name: *mut PyObject, value: *mut *mut PyObject) -> c_int;
    fn PySys_GetOptionalAttrString(name: *const c_char, value: *mut *mut PyObject) -> c_int;
}
