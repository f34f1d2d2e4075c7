//! Capsules.

use core::ffi::{CStr, c_char, c_void};
use core::ptr::NonNull;

use pyo3_backend::{CapsuleDestructor, CapsuleDropFn, CapsuleOps, CapsuleParts, kind};
use pyo3_ffi as ffi;

use crate::attachment::entered_quietly;
use crate::convert::raw;
use crate::error::SavedException;
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

impl CapsuleOps for CPython {
    fn capsule_destructor<F: CapsuleDropFn<Self>>() -> CapsuleDestructor<Self> {
        destroy::<F>
    }

    unsafe fn capsule_new<'py>(
        py: At<'py>,
        pointer: NonNull<c_void>,
        name: Option<&'static CStr>,
        destructor: Option<CapsuleDestructor<Self>>,
    ) -> Outcome<'py, Owned<'py, kind::Capsule>> {
        owned!(py, unsafe ffi::PyCapsule_New(pointer.as_ptr(), text(name), destructor))
    }

    fn capsule_parts<'py>(py: At<'py>, capsule: Ref<'_, kind::Capsule>) -> Outcome<'py, CapsuleParts> {
        let name = Self::capsule_name(py, capsule)?;
        // SAFETY: a capsule, queried under its own name. Its pointer is never null: null means that an exception is
        // set.
        let pointer = unsafe {
            let pointer = ffi::PyCapsule_GetPointer(raw(capsule), name.map_or(core::ptr::null(), |name| name.as_ptr()));
            NonNull::new(pointer).ok_or_else(|| Raised::assume(py))?
        };
        Ok(CapsuleParts { pointer, name, context: Self::capsule_context(py, capsule)? })
    }

    fn capsule_pointer<'py>(
        py: At<'py>,
        capsule: Ref<'_, kind::Capsule>,
        name: Option<&CStr>,
    ) -> Outcome<'py, NonNull<c_void>> {
        // SAFETY: a capsule, and a C string or null. Its pointer is never null: null means that an exception is set.
        unsafe { NonNull::new(ffi::PyCapsule_GetPointer(raw(capsule), text(name))).ok_or_else(|| Raised::assume(py)) }
    }

    fn capsule_name<'py>(py: At<'py>, capsule: Ref<'_, kind::Capsule>) -> Outcome<'py, Option<NonNull<c_char>>> {
        // SAFETY: a capsule.
        match NonNull::new(unsafe { ffi::PyCapsule_GetName(raw(capsule)) }.cast_mut()) {
            None => Raised::pending(py).map_or(Ok(None), Err),
            name => Ok(name),
        }
    }

    fn capsule_context<'py>(py: At<'py>, capsule: Ref<'_, kind::Capsule>) -> Outcome<'py, *mut c_void> {
        // SAFETY: a capsule.
        let context = unsafe { ffi::PyCapsule_GetContext(raw(capsule)) };
        match context.is_null() {
            true => Raised::pending(py).map_or(Ok(context), Err),
            false => Ok(context),
        }
    }

    fn capsule_set_context<'py>(
        py: At<'py>,
        capsule: Ref<'_, kind::Capsule>,
        context: *mut c_void,
    ) -> Outcome<'py, ()> {
        set_context(py, capsule, context)
    }

    fn capsule_is_valid(_py: At<'_>, capsule: Ref<'_, kind::Capsule>, name: Option<&CStr>) -> bool {
        // SAFETY: a capsule, and a C string or null. The call sets no exception.
        unsafe { ffi::PyCapsule_IsValid(raw(capsule), text(name)) != 0 }
    }
}

/// Sets the context, a pointer that CPython does not follow.
fn set_context<'py>(py: At<'py>, capsule: Ref<'_, kind::Capsule>, context: *mut c_void) -> Outcome<'py, ()> {
    status!(py, unsafe ffi::PyCapsule_SetContext(raw(capsule), context))
}

fn text(name: Option<&CStr>) -> *const c_char {
    name.map_or(core::ptr::null(), CStr::as_ptr)
}

/// The destructor of a capsule.
///
/// # Safety
///
/// CPython calls this for a dying capsule that was made with this destructor.
unsafe extern "C" fn destroy<F: CapsuleDropFn<CPython>>(capsule: *mut ffi::PyObject) {
    // SAFETY: upheld by the caller. The pointer is read under the capsule's current name, whatever that is.
    unsafe {
        entered_quietly(|py| {
            let _exception = SavedException::new(py);
            let pointer = ffi::PyCapsule_GetPointer(capsule, ffi::PyCapsule_GetName(capsule));
            let context = ffi::PyCapsule_GetContext(capsule);
            match NonNull::new(pointer) {
                Some(pointer) => F::call(py, pointer, context),
                // Unreachable: CPython calls destructors of valid capsules only.
                None => ffi::PyErr_Clear(),
            }
        });
    }
}
