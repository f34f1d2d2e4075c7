//! `tp_alloc` and `tp_free` of a class with a free list. It keeps the memory of instances of exactly that class for
//! reuse.

use core::ffi::c_void;
use core::marker::PhantomData;
use core::ptr::NonNull;

use pyo3_backend::Class;
use pyo3_ffi as ffi;

use super::instance::is_collected;
use super::layout::LayoutOf;
use crate::attachment::entered_quietly;
use crate::convert::raw;
use crate::{At, CPython};

/// Gives the slots of `C`.
pub(super) struct SlotsOf<C>(PhantomData<C>);

impl<C: Class<CPython>> SlotsOf<C> {
    /// The two slots, if `C` has a free list. A free-threaded interpreter may still read freed memory, which only its own
    /// allocator knows about. There the class gets no free list. A constant, so that no code is generated for other
    /// classes.
    pub(super) const SLOTS: Option<(ffi::allocfunc, ffi::freefunc)> =
        if C::FREE_LIST.is_some() && !cfg!(Py_GIL_DISABLED) { Some((allocate::<C>, free::<C>)) } else { None };
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
    // SAFETY: upheld by the caller. A block of the list was an instance of exactly this class, so it is large enough
    // and has the collector's header in front of it; nothing refers to it any more. It becomes what the general
    // function returns: an object of the class, zeroed otherwise, that the collector tracks.
    unsafe {
        entered_quietly(|py| {
            let list = C::FREE_LIST.filter(|_| is_own::<C>(py, class));
            let Some(block) = list.and_then(|list| list.take()) else {
                return ffi::PyType_GenericAlloc(class, items);
            };
            let object = block.cast::<ffi::PyObject>().as_ptr();
            object.cast::<u8>().write_bytes(0, LayoutOf::<C>::LAYOUT.size);
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
/// Called for an emptied instance of `C`, or of a type that extends it and inherits this slot. The collector does not
/// track the instance any more. Its type is still alive.
unsafe extern "C" fn free<C: Class<CPython>>(this: *mut c_void) {
    // SAFETY: upheld by the caller.
    unsafe {
        entered_quietly(|py| {
            let class = ffi::Py_TYPE(this.cast());
            let collected = is_collected(class);
            // The collector's mark stays with the memory, and the next object must not have it.
            let is_marked = collected && ffi::PyObject_GC_IsFinalized(this.cast()) != 0;
            let list = C::FREE_LIST.filter(|_| is_own::<C>(py, class) && !is_marked);
            let is_kept = list.zip(NonNull::new(this.cast())).is_some_and(|(list, block)| list.put(block));
            match (is_kept, collected) {
                (true, _) => {}
                (false, true) => ffi::PyObject_GC_Del(this),
                (false, false) => ffi::PyObject_Free(this),
            }
        });
    }
}
