//! Adapters that present a decorator's functions, classes and modules to the inner backend.
//!
//! This is a macro, because the compiler must know for each decorator that its objects, exceptions and entries are
//! those of the inner backend, and no bound on a type parameter can express that for all of them.

use std::ptr::NonNull;

use pyo3_backend::{Attached, BackendTypes, Kind, Outcome};

/// Hooks of a decorator for objects and calls that cross it. By default they do nothing.
pub(crate) trait Watch: BackendTypes {
    /// A borrowed reference of kind `K` crosses, in either direction.
    #[inline(always)]
    fn crosses<K: Kind>(_object: NonNull<Self::Object>) {}

    /// An owned reference of kind `K` goes in: the user of the decorator hands it over.
    #[inline(always)]
    fn goes_in<K: Kind>(_object: NonNull<Self::Object>) {}

    /// An owned reference of kind `K` comes out: the user of the decorator owns it from now on.
    #[inline(always)]
    fn comes_out<K: Kind>(_object: NonNull<Self::Object>) {}

    /// Python calls Rust: `call` is a function, a slot, or the body of a module.
    #[inline(always)]
    fn called<'py, T>(
        _py: Attached<'py, Self>,
        _what: &'static str,
        call: impl FnOnce() -> Outcome<'py, Self, T>,
    ) -> Outcome<'py, Self, T> {
        call()
    }

    /// The runtime calls Rust on its own initiative: `call` drops something, or breaks a cycle.
    #[inline(always)]
    fn told<R>(_what: &'static str, call: impl FnOnce() -> R) -> R {
        call()
    }

    /// The collector visits the objects to which an object refers.
    #[inline(always)]
    fn traversed<R>(call: impl FnOnce() -> R) -> R {
        call()
    }
}

/// Defines the adapters of `$decorator`, in a module of their own.
macro_rules! adapters {
    ($decorator:ident) => {
        use std::ffi::{c_int, c_void};
        use std::marker::PhantomData;
        use std::mem::ManuallyDrop;
        use std::ops::ControlFlow;
        use std::ptr::NonNull;
        use std::sync::OnceLock;

        use pyo3_backend::{
            Arguments, Attached, Backend, BaseClass, BinaryFn, BoolFn, CapsuleDropFn, Class, ClassOps, CompareFn,
            CompareOp, ContainsFn, ContextEvent, ContextWatcher, DefinedFunction, DescriptorGetFn, FreeList, Function,
            FunctionDef, GetBufferFn, HashFn, KeywordName, Kind, LenFn, Link, Member, Module, ModuleDef, NativeBase,
            NextFn, Outcome, Owned, Payloads, Place, Ref, ReleaseBufferFn, RepeatFn, SetFn, Special, Stop, TernaryFn,
            UnaryFn, Visit, kind,
        };

        use super::$decorator;
        use crate::adapt::Watch;

        /// Conversion from a decorator to the inner backend.
        pub(super) trait Inner {
            /// The corresponding type of the inner backend.
            type Of;

            fn inner(self) -> Self::Of;
        }

        impl<'py, B: Backend> Inner for Attached<'py, $decorator<B>> {
            type Of = Attached<'py, B>;

            #[inline(always)]
            fn inner(self) -> Attached<'py, B> {
                // SAFETY: a thread attached to the decorator is attached to the inner backend.
                unsafe { Attached::assume() }
            }
        }

        impl<'a, B: Backend, K: Kind> Inner for Ref<'a, $decorator<B>, K> {
            type Of = Ref<'a, B, K>;

            #[inline(always)]
            fn inner(self) -> Ref<'a, B, K> {
                $decorator::<B>::crosses::<K>(self.as_ptr());
                // SAFETY: the decorator is a view of the inner backend.
                unsafe { self.assume_backend() }
            }
        }

        impl<'py, B: Backend, K: Kind> Inner for Owned<'py, $decorator<B>, K> {
            type Of = Owned<'py, B, K>;

            #[inline(always)]
            fn inner(self) -> Owned<'py, B, K> {
                $decorator::<B>::goes_in::<K>(self.as_ptr());
                // SAFETY: as above.
                unsafe { self.assume_backend() }
            }
        }

        impl<T: Inner> Inner for Option<T> {
            type Of = Option<T::Of>;

            #[inline(always)]
            fn inner(self) -> Option<T::Of> {
                self.map(Inner::inner)
            }
        }

        /// Conversion from the inner backend to a decorator.
        pub(super) trait Outer {
            /// The corresponding type of the decorator.
            type Of;

            fn outer(self) -> Self::Of;
        }

        impl<'py, B: Backend> Outer for Attached<'py, B> {
            type Of = Attached<'py, $decorator<B>>;

            #[inline(always)]
            fn outer(self) -> Self::Of {
                // SAFETY: a thread attached to the inner backend is attached to the decorator.
                unsafe { Attached::assume() }
            }
        }

        impl<'a, B: Backend, K: Kind> Outer for Ref<'a, B, K> {
            type Of = Ref<'a, $decorator<B>, K>;

            #[inline(always)]
            fn outer(self) -> Self::Of {
                $decorator::<B>::crosses::<K>(self.as_ptr());
                // SAFETY: the decorator is a view of the inner backend.
                unsafe { self.assume_backend() }
            }
        }

        impl<'py, B: Backend, K: Kind> Outer for Owned<'py, B, K> {
            type Of = Owned<'py, $decorator<B>, K>;

            #[inline(always)]
            fn outer(self) -> Self::Of {
                $decorator::<B>::comes_out::<K>(self.as_ptr());
                // SAFETY: as above.
                unsafe { self.assume_backend() }
            }
        }

        impl<T: Outer> Outer for Option<T> {
            type Of = Option<T::Of>;

            #[inline(always)]
            fn outer(self) -> Self::Of {
                self.map(Outer::outer)
            }
        }

        impl<T: Outer, E> Outer for Result<T, E> {
            type Of = Result<T::Of, E>;

            #[inline(always)]
            fn outer(self) -> Self::Of {
                self.map(Outer::outer)
            }
        }

        /// Presents `F`, which was written for the decorator `D`, to the inner backend.
        pub(super) struct Adapted<D, F>(PhantomData<fn() -> (D, F)>);

        impl<B: Backend, F: Function<$decorator<B>>> Function<B> for Adapted<$decorator<B>, F> {
            const TAKES_MODULE: bool = F::TAKES_MODULE;
            const NO_ARGUMENTS: bool = F::NO_ARGUMENTS;

            fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
                py: Attached<'py, B>,
                receiver: Option<Ref<'a, B>>,
                arguments: A,
            ) -> Outcome<'py, B, Owned<'py, B>> {
                $decorator::called(py.outer(), "Function", || {
                    F::call(py.outer(), receiver.outer(), OuterArguments::new(arguments)).map(Inner::inner)
                })
            }
        }

        impl<B: Backend, F: DefinedFunction<$decorator<B>>> DefinedFunction<B> for Adapted<$decorator<B>, F> {
            const DEF: &'static FunctionDef = F::DEF;

            fn state() -> &'static OnceLock<B::FunctionState> {
                F::state()
            }
        }

        impl<B: Backend, F: UnaryFn<$decorator<B>>> UnaryFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>) -> Outcome<'py, B, Owned<'py, B>> {
                $decorator::called(py.outer(), "UnaryFn", || F::call(py.outer(), receiver.outer()).map(Inner::inner))
            }
        }

        impl<B: Backend, F: NextFn<$decorator<B>>> NextFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>) -> Outcome<'py, B, Option<Owned<'py, B>>> {
                $decorator::called(py.outer(), "NextFn", || F::call(py.outer(), receiver.outer()).map(Inner::inner))
            }
        }

        impl<B: Backend, F: LenFn<$decorator<B>>> LenFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>) -> Outcome<'py, B, usize> {
                $decorator::called(py.outer(), "LenFn", || F::call(py.outer(), receiver.outer()))
            }
        }

        impl<B: Backend, F: HashFn<$decorator<B>>> HashFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>) -> Outcome<'py, B, isize> {
                $decorator::called(py.outer(), "HashFn", || F::call(py.outer(), receiver.outer()))
            }
        }

        impl<B: Backend, F: BoolFn<$decorator<B>>> BoolFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>) -> Outcome<'py, B, bool> {
                $decorator::called(py.outer(), "BoolFn", || F::call(py.outer(), receiver.outer()))
            }
        }

        impl<B: Backend, F: ContainsFn<$decorator<B>>> ContainsFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                receiver: Ref<'a, B>,
                value: Ref<'a, B>,
            ) -> Outcome<'py, B, bool> {
                $decorator::called(py.outer(), "ContainsFn", || F::call(py.outer(), receiver.outer(), value.outer()))
            }
        }

        impl<B: Backend, F: BinaryFn<$decorator<B>>> BinaryFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                left: Ref<'a, B>,
                right: Ref<'a, B>,
            ) -> Outcome<'py, B, Owned<'py, B>> {
                $decorator::called(py.outer(), "BinaryFn", || {
                    F::call(py.outer(), left.outer(), right.outer()).map(Inner::inner)
                })
            }
        }

        impl<B: Backend, F: RepeatFn<$decorator<B>>> RepeatFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                receiver: Ref<'a, B>,
                count: isize,
            ) -> Outcome<'py, B, Owned<'py, B>> {
                $decorator::called(py.outer(), "RepeatFn", || {
                    F::call(py.outer(), receiver.outer(), count).map(Inner::inner)
                })
            }
        }

        impl<B: Backend, F: TernaryFn<$decorator<B>>> TernaryFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                left: Ref<'a, B>,
                right: Ref<'a, B>,
                third: Ref<'a, B>,
            ) -> Outcome<'py, B, Owned<'py, B>> {
                $decorator::called(py.outer(), "TernaryFn", || {
                    F::call(py.outer(), left.outer(), right.outer(), third.outer()).map(Inner::inner)
                })
            }
        }

        impl<B: Backend, F: CompareFn<$decorator<B>>> CompareFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                receiver: Ref<'a, B>,
                other: Ref<'a, B>,
                op: CompareOp,
            ) -> Outcome<'py, B, Owned<'py, B>> {
                $decorator::called(py.outer(), "CompareFn", || {
                    F::call(py.outer(), receiver.outer(), other.outer(), op).map(Inner::inner)
                })
            }
        }

        impl<B: Backend, F: SetFn<$decorator<B>>> SetFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                receiver: Ref<'a, B>,
                key: Ref<'a, B>,
                value: Option<Ref<'a, B>>,
            ) -> Outcome<'py, B, ()> {
                $decorator::called(py.outer(), "SetFn", || {
                    F::call(py.outer(), receiver.outer(), key.outer(), value.outer())
                })
            }
        }

        impl<B: Backend, F: DescriptorGetFn<$decorator<B>>> DescriptorGetFn<B> for Adapted<$decorator<B>, F> {
            fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                receiver: Ref<'a, B>,
                instance: Option<Ref<'a, B>>,
                owner: Option<Ref<'a, B>>,
            ) -> Outcome<'py, B, Owned<'py, B>> {
                $decorator::called(py.outer(), "DescriptorGetFn", || {
                    F::call(py.outer(), receiver.outer(), instance.outer(), owner.outer()).map(Inner::inner)
                })
            }
        }

        impl<B: Backend, F: CapsuleDropFn<$decorator<B>>> CapsuleDropFn<B> for Adapted<$decorator<B>, F> {
            unsafe fn call(py: Attached<'_, B>, pointer: NonNull<c_void>, context: *mut c_void) {
                $decorator::<B>::told("CapsuleDropFn", || {
                    // SAFETY: as the caller promises.
                    unsafe { F::call(py.outer(), pointer, context) }
                })
            }
        }

        impl<B: Backend, W: ContextWatcher<$decorator<B>>> ContextWatcher<B> for Adapted<$decorator<B>, W> {
            fn call<'a, 'py: 'a>(py: Attached<'py, B>, event: ContextEvent<'a, B>) -> Outcome<'py, B, ()> {
                let event = match event {
                    ContextEvent::Switched(context) => ContextEvent::Switched(context.outer()),
                    ContextEvent::Other(number, object) => ContextEvent::Other(number, object.outer()),
                };
                $decorator::called(py.outer(), "ContextWatcher", || W::call(py.outer(), event))
            }
        }

        impl<B: Backend, F: GetBufferFn<$decorator<B>>> GetBufferFn<B> for Adapted<$decorator<B>, F> {
            unsafe fn call<'a, 'py: 'a>(
                py: Attached<'py, B>,
                receiver: Ref<'a, B>,
                view: *mut c_void,
                flags: c_int,
            ) -> Outcome<'py, B, ()> {
                $decorator::called(py.outer(), "GetBufferFn", || {
                    // SAFETY: as the caller promises.
                    unsafe { F::call(py.outer(), receiver.outer(), view, flags) }
                })
            }
        }

        impl<B: Backend, F: ReleaseBufferFn<$decorator<B>>> ReleaseBufferFn<B> for Adapted<$decorator<B>, F> {
            const PRESENT: bool = F::PRESENT;

            unsafe fn call<'a, 'py: 'a>(py: Attached<'py, B>, receiver: Ref<'a, B>, view: *mut c_void) {
                $decorator::<B>::told("ReleaseBufferFn", || {
                    // SAFETY: as the caller promises.
                    unsafe { F::call(py.outer(), receiver.outer(), view) }
                })
            }
        }

        impl<B: Backend, M: Module<$decorator<B>>> Module<B> for Adapted<$decorator<B>, M> {
            fn def() -> &'static ModuleDef<B::ModuleState> {
                M::def()
            }

            fn exec<'py>(py: Attached<'py, B>, module: Ref<'_, B, kind::Module>) -> Outcome<'py, B, ()> {
                $decorator::called(py.outer(), "Module", || M::exec(py.outer(), module.outer()))
            }
        }

        /// Arguments from the inner backend, for a function of the decorator `D`.
        pub(super) struct OuterArguments<D, A>(A, PhantomData<fn() -> D>);

        impl<D, A> OuterArguments<D, A> {
            fn new(arguments: A) -> Self {
                OuterArguments(arguments, PhantomData)
            }
        }

        impl<D, A: Copy> Clone for OuterArguments<D, A> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<D, A: Copy> Copy for OuterArguments<D, A> {}

        impl<'a, B: Backend, A: Arguments<'a, B>> Arguments<'a, $decorator<B>> for OuterArguments<$decorator<B>, A> {
            type Name = OuterName<$decorator<B>, A::Name>;

            #[inline]
            fn positional(self) -> &'a [Ref<'a, $decorator<B>>] {
                let given = self.0.positional();
                // SAFETY: the handles of both are transparent over the same pointer.
                unsafe { std::slice::from_raw_parts(given.as_ptr().cast(), given.len()) }
            }

            #[inline]
            fn keyword_count(self) -> usize {
                self.0.keyword_count()
            }

            fn each_keyword<E>(
                self,
                py: Attached<'_, $decorator<B>>,
                mut visit: impl FnMut(&Self::Name, Ref<'a, $decorator<B>>) -> Result<(), E>,
            ) -> Result<(), E> {
                self.0.each_keyword(py.inner(), |name, value| visit(OuterName::of(name), value.outer()))
            }
        }

        /// The name of a keyword argument.
        #[repr(transparent)]
        pub(super) struct OuterName<D, N: ?Sized>(PhantomData<fn() -> D>, N);

        impl<D, N> OuterName<D, N> {
            fn of(name: &N) -> &Self {
                // SAFETY: `OuterName` is transparent over the name.
                unsafe { &*std::ptr::from_ref(name).cast() }
            }
        }

        impl<B: Backend, N: KeywordName<B>> KeywordName<$decorator<B>> for OuterName<$decorator<B>, N> {
            fn text(&self, py: Attached<'_, $decorator<B>>) -> Option<&str> {
                self.1.text(py.inner())
            }

            fn to_object<'py>(&self, py: Attached<'py, $decorator<B>>) -> Owned<'py, $decorator<B>, kind::Str> {
                self.1.to_object(py.inner()).outer()
            }
        }

        /// Presents the class `C`, which was written for the decorator `D`, to the inner backend. Both have the same
        /// layout.
        pub(super) struct AdaptedClass<D, C>(PhantomData<fn() -> (D, C)>);

        impl<B: Backend, C: Class<$decorator<B>>> Class<B> for AdaptedClass<$decorator<B>, C> {
            type Base = AdaptedBase<$decorator<B>, C::Base>;
            type Payload = C::Payload;

            const HAS_DICT: bool = C::HAS_DICT;
            const HAS_WEAKREFS: bool = C::HAS_WEAKREFS;
            const MAY_TRAVERSE: bool = C::MAY_TRAVERSE;
            const MAY_DISPOSE: bool = C::MAY_DISPOSE;
            const FREE_LIST: Option<&'static FreeList> = C::FREE_LIST;

            fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
                C::type_object(py.outer()).inner()
            }

            fn traverse(payloads: Payloads<'_, B, Self>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
                let payloads = Payloads { own: payloads.own, base: payloads.base };
                $decorator::<B>::traversed(|| C::traverse(payloads, &mut |object| visit(object.inner())))
            }

            fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Payloads<'a, B, Self>) {
                $decorator::<B>::told("Class::clear", || {
                    C::clear(py.outer(), object.outer(), Payloads { own: payloads.own, base: payloads.base });
                });
            }

            unsafe fn dispose(py: Attached<'_, B>, payload: &mut ManuallyDrop<C::Payload>) {
                $decorator::<B>::told("Class::dispose", || {
                    // SAFETY: as the caller promises.
                    unsafe { C::dispose(py.outer(), payload) }
                });
            }
        }

        /// Presents the base of a class of the decorator `D` to the inner backend.
        pub(super) struct AdaptedBase<D, X>(PhantomData<fn() -> (D, X)>);

        impl<B: Backend, X: BaseClass<$decorator<B>>> BaseClass<B> for AdaptedBase<$decorator<B>, X> {
            type Root = AdaptedRoot<$decorator<B>, X::Root>;
            type Values = X::Values;
            type Payloads<'a> = X::Payloads<'a>;

            const IS_NATIVE: bool = X::IS_NATIVE;
            const MAY_TRAVERSE: bool = X::MAY_TRAVERSE;
            const MAY_DISPOSE: bool = X::MAY_DISPOSE;
            const HAS_DICT: bool = X::HAS_DICT;
            const HAS_WEAKREFS: bool = X::HAS_WEAKREFS;
            const LINK: Option<&'static Link> = X::LINK;

            fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
                X::type_object(py.outer()).inner()
            }

            fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
                X::root_type_object(py.outer()).inner()
            }

            #[inline]
            unsafe fn fill(place: &impl Place<B>, values: X::Values) {
                // SAFETY: as the caller promises.
                unsafe { X::fill(&OuterPlace::new(place), values) }
            }

            unsafe fn dispose(py: Attached<'_, B>, place: &impl Place<B>) {
                $decorator::<B>::told("Class::dispose", || {
                    // SAFETY: as the caller promises.
                    unsafe { X::dispose(py.outer(), &OuterPlace::new(place)) }
                });
            }

            #[inline]
            unsafe fn payloads<'a>(place: &impl Place<B>) -> X::Payloads<'a> {
                // SAFETY: as the caller promises.
                unsafe { X::payloads(&OuterPlace::new(place)) }
            }

            fn traverse(payloads: X::Payloads<'_>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
                $decorator::<B>::traversed(|| X::traverse(payloads, &mut |object| visit(object.inner())))
            }

            fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: X::Payloads<'a>) {
                $decorator::<B>::told("Class::clear", || {
                    X::clear(py.outer(), object.outer(), payloads);
                });
            }
        }

        /// The place of an instance in the inner backend, for a class of the decorator `D`.
        struct OuterPlace<'a, D, P>(&'a P, PhantomData<fn() -> D>);

        impl<'a, D, P> OuterPlace<'a, D, P> {
            fn new(place: &'a P) -> Self {
                OuterPlace(place, PhantomData)
            }
        }

        impl<B: Backend, P: Place<B>> Place<$decorator<B>> for OuterPlace<'_, $decorator<B>, P> {
            #[inline]
            fn payload<C: Class<$decorator<B>>>(&self) -> *mut C::Payload {
                self.0.payload::<AdaptedClass<$decorator<B>, C>>()
            }
        }

        /// Presents the native type at the root of a chain to the inner backend.
        pub(super) struct AdaptedRoot<D, R>(PhantomData<fn() -> (D, R)>);

        impl<B: Backend, R: NativeBase<$decorator<B>>> NativeBase<B> for AdaptedRoot<$decorator<B>, R> {
            type Part = R::Part;
            const INFO: B::NativeInfo<R::Part> = R::INFO;
        }

        crate::adapt::native_roots! { $decorator:
            Any AttributeError BaseException BaseExceptionGroup ByteArray Bytes Complex Date DateTime Delta Dict
            Float FrozenSet ImportError Int List NameError OSError Set StopIteration Str SyntaxError SystemExit Time
            UnicodeError WeakRef
        }

        /// Converts the members of a class for the inner backend.
        pub(super) fn adapt_members<B, D>(members: Vec<Member<D>>) -> Vec<Member<B>>
        where
            B: Backend,
            D: ClassOps<
                    MethodEntry = B::MethodEntry,
                    GetterEntry = B::GetterEntry,
                    SetterEntry = B::SetterEntry,
                    SlotEntry = B::SlotEntry,
                >,
        {
            let adapt = |member| match member {
                Member::Method { def, kind, entry } => Member::Method { def, kind, entry },
                Member::Property { name, doc, getter, setter } => Member::Property { name, doc, getter, setter },
                Member::Slot(entry) => Member::Slot(entry),
                Member::Special(Special { name, entry }) => Member::Special(Special { name, entry }),
                Member::Unhashable => Member::Unhashable,
            };
            members.into_iter().map(adapt).collect()
        }
    };
}

/// Implements `NativeBase` for the native types that classes for `$decorator` can extend: those of the inner backend.
macro_rules! native_roots {
    ($decorator:ident: $($kind:ident)*) => {
        $(
            impl<B: Backend> NativeBase<$decorator<B>> for kind::$kind
            where
                kind::$kind: NativeBase<B>,
            {
                type Part = <kind::$kind as NativeBase<B>>::Part;
                const INFO: B::NativeInfo<Self::Part> = <kind::$kind as NativeBase<B>>::INFO;
            }
        )*
    };
}

pub(crate) use {adapters, native_roots};
