//! Reference counts.

use core::ptr::NonNull;

use pyo3_backend::{DeferredReleases, RefOps};
use pyo3_ffi as ffi;

use crate::attachment::is_attached;
use crate::convert::raw;
use crate::{At, CPython, Ref};
use pyo3_backend::is_attach_forbidden;

/// References given up by threads that were not attached.
pub(crate) static DEFERRED: DeferredReleases<CPython> = DeferredReleases::new();

impl RefOps for CPython {
    #[inline]
    fn retain(_py: At<'_>, object: Ref<'_>) {
        // SAFETY: the object is alive, and the thread is attached.
        unsafe { ffi::Py_INCREF(raw(object)) }
    }

    #[inline]
    unsafe fn release(_py: At<'_>, object: NonNull<ffi::PyObject>) {
        // SAFETY: the caller gives up a reference it owns, on an attached thread.
        unsafe { ffi::Py_DECREF(object.as_ptr()) }
    }

    #[inline]
    unsafe fn release_anywhere(object: NonNull<ffi::PyObject>) {
        // The collector counts references while it visits: none may be given up then.
        if is_attached() && !is_attach_forbidden() {
            // SAFETY: the caller gives up a reference it owns, and the thread is attached.
            unsafe { ffi::Py_DECREF(object.as_ptr()) }
        } else {
            // SAFETY: the caller gives up a reference it owns. Without an interpreter nobody drains: it is leaked.
            unsafe { DEFERRED.defer(object) }
        }
    }

    #[inline]
    fn count(_py: At<'_>, object: Ref<'_>) -> usize {
        // SAFETY: the object is alive, and the thread is attached.
        unsafe { ffi::Py_REFCNT(raw(object)) as usize }
    }
}
