//! Capsules: Python objects that carry a pointer from one extension to another.

#![expect(unsafe_code, reason = "a capsule is about raw pointers, and its destructor is a C function")]

use core::ffi::{CStr, c_char, c_void};
use core::ptr::NonNull;

use crate::{Attached, Backend, BackendTypes, ErrorOps, ExceptionType, Outcome, Owned, Ref, kind, provided};

/// What runs when a capsule dies. It gets the capsule.
pub type CapsuleDestructor<B> = unsafe extern "C" fn(*mut <B as BackendTypes>::Object);

/// A destructor in neutral terms, as a zero-sized type. [`CapsuleOps::capsule_destructor`] makes a C function of it.
pub trait CapsuleDropFn<B: CapsuleOps>: 'static {
    /// Gives up what `pointer` leads to. `context` is the capsule's, null where none was set. Does not unwind.
    ///
    /// # Safety
    ///
    /// `pointer` is that of a capsule made with this destructor, and this is the only call for it.
    unsafe fn call(py: Attached<'_, B>, pointer: NonNull<c_void>, context: *mut c_void);
}

/// What is in a capsule.
#[derive(Clone, Copy, Debug)]
pub struct CapsuleParts {
    /// Where it leads.
    pub pointer: NonNull<c_void>,
    /// A C string that lives as long as the capsule, unless foreign code gives it another name.
    pub name: Option<NonNull<c_char>>,
    /// Null at first.
    pub context: *mut c_void,
}

/// Capsules.
///
/// A capsule has a pointer, which is never null; a name, which whoever wants the pointer must know; and a context,
/// another pointer that means nothing to the runtime.
pub trait CapsuleOps: ErrorOps {
    /// The C function for a destructor.
    ///
    /// Where an exception is passing through when the capsule dies, that is not disturbed.
    /// Runs Python: no.
    /// CPython, RustPython: a trampoline that reads pointer and context.
    fn capsule_destructor<F: CapsuleDropFn<Self>>() -> CapsuleDestructor<Self>;

    /// A capsule.
    ///
    /// Ownership: of the pointer with the caller until this succeeds, then with the capsule, if there is a destructor.
    /// Runs Python: no. CPython: `PyCapsule_New`. RustPython: `ctx.new_capsule`.
    ///
    /// # Safety
    ///
    /// `destructor` may be called with this capsule, on any attached thread.
    unsafe fn capsule_new<'py>(
        py: Attached<'py, Self>,
        pointer: NonNull<c_void>,
        name: Option<&'static CStr>,
        destructor: Option<CapsuleDestructor<Self>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Capsule>>;

    /// All that a capsule has.
    ///
    /// Runs Python: no. Errors: `ValueError` where the pointer was taken away.
    /// CPython: `PyCapsule_GetName`, `PyCapsule_GetPointer`, `PyCapsule_GetContext`. RustPython: `PyCapsule`.
    fn capsule_parts<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
    ) -> Outcome<'py, Self, CapsuleParts>;

    /// The pointer, for who knows the name.
    ///
    /// Runs Python: no. Errors: `ValueError` where the name is another.
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
        // SAFETY: the name of a live capsule.
        let own = parts.name.map(|own| unsafe { CStr::from_ptr(own.as_ptr()) });
        if own == name {
            return Ok(parts.pointer);
        }
        let message = "PyCapsule_GetPointer called with incorrect name";
        Err(provided::raise(py, ExceptionType::ValueError, message))
    }

    /// The name: a C string that lives as long as the capsule, unless foreign code gives it another name.
    ///
    /// Runs Python: no. Errors: `ValueError` where the pointer was taken away.
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

    /// The context, null at first.
    ///
    /// Runs Python: no. Errors: `ValueError` where the pointer was taken away.
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
    /// Runs Python: no. Errors: `ValueError` where the pointer was taken away.
    /// CPython: `PyCapsule_SetContext`. RustPython: `PyCapsule::set_context`.
    fn capsule_set_context<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
        context: *mut c_void,
    ) -> Outcome<'py, Self, ()>;

    /// Whether there is a pointer under this name.
    ///
    /// Provided. Override where it can be asked without making an exception. Runs Python: no.
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
