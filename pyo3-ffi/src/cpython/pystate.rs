//! `pystate.h`: thread and interpreter states.

use super::*;

#[cfg(not(Py_LIMITED_API))]
fn_types! {
    Py_tracefunc: fn(ob: *mut PyObject, frame: *mut PyFrameObject, what: c_int, arg: *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] atexit_datacallbackfunc: fn(data: *mut c_void);
}
constants! {
    #[cfg(not(Py_LIMITED_API))] PyTrace_CALL: c_int = 0;
    #[cfg(not(Py_LIMITED_API))] PyTrace_EXCEPTION: c_int = 1;
    #[cfg(not(Py_LIMITED_API))] PyTrace_LINE: c_int = 2;
    #[cfg(not(Py_LIMITED_API))] PyTrace_RETURN: c_int = 3;
    #[cfg(not(Py_LIMITED_API))] PyTrace_C_CALL: c_int = 4;
    #[cfg(not(Py_LIMITED_API))] PyTrace_C_EXCEPTION: c_int = 5;
    #[cfg(not(Py_LIMITED_API))] PyTrace_C_RETURN: c_int = 6;
    #[cfg(not(Py_LIMITED_API))] PyTrace_OPCODE: c_int = 7;
}

#[cfg(not(Py_LIMITED_API))]
constants! { MAX_CO_EXTRA_USERS: c_int = 255; }

#[cfg(not(Py_LIMITED_API))]
pub use self::evaluation::*;

/// Frame evaluation functions.
#[cfg(not(Py_LIMITED_API))]
mod evaluation {
    use super::*;

    structs! {
        struct _PyErr_StackItem {
            #[cfg(not(Py_3_11))] exc_type: *mut PyObject,
            exc_value: *mut PyObject,
            #[cfg(not(Py_3_11))] exc_traceback: *mut PyObject,
            previous_item: *mut _PyErr_StackItem,
        }
    }

    #[cfg(Py_3_11)]
    opaque! { _PyInterpreterFrame; }

    fn_types! {
        #[cfg(not(Py_3_11))]
        _PyFrameEvalFunction: fn(tstate: *mut PyThreadState, frame: *mut PyFrameObject, throwing: c_int) -> *mut PyObject;
        #[cfg(Py_3_11)]
        _PyFrameEvalFunction: fn(tstate: *mut PyThreadState, frame: *mut _PyInterpreterFrame, throwing: c_int) -> *mut PyObject;
    }

    capi! {
        #[cfg(not(Py_3_11))] fn _PyInterpreterState_GetEvalFrameFunc(interp: *mut PyInterpreterState) -> Option<_PyFrameEvalFunction>;
        #[cfg(Py_3_11)] fn _PyInterpreterState_GetEvalFrameFunc(interp: *mut PyInterpreterState) -> _PyFrameEvalFunction;
        fn _PyInterpreterState_SetEvalFrameFunc(interp: *mut PyInterpreterState, eval_frame: Option<_PyFrameEvalFunction>);
    }
}

inline_capi! { fn PyThreadState_GET() -> *mut PyThreadState = PyThreadState_Get(); }

capi! {
    fn PyInterpreterState_New() -> *mut PyInterpreterState;
    fn PyInterpreterState_Clear(interp: *mut PyInterpreterState);
    fn PyInterpreterState_Delete(interp: *mut PyInterpreterState);
    fn PyInterpreterState_Get() -> *mut PyInterpreterState;
    fn PyInterpreterState_GetDict(interp: *mut PyInterpreterState) -> *mut PyObject;
    fn PyInterpreterState_GetID(interp: *mut PyInterpreterState) -> i64;
    fn PyState_AddModule(ob: *mut PyObject, arg: *mut PyModuleDef) -> c_int;
    fn PyState_RemoveModule(arg: *mut PyModuleDef) -> c_int;
    fn PyState_FindModule(arg: *mut PyModuleDef) -> *mut PyObject;
    fn PyThreadState_New(interp: *mut PyInterpreterState) -> *mut PyThreadState;
    fn PyThreadState_Clear(tstate: *mut PyThreadState);
    fn PyThreadState_Delete(tstate: *mut PyThreadState);
    fn PyThreadState_Get() -> *mut PyThreadState;
    fn PyThreadState_GetDict() -> *mut PyObject;
    fn PyThreadState_SetAsyncExc(id: c_long, ob: *mut PyObject) -> c_int;
    fn PyThreadState_GetInterpreter(tstate: *mut PyThreadState) -> *mut PyInterpreterState;
    fn PyThreadState_GetFrame(tstate: *mut PyThreadState) -> *mut PyFrameObject;
    fn PyThreadState_GetID(tstate: *mut PyThreadState) -> i64;
    fn PyGILState_Release(arg: PyGILState_STATE);
    fn PyGILState_GetThisThreadState() -> *mut PyThreadState;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyThreadState_GetUnchecked() -> *mut PyThreadState;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyThreadState_EnterTracing(tstate: *mut PyThreadState);
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyThreadState_LeaveTracing(tstate: *mut PyThreadState);
    #[cfg(not(Py_LIMITED_API))] fn PyGILState_Check() -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyInterpreterState_Main() -> *mut PyInterpreterState;
    #[cfg(not(Py_LIMITED_API))] fn PyInterpreterState_Head() -> *mut PyInterpreterState;
    #[cfg(not(Py_LIMITED_API))] fn PyInterpreterState_Next(interp: *mut PyInterpreterState) -> *mut PyInterpreterState;
    #[cfg(not(Py_LIMITED_API))] fn PyInterpreterState_ThreadHead(interp: *mut PyInterpreterState) -> *mut PyThreadState;
    #[cfg(not(Py_LIMITED_API))] fn PyThreadState_Next(tstate: *mut PyThreadState) -> *mut PyThreadState;
    #[cfg(not(Py_LIMITED_API))] fn PyThreadState_DeleteCurrent();
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyInterpreterState_GetMainModule(interp: *mut PyInterpreterState) -> *mut PyObject;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyThreadState_UncheckedGet() -> *mut PyThreadState;
}
capi_running! {
    fn PyThreadState_Swap(tstate: *mut PyThreadState) -> *mut PyThreadState;
    fn PyGILState_Ensure() -> PyGILState_STATE;
}
