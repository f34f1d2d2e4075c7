//! `tupleobject.h`: functions that create and fill a new tuple.

use core::ffi::c_int;

use rustpython_vm::builtins::PyTuple;
use rustpython_vm::object::{Traverse, payload_offset};
use rustpython_vm::{AsObject, PyObject};

use super::vm::{lent, object, status, taken};
use crate::Py_ssize_t;

/// Creates a tuple of the given length, for `PyTuple_SetItem` to fill. Returns null with a `SystemError` if the length
/// is negative.
///
/// Items that are not set yet are `None`; in C, they are null.
///
/// # Safety
/// The thread is attached.
pub unsafe extern "C" fn PyTuple_New(length: Py_ssize_t) -> *mut PyObject {
    object(|vm| match usize::try_from(length) {
        Ok(length) => Ok(vm.ctx.new_tuple(vec![vm.ctx.none(); length])),
        Err(_) => Err(vm.new_system_error("bad argument to internal function")),
    })
}

/// Sets an item of a tuple to which the caller has the only reference. Takes over the reference to the item, even on
/// failure. Returns 0, or -1 with a `SystemError` if the object is not a tuple or has other references, or an
/// `IndexError` if the index is out of range.
///
/// # Safety
/// The thread is attached, `tuple` points to a live object, and `item` is null or an owned reference that the caller
/// does not use again. Pointers to the previous item are not used any more.
pub unsafe extern "C" fn PyTuple_SetItem(tuple: *mut PyObject, index: Py_ssize_t, item: *mut PyObject) -> c_int {
    status(|vm| {
        // SAFETY: upheld by the caller.
        let item = unsafe { taken(item) }.unwrap_or_else(|| vm.ctx.none());
        // SAFETY: upheld by the caller; the Rust reference ends with this statement.
        let length = unsafe { lent(tuple) }
            .downcast_ref::<PyTuple>()
            .filter(|filled| filled.as_object().strong_count() == 1)
            .map(|filled| filled.as_slice().len())
            .ok_or_else(|| vm.new_system_error("bad argument to internal function"))?;
        let index = usize::try_from(index)
            .ok()
            .filter(|index| *index < length)
            .ok_or_else(|| vm.new_index_error("tuple assignment index out of range"))?;
        // SAFETY: the payload of a `tuple`, or of a class that extends it, is at this offset, and nothing borrows it.
        // The caller has the only reference, as checked above, and lends it to this function. The collector accesses
        // objects only while all threads are paused, and this thread does not pause until the items are back.
        let payload = unsafe { &mut *tuple.byte_add(payload_offset::<PyTuple>()).cast::<PyTuple>() };
        let mut items = Vec::new();
        payload.clear(&mut items);
        let old = core::mem::replace(&mut items[index], item);
        *payload = PyTuple::new_unchecked(items.into_boxed_slice());
        // This may run Python code, so the tuple must be complete by now.
        drop(old);
        Ok(())
    })
}
