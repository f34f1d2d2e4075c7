//! All other functions: exceptions, modules, capsules, frames, descriptors, evaluation.

use core::ffi::{c_char, c_int, c_void};

pub use rustpython_capi::ceval::*;
pub use rustpython_capi::methodobject::*;
pub use rustpython_capi::moduleobject::*;
pub use rustpython_capi::objimpl::*;
pub use rustpython_capi::pycapsule::*;
pub use rustpython_capi::pyerrors::*;
pub use rustpython_capi::pyframe::*;
pub use rustpython_capi::traceback::*;

use super::{Object, reporting};

reporting! { pyerrors:
    PyErr_SetObject(a: Object, b: Object);
    PyErr_SetString(a: Object, b: *const c_char);
    PyErr_NewException(a: *const c_char, b: Object, c: Object) -> Object;
    PyErr_NewExceptionWithDoc(a: *const c_char, b: *const c_char, c: Object, d: Object) -> Object;
    PyErr_GivenExceptionMatches(a: Object, b: Object) -> c_int;
    PyException_SetCause(a: Object, b: Object);
    PyException_SetContext(a: Object, b: Object);
    PyUnicodeDecodeError_Create(a: *const c_char, b: *const c_char, c: isize, d: isize, e: isize, f: *const c_char) -> Object;
    PyException_SetTraceback(a: Object, b: Object) -> c_int;
}

reporting! { warnings:
    PyErr_WarnEx(a: Object, b: *const c_char, c: isize) -> c_int;
    PyErr_WarnExplicit(a: Object, b: *const c_char, c: *const c_char, d: c_int, e: *const c_char, f: Object) -> c_int;
}

reporting! { import:
    PyImport_Import(a: Object) -> Object;
    PyImport_AddModuleRef(a: *const c_char) -> Object;
    PyImport_ExecCodeModuleEx(a: *const c_char, b: Object, c: *const c_char) -> Object;
}

reporting! { moduleobject:
    PyModule_GetNameObject(a: Object) -> Object;
    PyModule_GetFilenameObject(a: Object) -> Object;
    PyModule_NewObject(a: Object) -> Object;
}

reporting! { pycapsule:
    safe PyCapsule_New(a: *mut c_void, b: *const c_char, c: Option<PyCapsule_Destructor>) -> Object;
    PyCapsule_GetPointer(a: Object, b: *const c_char) -> *mut c_void;
    PyCapsule_GetName(a: Object) -> *const c_char;
    PyCapsule_GetContext(a: Object) -> *mut c_void;
    PyCapsule_SetContext(a: Object, b: *mut c_void) -> c_int;
    PyCapsule_SetPointer(a: Object, b: *mut c_void) -> c_int;
    PyCapsule_Import(a: *const c_char, b: c_int) -> *mut c_void;
}

reporting! { pyframe:
    PyFrame_GetLocals(a: *mut PyFrameObject) -> Object;
}

reporting! { traceback:
    PyTraceBack_Print(a: Object, b: Object) -> c_int;
}

reporting! { ceval:
    Py_CompileString(a: *const c_char, b: *const c_char, c: c_int) -> Object;
    PyEval_EvalCode(a: Object, b: Object, c: Object) -> Object;
    PyEval_EvalFrame(a: *mut PyFrameObject) -> Object;
    PyEval_EvalFrameEx(a: *mut PyFrameObject, b: c_int) -> Object;
    plain PyEval_GetBuiltins() -> Object;
    plain PyEval_GetFrame() -> *mut PyFrameObject;
    plain PyEval_GetFrameBuiltins() -> Object;
    plain PyEval_GetFrameGlobals() -> Object;
    plain PyEval_GetGlobals() -> Object;
    quiet safe PyEval_GetFrameLocals() -> Object;
    quiet safe PyEval_GetLocals() -> Object;
}

reporting! { objimpl:
    plain PyGC_Collect() -> isize;
    plain PyGC_Enable() -> c_int;
    plain PyGC_Disable() -> c_int;
    plain PyGC_IsEnabled() -> c_int;
}

reporting! { pylifecycle:
    plain Py_GetVersion() -> *const c_char;
    plain Py_GetBuildInfo() -> *const c_char;
    plain Py_GetCompiler() -> *const c_char;
    plain Py_GetCopyright() -> *const c_char;
    plain Py_GetPlatform() -> *const c_char;
}

reporting! { genericaliasobject:
    Py_GenericAlias(a: Object, b: Object) -> Object;
}

reporting! { descrobject:
    PyDictProxy_New(a: Object) -> Object;
    PyWrapper_New(a: Object, b: Object) -> Object;
}
