//! `object.h`: function types, operators and constants; the states of `pystate.h`.

use crate::*;
use core::ffi::{c_char, c_int, c_void};

fn_types! {
    unaryfunc: fn(*mut PyObject) -> *mut PyObject;
    binaryfunc: fn(*mut PyObject, *mut PyObject) -> *mut PyObject;
    ternaryfunc: fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
    inquiry: fn(*mut PyObject) -> c_int;
    lenfunc: fn(*mut PyObject) -> Py_ssize_t;
    ssizeargfunc: fn(*mut PyObject, Py_ssize_t) -> *mut PyObject;
    ssizessizeargfunc: fn(*mut PyObject, Py_ssize_t, Py_ssize_t) -> *mut PyObject;
    ssizeobjargproc: fn(*mut PyObject, Py_ssize_t, *mut PyObject) -> c_int;
    ssizessizeobjargproc: fn(*mut PyObject, Py_ssize_t, Py_ssize_t, *mut PyObject) -> c_int;
    objobjargproc: fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    objobjproc: fn(*mut PyObject, *mut PyObject) -> c_int;
    visitproc: fn(object: *mut PyObject, arg: *mut c_void) -> c_int;
    traverseproc: fn(slf: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int;
    freefunc: fn(*mut c_void);
    destructor: fn(*mut PyObject);
    getattrfunc: fn(*mut PyObject, *mut c_char) -> *mut PyObject;
    getattrofunc: fn(*mut PyObject, *mut PyObject) -> *mut PyObject;
    setattrfunc: fn(*mut PyObject, *mut c_char, *mut PyObject) -> c_int;
    setattrofunc: fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    reprfunc: fn(*mut PyObject) -> *mut PyObject;
    hashfunc: fn(*mut PyObject) -> Py_hash_t;
    richcmpfunc: fn(*mut PyObject, *mut PyObject, c_int) -> *mut PyObject;
    getiterfunc: fn(*mut PyObject) -> *mut PyObject;
    iternextfunc: fn(*mut PyObject) -> *mut PyObject;
    descrgetfunc: fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
    descrsetfunc: fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    initproc: fn(*mut PyObject, *mut PyObject, *mut PyObject) -> c_int;
    newfunc: fn(*mut PyTypeObject, *mut PyObject, *mut PyObject) -> *mut PyObject;
    allocfunc: fn(*mut PyTypeObject, Py_ssize_t) -> *mut PyObject;
    vectorcallfunc: fn(callable: *mut PyObject, args: *const *mut PyObject, nargsf: usize, kwnames: *mut PyObject) -> *mut PyObject;
    PyCapsule_Destructor: fn(capsule: *mut PyObject);
}

constants! {
    Py_PRINT_RAW: c_int = 1;
    Py_LT: c_int = 0;
    Py_LE: c_int = 1;
    Py_EQ: c_int = 2;
    Py_NE: c_int = 3;
    Py_GT: c_int = 4;
    Py_GE: c_int = 5;
    Py_single_input: c_int = 256;
    Py_file_input: c_int = 257;
    Py_eval_input: c_int = 258;
    Py_func_type_input: c_int = 345;
    PY_VECTORCALL_ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);
    #[cfg(Py_3_13)] Py_CONSTANT_NONE: core::ffi::c_uint = 0;
    #[cfg(Py_3_13)] Py_CONSTANT_FALSE: core::ffi::c_uint = 1;
    #[cfg(Py_3_13)] Py_CONSTANT_TRUE: core::ffi::c_uint = 2;
    #[cfg(Py_3_13)] Py_CONSTANT_ELLIPSIS: core::ffi::c_uint = 3;
    #[cfg(Py_3_13)] Py_CONSTANT_NOT_IMPLEMENTED: core::ffi::c_uint = 4;
    #[cfg(Py_3_13)] Py_CONSTANT_ZERO: core::ffi::c_uint = 5;
    #[cfg(Py_3_13)] Py_CONSTANT_ONE: core::ffi::c_uint = 6;
    #[cfg(Py_3_13)] Py_CONSTANT_EMPTY_STR: core::ffi::c_uint = 7;
    #[cfg(Py_3_13)] Py_CONSTANT_EMPTY_BYTES: core::ffi::c_uint = 8;
    #[cfg(Py_3_13)] Py_CONSTANT_EMPTY_TUPLE: core::ffi::c_uint = 9;
}

/// C enum `PySendResult`: the result of `PyIter_Send`.
#[cfg(Py_3_10)]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PySendResult {
    /// The generator returned.
    PYGEN_RETURN = 0,
    /// The generator raised an exception.
    PYGEN_ERROR = -1,
    /// The generator yielded a value.
    PYGEN_NEXT = 1,
}

/// C enum `PyGILState_STATE`: whether the thread was attached before `PyGILState_Ensure`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyGILState_STATE {
    /// The thread was attached.
    PyGILState_LOCKED,
    /// The thread was not attached.
    PyGILState_UNLOCKED,
}
