//! From C's conventions to the virtual machine's and back.

use core::ffi::{CStr, c_char, c_int};

use rustpython_vm::convert::IntoObject;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

/// Runs `body` with this thread's virtual machine.
///
/// # Panics
/// If the thread is not attached.
#[inline]
pub(super) fn with<R>(body: impl FnOnce(&VirtualMachine) -> R) -> R {
    rustpython_vm::vm::thread::with_current_vm(body)
}

/// Runs `body` and returns its object as a new reference, or null with the error indicator set.
#[inline]
pub(super) fn object<T: IntoObject>(body: impl FnOnce(&VirtualMachine) -> PyResult<T>) -> *mut PyObject {
    with(|vm| match body(vm) {
        Ok(object) => given(object.into_object()),
        Err(raised) => {
            vm.set_exception(Some(raised));
            core::ptr::null_mut()
        }
    })
}

/// Runs `body` and returns 0, or -1 with the error indicator set.
#[inline]
pub(super) fn status(body: impl FnOnce(&VirtualMachine) -> PyResult<()>) -> c_int {
    with(|vm| match body(vm) {
        Ok(()) => 0,
        Err(raised) => {
            vm.set_exception(Some(raised));
            -1
        }
    })
}

/// Hands a reference to the caller.
#[inline]
pub(super) fn given(object: PyObjectRef) -> *mut PyObject {
    object.into_raw().as_ptr()
}

/// The pointer of a reference somebody else keeps.
#[inline]
pub(super) fn pointer(object: &PyObject) -> *mut PyObject {
    object.as_raw().cast_mut()
}

/// The object behind a pointer the caller lends.
///
/// # Safety
/// `pointer` points to an object that stays alive for `'a`.
#[inline]
pub(super) unsafe fn lent<'a>(pointer: *mut PyObject) -> &'a PyObject {
    // SAFETY: the caller's promise.
    unsafe { &*pointer }
}

/// The reference a caller gives away.
///
/// # Safety
/// `pointer` is null or an owned reference that the caller does not use again.
#[inline]
pub(super) unsafe fn taken(pointer: *mut PyObject) -> Option<PyObjectRef> {
    // SAFETY: the caller's promise.
    core::ptr::NonNull::new(pointer).map(|pointer| unsafe { PyObjectRef::from_raw(pointer) })
}

/// The text of a C string.
///
/// # Safety
/// `text` points to a C string that stays alive and unchanged for `'a`.
///
/// # Errors
/// `UnicodeDecodeError`'s parent `ValueError` if it is not UTF-8.
pub(super) unsafe fn text<'a>(text: *const c_char, vm: &VirtualMachine) -> PyResult<&'a str> {
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str().map_err(|error| vm.new_value_error(format!("a name is not UTF-8: {error}")))
}
