//! Reference counts, which the VM changes atomically.

use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use pyo3_backend::{Attached, DeferredReleases, Ref, RefOps, is_attach_forbidden};
use rustpython_vm::{PyObject, PyObjectRef};

use crate::RustPython;
use crate::convert::object;
use crate::interpreter;
use crate::thread::is_attached;

/// The references released by detached threads.
pub(crate) static DEFERRED: DeferredReleases<RustPython> = DeferredReleases::new();

impl RefOps for RustPython {
    #[inline]
    fn ref_retain(_py: Attached<'_, Self>, handle: Ref<'_, Self>) {
        let _kept = ManuallyDrop::new(object(handle).to_owned());
    }

    #[inline]
    unsafe fn ref_release(_py: Attached<'_, Self>, object: NonNull<PyObject>) {
        // SAFETY: the caller passes on a reference that it owns.
        drop(unsafe { PyObjectRef::from_raw(object) });
    }

    #[inline]
    unsafe fn ref_release_anywhere(object: NonNull<PyObject>) {
        if is_attached() && !is_attach_forbidden() {
            // SAFETY: the caller passes on a reference that it owns; a virtual machine is entered on this thread.
            drop(unsafe { PyObjectRef::from_raw(object) });
        } else if !interpreter::is_finalized() {
            // SAFETY: as above. The reference is released when a thread attaches.
            unsafe { DEFERRED.defer(object) };
        }
        // Otherwise the interpreter is gone, and the object must not run its finalizer. So it is leaked.
    }

    #[inline]
    fn ref_count(_py: Attached<'_, Self>, handle: Ref<'_, Self>) -> usize {
        object(handle).strong_count()
    }
}
