//! `moduleobject.h`, `modsupport.h`: modules and their contents.

use core::ffi::{c_char, c_int, c_long};

use rustpython_vm::builtins::PyModule;
use rustpython_vm::convert::ToPyObject;
use rustpython_vm::{AsObject, Py, PyObject, PyResult, VirtualMachine};

use super::PyErr_Occurred;
use super::vm::{lent, object, pointer, raise, status, taken, text, with};

/// Returns the module behind a pointer.
///
/// # Safety
/// `module` points to an object that stays alive for `'a`.
unsafe fn payload<'a>(module: *mut PyObject, vm: &VirtualMachine) -> PyResult<&'a Py<PyModule>> {
    // SAFETY: upheld by the caller.
    unsafe { lent(module) }.downcast_ref().ok_or_else(|| vm.new_type_error("a module is required"))
}

/// Creates an empty module.
///
/// # Safety
/// The thread is attached and `name` is a C string.
pub unsafe fn PyModule_New(name: *const c_char) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    object(|vm| Ok(vm.new_module(unsafe { text(name, vm) }?, vm.ctx.new_dict(), None)))
}

/// Returns the module's dict as a borrowed reference, or null with a `SystemError` if it is not a module.
///
/// # Safety
/// The thread is attached and `module` points to a live object.
pub unsafe fn PyModule_GetDict(module: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    with(|vm| match unsafe { payload(module, vm) } {
        // The module keeps its dict alive as long as it lives.
        Ok(module) => pointer(module.dict().as_object()),
        Err(_) => {
            raise(vm, vm.new_system_error("bad argument to internal function"));
            core::ptr::null_mut()
        }
    })
}

/// Adds a borrowed `value` as an attribute. Returns 0, or -1 with an exception. If `value` is null, keeps the exception
/// that is set, or raises a `SystemError` if there is none.
///
/// # Safety
/// The thread is attached, `module` is alive, `value` is null or alive, and `name` is a C string.
pub unsafe fn PyModule_AddObjectRef(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    if value.is_null() {
        // SAFETY: upheld by the caller.
        return match unsafe { PyErr_Occurred() }.is_null() {
            true => status(|vm| {
                let text = "PyModule_AddObjectRef() must be called with an exception raised if value is NULL";
                Err(vm.new_system_error(text))
            }),
            false => -1,
        };
    }
    // SAFETY: upheld by the caller.
    status(|vm| unsafe {
        let module = payload(module, vm)?;
        module.dict().set_item(text(name, vm)?, lent(value).to_owned(), vm)
    })
}

/// Like [`PyModule_AddObjectRef`], but takes over the reference to `value`, even on failure.
///
/// # Safety
/// As [`PyModule_AddObjectRef`], and the caller owns `value` and does not use it again.
pub unsafe fn PyModule_Add(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller; the reference is released at the end.
    unsafe {
        let result = PyModule_AddObjectRef(module, name, value);
        drop(taken(value));
        result
    }
}

/// Like [`PyModule_AddObjectRef`], but takes over the reference to `value` on success.
///
/// # Safety
/// As [`PyModule_AddObjectRef`]. The caller owns `value` and does not use it again after a success.
pub unsafe fn PyModule_AddObject(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe {
        let result = PyModule_AddObjectRef(module, name, value);
        if result == 0 {
            drop(taken(value));
        }
        result
    }
}

/// Adds an `int`. Returns 0, or -1 with an exception.
///
/// # Safety
/// The thread is attached, `module` is alive, `name` is a C string.
pub unsafe fn PyModule_AddIntConstant(module: *mut PyObject, name: *const c_char, value: c_long) -> c_int {
    // SAFETY: upheld by the caller.
    status(|vm| unsafe { payload(module, vm)?.dict().set_item(text(name, vm)?, value.to_pyobject(vm), vm) })
}

/// Adds a `str`. Returns 0, or -1 with an exception.
///
/// # Safety
/// The thread is attached, `module` is alive, `name` and `value` are C strings.
pub unsafe fn PyModule_AddStringConstant(module: *mut PyObject, name: *const c_char, value: *const c_char) -> c_int {
    // SAFETY: upheld by the caller.
    status(|vm| unsafe {
        let value = vm.ctx.new_str(text(value, vm)?);
        payload(module, vm)?.dict().set_item(text(name, vm)?, value.into(), vm)
    })
}
