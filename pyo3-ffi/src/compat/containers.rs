//! Dicts, lists, iterators.

#![allow(unused_imports, reason = "unused with the newest versions")]

use core::ffi::{c_char, c_int};

use crate::*;

/// Looks up a key. Returns 1 with a new reference in `*result`, 0 with null if the key is missing, or -1 on failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_13))]
pub unsafe fn PyDict_GetItemRef(dict: *mut PyObject, key: *mut PyObject, result: *mut *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller. No code runs before the borrowed object gets a new reference, so it stays alive.
    unsafe {
        let item = PyDict_GetItemWithError(dict, key);
        *result = Py_XNewRef(item);
        found(item)
    }
}

/// Returns the status of a look-up: 1 for an object, 0 if nothing was found, or -1 if an exception is set.
///
/// # Safety
/// The thread is attached. If `object` is null, an exception is set, or the look-up found nothing.
#[allow(dead_code, reason = "unused with the newest versions")]
pub(super) unsafe fn found(object: *mut PyObject) -> c_int {
    if !object.is_null() {
        return 1;
    }
    // SAFETY: the thread is attached.
    if unsafe { PyErr_Occurred() }.is_null() { 0 } else { -1 }
}

/// Looks up a key, and inserts `fallback` if it is missing. Returns 1 if the key was present, 0 if not, or -1 on
/// failure. Unless `found` is null, `*found` is a new reference to the value, or null on failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(all(Py_3_13, not(Py_LIMITED_API))))]
pub unsafe fn PyDict_SetDefaultRef(
    dict: *mut PyObject,
    key: *mut PyObject,
    fallback: *mut PyObject,
    found: *mut *mut PyObject,
) -> c_int {
    let mut held = core::ptr::null_mut();
    // SAFETY: upheld by the caller; `held` is a local variable that holds an owned reference or null.
    unsafe {
        let code = match super::PyDict_GetItemRef(dict, key, &mut held) {
            0 => {
                let code = PyDict_SetItem(dict, key, fallback);
                if code == 0 {
                    held = Py_NewRef(fallback);
                }
                code
            }
            code => code,
        };
        match found.is_null() {
            true => Py_XDECREF(held),
            false => *found = held,
        }
        code
    }
}

/// Returns an item as a new reference, or null with an `IndexError` past the end.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_13))]
pub unsafe fn PyList_GetItemRef(list: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    // SAFETY: upheld by the caller. No code runs before the borrowed object gets a new reference, so it stays alive.
    unsafe { Py_XNewRef(PyList_GetItem(list, index)) }
}

/// Calls `list.extend(iterable)`. Returns 0, or -1 on failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(all(Py_3_13, not(Py_LIMITED_API))))]
pub unsafe fn PyList_Extend(list: *mut PyObject, iterable: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller; the type is static, and all references created here are released here.
    unsafe {
        if PyList_Check(list) == 0 {
            PyErr_BadInternalCall();
            return -1;
        }
        // The method of `list` itself, even for a subclass.
        let extend = PyObject_GetAttrString((&raw mut PyList_Type).cast(), c"extend".as_ptr());
        if extend.is_null() {
            return -1;
        }
        let none = PyObject_CallFunctionObjArgs(extend, list, iterable, core::ptr::null_mut::<PyObject>());
        Py_DECREF(extend);
        Py_XDECREF(none);
        if none.is_null() { -1 } else { 0 }
    }
}

/// Calls `list.clear()`. Returns 0, or -1 on failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(all(Py_3_13, not(Py_LIMITED_API))))]
pub unsafe fn PyList_Clear(list: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller; null means no items.
    unsafe { PyList_SetSlice(list, 0, Py_ssize_t::MAX, core::ptr::null_mut()) }
}

/// Advances an iterator. Returns 1 with a new reference in `*item`, 0 with null at the end, or -1 with null on failure.
///
/// # Safety
/// The requirements of the C function of this name apply.
#[cfg(not(Py_3_14))]
pub unsafe fn PyIter_NextItem(iter: *mut PyObject, item: *mut *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller; `%R` expects an object.
    unsafe {
        *item = core::ptr::null_mut();
        if PyIter_Check(iter) == 0 {
            PyErr_Format(PyExc_TypeError, c"expected an iterator, got an object of %R".as_ptr(), Py_TYPE(iter));
            return -1;
        }
        *item = PyIter_Next(iter);
        found(*item)
    }
}
