//! Reference counts.

#![expect(unsafe_code, reason = "giving up a reference is a promise that no type can carry")]

use core::ptr::NonNull;

use crate::{Attached, BackendTypes, Ref};

/// Taking and giving up references. The base of every other operation: handles clone and drop through it.
pub trait RefOps: BackendTypes {
    /// Takes one more reference to `object`, for the caller to keep.
    ///
    /// Runs Python: no. CPython: `Py_INCREF`. RustPython: the atomic count of the object.
    fn ref_retain(py: Attached<'_, Self>, object: Ref<'_, Self>);

    /// Gives up one reference while attached.
    ///
    /// Runs Python: yes (finalisers, weak reference callbacks), where it was the last one. A pending
    /// [`Raised`](BackendTypes::Raised) stays as it is. CPython: `Py_DECREF`. RustPython: drop of a `PyObjectRef`.
    ///
    /// # Safety
    ///
    /// The caller owns a reference to the live object at `object` and does not use it any more.
    unsafe fn ref_release(py: Attached<'_, Self>, object: NonNull<Self::Object>);

    /// Gives up one reference on any thread.
    ///
    /// Attached, it is [`release`](Self::ref_release). Detached, the reference is kept in a pool and given up when a thread
    /// attaches next, so that no finaliser is skipped and no collector is raced. After finalisation it is leaked.
    /// Runs Python: yes, where it is attached (finalisers).
    /// CPython and RustPython: [`DeferredReleases`](crate::DeferredReleases).
    ///
    /// # Safety
    ///
    /// The caller owns a reference to the object at `object` and does not use it any more.
    unsafe fn ref_release_anywhere(object: NonNull<Self::Object>);

    /// The number of references as the runtime counts them. For diagnostics and tests: immortal objects report any
    /// large number.
    ///
    /// Runs Python: no.
    /// CPython: `Py_REFCNT`. RustPython: `strong_count`.
    fn ref_count(py: Attached<'_, Self>, object: Ref<'_, Self>) -> usize {
        let _ = (py, object);
        usize::MAX
    }

    /// A handle has taken over a reference that came as a bare pointer, from foreign code or from the backend itself.
    ///
    /// For a backend that keeps books of the handles' references. Any thread. Runs Python: no.
    /// CPython, RustPython: nothing, as by default.
    #[inline(always)]
    fn ref_adopted(_object: NonNull<Self::Object>) {}

    /// A handle has given its reference to who has the bare pointer now: the opposite of [`adopted`](Self::ref_adopted).
    ///
    /// Any thread. Runs Python: no. CPython, RustPython: nothing, as by default.
    #[inline(always)]
    fn ref_disowned(_object: NonNull<Self::Object>) {}
}
