//! `import.h`: importing modules.

use core::ffi::c_char;

use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::vm::{given, lent, object, pointer, raise, taken, text, with};

/// `sys.modules`.
fn modules(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    vm.sys_module.as_object().get_attr(vm.ctx.intern_str("modules"), vm)
}

/// Imports a module: the one the whole dotted name means.
///
/// # Safety
/// The thread is attached and `name` is a C string.
pub unsafe fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject {
    object(|vm| {
        // SAFETY: upheld by the caller.
        let name = vm.ctx.new_str(unsafe { text(name, vm) }?);
        // The import itself answers with the first package of the name.
        vm.import(&name, 0)?;
        modules(vm)?.get_item(&*name, vm)
    })
}

/// `sys.modules`, borrowed from `sys`.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyImport_GetModuleDict() -> *mut PyObject {
    // Null without an exception would be no answer C knows, and `sys.modules` is there from start to end.
    with(|vm| modules(vm).map_or(core::ptr::null_mut(), |modules| pointer(&modules)))
}

/// A module that is imported already. Null, without an exception, if it is not.
///
/// # Safety
/// The thread is attached and `name` points to a live object.
pub unsafe fn PyImport_GetModule(name: *mut PyObject) -> *mut PyObject {
    with(|vm| {
        // SAFETY: upheld by the caller.
        let found = modules(vm).and_then(|modules| modules.get_item(unsafe { lent(name) }, vm));
        match found {
            Ok(module) => given(module),
            Err(raised) => {
                if !raised.fast_isinstance(vm.ctx.exceptions.key_error) {
                    raise(vm, raised);
                }
                core::ptr::null_mut()
            }
        }
    })
}

/// A module of `sys.modules`, made if it is not there. Borrowed from `sys.modules`.
///
/// # Safety
/// The thread is attached and `name` is a C string.
pub unsafe fn PyImport_AddModule(name: *const c_char) -> *mut PyObject {
    // SAFETY: upheld by the caller; `sys.modules` keeps another reference.
    unsafe {
        let module = super::PyImport_AddModuleRef(name);
        drop(taken(module));
        module
    }
}
