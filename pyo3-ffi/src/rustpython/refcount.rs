//! `refcount.h`: adding and releasing references. RustPython's counts are atomic.

use rustpython_vm::PyObject;

use super::vm::{given, lent, taken};
use crate::Py_ssize_t;

/// Adds a reference to an object.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
#[inline]
pub unsafe fn Py_INCREF(op: *mut PyObject) {
    // SAFETY: upheld by the caller, who owns the new reference.
    given(unsafe { lent(op) }.to_owned());
}

/// Releases a reference. Releasing the last one destroys the object, which may run arbitrary Python code.
///
/// # Safety
/// The thread is attached, and the caller owns a reference to `op` that it does not use again.
#[inline]
pub unsafe fn Py_DECREF(op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    drop(unsafe { taken(op) });
}

/// Like `Py_INCREF`, but accepts null.
///
/// # Safety
/// As [`Py_INCREF`], or null.
#[inline]
pub unsafe fn Py_XINCREF(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: `op` is not null, and the rest is upheld by the caller.
        unsafe { Py_INCREF(op) }
    }
}

/// Like `Py_DECREF`, but accepts null.
///
/// # Safety
/// As [`Py_DECREF`], or null.
#[inline]
pub unsafe fn Py_XDECREF(op: *mut PyObject) {
    // SAFETY: upheld by the caller; null is accepted.
    drop(unsafe { taken(op) });
}

/// The C function for [`Py_XINCREF`].
///
/// # Safety
/// As [`Py_XINCREF`].
pub unsafe extern "C" fn Py_IncRef(op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { Py_XINCREF(op) }
}

/// The C function for [`Py_XDECREF`].
///
/// # Safety
/// As [`Py_XDECREF`].
pub unsafe extern "C" fn Py_DecRef(op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { Py_XDECREF(op) }
}

/// The C function for [`Py_INCREF`].
///
/// # Safety
/// As [`Py_INCREF`].
pub unsafe extern "C" fn _Py_IncRef(op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { Py_INCREF(op) }
}

/// The C function for [`Py_DECREF`].
///
/// # Safety
/// As [`Py_DECREF`].
pub unsafe extern "C" fn _Py_DecRef(op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { Py_DECREF(op) }
}

/// Sets `*slot` to null, then releases its reference.
///
/// # Safety
/// `slot` is valid for reads and writes and holds null or an owned reference; the thread is attached.
#[inline]
pub unsafe fn Py_CLEAR(slot: *mut *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { Py_XDECREF(slot.replace(core::ptr::null_mut())) }
}

/// Adds a reference to `op` and returns it.
///
/// # Safety
/// As [`Py_INCREF`].
#[inline]
pub unsafe fn Py_NewRef(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    unsafe { Py_INCREF(op) };
    op
}

/// Like `Py_NewRef`, but accepts null.
///
/// # Safety
/// As [`Py_XINCREF`].
#[inline]
pub unsafe fn Py_XNewRef(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    unsafe { Py_XINCREF(op) };
    op
}

/// Returns the number of references.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
#[inline]
pub unsafe fn Py_REFCNT(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: upheld by the caller.
    unsafe { lent(op) }.strong_count() as Py_ssize_t
}
