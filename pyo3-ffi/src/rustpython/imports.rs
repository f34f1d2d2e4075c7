//! `import.h`: importing modules.

use core::ffi::c_char;

use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::vm::{given, lent, object, pointer, raise, taken, text, with};

/// Returns `sys.modules`.
fn modules(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    vm.sys_module.as_object().get_attr(vm.ctx.intern_str("modules"), vm)
}

/// Imports a module and returns the one that the full dotted name refers to.
///
/// # Safety
/// The thread is attached and `name` is a C string.
pub unsafe fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject {
    object(|vm| {
        // SAFETY: upheld by the caller.
        let name = vm.ctx.new_str(unsafe { text(name, vm) }?);
        // This returns the top-level package of the name.
        vm.import(&name, 0)?;
        modules(vm)?.get_item(&*name, vm)
    })
}

/// Returns `sys.modules`, borrowed from `sys`.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyImport_GetModuleDict() -> *mut PyObject {
    // C code does not expect null without an exception, but `sys.modules` exists as long as the interpreter.
    with(|vm| modules(vm).map_or(core::ptr::null_mut(), |modules| pointer(&modules)))
}

/// Returns a module that is already imported, or null without an exception.
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

/// Returns a module of `sys.modules`, and creates it if it is missing. The reference is borrowed from `sys.modules`.
///
/// # Safety
/// The thread is attached and `name` is a C string.
pub unsafe fn PyImport_AddModule(name: *const c_char) -> *mut PyObject {
    // SAFETY: upheld by the caller; `sys.modules` keeps a reference.
    unsafe {
        let module = super::PyImport_AddModuleRef(name);
        drop(taken(module));
        module
    }
}
