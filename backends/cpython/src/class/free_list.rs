//! `tp_alloc` and `tp_free` of a class with a free list, which takes the memory of instances of exactly that class.

use core::ffi::c_void;
use core::ptr::NonNull;

use pyo3_backend::Class;
use pyo3_ffi as ffi;

use super::instance::{is_collected, size};
use crate::attachment::entered_quietly;
use crate::convert::raw;
use crate::{At, CPython};

/// The two slots, where `C` wants them. A free-threaded interpreter reads memory that has been freed already, which
/// its own allocator knows of, so that there everything is left to it.
pub(super) fn slots<C: Class<CPython>>() -> Option<(ffi::allocfunc, ffi::freefunc)> {
    let wanted = C::free_list().is_some() && !cfg!(Py_GIL_DISABLED);
    wanted.then_some((allocate::<C> as ffi::allocfunc, free::<C> as ffi::freefunc))
}

/// Whether `class` is the type of `C` itself.
fn is_own<C: Class<CPython>>(py: At<'_>, class: *mut ffi::PyTypeObject) -> bool {
    class == raw(C::type_object(py)).cast()
}

/// `tp_alloc`.
///
/// # Safety
///
/// Called for the type of `C`, or one that extends it.
unsafe extern "C" fn allocate<C: Class<CPython>>(
    class: *mut ffi::PyTypeObject,
    items: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    // SAFETY: the caller's promise. A block of the list was an instance of exactly this class, so that it is large enough,
    // and has what the collector keeps in front of it; nobody knows it any more. It becomes what the general function
    // returns: an object of the class, zero otherwise, that the collector knows.
    unsafe {
        entered_quietly(|py| {
            let list = C::free_list().filter(|_| is_own::<C>(py, class));
            let Some(block) = list.and_then(|list| list.take()) else {
                return ffi::PyType_GenericAlloc(class, items);
            };
            let object = block.cast::<ffi::PyObject>().as_ptr();
            object.cast::<u8>().write_bytes(0, size::<C>());
            ffi::PyObject_Init(object, class);
            if is_collected(class) {
                ffi::PyObject_GC_Track(object.cast());
            }
            object
        })
    }
}

/// `tp_free`.
///
/// # Safety
///
/// Called for an emptied instance of `C`, or of a type that extends it and has inherited this, which the collector does
/// not know any more. Its type is still alive.
unsafe extern "C" fn free<C: Class<CPython>>(this: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe {
        entered_quietly(|py| {
            let class = ffi::Py_TYPE(this.cast());
            let collected = is_collected(class);
            // A mark of the collector stays with the memory; the next object must not have it.
            let is_marked = collected && ffi::PyObject_GC_IsFinalized(this.cast()) != 0;
            let list = C::free_list().filter(|_| is_own::<C>(py, class) && !is_marked);
            let is_kept = list.zip(NonNull::new(this.cast())).is_some_and(|(list, block)| list.put(block));
            match (is_kept, collected) {
                (true, _) => {}
                (false, true) => ffi::PyObject_GC_Del(this),
                (false, false) => ffi::PyObject_Free(this),
            }
        });
    }
}
