//! Capsules.

use core::ffi::{CStr, c_char, c_void};
use core::ptr::NonNull;

use pyo3_backend::{Attached, CapsuleDestructor, CapsuleDropFn, CapsuleOps, ExceptionType, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::PyCapsule;
use rustpython_vm::{Py, PyObject};

use crate::RustPython;
use crate::convert::{own_as, payload};
use crate::error::raise_message;
use crate::thread::is_attached;
use crate::vm::vm;

impl CapsuleOps for RustPython {
    fn capsule_destructor<F: CapsuleDropFn<Self>>() -> CapsuleDestructor<Self> {
        destroy::<F>
    }

    unsafe fn capsule_new<'py>(
        py: Attached<'py, Self>,
        pointer: NonNull<c_void>,
        name: Option<&'static CStr>,
        destructor: Option<CapsuleDestructor<Self>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Capsule>> {
        Ok(own_as(py, vm(py).ctx.new_capsule(pointer.as_ptr(), name, destructor)))
    }

    fn capsule_pointer<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
        name: Option<&CStr>,
    ) -> Outcome<'py, Self, NonNull<c_void>> {
        let capsule = payload(capsule);
        match NonNull::new(capsule.pointer()) {
            None => Err(raise_message(
                py,
                ExceptionType::ValueError,
                "PyCapsule_GetPointer called with invalid PyCapsule object",
            )),
            Some(_) if capsule.name() != name => {
                Err(raise_message(py, ExceptionType::ValueError, "PyCapsule_GetPointer called with incorrect name"))
            }
            Some(pointer) => Ok(pointer),
        }
    }

    fn capsule_name<'py>(
        _py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
    ) -> Outcome<'py, Self, Option<NonNull<c_char>>> {
        Ok(payload(capsule).name().map(|name| NonNull::from(name).cast()))
    }

    fn capsule_context<'py>(
        _py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
    ) -> Outcome<'py, Self, *mut c_void> {
        Ok(payload(capsule).context())
    }

    fn capsule_set_context<'py>(
        _py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
        context: *mut c_void,
    ) -> Outcome<'py, Self, ()> {
        payload(capsule).set_context(context);
        Ok(())
    }
}

/// The destructor of a capsule.
///
/// # Safety
///
/// Called by the VM for a capsule that was made with it and that dies.
unsafe extern "C" fn destroy<F: CapsuleDropFn<RustPython>>(capsule: *mut PyObject) {
    // SAFETY: the VM hands over the object, which is a capsule.
    let capsule: &Py<PyCapsule> = unsafe { (*capsule).downcast_unchecked_ref() };
    // The VM shows destructors to Python as `__del__`, and calls none where the pointer is gone.
    let pointer = capsule.pointer();
    capsule.set_pointer(core::ptr::null_mut());
    let Some(pointer) = NonNull::new(pointer).filter(|_| is_attached()) else { return };
    // SAFETY: a virtual machine is entered on this thread; the pointer was just taken away, so that no second call gets it.
    unsafe { F::call(Attached::assume(), pointer, capsule.context()) }
}
