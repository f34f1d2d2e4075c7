//! Instances of Rust classes, as the VM sees them.
//!
//! The VM stores the *payload* of an object behind its header, and handles it through a table for the payload's type.
//! Our payload is the native part, and behind it the contract's [`Values`]: one payload for each Rust class, base first.
//! So an instance of a class starts like one of its base, and like an object of the native base.

use core::any::TypeId;
use core::fmt;
use core::mem::{ManuallyDrop, offset_of};
use core::ops::ControlFlow;

use pyo3_backend::{Attached, BaseClass, Class, Derived, NativeBase, Place, Ref, Values};
use rustpython_vm::builtins::PyType;
use rustpython_vm::object::{MaybeTraverse, TraverseFn, payload_offset};
use rustpython_vm::{Context, Py, PyObject, PyObjectRef, PyPayload};

use crate::RustPython;
use crate::base::NativeInfo;
use crate::convert::{lend, object, payload};
use crate::layout::MAX_ALIGNMENT;
use crate::thread::{finalize, is_attached};

/// The native base at the root of a chain of classes.
pub(crate) type Root<X> = <X as BaseClass<RustPython>>::Root;
/// The part of an instance that belongs to the native base.
pub(crate) type NativePart<X> = <Root<X> as NativeBase<RustPython>>::Part;

/// The memory of an instance behind the object's header.
#[repr(C)]
struct Contents<X: BaseClass<RustPython>> {
    native: NativePart<X>,
    values: ManuallyDrop<X::Values>,
}

impl<C: Class<RustPython>> Contents<Derived<C>> {
    /// The offset of the payload of `C`.
    const OWN: usize =
        offset_of!(Self, values) + offset_of!(Values<<C::Base as BaseClass<RustPython>>::Values, C::Payload>, own);
}

/// The payload of an instance of `C`.
#[repr(transparent)]
pub(crate) struct Payload<C: Class<RustPython>>(Contents<Derived<C>>);

// SAFETY: the neutral layer synchronizes access to payloads, and checks threads if a class requires it, as the contract
// of `Class::Payload` says. The native part is a payload of the VM, which is `Send` and `Sync`.
unsafe impl<C: Class<RustPython>> Send for Payload<C> {}
// SAFETY: as above.
unsafe impl<C: Class<RustPython>> Sync for Payload<C> {}

impl<C: Class<RustPython>> Payload<C> {
    pub(crate) const INFO: NativeInfo<NativePart<Derived<C>>> = <Root<Derived<C>> as NativeBase<RustPython>>::INFO;

    /// Whether the native base is `object`, which has no payload.
    pub(crate) const IS_ROOTED_IN_OBJECT: bool = Self::INFO.payload_id.is_none();

    /// An instance is used in place as one of its base, so all parts of the base must be at the same offsets.
    pub(crate) const LAYOUT: () = {
        let starts_alike = payload_offset::<Self>() == payload_offset::<Contents<C::Base>>();
        let values_alike = offset_of!(Contents<Derived<C>>, values) == offset_of!(Contents<C::Base>, values);
        let is_compatible = match <C::Base as BaseClass<RustPython>>::IS_NATIVE {
            true => Self::IS_ROOTED_IN_OBJECT || starts_alike,
            false => starts_alike && values_alike,
        };
        assert!(
            is_compatible,
            "the fields of a class that extends another one need no more alignment than those of its base: put them in a Box"
        );
    };

    /// The alignment of an instance.
    ///
    /// The VM places the data in front of an object (dict, weak references, members) where the alignment allows it, but
    /// looks for it directly in front. Dict and weak references take two words each, so an alignment of two words
    /// leaves no gap.
    pub(crate) const ALIGNMENT: usize = {
        assert!(
            align_of::<Self>() <= MAX_ALIGNMENT,
            "RustPython aligns objects to two words: a class cannot hold anything that wants more"
        );
        align_of::<Self>()
    };

    /// Combines the native part and the payloads.
    #[inline]
    pub(crate) fn new(native: NativePart<Derived<C>>, values: <Derived<C> as BaseClass<RustPython>>::Values) -> Self {
        const { Self::LAYOUT };
        Payload(Contents { native, values: ManuallyDrop::new(values) })
    }

    /// Returns the object around this payload.
    ///
    /// # Safety
    ///
    /// The payload is in an object, like all payloads that the VM shows to its collector.
    unsafe fn object(&self) -> &PyObject {
        // SAFETY: upheld by the caller; `class_allocate` has exposed the object.
        unsafe { &*around(core::ptr::from_ref(self)) }
    }

    /// Returns the places of the payloads, for reading.
    #[inline]
    fn place(&self) -> Memory {
        Memory(core::ptr::from_ref(self).cast_mut().cast())
    }
}

/// The memory of one instance, behind the object's header.
struct Memory(*mut u8);

impl Place<RustPython> for Memory {
    #[inline]
    fn payload<C: Class<RustPython>>(&self) -> *mut C::Payload {
        // The offset is that in an instance of `C`. `Payload::LAYOUT` checks for each class in between that it is the
        // same in this instance.
        self.0.wrapping_add(Contents::<Derived<C>>::OWN).cast()
    }
}

/// Exposes the provenance of an object, for [`around`].
#[inline]
pub(crate) fn expose(object: &PyObject) {
    object.as_raw().expose_provenance();
}

/// Returns the object around a payload, which must have been [exposed](expose). A reference to the payload may only be
/// used to access the payload, so the pointer to the object cannot be derived from it.
pub(crate) fn around<P>(payload: *const P) -> *const PyObject {
    core::ptr::with_exposed_provenance(payload.addr() - payload_offset::<P>())
}

/// Returns the payload of `C` in an object.
///
/// # Safety
///
/// `handle` is an instance of `C`, created by `class_allocate` for `C` or a class that extends it.
#[inline]
pub(crate) unsafe fn payload_of<'a, C: Class<RustPython>>(handle: Ref<'a, RustPython>) -> &'a C::Payload {
    let object = core::ptr::from_ref(object(handle));
    // SAFETY: the object has a payload of `C` or of a class that extends it. Both start at the same offset, which only
    // depends on the alignment: `Payload::LAYOUT` checks that for each class in between.
    unsafe { &*object.byte_add(payload_offset::<Payload<C>>() + Contents::<Derived<C>>::OWN).cast() }
}

impl<C: Class<RustPython>> Drop for Payload<C> {
    fn drop(&mut self) {
        let place = Memory((&raw mut self.0).cast());
        // The compiler drops the native part after this.
        // SAFETY: the instance is filled, and is being dropped.
        finalize(|py| unsafe { Derived::<C>::dispose(py, &place) });
    }
}

impl<C: Class<RustPython>> fmt::Debug for Payload<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").finish_non_exhaustive()
    }
}

impl<C: Class<RustPython>> MaybeTraverse for Payload<C> {
    // An instance with a `__dict__` must be tracked even if its payload has no references: the VM visits the dict by
    // itself, but decides by this constant whether to track at all.
    const HAS_TRAVERSE: bool = <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE
        || <Derived<C> as BaseClass<RustPython>>::HAS_DICT
        || Self::INFO.may_traverse;
    const HAS_CLEAR: bool = <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE || Self::INFO.may_traverse;

    fn try_traverse(&self, visitor: &mut TraverseFn<'_>) {
        (Self::INFO.traverse)(&self.0.native, visitor);
        if <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE {
            // SAFETY: the places in this instance, which is filled.
            let payloads = unsafe { Derived::<C>::payloads(&self.place()) };
            // The VM cannot stop a traversal early, and does not ask why it ended.
            let _ = Derived::<C>::traverse(payloads, &mut |visited| {
                visitor(object(visited));
                ControlFlow::Continue(())
            });
        }
    }

    fn try_clear(&mut self, out: &mut Vec<PyObjectRef>) {
        (Self::INFO.clear)(&mut self.0.native, out);
        // The VM also clears objects that it deallocates without a cycle. A class's own `__clear__` is for cycles only.
        if <Derived<C> as BaseClass<RustPython>>::MAY_TRAVERSE && is_attached() {
            // SAFETY: the VM clears only payloads that are in objects.
            let object = unsafe { self.object() };
            if object.strong_count() != 0 {
                // SAFETY: a virtual machine is entered on this thread. The places are those in this instance.
                let (py, payloads) = unsafe { (Attached::assume(), Derived::<C>::payloads(&self.place())) };
                Derived::<C>::clear(py, Some(lend(object)), payloads);
            }
        }
    }
}

impl<C: Class<RustPython>> PyPayload for Payload<C> {
    const PAYLOAD_TYPE_ID: TypeId = match Self::INFO.payload_id {
        Some(native) => native,
        None => TypeId::of::<Self>(),
    };

    /// Always false: `payload_of` finds instances by their class, not by a cast of the VM. With a native base, many
    /// payloads share one identifier, so a cast could not tell them apart.
    unsafe fn validate_downcastable_from(_object: &PyObject) -> bool {
        false
    }

    fn class(_ctx: &Context) -> &'static Py<PyType> {
        // SAFETY: the VM asks for the class of a payload only on attached threads.
        let class = C::type_object(unsafe { Attached::assume() });
        // SAFETY: `class_create` makes types immortal.
        unsafe { &*core::ptr::from_ref(payload(class)) }
    }
}
