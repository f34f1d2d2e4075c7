//! `code.h`: code objects.

use super::*;

constants! {
    CO_OPTIMIZED: c_int = 0x0001;
    CO_NEWLOCALS: c_int = 0x0002;
    CO_VARARGS: c_int = 0x0004;
    CO_VARKEYWORDS: c_int = 0x0008;
    CO_NESTED: c_int = 0x0010;
    CO_GENERATOR: c_int = 0x0020;
    // Unused from 3.11 on, and no longer defined by C.
    CO_NOFREE: c_int = 0x0040;
    CO_COROUTINE: c_int = 0x0080;
    CO_ITERABLE_COROUTINE: c_int = 0x0100;
    CO_ASYNC_GENERATOR: c_int = 0x0200;
    CO_FUTURE_DIVISION: c_int = 0x2_0000;
    CO_FUTURE_ABSOLUTE_IMPORT: c_int = 0x4_0000;
    CO_FUTURE_WITH_STATEMENT: c_int = 0x8_0000;
    CO_FUTURE_PRINT_FUNCTION: c_int = 0x10_0000;
    CO_FUTURE_UNICODE_LITERALS: c_int = 0x20_0000;
    CO_FUTURE_BARRY_AS_BDFL: c_int = 0x40_0000;
    CO_FUTURE_GENERATOR_STOP: c_int = 0x80_0000;
    CO_FUTURE_ANNOTATIONS: c_int = 0x100_0000;
    #[cfg(Py_3_13)] CO_NO_MONITORING_EVENTS: c_int = 0x200_0000;
    #[cfg(Py_3_14)] CO_HAS_DOCSTRING: c_int = 0x400_0000;
    #[cfg(Py_3_14)] CO_METHOD: c_int = 0x800_0000;
    CO_MAXBLOCKS: usize = if cfg!(Py_3_13) { 21 } else { 20 };
}

// 3.12 added the stable names and kept the old ones.
#[cfg(Py_3_12)]
inline_capi! {
    fn _PyCode_GetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut *mut c_void) -> c_int = PyUnstable_Code_GetExtra(code, index, extra);
    fn _PyCode_SetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut c_void) -> c_int = PyUnstable_Code_SetExtra(code, index, extra);
}
#[cfg(not(Py_3_12))]
inline_capi! {
    fn PyUnstable_Code_GetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut *mut c_void) -> c_int = _PyCode_GetExtra(code, index, extra);
    fn PyUnstable_Code_SetExtra(code: *mut PyObject, index: Py_ssize_t, extra: *mut c_void) -> c_int = _PyCode_SetExtra(code, index, extra);
}

fn_types! {
    #[cfg(Py_3_12)] PyCode_WatchCallback: fn(event: PyCodeEvent, code: *mut PyCodeObject) -> c_int;
}

/// C enum `PyCodeEvent`.
#[cfg(Py_3_12)]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyCodeEvent {
    /// A code object was created.
    PY_CODE_EVENT_CREATE,
    /// A code object is about to be destroyed.
    PY_CODE_EVENT_DESTROY,
}

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
