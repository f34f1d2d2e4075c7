//! Reference counts.

use core::ptr::NonNull;

use pyo3_backend::{DeferredReleases, RefOps};
use pyo3_ffi as ffi;

use crate::attachment::{has_entered, is_attached};
use crate::convert::raw;
use crate::{At, CPython, Ref};
use pyo3_backend::is_attach_forbidden;

/// The references released by threads that were not attached.
pub(crate) static DEFERRED: DeferredReleases<CPython> = DeferredReleases::new();

impl RefOps for CPython {
    #[inline]
    fn ref_retain(_py: At<'_>, object: Ref<'_>) {
        // SAFETY: the object is alive, and the thread is attached.
        unsafe { ffi::Py_INCREF(raw(object)) }
    }

    #[inline]
    unsafe fn ref_release(_py: At<'_>, object: NonNull<ffi::PyObject>) {
        // SAFETY: the caller passes on a reference it owns, on an attached thread.
        unsafe { ffi::Py_DECREF(object.as_ptr()) }
    }

    #[inline]
    unsafe fn ref_release_anywhere(object: NonNull<ffi::PyObject>) {
        // Without the limited API, the assertion also finds foreign code that has detached.
        if has_entered() {
            debug_assert!(
                is_attached(),
                "C code detached this thread, and then a reference to a Python object is dropped"
            );
            // SAFETY: the caller passes on a reference it owns, and the thread is attached.
            unsafe { ffi::Py_DECREF(object.as_ptr()) }
        } else {
            // SAFETY: upheld by the caller.
            unsafe { release_outside(object) }
        }
    }

    #[inline]
    fn ref_count(_py: At<'_>, object: Ref<'_>) -> usize {
        // SAFETY: the object is alive, and the thread is attached.
        unsafe { ffi::Py_REFCNT(raw(object)) as usize }
    }
}

/// Releases a reference on a thread that has not come into Python through us, or of which the collector is visiting
/// objects. Foreign code may have attached it.
///
/// # Safety
///
/// The caller passes on a reference it owns.
#[inline(never)]
unsafe fn release_outside(object: NonNull<ffi::PyObject>) {
    #[cfg(all(Py_3_12, not(Py_GIL_DISABLED), not(Py_LIMITED_API), target_pointer_width = "64"))]
    if is_immortal(object) {
        return;
    }
    // The collector counts references while it visits, so none may be released then.
    if is_attached() && !is_attach_forbidden() {
        // SAFETY: the caller passes on a reference it owns, and the thread is attached.
        unsafe { ffi::Py_DECREF(object.as_ptr()) }
    } else {
        // SAFETY: the caller passes on a reference it owns. Without an interpreter nothing drains the list, which
        // leaks it.
        unsafe { DEFERRED.defer(object) }
    }
}

/// Whether the reference count never changes, so that there is nothing to release.
#[cfg(all(Py_3_12, not(Py_GIL_DISABLED), not(Py_LIMITED_API), target_pointer_width = "64"))]
#[inline]
fn is_immortal(object: NonNull<ffi::PyObject>) -> bool {
    use core::sync::atomic::{AtomicU32, Ordering};

    /// The index of the half of the count whose sign marks immortal objects.
    const LOW: usize = if cfg!(target_endian = "big") { 1 } else { 0 };
    // SAFETY: a live object begins with its count, which is aligned for this. Other threads may change the count by
    // plain writes under the global lock, but not that of an immortal object, and for any other the result is not used
    // further.
    let count = unsafe { AtomicU32::from_ptr(object.as_ptr().cast::<u32>().add(LOW)) };
    (count.load(Ordering::Relaxed) as i32) < 0
}
