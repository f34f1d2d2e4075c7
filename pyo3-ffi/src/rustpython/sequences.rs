//! `listobject.h`: functions that lend an item.

use core::ffi::c_int;

use rustpython_vm::PyObject;
use rustpython_vm::builtins::PyList;

use super::vm::{lent, pointer, status, with};
use crate::Py_ssize_t;

/// An item, borrowed from the list. Null with `IndexError` or `SystemError`.
///
/// # Safety
/// The thread is attached, `list` points to a live object, and nobody removes the item while it is used.
pub unsafe fn PyList_GetItem(list: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    with(|vm| {
        // SAFETY: the caller's promise.
        let Some(list) = (unsafe { lent(list) }).downcast_ref::<PyList>() else {
            vm.set_exception(Some(vm.new_system_error("bad argument to internal function")));
            return core::ptr::null_mut();
        };
        let item = usize::try_from(index).ok().and_then(|index| list.borrow_vec().get(index).map(|item| pointer(item)));
        item.unwrap_or_else(|| {
            vm.set_exception(Some(vm.new_index_error("list index out of range")));
            core::ptr::null_mut()
        })
    })
}

/// Removes all items. 0, or -1 with `SystemError`.
///
/// # Safety
/// The thread is attached and `list` points to a live object.
pub unsafe fn PyList_Clear(list: *mut PyObject) -> c_int {
    status(|vm| {
        // SAFETY: the caller's promise.
        let list = unsafe { lent(list) }
            .downcast_ref::<PyList>()
            .ok_or_else(|| vm.new_system_error("bad argument to internal function"))?;
        // The items go after the lock: their destruction may look at the list.
        let items = core::mem::take(&mut *list.borrow_vec_mut());
        drop(items);
        Ok(())
    })
}
