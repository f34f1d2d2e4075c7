//! `ceval.h`: evaluating code, attaching and detaching threads.

use super::*;

#[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
inline_capi! { fn _PyEval_RequestCodeExtraIndex(free: freefunc) -> Py_ssize_t = PyUnstable_Eval_RequestCodeExtraIndex(free); }
#[cfg(not(any(Py_3_12, Py_LIMITED_API)))]
inline_capi! { fn PyUnstable_Eval_RequestCodeExtraIndex(free: freefunc) -> Py_ssize_t = _PyEval_RequestCodeExtraIndex(free); }
#[cfg(not(Py_3_13))]
inline_capi! {
    fn PyEval_CallObject(callable: *mut PyObject, args: *mut PyObject) -> *mut PyObject =
        PyEval_CallObjectWithKeywords(callable, args, core::ptr::null_mut());
}

capi! {
    #[cfg(not(Py_LIMITED_API))] fn PyEval_SetProfile(arg: Option<Py_tracefunc>, ob: *mut PyObject);
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyEval_SetProfileAllThreads(arg: Option<Py_tracefunc>, ob: *mut PyObject);
    #[cfg(not(Py_LIMITED_API))] fn PyEval_SetTrace(arg: Option<Py_tracefunc>, ob: *mut PyObject);
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyEval_SetTraceAllThreads(arg: Option<Py_tracefunc>, ob: *mut PyObject);
    #[cfg(not(Py_LIMITED_API))] fn PyEval_MergeCompilerFlags(cf: *mut PyCompilerFlags) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyUnstable_Eval_RequestCodeExtraIndex(free: freefunc) -> Py_ssize_t;
    fn PyEval_GetBuiltins() -> *mut PyObject;
    fn PyEval_GetGlobals() -> *mut PyObject;
    fn PyEval_GetLocals() -> *mut PyObject;
    fn PyEval_GetFrame() -> *mut PyFrameObject;
    #[cfg(Py_3_13)] fn PyEval_GetFrameBuiltins() -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyEval_GetFrameGlobals() -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyEval_GetFrameLocals() -> *mut PyObject;
    fn Py_AddPendingCall(func: Option<unsafe extern "C" fn(*mut c_void) -> c_int>, arg: *mut c_void) -> c_int;
    fn Py_SetRecursionLimit(arg: c_int);
    fn Py_GetRecursionLimit() -> c_int;
    fn Py_EnterRecursiveCall(location: *const c_char) -> c_int;
    fn Py_LeaveRecursiveCall();
    fn PyEval_GetFuncName(ob: *mut PyObject) -> *const c_char;
    fn PyEval_GetFuncDesc(ob: *mut PyObject) -> *const c_char;
    fn PyEval_SaveThread() -> *mut PyThreadState;
    fn PyEval_InitThreads();
    fn PyEval_ReleaseThread(tstate: *mut PyThreadState);
    #[cfg(not(Py_3_13))] fn PyEval_CallFunction(callable: *mut PyObject, format: *const c_char, ...) -> *mut PyObject;
    #[cfg(not(Py_3_13))] fn PyEval_CallMethod(obj: *mut PyObject, name: *const c_char, format: *const c_char, ...) -> *mut PyObject;
    #[cfg(not(Py_3_13))] fn PyEval_ThreadsInitialized() -> c_int;
    #[cfg(not(Py_3_13))] fn PyEval_ReleaseLock();
    #[cfg(all(not(Py_3_12), not(Py_LIMITED_API)))] fn _PyEval_RequestCodeExtraIndex(free: freefunc) -> Py_ssize_t;
}
capi_running! {
    fn PyEval_EvalCode(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> *mut PyObject;
    fn PyEval_EvalCodeEx(co: *mut PyObject, globals: *mut PyObject, locals: *mut PyObject, args: *const *mut PyObject, argc: c_int, kwds: *const *mut PyObject, kwdc: c_int, defs: *const *mut PyObject, defc: c_int, kwdefs: *mut PyObject, closure: *mut PyObject) -> *mut PyObject;
    fn Py_MakePendingCalls() -> c_int;
    fn PyEval_EvalFrame(arg: *mut PyFrameObject) -> *mut PyObject;
    fn PyEval_EvalFrameEx(f: *mut PyFrameObject, exc: c_int) -> *mut PyObject;
    fn PyEval_RestoreThread(tstate: *mut PyThreadState);
    fn PyEval_AcquireThread(tstate: *mut PyThreadState);
    #[cfg(not(Py_3_13))] fn PyEval_CallObjectWithKeywords(callable: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_3_13))] fn PyEval_AcquireLock();
}
