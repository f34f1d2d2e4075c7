//! `pyframe.h`, `frameobject.h`: frames.

use super::*;

#[cfg(not(Py_LIMITED_API))]
type_checks! { PyFrame_Check: exact PyFrame_Type; }

capi_data! {
    #[cfg(not(Py_LIMITED_API))] static mut PyFrame_Type: PyTypeObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] static mut PyFrameLocalsProxy_Type: PyTypeObject;
}
capi! {
    #[cfg(not(Py_LIMITED_API))] fn PyFrame_New(tstate: *mut PyThreadState, arg: *mut PyCodeObject, ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyFrameObject;
    #[cfg(not(Py_LIMITED_API))] fn PyFrame_GetBack(frame: *mut PyFrameObject) -> *mut PyFrameObject;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFrame_GetLocals(frame: *mut PyFrameObject) -> *mut PyObject;
    fn PyFrame_GetLineNumber(arg: *mut PyFrameObject) -> c_int;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFrame_GetGlobals(frame: *mut PyFrameObject) -> *mut PyObject;
    fn PyFrame_GetCode(frame: *mut PyFrameObject) -> *mut PyCodeObject;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFrame_GetBuiltins(frame: *mut PyFrameObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyFrame_LocalsToFast(arg: *mut PyFrameObject, arg2: c_int);
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFrame_GetGenerator(frame: *mut PyFrameObject) -> *mut PyObject;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFrame_GetLasti(frame: *mut PyFrameObject) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyFrame_GetVar(frame: *mut PyFrameObject, name: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyFrame_GetVarString(frame: *mut PyFrameObject, name: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyFrame_FastToLocalsWithError(f: *mut PyFrameObject) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyFrame_FastToLocals(arg: *mut PyFrameObject);
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyFrame_BlockSetup(arg: *mut PyFrameObject, arg2: c_int, arg3: c_int, arg4: c_int);
}
