//! Capsules: Python objects that carry a pointer from one extension to another.

#![expect(unsafe_code, reason = "a capsule is about raw pointers, and its destructor is a C function")]

use core::ffi::{CStr, c_char, c_void};
use core::ptr::NonNull;

use crate::{Attached, Backend, BackendTypes, ErrorOps, ExceptionType, Outcome, Owned, Ref, kind, provided};

/// The function that is called with a capsule when the capsule dies.
pub type CapsuleDestructor<B> = unsafe extern "C" fn(*mut <B as BackendTypes>::Object);

/// A destructor for any backend, as a zero-sized type. [`CapsuleOps::capsule_destructor`] turns it into a C function.
pub trait CapsuleDropFn<B: CapsuleOps>: 'static {
    /// Frees what `pointer` points to. `context` is the capsule's context, or null if none was set. Does not unwind.
    ///
    /// # Safety
    ///
    /// `pointer` is that of a capsule made with this destructor, and this is the only call for it.
    unsafe fn call(py: Attached<'_, B>, pointer: NonNull<c_void>, context: *mut c_void);
}

/// The contents of a capsule.
#[derive(Clone, Copy, Debug)]
pub struct CapsuleParts {
    /// The pointer that the capsule carries.
    pub pointer: NonNull<c_void>,
    /// The name: a C string that lives as long as the capsule, unless foreign code renames it.
    pub name: Option<NonNull<c_char>>,
    /// The context, initially null.
    pub context: *mut c_void,
}

/// Operations on capsules.
///
/// A capsule has a pointer, which is never null; a name, which a user of the pointer must know; and a context, another
/// pointer that means nothing to the runtime.
pub trait CapsuleOps: ErrorOps {
    /// Returns the C function for a destructor.
    ///
    /// If the capsule dies while an exception is pending, the exception is not disturbed.
    ///
    /// Runs Python: no. CPython, RustPython: a trampoline that reads pointer and context.
    fn capsule_destructor<F: CapsuleDropFn<Self>>() -> CapsuleDestructor<Self>;

    /// Creates a capsule.
    ///
    /// Ownership: the caller owns the pointer until this succeeds. Then the capsule owns it, if there is a destructor.
    /// Runs Python: no. CPython: `PyCapsule_New`. RustPython: `ctx.new_capsule`.
    ///
    /// # Safety
    ///
    /// It must be sound to call `destructor` with this capsule, on any attached thread.
    unsafe fn capsule_new<'py>(
        py: Attached<'py, Self>,
        pointer: NonNull<c_void>,
        name: Option<&'static CStr>,
        destructor: Option<CapsuleDestructor<Self>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Capsule>>;

    /// Returns everything in a capsule.
    ///
    /// Runs Python: no. Errors: `ValueError` if the pointer was removed.
    /// CPython: `PyCapsule_GetName`, `PyCapsule_GetPointer`, `PyCapsule_GetContext`. RustPython: `PyCapsule`.
    fn capsule_parts<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
    ) -> Outcome<'py, Self, CapsuleParts>;

    /// Returns the pointer, if `name` is the capsule's name.
    ///
    /// Runs Python: no. Errors: `ValueError` if the capsule has another name.
    /// CPython: `PyCapsule_GetPointer`. RustPython: `PyCapsule::pointer`.
    fn capsule_pointer<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
        name: Option<&CStr>,
    ) -> Outcome<'py, Self, NonNull<c_void>>
    where
        Self: Backend,
    {
        let parts = Self::capsule_parts(py, capsule)?;
        // SAFETY: the name of a live capsule is a valid C string.
        let own = parts.name.map(|own| unsafe { CStr::from_ptr(own.as_ptr()) });
        if own == name {
            return Ok(parts.pointer);
        }
        let message = "PyCapsule_GetPointer called with incorrect name";
        Err(provided::raise(py, ExceptionType::ValueError, message))
    }

    /// Returns the name: a C string that lives as long as the capsule, unless foreign code renames it.
    ///
    /// Runs Python: no. Errors: `ValueError` if the pointer was removed.
    /// CPython: `PyCapsule_GetName`. RustPython: `PyCapsule::name`.
    fn capsule_name<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
    ) -> Outcome<'py, Self, Option<NonNull<c_char>>>
    where
        Self: Backend,
    {
        Self::capsule_parts(py, capsule).map(|parts| parts.name)
    }

    /// Returns the context, which is initially null.
    ///
    /// Runs Python: no. Errors: `ValueError` if the pointer was removed.
    /// CPython: `PyCapsule_GetContext`. RustPython: `PyCapsule::context`.
    fn capsule_context<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
    ) -> Outcome<'py, Self, *mut c_void>
    where
        Self: Backend,
    {
        Self::capsule_parts(py, capsule).map(|parts| parts.context)
    }

    /// Sets the context.
    ///
    /// Runs Python: no. Errors: `ValueError` if the pointer was removed.
    /// CPython: `PyCapsule_SetContext`. RustPython: `PyCapsule::set_context`.
    fn capsule_set_context<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
        context: *mut c_void,
    ) -> Outcome<'py, Self, ()>;

    /// Returns whether the capsule has a pointer and this name.
    ///
    /// Runs Python: no. Override if the runtime can check this without creating an exception.
    /// CPython: `PyCapsule_IsValid`. RustPython: as provided.
    fn capsule_is_valid(py: Attached<'_, Self>, capsule: Ref<'_, Self, kind::Capsule>, name: Option<&CStr>) -> bool
    where
        Self: Backend,
    {
        match Self::capsule_pointer(py, capsule, name) {
            Ok(_) => true,
            Err(raised) => {
                Self::error_discard(raised);
                false
            }
        }
    }
}
