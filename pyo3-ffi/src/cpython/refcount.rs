//! `refcount.h`: adding and releasing references.
//!
//! With the full API, these functions change the count in place, like the inline functions of that C version. With the
//! limited API and on free-threaded builds, they call the interpreter's functions. For the limited API, only these stay
//! correct in all later versions.

use super::*;

#[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED, py_sys_config = "Py_REF_DEBUG"))]
use self::by_call as counting;
#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED, py_sys_config = "Py_REF_DEBUG")))]
use self::in_place as counting;

/// Calls functions of libpython.
#[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED, py_sys_config = "Py_REF_DEBUG"))]
mod by_call {
    // The functions with an underscore (3.10) skip the check for null.
    #[cfg(Py_3_10)]
    pub(super) use super::super::{_Py_DecRef as decref, _Py_IncRef as incref};
    #[cfg(not(Py_3_10))]
    pub(super) use super::super::{Py_DecRef as decref, Py_IncRef as incref};
}

/// Plain counts, up to 3.11.
#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED, py_sys_config = "Py_REF_DEBUG", Py_3_12)))]
mod in_place {
    use super::*;

    #[inline(always)]
    pub(super) unsafe fn incref(op: *mut PyObject) {
        // SAFETY: the caller passes a live object and holds the GIL.
        unsafe { (*op).ob_refcnt += 1 }
    }

    #[inline(always)]
    pub(super) unsafe fn decref(op: *mut PyObject) {
        // SAFETY: the caller passes a live object and gives up a reference to it, and holds the GIL.
        unsafe {
            (*op).ob_refcnt -= 1;
            if (*op).ob_refcnt == 0 {
                _Py_Dealloc(op);
            }
        }
    }
}

/// Counts with immortal objects, from 3.12 on.
///
/// On 64-bit machines, the count is the low half of the field, and an object is immortal if that half is negative as a
/// signed number. In 3.12 and 3.13, it is set to all ones, and counts saturate. In 3.14, it is 3 << 30, and the upper
/// half holds flags.
#[cfg(all(Py_3_12, not(any(Py_LIMITED_API, Py_GIL_DISABLED, py_sys_config = "Py_REF_DEBUG"))))]
mod in_place {
    use super::*;

    #[cfg(target_pointer_width = "64")]
    const LOW: usize = cfg!(target_endian = "big") as usize;

    #[inline(always)]
    pub(super) unsafe fn incref(op: *mut PyObject) {
        // SAFETY: the caller passes a live object and holds the GIL.
        #[cfg(target_pointer_width = "64")]
        unsafe {
            let count = &raw mut (*op).ob_refcnt.ob_refcnt_split[LOW];
            // In 3.12 and 3.13, a count grows until it saturates. In 3.14, it stops at the first immortal value.
            let grown = (*count).wrapping_add(1);
            let immortal = if cfg!(Py_3_14) { (*count as i32) < 0 } else { grown == 0 };
            if !immortal {
                *count = grown;
            }
        }
        // SAFETY: the caller passes a live object and holds the GIL.
        #[cfg(target_pointer_width = "32")]
        unsafe {
            if !is_immortal(op) {
                (*op).ob_refcnt.ob_refcnt += 1;
            }
        }
    }

    #[inline(always)]
    pub(super) unsafe fn decref(op: *mut PyObject) {
        // SAFETY: the caller passes a live object and gives up a reference to it, and holds the GIL.
        #[cfg(target_pointer_width = "64")]
        unsafe {
            let count = &raw mut (*op).ob_refcnt.ob_refcnt_split[LOW];
            if (*count as i32) < 0 {
                return;
            }
            *count -= 1;
            if *count == 0 {
                _Py_Dealloc(op);
            }
        }
        // SAFETY: the caller passes a live object and gives up a reference to it, and holds the GIL.
        #[cfg(target_pointer_width = "32")]
        unsafe {
            if is_immortal(op) {
                return;
            }
            (*op).ob_refcnt.ob_refcnt -= 1;
            if (*op).ob_refcnt.ob_refcnt == 0 {
                _Py_Dealloc(op);
            }
        }
    }

    #[cfg(target_pointer_width = "32")]
    unsafe fn is_immortal(op: *mut PyObject) -> bool {
        // SAFETY: the caller passes a live object.
        let count = unsafe { (*op).ob_refcnt.ob_refcnt };
        if cfg!(Py_3_14) { count >= 1 << 30 } else { count == (u32::MAX >> 2) as Py_ssize_t }
    }
}

/// Adds a reference to an object.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
#[inline(always)]
pub unsafe fn Py_INCREF(op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { counting::incref(op) }
}

/// Releases a reference. Releasing the last one destroys the object, which may run arbitrary Python code.
///
/// # Safety
/// The thread is attached, and the caller owns a reference to `op` that it does not use again.
#[inline(always)]
pub unsafe fn Py_DECREF(op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { counting::decref(op) }
}

/// Returns the number of references, or an unspecified large number for an immortal object.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
#[cfg(not(all(Py_LIMITED_API, Py_3_14)))]
#[inline]
pub unsafe fn Py_REFCNT(op: *mut PyObject) -> Py_ssize_t {
    #[cfg(Py_GIL_DISABLED)]
    {
        use core::sync::atomic::Ordering::Relaxed;
        // SAFETY: the object is alive, and both halves are atomic.
        let (local, shared) = unsafe { ((*op).ob_ref_local.load(Relaxed), (*op).ob_ref_shared.load(Relaxed)) };
        // The shared count is above two state bits. All ones in the local half mean immortal.
        if local == u32::MAX { local as Py_ssize_t } else { local as Py_ssize_t + (shared >> 2) }
    }
    #[cfg(all(not(Py_GIL_DISABLED), not(Py_3_12)))]
    {
        // SAFETY: the object is alive.
        unsafe { (*op).ob_refcnt }
    }
    #[cfg(all(not(Py_GIL_DISABLED), Py_3_12, any(not(Py_3_14), target_pointer_width = "32")))]
    {
        // SAFETY: the object is alive, and each member of the union is an integer.
        unsafe { (*op).ob_refcnt.ob_refcnt }
    }
    #[cfg(all(not(Py_GIL_DISABLED), Py_3_14, target_pointer_width = "64"))]
    {
        // SAFETY: the object is alive. The count is the low half; the rest are flags.
        unsafe { (*op).ob_refcnt.ob_refcnt as u32 as Py_ssize_t }
    }
}
#[cfg(all(Py_LIMITED_API, Py_3_14))]
capi! { fn Py_REFCNT(ob: *mut PyObject) -> Py_ssize_t; }

/// Like `Py_INCREF`, but accepts null.
///
/// # Safety
/// As [`Py_INCREF`], or null.
#[inline]
pub unsafe fn Py_XINCREF(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: `op` is not null, and the rest is upheld by the caller.
        unsafe { Py_INCREF(op) }
    }
}

/// Like `Py_DECREF`, but accepts null.
///
/// # Safety
/// As [`Py_DECREF`], or null.
#[inline]
pub unsafe fn Py_XDECREF(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: `op` is not null, and the rest is upheld by the caller.
        unsafe { Py_DECREF(op) }
    }
}

/// Sets `*slot` to null, then releases its reference, so that code run by the destruction never sees the reference.
///
/// # Safety
/// `slot` is valid for reads and writes and holds null or an owned reference; the thread is attached.
#[inline]
pub unsafe fn Py_CLEAR(slot: *mut *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { Py_XDECREF(slot.replace(core::ptr::null_mut())) }
}

/// Adds a reference to `op` and returns it.
///
/// # Safety
/// As [`Py_INCREF`].
#[inline]
pub unsafe fn Py_NewRef(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    unsafe { Py_INCREF(op) };
    op
}

/// Like `Py_NewRef`, but accepts null.
///
/// # Safety
/// As [`Py_XINCREF`].
#[inline]
pub unsafe fn Py_XNewRef(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    unsafe { Py_XINCREF(op) };
    op
}
