//! Up to 0.28 a capsule gave its pointer to whoever asked.

#![expect(unsafe_code, reason = "what a capsule points to is a promise of the caller")]

use core::ffi::{CStr, c_void};
use core::ptr::null_mut;

use crate::Bound;
use crate::types::{PyCapsule, PyCapsuleMethods};

/// Methods that were `PyCapsuleMethods`'.
impl Bound<'_, PyCapsule> {
    /// What the pointer points to.
    ///
    /// # Safety
    ///
    /// The capsule has a pointer, and it is to a `T` that lives as long as the reference.
    #[deprecated(since = "0.27.0", note = "to be removed, see `pointer_checked()`")]
    pub unsafe fn reference<T>(&self) -> &T {
        // SAFETY: the caller's promise.
        unsafe { &*any_pointer(self).cast() }
    }

    /// The pointer, whatever the name is; null if there is none.
    #[deprecated(since = "0.27.0", note = "use `pointer_checked()` instead")]
    pub fn pointer(&self) -> *mut c_void {
        any_pointer(self)
    }

    /// Whether it has a pointer.
    #[deprecated(since = "0.27.0", note = "use `is_valid_checked()` instead")]
    pub fn is_valid(&self) -> bool {
        with_name(self, |name| self.is_valid_checked(name)).unwrap_or(false)
    }
}

fn any_pointer(capsule: &Bound<'_, PyCapsule>) -> *mut c_void {
    let pointer = with_name(capsule, |name| capsule.pointer_checked(name).ok()).flatten();
    pointer.map_or(null_mut(), |pointer| pointer.as_ptr())
}

/// Runs `ask` with the capsule's own name; `None` if it has become invalid.
fn with_name<R>(capsule: &Bound<'_, PyCapsule>, ask: impl FnOnce(Option<&CStr>) -> R) -> Option<R> {
    let name = capsule.name().ok()?;
    // SAFETY: the capsule is alive, and nobody renames it while `ask` looks it up.
    Some(ask(name.map(|name| unsafe { name.as_cstr() })))
}
