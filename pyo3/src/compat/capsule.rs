//! Capsule methods up to 0.28, which do not check the name.

#![expect(unsafe_code, reason = "the caller promises what the capsule points to")]

use core::ffi::{CStr, c_void};
use core::ptr::null_mut;

use crate::Bound;
use crate::types::{PyCapsule, PyCapsuleMethods};

/// Methods that were in `PyCapsuleMethods`.
impl Bound<'_, PyCapsule> {
    /// Returns a reference to what the pointer points to.
    ///
    /// # Safety
    ///
    /// The capsule must have a pointer to a `T` that lives as long as the reference.
    #[deprecated(since = "0.27.0", note = "to be removed, see `pointer_checked()`")]
    pub unsafe fn reference<T>(&self) -> &T {
        // SAFETY: the caller promises a pointer to a live `T`.
        unsafe { &*any_pointer(self).cast() }
    }

    /// Returns the pointer, whatever the name of the capsule is, or null if there is none.
    #[deprecated(since = "0.27.0", note = "use `pointer_checked()` instead")]
    pub fn pointer(&self) -> *mut c_void {
        any_pointer(self)
    }

    /// Returns `true` if the capsule has a pointer.
    #[deprecated(since = "0.27.0", note = "use `is_valid_checked()` instead")]
    pub fn is_valid(&self) -> bool {
        with_name(self, |name| self.is_valid_checked(name)).unwrap_or(false)
    }
}

fn any_pointer(capsule: &Bound<'_, PyCapsule>) -> *mut c_void {
    let pointer = with_name(capsule, |name| capsule.pointer_checked(name).ok()).flatten();
    pointer.map_or(null_mut(), |pointer| pointer.as_ptr())
}

/// Calls `ask` with the capsule's own name. Returns `None` if the capsule is no longer valid.
fn with_name<R>(capsule: &Bound<'_, PyCapsule>, ask: impl FnOnce(Option<&CStr>) -> R) -> Option<R> {
    let name = capsule.name().ok()?;
    // SAFETY: the capsule is alive, and nothing renames it during `ask`, which only looks the pointer up.
    Some(ask(name.map(|name| unsafe { name.as_cstr() })))
}
