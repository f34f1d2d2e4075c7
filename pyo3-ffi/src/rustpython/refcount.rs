//! `refcount.h`: taking and giving up references. RustPython's counts are atomic.

use rustpython_vm::PyObject;

use super::vm::{given, lent, taken};
use crate::Py_ssize_t;

/// Takes a reference.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
#[inline]
pub unsafe fn Py_INCREF(op: *mut PyObject) {
    // SAFETY: the caller's promise. The new reference belongs to the caller.
    given(unsafe { lent(op) }.to_owned());
}

/// Gives up a reference; the last one destroys the object, which may run any Python code.
///
/// # Safety
/// The thread is attached, and the caller owns a reference to `op` that it does not use again.
#[inline]
pub unsafe fn Py_DECREF(op: *mut PyObject) {
    // SAFETY: the caller's promise.
    drop(unsafe { taken(op) });
}

/// `Py_INCREF` that accepts null.
///
/// # Safety
/// As [`Py_INCREF`], or null.
#[inline]
pub unsafe fn Py_XINCREF(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: not null, and the rest is the caller's promise.
        unsafe { Py_INCREF(op) }
    }
}

/// `Py_DECREF` that accepts null.
///
/// # Safety
/// As [`Py_DECREF`], or null.
#[inline]
pub unsafe fn Py_XDECREF(op: *mut PyObject) {
    // SAFETY: the caller's promise; null holds nothing.
    drop(unsafe { taken(op) });
}

/// C function [`Py_XINCREF`].
///
/// # Safety
/// As [`Py_XINCREF`].
pub unsafe extern "C" fn Py_IncRef(op: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { Py_XINCREF(op) }
}

/// C function [`Py_XDECREF`].
///
/// # Safety
/// As [`Py_XDECREF`].
pub unsafe extern "C" fn Py_DecRef(op: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { Py_XDECREF(op) }
}

/// C function [`Py_INCREF`].
///
/// # Safety
/// As [`Py_INCREF`].
pub unsafe extern "C" fn _Py_IncRef(op: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { Py_INCREF(op) }
}

/// C function [`Py_DECREF`].
///
/// # Safety
/// As [`Py_DECREF`].
pub unsafe extern "C" fn _Py_DecRef(op: *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { Py_DECREF(op) }
}

/// Sets `*slot` to null, then gives up the reference it held.
///
/// # Safety
/// `slot` is valid for reads and writes and holds null or an owned reference; the thread is attached.
#[inline]
pub unsafe fn Py_CLEAR(slot: *mut *mut PyObject) {
    // SAFETY: the caller's promise.
    unsafe { Py_XDECREF(slot.replace(core::ptr::null_mut())) }
}

/// Takes a reference and returns `op`.
///
/// # Safety
/// As [`Py_INCREF`].
#[inline]
pub unsafe fn Py_NewRef(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { Py_INCREF(op) };
    op
}

/// `Py_NewRef` that accepts null.
///
/// # Safety
/// As [`Py_XINCREF`].
#[inline]
pub unsafe fn Py_XNewRef(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { Py_XINCREF(op) };
    op
}

/// Number of references.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
#[inline]
pub unsafe fn Py_REFCNT(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { lent(op) }.strong_count() as Py_ssize_t
}
