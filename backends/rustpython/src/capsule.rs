//! Capsules.
//!
//! The VM runs the destructor of a capsule from `__del__`, which Python code can call while others use the pointer of
//! the capsule. So the VM does not get the destructor: a capsule with one is an object of our own, which runs it when
//! it is dropped.

use core::any::TypeId;
use core::ffi::{CStr, c_char, c_void};
use core::fmt;
use core::ptr::NonNull;

use pyo3_backend::{
    Attached, CapsuleDestructor, CapsuleDropFn, CapsuleOps, CapsuleParts, ExceptionType, Outcome, Owned, Ref, kind,
};
use rustpython_vm::builtins::{PyCapsule, PyType};
use rustpython_vm::object::{MaybeTraverse, TraverseFn, payload_offset};
use rustpython_vm::{Context, Py, PyObject, PyObjectRef, PyPayload, PyRef};

use crate::RustPython;
use crate::convert::{own_as, payload};
use crate::error::raise_message;
use crate::payload::{around, expose};
use crate::thread::{finalize, is_attached};

/// A capsule with a destructor. It starts with a capsule of the VM, which recognizes it as one.
#[repr(C)]
struct OwningCapsule {
    capsule: PyCapsule,
    destructor: CapsuleDestructor<RustPython>,
}

const _: () = assert!(payload_offset::<OwningCapsule>() == payload_offset::<PyCapsule>());

impl fmt::Debug for OwningCapsule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.capsule, f)
    }
}

impl MaybeTraverse for OwningCapsule {
    fn try_traverse(&self, _: &mut TraverseFn<'_>) {}
}

impl PyPayload for OwningCapsule {
    const PAYLOAD_TYPE_ID: TypeId = PyCapsule::PAYLOAD_TYPE_ID;

    /// Always false: it has the VM's identifier of capsules, so it cannot be told from a plain one. No code downcasts
    /// to it.
    unsafe fn validate_downcastable_from(_: &PyObject) -> bool {
        false
    }

    fn class(ctx: &Context) -> &'static Py<PyType> {
        ctx.types.capsule_type
    }
}

impl Drop for OwningCapsule {
    fn drop(&mut self) {
        if self.capsule.pointer().is_null() {
            return;
        }
        let (destructor, object) = (self.destructor, around(core::ptr::from_ref(self)).cast_mut());
        // SAFETY: the creator of the capsule passed this destructor for it, and it dies only once. The object is
        // intact, because its payload is dropped after this, and nothing else refers to it.
        finalize(|_| unsafe { destructor(object) });
    }
}

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
        let ctx = Context::genesis();
        let Some(destructor) = destructor else {
            return Ok(own_as(py, ctx.new_capsule(pointer.as_ptr(), name, None)));
        };
        let payload = OwningCapsule { capsule: PyCapsule::new(pointer.as_ptr(), name, None), destructor };
        let capsule: PyObjectRef = PyRef::new_ref(payload, ctx.types.capsule_type.to_owned(), None).into();
        expose(&capsule);
        // SAFETY: the payload starts with that of a capsule.
        Ok(own_as(py, unsafe { capsule.downcast_unchecked::<PyCapsule>() }))
    }

    fn capsule_parts<'py>(
        py: Attached<'py, Self>,
        capsule: Ref<'_, Self, kind::Capsule>,
    ) -> Outcome<'py, Self, CapsuleParts> {
        let payload = payload(capsule);
        let pointer = Self::capsule_pointer(py, capsule, payload.name())?;
        Ok(CapsuleParts { pointer, name: Self::capsule_name(py, capsule)?, context: payload.context() })
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
/// Called for a dying capsule that was made with this destructor.
unsafe extern "C" fn destroy<F: CapsuleDropFn<RustPython>>(capsule: *mut PyObject) {
    // SAFETY: the caller passes a capsule.
    let capsule: &Py<PyCapsule> = unsafe { (*capsule).downcast_unchecked_ref() };
    // Code that uses the C API may have removed the pointer.
    let pointer = capsule.pointer();
    capsule.set_pointer(core::ptr::null_mut());
    let Some(pointer) = NonNull::new(pointer).filter(|_| is_attached()) else { return };
    // SAFETY: a virtual machine is entered on this thread; a capsule dies only once.
    unsafe { F::call(Attached::assume(), pointer, capsule.context()) }
}
