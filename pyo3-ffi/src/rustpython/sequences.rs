//! `listobject.h`, `iterator.h`: functions that return borrowed items, have another message in C, or are missing in
//! `rustpython-capi`.

use core::ffi::c_int;

use rustpython_vm::builtins::PyList;
use rustpython_vm::protocol::{PyIter, PyIterReturn};
use rustpython_vm::{AsObject, PyObject};

use super::vm::{given, lent, object, pointer, raise, status, with};
use crate::Py_ssize_t;

/// Returns an item, borrowed from the list, or null with an `IndexError` or a `SystemError`.
///
/// # Safety
/// The thread is attached, `list` points to a live object, and the item is not removed while it is used.
pub unsafe fn PyList_GetItem(list: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    with(|vm| {
        // SAFETY: upheld by the caller.
        let Some(list) = (unsafe { lent(list) }).downcast_ref::<PyList>() else {
            raise(vm, vm.new_system_error("bad argument to internal function"));
            return core::ptr::null_mut();
        };
        let item = usize::try_from(index).ok().and_then(|index| list.borrow_vec().get(index).map(|item| pointer(item)));
        item.unwrap_or_else(|| {
            raise(vm, vm.new_index_error("list index out of range"));
            core::ptr::null_mut()
        })
    })
}

/// Returns an item as a new reference, or null with an `IndexError` or a `SystemError`.
///
/// # Safety
/// The thread is attached and `list` points to a live object.
pub unsafe fn PyList_GetItemRef(list: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    object(|vm| {
        // SAFETY: upheld by the caller.
        let Some(list) = (unsafe { lent(list) }).downcast_ref::<PyList>() else {
            return Err(vm.new_system_error("bad argument to internal function"));
        };
        let item = usize::try_from(index).ok().and_then(|index| list.borrow_vec().get(index).cloned());
        item.ok_or_else(|| vm.new_index_error("list index out of range"))
    })
}

/// Advances an iterator. Returns 1 with a new reference in `*item`, 0 with null at the end, or -1 with null and an
/// exception on failure.
///
/// # Safety
/// The thread is attached, `iter` points to a live object, and `item` is valid for writes.
pub unsafe fn PyIter_NextItem(iter: *mut PyObject, item: *mut *mut PyObject) -> c_int {
    with(|vm| {
        // SAFETY: upheld by the caller.
        let (iter, item) = unsafe { (lent(iter), &mut *item) };
        let next = match PyIter::check(iter) {
            true => PyIter::new(iter).next(vm),
            false => Err(vm.new_type_error(format!("expected an iterator, got '{}'", iter.class().name()))),
        };
        *item = core::ptr::null_mut();
        match next {
            Ok(PyIterReturn::Return(next)) => {
                *item = given(next);
                1
            }
            Ok(PyIterReturn::StopIteration(_)) => 0,
            Err(raised) => {
                raise(vm, raised);
                -1
            }
        }
    })
}

/// Removes all items. Returns 0, or -1 with a `SystemError`.
///
/// # Safety
/// The thread is attached and `list` points to a live object.
pub unsafe fn PyList_Clear(list: *mut PyObject) -> c_int {
    status(|vm| {
        // SAFETY: upheld by the caller.
        let list = unsafe { lent(list) }
            .downcast_ref::<PyList>()
            .ok_or_else(|| vm.new_system_error("bad argument to internal function"))?;
        // Drop the items after releasing the lock, because their destruction may access the list.
        let items = core::mem::take(&mut *list.borrow_vec_mut());
        drop(items);
        Ok(())
    })
}

/// Calls `list.extend(iterable)`, even for a subclass. Returns 0, or -1 with a `SystemError` or the exception of the
/// iterable.
///
/// # Safety
/// The thread is attached and both point to live objects.
pub unsafe fn PyList_Extend(list: *mut PyObject, iterable: *mut PyObject) -> c_int {
    status(|vm| {
        // SAFETY: upheld by the caller.
        let (list, iterable) = unsafe { (lent(list), lent(iterable)) };
        if !list.downcastable::<PyList>() {
            return Err(vm.new_system_error("bad argument to internal function"));
        }
        let extend = vm.ctx.types.list_type.as_object().get_attr(vm.ctx.intern_str("extend"), vm)?;
        extend.call((list.to_owned(), iterable.to_owned()), vm).map(drop)
    })
}
