//! A class with its bases: the chain from a Rust class down to the native type at its root.
//!
//! Where the payloads of an instance are is the backend's choice. A backend that needs a type for them can keep
//! [`Values`] in its memory. One that computes offsets reads [`Link`]s. In either case a [`Place`] tells this module where
//! the payloads of one instance are.

#![expect(unsafe_code, reason = "payloads are filled and emptied in place, in memory that the runtime owns")]

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::ControlFlow;

use crate::{Attached, Class, ClassOps, Ref, Stop, Visit, kind};

/// A class that can be extended.
pub trait BaseClass<B: ClassOps>: 'static {
    /// The native type at the root of the chain.
    type Root: NativeBase<B>;

    /// The payload of every Rust class in the chain, from which a new instance is filled: [`Values`], or `()` for a
    /// native type.
    type Values: 'static;

    /// The payloads in an instance.
    type Payloads<'a>: Copy;

    /// Whether this is a native type, where the chain ends.
    const IS_NATIVE: bool;

    /// Whether any class in the chain may traverse.
    const MAY_TRAVERSE: bool;

    /// Whether [`dispose`](Self::dispose) may do anything for any class in the chain.
    const MAY_DISPOSE: bool;

    /// Whether a Rust class in the chain adds a `__dict__`.
    const HAS_DICT: bool;

    /// Whether a Rust class in the chain adds weak references.
    const HAS_WEAKREFS: bool;

    /// The Rust classes in the chain, this one first. `None` for a native type.
    const LINK: Option<&'static Link>;

    /// Returns the type object.
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// Returns the type object of the native type at the root of the chain.
    fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// Moves the values to the places of the payloads in a new instance.
    ///
    /// # Safety
    ///
    /// The places are those of an instance of this class. They are writable, aligned and unused.
    unsafe fn fill(place: &impl Place<B>, values: Self::Values);

    /// Drops all payloads of a dying instance, that of the most derived class first.
    ///
    /// # Safety
    ///
    /// The places are those of an instance of this class, filled or zeroed. Its payloads are not used again.
    unsafe fn dispose(py: Attached<'_, B>, place: &impl Place<B>);

    /// Returns the payloads of an instance.
    ///
    /// # Safety
    ///
    /// The places are those of an instance of this class, filled or zeroed, and remain so for `'a`.
    unsafe fn payloads<'a>(place: &impl Place<B>) -> Self::Payloads<'a>;

    /// Visits the references in all payloads.
    fn traverse(payloads: Self::Payloads<'_>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop>;

    /// Calls [`Class::clear`] for all payloads.
    fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Self::Payloads<'a>);
}

/// The places of the payloads in one instance, which the backend knows.
pub trait Place<B: ClassOps> {
    /// Returns the place of the payload of `C`, which is the class of the instance or one that it extends.
    fn payload<C: Class<B>>(&self) -> *mut C::Payload;
}

/// The payloads for an instance of a Rust class, base first. A backend may use this as the memory of an instance:
/// values of a class start with those of its base.
#[repr(C)]
pub struct Values<Base, Own> {
    /// The payloads of the base; `()` for a native type.
    pub base: Base,
    /// The payload of the class itself.
    pub own: Own,
}

impl<Base, Own> Values<Base, Own> {
    /// Combines the payload of a class with those of its base.
    #[inline]
    pub const fn new(own: Own, base: Base) -> Self {
        Values { base, own }
    }
}

/// What a Rust class adds to an instance of its base, for a backend that computes where to store it.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The size of the payload.
    pub size: usize,
    /// The alignment of the payload.
    pub align: usize,
    /// Whether the class gives instances a `__dict__`.
    pub has_dict: bool,
    /// Whether the class allows weak references to instances.
    pub has_weakrefs: bool,
    /// The same for the base, if that is a Rust class.
    pub base: Option<&'static Link>,
}

/// The payloads of an instance: that of the class and those of its bases, wherever the backend stores them.
pub struct Payloads<'a, B: ClassOps, C: Class<B>> {
    /// The payload of `C`.
    pub own: &'a C::Payload,
    /// The payloads of the base; `()` for a native type.
    pub base: <C::Base as BaseClass<B>>::Payloads<'a>,
}

impl<B: ClassOps, C: Class<B>> Clone for Payloads<'_, B, C> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: ClassOps, C: Class<B>> Copy for Payloads<'_, B, C> {}

/// What a backend knows of a native base. The backend implements it for the [kinds](kind) that can be extended.
///
/// [`kind::Any`] stands for `object`.
pub trait NativeBase<B: ClassOps>: 'static {
    /// A type of the backend's choice for the native part of an instance. CPython: none, hence `()`. RustPython: the
    /// VM's payload.
    type Part: 'static;

    /// How the runtime creates and handles it.
    const INFO: B::NativeInfo<Self::Part>;
}

/// The type object of a native base. The frontend implements this.
pub trait NativeType<B: ClassOps>: 'static {
    /// Returns the type object, borrowed: it lives as long as the runtime.
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;
}

/// A native type as a base: `T` gives the type object, `N` what the backend knows of it.
pub struct Native<N, T>(PhantomData<fn() -> (N, T)>);

impl<B: ClassOps, N: NativeBase<B>, T: NativeType<B>> BaseClass<B> for Native<N, T> {
    type Root = N;
    type Values = ();
    type Payloads<'a> = ();
    const IS_NATIVE: bool = true;
    const MAY_TRAVERSE: bool = false;
    const MAY_DISPOSE: bool = false;
    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = false;
    const LINK: Option<&'static Link> = None;

    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        T::type_object(py)
    }

    fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        T::type_object(py)
    }

    #[inline]
    unsafe fn fill(_place: &impl Place<B>, (): ()) {}

    #[inline]
    unsafe fn dispose(_py: Attached<'_, B>, _place: &impl Place<B>) {}

    #[inline]
    unsafe fn payloads<'a>(_place: &impl Place<B>) -> Self::Payloads<'a> {}

    #[inline]
    fn traverse((): (), _visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
        ControlFlow::Continue(())
    }

    #[inline]
    fn clear<'a>(_py: Attached<'_, B>, _object: Option<Ref<'a, B>>, (): ()) {}
}

/// A Rust class as a base.
pub struct Derived<C>(PhantomData<fn() -> C>);

impl<B: ClassOps, C: Class<B>> BaseClass<B> for Derived<C> {
    type Root = <C::Base as BaseClass<B>>::Root;
    type Values = Values<<C::Base as BaseClass<B>>::Values, C::Payload>;
    type Payloads<'a> = Payloads<'a, B, C>;
    const IS_NATIVE: bool = false;
    const MAY_TRAVERSE: bool = C::MAY_TRAVERSE || <C::Base as BaseClass<B>>::MAY_TRAVERSE;
    const MAY_DISPOSE: bool = C::MAY_DISPOSE || <C::Base as BaseClass<B>>::MAY_DISPOSE;
    const HAS_DICT: bool = C::HAS_DICT || <C::Base as BaseClass<B>>::HAS_DICT;
    const HAS_WEAKREFS: bool = C::HAS_WEAKREFS || <C::Base as BaseClass<B>>::HAS_WEAKREFS;
    const LINK: Option<&'static Link> = Some(
        const {
            &Link {
                size: size_of::<C::Payload>(),
                align: align_of::<C::Payload>(),
                has_dict: C::HAS_DICT,
                has_weakrefs: C::HAS_WEAKREFS,
                base: <C::Base as BaseClass<B>>::LINK,
            }
        },
    );

    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        C::type_object(py)
    }

    fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        C::Base::root_type_object(py)
    }

    #[inline]
    unsafe fn fill(place: &impl Place<B>, Values { base, own }: Self::Values) {
        // SAFETY: as the caller promises, for `C` and for the classes that it extends.
        unsafe {
            C::Base::fill(place, base);
            place.payload::<C>().write(own);
        }
    }

    #[inline]
    unsafe fn dispose(py: Attached<'_, B>, place: &impl Place<B>) {
        // SAFETY: as the caller promises. `ManuallyDrop` is transparent.
        unsafe {
            C::dispose(py, &mut *place.payload::<C>().cast::<ManuallyDrop<C::Payload>>());
            C::Base::dispose(py, place);
        }
    }

    #[inline]
    unsafe fn payloads<'a>(place: &impl Place<B>) -> Payloads<'a, B, C> {
        // SAFETY: as the caller promises.
        unsafe { Payloads { own: &*place.payload::<C>(), base: C::Base::payloads(place) } }
    }

    #[inline]
    fn traverse(payloads: Payloads<'_, B, C>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
        C::Base::traverse(payloads.base, visit)?;
        C::traverse(payloads, visit)
    }

    #[inline]
    fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Payloads<'a, B, C>) {
        C::clear(py, object, payloads);
        C::Base::clear(py, object, payloads.base);
    }
}
