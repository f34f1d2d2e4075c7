//! `setobject.h`: functions that fill a new `frozenset`.

use core::ffi::c_int;

use rustpython_vm::builtins::{PyFrozenSet, PySet};
use rustpython_vm::function::ArgIterable;
use rustpython_vm::object::payload_offset;
use rustpython_vm::{PyObject, PyPayload, TryFromObject};

use super::vm::{lent, object, status};

/// Creates a `frozenset` of the items of an iterable, or an empty one if it is null. Returns null if the iterable
/// raises an exception.
///
/// # Safety
/// The thread is attached, and `iterable` is null or points to a live object.
pub unsafe fn PyFrozenSet_New(iterable: *mut PyObject) -> *mut PyObject {
    object(|vm| {
        let mut items = Vec::new();
        if !iterable.is_null() {
            // SAFETY: upheld by the caller.
            let iterable = unsafe { lent(iterable) }.to_owned();
            for item in ArgIterable::try_from_object(vm, iterable)?.iter(vm)? {
                items.push(item?);
            }
        }
        Ok(PyFrozenSet::from_iter(vm, items)?.into_ref(&vm.ctx))
    })
}

/// Adds an item to a `set`, or to a `frozenset` if the caller has the only reference to it. Returns 0, or -1 with a
/// `TypeError` if the item is unhashable, or a `SystemError` if `set` is neither.
///
/// # Safety
/// The thread is attached, and both pointers refer to live objects.
pub unsafe fn PySet_Add(set: *mut PyObject, item: *mut PyObject) -> c_int {
    status(|vm| {
        // SAFETY: upheld by the caller.
        let (target, item) = unsafe { (lent(set), lent(item).to_owned()) };
        if let Some(set) = target.downcast_ref::<PySet>() {
            return set.add(item, vm);
        }
        let Some(old) = target.downcast_ref::<PyFrozenSet>().filter(|_| target.strong_count() == 1) else {
            return Err(vm.new_system_error("bad argument to internal function"));
        };
        let mut items = old.elements();
        items.push(item);
        let new = PyFrozenSet::from_iter(vm, items)?;
        // SAFETY: the payload of a `frozenset` is at this offset, and nothing borrows it. The caller has the only
        // reference, as checked above, and lends it to this function. The collector accesses objects only while all
        // threads are paused, and this thread does not pause here.
        let old = unsafe { set.byte_add(payload_offset::<PyFrozenSet>()).cast::<PyFrozenSet>().replace(new) };
        drop(old);
        Ok(())
    })
}
