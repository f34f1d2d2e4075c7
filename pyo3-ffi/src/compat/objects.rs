//! Attributes, calls, weak references, modules, threads, hashes.

#![allow(unused_imports, reason = "unused with the newest versions")]

use core::ffi::{c_char, c_int, c_void};

use super::containers::found;
use crate::*;

/// Looks up an attribute. Returns 1 with a new reference in `*result`, 0 with null if it is missing, or -1 with null on
/// failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_13))]
pub unsafe fn PyObject_GetOptionalAttr(
    obj: *mut PyObject,
    attr_name: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe {
        *result = PyObject_GetAttr(obj, attr_name);
        if (*result).is_null() && PyErr_ExceptionMatches(PyExc_AttributeError) != 0 {
            PyErr_Clear();
        }
        found(*result)
    }
}

/// Whether an attribute exists: 1 or 0, or -1 on failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_13))]
pub unsafe fn PyObject_HasAttrWithError(obj: *mut PyObject, attr_name: *mut PyObject) -> c_int {
    let mut value = core::ptr::null_mut();
    // SAFETY: upheld by the caller; `value` is a local variable that holds an owned reference or null.
    unsafe {
        let code = PyObject_GetOptionalAttr(obj, attr_name, &mut value);
        Py_XDECREF(value);
        code
    }
}

/// Calls a method without arguments.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(Py_LIMITED_API)]
pub unsafe fn PyObject_CallMethodNoArgs(obj: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller; null ends the list of arguments.
    unsafe { PyObject_CallMethodObjArgs(obj, name, core::ptr::null_mut::<PyObject>()) }
}

/// Gets the target of a weak reference. Returns 1 with a new reference in `*pobj`, 0 with null if it is dead, or -1 on
/// failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_13))]
pub unsafe fn PyWeakref_GetRef(reference: *mut PyObject, pobj: *mut *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller. No code runs before the borrowed object gets a new reference, so it stays alive.
    unsafe {
        *pobj = core::ptr::null_mut();
        if reference.is_null() || PyWeakref_Check(reference) == 0 {
            PyErr_SetString(PyExc_TypeError, c"expected a weakref".as_ptr());
            return -1;
        }
        let object = PyWeakref_GetObject(reference);
        // No weak reference can refer to `None`, so it means that the target is dead.
        if object.is_null() || object == Py_None() {
            return found(core::ptr::null_mut());
        }
        *pobj = Py_NewRef(object);
        1
    }
}

/// Returns a module of `sys.modules` as a new reference, and adds an empty one if it is missing.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_13))]
pub unsafe fn PyImport_AddModuleRef(name: *const c_char) -> *mut PyObject {
    // SAFETY: upheld by the caller. No code runs before the borrowed object gets a new reference, so it stays alive.
    unsafe { Py_XNewRef(PyImport_AddModule(name)) }
}

/// Adds an object to a module, without taking over a reference. Returns 0, or -1 on failure.
///
/// `value` may be null with an exception set, which is then the failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_10))]
pub unsafe fn PyModule_AddObjectRef(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller. `PyModule_AddObject` takes over the reference only on success.
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

/// Adds an object to a module, and takes over the reference even on failure. Returns 0, or -1 on failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_13))]
pub unsafe fn PyModule_Add(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller, whose reference is released here.
    unsafe {
        let code = super::PyModule_AddObjectRef(module, name, value);
        Py_XDECREF(value);
        code
    }
}

/// Returns the state of the current thread, or null if it is not attached.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(any(Py_3_13, Py_LIMITED_API)))]
pub unsafe fn PyThreadState_GetUnchecked() -> *mut PyThreadState {
    // SAFETY: this is the same function under its former name.
    unsafe { _PyThreadState_UncheckedGet() }
}

/// Returns the hash of some bytes, like `hash` of a `bytes` object with them.
///
/// # Safety
/// `ptr` points to `len` readable bytes; the thread is attached.
#[cfg(not(all(Py_3_14, not(Py_LIMITED_API))))]
pub unsafe fn Py_HashBuffer(ptr: *const c_void, len: Py_ssize_t) -> Py_hash_t {
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
    unsafe extern "C" {
        // 3.13 still exports this function, but no longer declares it.
        fn _Py_HashBytes(src: *const c_void, len: Py_ssize_t) -> Py_hash_t;
    }

    #[cfg(not(Py_LIMITED_API))]
    // SAFETY: upheld by the caller.
    unsafe {
        _Py_HashBytes(ptr, len)
    }
    #[cfg(Py_LIMITED_API)]
    // SAFETY: upheld by the caller; the object created here is released here.
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
