//! Reference counts.

#![expect(unsafe_code, reason = "giving up a reference is a promise that no type can carry")]

use core::ptr::NonNull;

use crate::{Attached, BackendTypes, Ref};

/// Taking and releasing references. Handles clone and drop through these operations.
pub trait RefOps: BackendTypes {
    /// Takes a new reference to `object`, which the caller owns.
    ///
    /// Runs Python: no. CPython: `Py_INCREF`. RustPython: the atomic count of the object.
    fn ref_retain(py: Attached<'_, Self>, object: Ref<'_, Self>);

    /// Releases one reference while attached. A pending [`Raised`](BackendTypes::Raised) stays as it is.
    ///
    /// Runs Python: yes (finalisers, weak reference callbacks), if it was the last reference.
    /// CPython: `Py_DECREF`. RustPython: drop of a `PyObjectRef`.
    ///
    /// # Safety
    ///
    /// The caller owns a reference to the live object at `object` and does not use it again.
    unsafe fn ref_release(py: Attached<'_, Self>, object: NonNull<Self::Object>);

    /// Releases one reference on any thread.
    ///
    /// On an attached thread it is [`release`](Self::ref_release). On a detached thread the reference goes to a pool,
    /// and the next thread that attaches releases it, so that no finaliser is skipped and there is no race with the
    /// collector. After finalisation it is leaked.
    ///
    /// Runs Python: yes, if attached (finalisers).
    /// CPython and RustPython: [`DeferredReleases`](crate::DeferredReleases).
    ///
    /// # Safety
    ///
    /// The caller owns a reference to the object at `object` and does not use it again.
    unsafe fn ref_release_anywhere(object: NonNull<Self::Object>);

    /// Returns the number of references as the runtime counts them. For diagnostics and tests: immortal objects may
    /// report any large number.
    ///
    /// Runs Python: no. CPython: `Py_REFCNT`. RustPython: `strong_count`.
    fn ref_count(py: Attached<'_, Self>, object: Ref<'_, Self>) -> usize {
        let _ = (py, object);
        usize::MAX
    }

    /// Notes that a handle has taken over a reference from a bare pointer, which came from foreign code or from the
    /// backend itself. May be called on any thread.
    ///
    /// For a backend that tracks the references of handles.
    ///
    /// Runs Python: no. CPython, RustPython: nothing, as by default.
    #[inline(always)]
    fn ref_adopted(_object: NonNull<Self::Object>) {}

    /// Notes that a handle has given its reference to the holder of the bare pointer. The opposite of
    /// [`adopted`](Self::ref_adopted). May be called on any thread.
    ///
    /// Runs Python: no. CPython, RustPython: nothing, as by default.
    #[inline(always)]
    fn ref_disowned(_object: NonNull<Self::Object>) {}
}
