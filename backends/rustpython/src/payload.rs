//! Instances of Rust classes, as the VM sees them.
//!
//! The VM keeps an object's *payload* behind its header and treats it through a table made for the payload's type. Ours is
//! the contract's [`Instance`]: the native part first, then one payload for each Rust class on the way down. So an
//! instance of a class is laid out like one of its base, and starts like an object of the native base.

use core::any::TypeId;
use core::fmt;
use core::ops::ControlFlow;

use pyo3_backend::{Attached, BaseClass, Class, Derived, Instance, NativeBase, Ref};
use rustpython_vm::builtins::PyType;
use rustpython_vm::object::{MaybeTraverse, TraverseFn, payload_offset};
use rustpython_vm::{Context, Py, PyObject, PyObjectRef, PyPayload};

use crate::RustPython;
use crate::base::NativeInfo;
use crate::convert::{lend, object, payload};
use crate::layout::MAX_ALIGNMENT;
use crate::thread::{finalize, is_attached};

/// The native base at the root of a class.
pub(crate) type Root<C> = <Derived<C> as BaseClass<RustPython>>::Root;
/// Its part of an instance.
pub(crate) type NativePart<C> = <Root<C> as NativeBase<RustPython>>::Layout;

/// The payload of an instance of `C`.
#[repr(transparent)]
pub(crate) struct Payload<C: Class<RustPython>>(Instance<RustPython, C>);

// SAFETY: the neutral layer synchronises access to payloads and checks threads where a class asks for it (the contract
// says so of `Class::Payload`); the native part is a payload of the VM, which is `Send` and `Sync`.
unsafe impl<C: Class<RustPython>> Send for Payload<C> {}
// SAFETY: as above.
unsafe impl<C: Class<RustPython>> Sync for Payload<C> {}

impl<C: Class<RustPython>> Payload<C> {
    pub(crate) const INFO: NativeInfo<NativePart<C>> = <Root<C> as NativeBase<RustPython>>::INFO;

    /// Whether instances have the memory of an `object` and nothing else in front.
    pub(crate) const IS_ROOTED_IN_OBJECT: bool = Self::INFO.payload_id.is_none();

    /// An instance is used as one of its base where it stands: the base's payload must start at the same place.
    const LAYOUT: () = assert!(
        (<C::Base as BaseClass<RustPython>>::IS_NATIVE && Self::IS_ROOTED_IN_OBJECT)
            || payload_offset::<Self>() == payload_offset::<<C::Base as BaseClass<RustPython>>::Layout>(),
        "the fields of a class that extends another one need no more alignment than those of its base: put them in a Box"
    );

    /// The alignment of an instance.
    ///
    /// The VM puts what comes in front of an object (dict, weak references, members) where the alignment allows it, but looks
    /// for it right in front. Dict and weak references take two words each, so two words of alignment leave no gap.
    pub(crate) const ALIGNMENT: usize = {
        assert!(
            align_of::<Self>() <= MAX_ALIGNMENT,
            "RustPython aligns objects to two words: a class cannot hold anything that wants more"
        );
        align_of::<Self>()
    };

    pub(crate) fn new(instance: Instance<RustPython, C>) -> Self {
        const { Self::LAYOUT };
        Payload(instance)
    }

    fn native(&self) -> &NativePart<C> {
        // SAFETY: an instance starts with that of its base (`Instance` is `repr(C)`, base first), and the chain starts with the
        // native part.
        unsafe { &*core::ptr::from_ref(&self.0).cast() }
    }

    fn native_mut(&mut self) -> &mut NativePart<C> {
        // SAFETY: as above.
        unsafe { &mut *core::ptr::from_mut(&mut self.0).cast() }
    }

    /// The object around this payload.
    ///
    /// # Safety
    ///
    /// The payload is in an object, as those are that the VM shows to its collector.
    unsafe fn object(&self) -> &PyObject {
        // SAFETY: the caller's promise; `class_allocate` has exposed the object.
        unsafe { &*around(core::ptr::from_ref(self)) }
    }
}

/// Lets [`around`] find an object again.
#[inline]
pub(crate) fn expose(object: &PyObject) {
    object.as_raw().expose_provenance();
}

/// Where the object around a payload is, if it was [exposed](expose). A reference to the payload reaches no further than the
/// payload, so the way to the object is not through it.
pub(crate) fn around<P>(payload: *const P) -> *const PyObject {
    core::ptr::with_exposed_provenance(payload.addr() - payload_offset::<P>())
}

/// The instance in an object.
///
/// # Safety
///
/// `handle` is an instance of `C`, made by `class_allocate` for `C` or a class that extends it.
#[inline]
pub(crate) unsafe fn instance<'a, C: Class<RustPython>>(handle: Ref<'a, RustPython>) -> &'a Instance<RustPython, C> {
    let object = core::ptr::from_ref(object(handle));
    // SAFETY: the object has a payload of `C` or of a class that extends it. The former starts where the latter does
    // (`Payload::LAYOUT`, for each class on the way), at an offset that only depends on its alignment.
    unsafe { &*object.byte_add(payload_offset::<Payload<C>>()).cast::<Instance<RustPython, C>>() }
}

impl<C: Class<RustPython>> Drop for Payload<C> {
    fn drop(&mut self) {
        let at = &raw mut self.0;
        // The native part is dropped by the compiler, after this.
        // SAFETY: the instance is filled, and dies.
        finalize(|py| unsafe { Derived::<C>::dispose(py, at) });
    }
}

impl<C: Class<RustPython>> fmt::Debug for Payload<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").finish_non_exhaustive()
    }
}

impl<C: Class<RustPython>> MaybeTraverse for Payload<C> {
    // An instance with a `__dict__` must be tracked even where its payload has nothing to show: the VM visits the dict by
    // itself, but looks here whether to track at all.
    const HAS_TRAVERSE: bool = <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE
        || <Derived<C> as BaseClass<RustPython>>::DICT_OFFSET.is_some()
        || Self::INFO.may_traverse;
    const HAS_CLEAR: bool = <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE || Self::INFO.may_traverse;

    fn try_traverse(&self, visitor: &mut TraverseFn<'_>) {
        (Self::INFO.traverse)(self.native(), visitor);
        if <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE {
            // The VM has no way to stop a traversal half-way, and the codes mean nothing to it.
            let _ = Derived::<C>::traverse(Derived::<C>::payloads(&self.0), &mut |visited| {
                visitor(object(visited));
                ControlFlow::Continue(())
            });
        }
    }

    fn try_clear(&mut self, out: &mut Vec<PyObjectRef>) {
        (Self::INFO.clear)(self.native_mut(), out);
        // The VM also clears what it deallocates anyway; a class's own `__clear__` is for cycles.
        if <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE && is_attached() {
            // SAFETY: the VM clears payloads of objects.
            let object = unsafe { self.object() };
            if object.strong_count() != 0 {
                // SAFETY: a virtual machine is entered on this thread.
                Derived::<C>::clear(unsafe { Attached::assume() }, Some(lend(object)), Derived::<C>::payloads(&self.0));
            }
        }
    }
}

impl<C: Class<RustPython>> PyPayload for Payload<C> {
    const PAYLOAD_TYPE_ID: TypeId = match Self::INFO.payload_id {
        Some(native) => native,
        None => TypeId::of::<Self>(),
    };

    /// Instances are found by their class (`instance`), not by a cast of the VM: with a native base many payloads share one
    /// identity, and here nothing tells them apart.
    unsafe fn validate_downcastable_from(_object: &PyObject) -> bool {
        false
    }

    fn class(_ctx: &Context) -> &'static Py<PyType> {
        // SAFETY: the VM asks for the class of a payload while it runs, attached.
        let class = C::type_object(unsafe { Attached::assume() });
        // SAFETY: `class_create` makes types immortal.
        unsafe { &*core::ptr::from_ref(payload(class)) }
    }
}
