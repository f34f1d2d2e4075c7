//! Attributes, calls, weak references, modules, threads, hashes.

#![allow(unused_imports, reason = "the newest versions need none of this")]

use core::ffi::{c_char, c_int, c_void};

use super::containers::found;
use crate::*;

/// An attribute: 1 with a new reference in `*result`; 0 with null where there is none; -1 with null on failure.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_13))]
pub unsafe fn PyObject_GetOptionalAttr(
    obj: *mut PyObject,
    attr_name: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        *result = PyObject_GetAttr(obj, attr_name);
        if (*result).is_null() && PyErr_ExceptionMatches(PyExc_AttributeError) != 0 {
            PyErr_Clear();
        }
        found(*result)
    }
}

/// Whether there is an attribute: 1 or 0, or -1 on failure.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_13))]
pub unsafe fn PyObject_HasAttrWithError(obj: *mut PyObject, attr_name: *mut PyObject) -> c_int {
    let mut value = core::ptr::null_mut();
    // SAFETY: the caller's promise; `value` is a place of our own, and holds a reference of our own or null.
    unsafe {
        let code = PyObject_GetOptionalAttr(obj, attr_name, &mut value);
        Py_XDECREF(value);
        code
    }
}

/// Calls a method without arguments.
///
/// # Safety
/// As C's function of this name.
#[cfg(Py_LIMITED_API)]
pub unsafe fn PyObject_CallMethodNoArgs(obj: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise; null ends the arguments.
    unsafe { PyObject_CallMethodObjArgs(obj, name, core::ptr::null_mut::<PyObject>()) }
}

/// What a weak reference refers to: 1 with a new reference in `*pobj`; 0 with null where it is dead; -1 on failure.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_13))]
pub unsafe fn PyWeakref_GetRef(reference: *mut PyObject, pobj: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's promise. What is lent is alive until other code runs, and gets a reference before that.
    unsafe {
        *pobj = core::ptr::null_mut();
        if reference.is_null() || PyWeakref_Check(reference) == 0 {
            PyErr_SetString(PyExc_TypeError, c"expected a weakref".as_ptr());
            return -1;
        }
        let object = PyWeakref_GetObject(reference);
        // `None` cannot be referred to weakly: it stands for what is gone.
        if object.is_null() || object == Py_None() {
            return found(core::ptr::null_mut());
        }
        *pobj = Py_NewRef(object);
        1
    }
}

/// The module of this name in `sys.modules`, put there empty where there is none. A new reference.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_13))]
pub unsafe fn PyImport_AddModuleRef(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise. What is lent is alive until other code runs, and gets a reference before that.
    unsafe { Py_XNewRef(PyImport_AddModule(name)) }
}

/// Puts an object into a module, which takes a reference of its own: 0, or -1.
///
/// `value` may be null with an exception set: that exception is then the failure.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_10))]
pub unsafe fn PyModule_AddObjectRef(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise. `PyModule_AddObject` takes over the reference where it succeeds, only then.
    unsafe {
        if value.is_null() {
            if PyErr_Occurred().is_null() {
                PyErr_SetString(
                    PyExc_SystemError,
                    c"PyModule_AddObjectRef() must be called with an exception raised if value is NULL".as_ptr(),
                );
            }
            return -1;
        }
        let code = PyModule_AddObject(module, name, Py_NewRef(value));
        if code < 0 {
            Py_DECREF(value);
        }
        code
    }
}

/// Puts an object into a module, and takes over the reference to it, also on failure: 0, or -1.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_13))]
pub unsafe fn PyModule_Add(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise; its reference is given up here.
    unsafe {
        let code = super::PyModule_AddObjectRef(module, name, value);
        Py_XDECREF(value);
        code
    }
}

/// This thread's state, or null where it is not attached.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(any(Py_3_13, Py_LIMITED_API)))]
pub unsafe fn PyThreadState_GetUnchecked() -> *mut PyThreadState {
    // SAFETY: the same function under its former name.
    unsafe { _PyThreadState_UncheckedGet() }
}

/// The hash of some bytes: what `hash` of a `bytes` with them says.
///
/// # Safety
/// `ptr` points to `len` readable bytes; the thread is attached.
#[cfg(not(all(Py_3_14, not(Py_LIMITED_API))))]
pub unsafe fn Py_HashBuffer(ptr: *const c_void, len: Py_ssize_t) -> Py_hash_t {
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
    unsafe extern "C" {
        // 3.13 exports it, too, but does not declare it any more.
        fn _Py_HashBytes(src: *const c_void, len: Py_ssize_t) -> Py_hash_t;
    }

    #[cfg(not(Py_LIMITED_API))]
    // SAFETY: the caller's promise.
    unsafe {
        _Py_HashBytes(ptr, len)
    }
    #[cfg(Py_LIMITED_API)]
    // SAFETY: the caller's promise; the object made here is given up here.
    unsafe {
        let bytes = PyBytes_FromStringAndSize(ptr.cast(), len);
        if bytes.is_null() {
            return -1;
        }
        let hash = PyObject_Hash(bytes);
        Py_DECREF(bytes);
        hash
    }
}
