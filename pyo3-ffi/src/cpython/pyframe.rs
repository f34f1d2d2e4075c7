//! `pyframe.h`, `frameobject.h`: frames.

use super::*;

#[cfg(not(Py_LIMITED_API))]
type_checks! { PyFrame_Check: exact PyFrame_Type; }

#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
type_checks! { PyFrameLocalsProxy_Check: exact PyFrameLocalsProxy_Type; }

#[cfg(not(any(Py_3_11, Py_LIMITED_API)))]
pub use self::blocks::*;

/// The structure of frames before 3.11.
#[cfg(not(any(Py_3_11, Py_LIMITED_API)))]
mod blocks {
    use super::*;

    /// C API type `PyFrameState`: a number of C's enumeration `_framestate` (3.10).
    pub type PyFrameState = c_char;

    structs! {
        #[derive(Clone, Copy)]
        struct PyTryBlock { b_type: c_int, b_handler: c_int, b_level: c_int, }
    }

    capi! {
        fn PyFrame_BlockSetup(frame: *mut PyFrameObject, ty: c_int, handler: c_int, level: c_int);
        fn PyFrame_BlockPop(frame: *mut PyFrameObject) -> *mut PyTryBlock;
    }
}

#[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
capi! {
    fn PyUnstable_InterpreterFrame_GetCode(frame: *mut _PyInterpreterFrame) -> *mut PyObject;
    fn PyUnstable_InterpreterFrame_GetLasti(frame: *mut _PyInterpreterFrame) -> c_int;
    fn PyUnstable_InterpreterFrame_GetLine(frame: *mut _PyInterpreterFrame) -> c_int;
}

#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
pub use self::executables::*;

/// The executable of an interpreter frame.
#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
mod executables {
    use super::*;

    constants! {
        PyUnstable_EXECUTABLE_KIND_SKIP: c_int = 0;
        PyUnstable_EXECUTABLE_KIND_PY_FUNCTION: c_int = 1;
        PyUnstable_EXECUTABLE_KIND_BUILTIN_FUNCTION: c_int = 3;
        PyUnstable_EXECUTABLE_KIND_METHOD_DESCRIPTOR: c_int = 4;
        PyUnstable_EXECUTABLE_KINDS: c_int = 5;
    }

    capi_const_data! {
        static PyUnstable_ExecutableKinds: [*const PyTypeObject; PyUnstable_EXECUTABLE_KINDS as usize + 1];
    }
}

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
}
