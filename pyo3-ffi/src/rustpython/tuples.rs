//! `tupleobject.h`: functions that make a tuple and fill it while nobody else knows it.

use core::ffi::c_int;

use rustpython_vm::builtins::PyTuple;
use rustpython_vm::object::{Traverse, payload_offset};
use rustpython_vm::{AsObject, PyObject};

use super::vm::{lent, object, status, taken};
use crate::Py_ssize_t;

/// A new tuple of so many places, for `PyTuple_SetItem` to fill. Null with `SystemError` if the number is negative.
///
/// C has null in a place that is not filled yet, and here it is `None`.
///
/// # Safety
/// The thread is attached.
pub unsafe extern "C" fn PyTuple_New(length: Py_ssize_t) -> *mut PyObject {
    object(|vm| match usize::try_from(length) {
        Ok(length) => Ok(vm.ctx.new_tuple(vec![vm.ctx.none(); length])),
        Err(_) => Err(vm.new_system_error("bad argument to internal function")),
    })
}

/// Puts an item into a place of a tuple to which the caller has the only reference, and takes the reference to the item,
/// whatever comes of it. 0; or -1 with `SystemError` if it is no tuple or others know it, `IndexError` if there is no such
/// place.
///
/// # Safety
/// The thread is attached, `tuple` points to a live object, and `item` is null or an owned reference that the caller does
/// not use again. No pointer to what was in the place is used any more.
pub unsafe extern "C" fn PyTuple_SetItem(tuple: *mut PyObject, index: Py_ssize_t, item: *mut PyObject) -> c_int {
    status(|vm| {
        // SAFETY: upheld by the caller.
        let item = unsafe { taken(item) }.unwrap_or_else(|| vm.ctx.none());
        // SAFETY: upheld by the caller; the reference ends with this statement.
        let length = unsafe { lent(tuple) }
            .downcast_ref::<PyTuple>()
            .filter(|filled| filled.as_object().strong_count() == 1)
            .map(|filled| filled.as_slice().len())
            .ok_or_else(|| vm.new_system_error("bad argument to internal function"))?;
        let index = usize::try_from(index)
            .ok()
            .filter(|index| *index < length)
            .ok_or_else(|| vm.new_index_error("tuple assignment index out of range"))?;
        // SAFETY: the payload of a `tuple`, or of a class that extends it, is at this offset. Nobody borrows it: the caller
        // has the only reference, as looked up above, and lends it to this function; a collector looks at objects while this
        // thread is at rest, which it is not until the items are back.
        let payload = unsafe { &mut *tuple.byte_add(payload_offset::<PyTuple>()).cast::<PyTuple>() };
        let mut items = Vec::new();
        payload.clear(&mut items);
        let old = core::mem::replace(&mut items[index], item);
        *payload = PyTuple::new_unchecked(items.into_boxed_slice());
        // May run Python code, for which all is in its place.
        drop(old);
        Ok(())
    })
}
