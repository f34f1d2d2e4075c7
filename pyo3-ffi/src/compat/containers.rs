//! Dicts, lists, iterators.

#![allow(unused_imports, reason = "the newest versions need none of this")]

use core::ffi::{c_char, c_int};

use crate::*;

/// The value under a key: 1 with a new reference in `*result`; 0 with null there is none; -1 on failure.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_13))]
pub unsafe fn PyDict_GetItemRef(dict: *mut PyObject, key: *mut PyObject, result: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's promise. What is lent is alive until other code runs, and gets a reference before that.
    unsafe {
        let item = PyDict_GetItemWithError(dict, key);
        *result = Py_XNewRef(item);
        found(item)
    }
}

/// What a look-up that may find nothing says.
///
/// # Safety
/// The thread is attached; where `object` is null, an exception is set or nothing was found.
#[allow(dead_code, reason = "the newest versions need none of this")]
pub(super) unsafe fn found(object: *mut PyObject) -> c_int {
    if !object.is_null() {
        return 1;
    }
    // SAFETY: attached.
    if unsafe { PyErr_Occurred() }.is_null() { 0 } else { -1 }
}

/// The value under a key, put there first where there is none: 1 where the key was there, 0 where not, -1 on failure.
/// `*found`, unless `found` is null, is a new reference to the value, or null on failure.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(all(Py_3_13, not(Py_LIMITED_API))))]
pub unsafe fn PyDict_SetDefaultRef(
    dict: *mut PyObject,
    key: *mut PyObject,
    fallback: *mut PyObject,
    found: *mut *mut PyObject,
) -> c_int {
    let mut held = core::ptr::null_mut();
    // SAFETY: the caller's promise; `held` is a place of our own, and holds a reference of our own or null.
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

/// An item, as a new reference; null with `IndexError` past the end.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_13))]
pub unsafe fn PyList_GetItemRef(list: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's promise. What is lent is alive until other code runs, and gets a reference before that.
    unsafe { Py_XNewRef(PyList_GetItem(list, index)) }
}

/// `list.extend(iterable)`: 0, or -1.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(all(Py_3_13, not(Py_LIMITED_API))))]
pub unsafe fn PyList_Extend(list: *mut PyObject, iterable: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise; the type is static, and what is made here is given up here.
    unsafe {
        if PyList_Check(list) == 0 {
            PyErr_BadInternalCall();
            return -1;
        }
        // Of `list` itself: a subclass is not asked.
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

/// `list.clear()`: 0, or -1.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(all(Py_3_13, not(Py_LIMITED_API))))]
pub unsafe fn PyList_Clear(list: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise; null stands for no items.
    unsafe { PyList_SetSlice(list, 0, Py_ssize_t::MAX, core::ptr::null_mut()) }
}

/// The next item: 1 with a new reference in `*item`; 0 with null at the end; -1 with null on failure.
///
/// # Safety
/// As C's function of this name.
#[cfg(not(Py_3_14))]
pub unsafe fn PyIter_NextItem(iter: *mut PyObject, item: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's promise; `%R` takes an object.
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
