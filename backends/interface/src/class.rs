//! Classes written in Rust.
//!
//! The neutral layer describes a class ([`Class`], [`ClassSpec`]); the backend makes a type of it, allocates instances and
//! finds the payload in them. In memory an instance is base first: the runtime's own part, then one payload for each
//! Rust class on the way down ([`Instance`]), so that an instance of a class is an instance of its base as it stands.

#![expect(unsafe_code, reason = "instances are filled and emptied in place, in memory that the runtime owns")]

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, offset_of};
use core::ops::ControlFlow;

use crate::{Attached, ErrorOps, FreeList, Function, FunctionDef, Outcome, Owned, Ref, SetFn, UnaryFn, kind};

/// A Rust class, as its backend needs to know it. Implemented by the neutral layer for every `#[pyclass]`.
pub trait Class<B: ClassOps>: Sized + 'static {
    /// What it extends: [`Native`] (usually `object`) or [`Derived`].
    type Base: BaseClass<B>;

    /// What an instance holds: the user's value with the neutral layer's own state (borrow flag, thread check).
    ///
    /// Synchronised by the neutral layer: backends may share it between threads. The neutral layer tells a payload that was
    /// filled from memory that is all zero, which some instances have in its place: see
    /// [`class_has_memory`](ClassOps::class_has_memory).
    type Payload: 'static;

    /// [`PointerSlot`] where instances have a `__dict__` that no base gives them, else [`NoSlot`].
    type DictSlot: InstanceSlot;

    /// [`PointerSlot`] where instances can be weakly referenced and no base allows it, else [`NoSlot`].
    type WeakrefSlot: InstanceSlot;

    /// Whether [`traverse`](Self::traverse) may visit anything. A class that never does is not tracked by the collector.
    const MAY_TRAVERSE: bool;

    /// Whether [`dispose`](Self::dispose) may do anything: where the payload has something to drop, or where it looks at
    /// more than that. May be overridden to say so in that case.
    const MAY_DISPOSE: bool = core::mem::needs_drop::<Self::Payload>();

    /// Where the memory of dead instances waits for new ones, if the class wants that. Advice: a backend may leave it to
    /// the runtime's allocator.
    ///
    /// CPython: `tp_alloc` and `tp_free` use it. RustPython leaves it: the VM keeps memory of its own types alone.
    #[inline]
    fn free_list() -> Option<&'static FreeList> {
        None
    }

    /// The type object, made on first use.
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// Shows the collector every reference in the payload. Must not run Python, nor change a count. Does not unwind.
    ///
    /// The payloads of the bases are at hand, for what guards a payload may be kept there.
    fn traverse(payloads: Payloads<'_, B, Self>, visit: &mut Visit<'_, B>) -> ControlFlow<i32>;

    /// Gives up references to break a cycle. Does not unwind.
    ///
    /// `object` is the instance itself, where the runtime can tell.
    fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Payloads<'a, B, Self>);

    /// Drops the payload of an instance that dies. Does not unwind.
    ///
    /// # Safety
    ///
    /// `payload` is initialised, or zero because it never was, and is not used again.
    unsafe fn dispose(py: Attached<'_, B>, payload: &mut ManuallyDrop<Self::Payload>);
}

/// What a collector's visit looks like from the neutral layer. Breaking stops the traversal with that code.
pub type Visit<'v, B> = dyn FnMut(Ref<'_, B>) -> ControlFlow<i32> + 'v;

/// The payloads of an instance, that of the class and those of its bases, wherever the backend has them.
pub struct Payloads<'a, B: ClassOps, C: Class<B>> {
    /// The payload of `C`.
    pub own: &'a C::Payload,
    /// Those of what it extends; `()` for a native type.
    pub base: <C::Base as BaseClass<B>>::Payloads<'a>,
}

impl<B: ClassOps, C: Class<B>> Clone for Payloads<'_, B, C> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: ClassOps, C: Class<B>> Copy for Payloads<'_, B, C> {}

/// Room in an instance that a runtime may want.
pub trait InstanceSlot: Default + 'static {
    /// Whether there is room.
    const PRESENT: bool;
}

/// No room.
#[derive(Default)]
pub struct NoSlot;

impl InstanceSlot for NoSlot {
    const PRESENT: bool = false;
}

/// Room for one pointer, null at first.
///
/// The runtime writes to it while Rust code has references to the instance, so that it is not as constant as other
/// memory behind shared references:
///
/// ```compile_fail,E0492
/// const NONE: &pyo3_backend::PointerSlot = &pyo3_backend::PointerSlot::new();
/// ```
#[repr(transparent)]
pub struct PointerSlot(UnsafeCell<*mut ()>);

impl PointerSlot {
    /// Null.
    pub const fn new() -> Self {
        PointerSlot(UnsafeCell::new(core::ptr::null_mut()))
    }
}

impl Default for PointerSlot {
    fn default() -> Self {
        PointerSlot::new()
    }
}

impl InstanceSlot for PointerSlot {
    const PRESENT: bool = true;
}

/// What a class can extend.
pub trait BaseClass<B: ClassOps>: 'static {
    /// The memory of an instance of this class.
    type Layout: 'static;

    /// The native type at the root of the chain.
    type Root: NativeBase<B>;

    /// A payload for every Rust class of the chain: what a fresh instance is filled with.
    type Values;

    /// The payloads in an instance.
    type Payloads<'a>: Copy;

    /// Whether this is a native type, so that the chain ends here.
    const IS_NATIVE: bool;

    /// Whether a class of the chain may traverse.
    const MAY_TRAVERSE: bool;

    /// Whether [`dispose`](Self::dispose) may do anything for a class of the chain.
    const MAY_DISPOSE: bool;

    /// Where the pointer to `__dict__` is, if a Rust class of the chain adds one.
    const DICT_OFFSET: Option<usize>;

    /// Where the list of weak references is, if a Rust class of the chain adds one.
    const WEAKREF_OFFSET: Option<usize>;

    /// The type object.
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// The type object of the native type at the root of the chain.
    fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// Puts the native part and the values together.
    fn compose(native: <Self::Root as NativeBase<B>>::Layout, values: Self::Values) -> Self::Layout;

    /// Puts the payloads into a fresh instance whose native part the runtime has already made.
    ///
    /// [Slots](InstanceSlot) stay as the runtime left them: it may have filled them as well.
    ///
    /// # Safety
    ///
    /// `at` is writable and aligned; slots hold null or what the runtime put there, and the rest of what follows the native
    /// part is not in use.
    unsafe fn fill(at: *mut Self::Layout, values: Self::Values);

    /// Drops all payloads of an instance that dies, that of the most derived class first. The native part stays.
    ///
    /// # Safety
    ///
    /// `at` points to a filled instance; its payloads are not used again.
    unsafe fn dispose(py: Attached<'_, B>, at: *mut Self::Layout);

    /// The payloads in the memory of an instance.
    fn payloads(at: &Self::Layout) -> Self::Payloads<'_>;

    /// Visits the references in all payloads.
    fn traverse(payloads: Self::Payloads<'_>, visit: &mut Visit<'_, B>) -> ControlFlow<i32>;

    /// Clears all payloads.
    fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Self::Payloads<'a>);
}

/// Layout family of a native base, implemented by the backend for the [kinds](kind) that can be extended.
///
/// [`kind::Any`] stands for `object`.
pub trait NativeBase<B: ClassOps>: 'static {
    /// The native part of an instance. CPython: `PyObject`, `PyBaseExceptionObject` ... RustPython: the VM's payload.
    type Layout: 'static;

    /// How the runtime makes and treats it.
    const INFO: B::NativeInfo<Self::Layout>;
}

/// The type object of a native base. Implemented by the neutral layer.
pub trait NativeType<B: ClassOps>: 'static {
    /// The type object, borrowed: it lives as long as the runtime.
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;
}

/// A native type as a base: `T` gives the type object, `N` the layout.
pub struct Native<N, T>(PhantomData<fn() -> (N, T)>);

impl<B: ClassOps, N: NativeBase<B>, T: NativeType<B>> BaseClass<B> for Native<N, T> {
    type Layout = N::Layout;
    type Root = N;
    type Values = ();
    type Payloads<'a> = ();
    const IS_NATIVE: bool = true;
    const MAY_TRAVERSE: bool = false;
    const MAY_DISPOSE: bool = false;
    const DICT_OFFSET: Option<usize> = None;
    const WEAKREF_OFFSET: Option<usize> = None;

    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        T::type_object(py)
    }

    fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        T::type_object(py)
    }

    #[inline]
    fn compose(native: N::Layout, (): ()) -> N::Layout {
        native
    }

    #[inline]
    unsafe fn fill(_at: *mut N::Layout, (): ()) {}

    #[inline]
    unsafe fn dispose(_py: Attached<'_, B>, _at: *mut N::Layout) {}

    #[inline]
    fn payloads(_at: &N::Layout) {}

    #[inline]
    fn traverse((): (), _visit: &mut Visit<'_, B>) -> ControlFlow<i32> {
        ControlFlow::Continue(())
    }

    #[inline]
    fn clear<'a>(_py: Attached<'_, B>, _object: Option<Ref<'a, B>>, (): ()) {}
}

/// A Rust class as a base.
pub struct Derived<C>(PhantomData<fn() -> C>);

impl<B: ClassOps, C: Class<B>> BaseClass<B> for Derived<C> {
    type Layout = Instance<B, C>;
    type Root = <C::Base as BaseClass<B>>::Root;
    type Values = (C::Payload, <C::Base as BaseClass<B>>::Values);
    type Payloads<'a> = Payloads<'a, B, C>;
    const IS_NATIVE: bool = false;
    const MAY_TRAVERSE: bool = C::MAY_TRAVERSE || <C::Base as BaseClass<B>>::MAY_TRAVERSE;
    const MAY_DISPOSE: bool = C::MAY_DISPOSE || <C::Base as BaseClass<B>>::MAY_DISPOSE;
    // The base comes first in memory, so its offsets are ours.
    const DICT_OFFSET: Option<usize> = match Instance::<B, C>::DICT_OFFSET {
        Some(offset) => Some(offset),
        None => <C::Base as BaseClass<B>>::DICT_OFFSET,
    };
    const WEAKREF_OFFSET: Option<usize> = match Instance::<B, C>::WEAKREF_OFFSET {
        Some(offset) => Some(offset),
        None => <C::Base as BaseClass<B>>::WEAKREF_OFFSET,
    };

    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        C::type_object(py)
    }

    fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type> {
        C::Base::root_type_object(py)
    }

    #[inline]
    fn compose(native: <Self::Root as NativeBase<B>>::Layout, (payload, rest): Self::Values) -> Self::Layout {
        Instance {
            base: C::Base::compose(native, rest),
            payload: ManuallyDrop::new(payload),
            dict: Default::default(),
            weakrefs: Default::default(),
        }
    }

    #[inline]
    unsafe fn fill(at: *mut Self::Layout, (payload, rest): Self::Values) {
        // SAFETY: `at` is writable and aligned, hence so are its fields; each payload is written once.
        unsafe {
            C::Base::fill(&raw mut (*at).base, rest);
            (&raw mut (*at).payload).write(ManuallyDrop::new(payload));
        }
    }

    #[inline]
    unsafe fn dispose(py: Attached<'_, B>, at: *mut Self::Layout) {
        // SAFETY: the instance is filled, and the caller gives its payloads up.
        unsafe {
            C::dispose(py, &mut (*at).payload);
            C::Base::dispose(py, &raw mut (*at).base);
        }
    }

    #[inline]
    fn payloads(at: &Self::Layout) -> Payloads<'_, B, C> {
        Payloads { own: &at.payload, base: C::Base::payloads(&at.base) }
    }

    #[inline]
    fn traverse(payloads: Payloads<'_, B, C>, visit: &mut Visit<'_, B>) -> ControlFlow<i32> {
        C::Base::traverse(payloads.base, visit)?;
        C::traverse(payloads, visit)
    }

    #[inline]
    fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Payloads<'a, B, C>) {
        C::clear(py, object, payloads);
        C::Base::clear(py, object, payloads.base);
    }
}

/// The memory of an instance of a Rust class, base first.
///
/// Dropping one does not drop the payload: [`BaseClass::dispose`] does.
#[repr(C)]
pub struct Instance<B: ClassOps, C: Class<B>> {
    base: <C::Base as BaseClass<B>>::Layout,
    payload: ManuallyDrop<C::Payload>,
    dict: C::DictSlot,
    weakrefs: C::WeakrefSlot,
}

impl<B: ClassOps, C: Class<B>> Instance<B, C> {
    /// Where the payload of `C` is.
    pub const PAYLOAD_OFFSET: usize = offset_of!(Self, payload);

    /// Where the pointer to `__dict__` is, if `C` adds one.
    pub const DICT_OFFSET: Option<usize> =
        if <C::DictSlot as InstanceSlot>::PRESENT { Some(offset_of!(Self, dict)) } else { None };

    /// Where the list of weak references is, if `C` adds one.
    pub const WEAKREF_OFFSET: Option<usize> =
        if <C::WeakrefSlot as InstanceSlot>::PRESENT { Some(offset_of!(Self, weakrefs)) } else { None };

    /// The payload of `C`.
    #[inline]
    pub fn payload(&self) -> &C::Payload {
        &self.payload
    }

    /// The same instance, as one of the base.
    #[inline]
    pub fn base(&self) -> &<C::Base as BaseClass<B>>::Layout {
        &self.base
    }
}

/// How a method is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKind {
    /// To an instance.
    Instance,
    /// To the class.
    Class,
    /// To nothing.
    Static,
}

/// What a class has to answer a protocol.
pub enum Protocol<B: ClassOps> {
    /// A slot of the runtime's own.
    Slot(B::SlotEntry),
    /// Methods under special names.
    Methods(Vec<Special<B>>),
}

impl<B: ClassOps> Protocol<B> {
    /// As members of a class.
    pub fn into_members(self) -> Vec<Member<B>> {
        match self {
            Protocol::Slot(entry) => vec![Member::Slot(entry)],
            Protocol::Methods(methods) => methods.into_iter().map(Member::Special).collect(),
        }
    }
}

/// A method under a special name.
pub struct Special<B: ClassOps> {
    /// Its name.
    pub name: &'static CStr,
    /// What the runtime calls.
    pub entry: B::MethodEntry,
}

/// A member of a class.
pub enum Member<B: ClassOps> {
    /// A method.
    Method {
        /// Name, doc and arity.
        def: FunctionDef,
        /// How it is bound.
        kind: MethodKind,
        /// What the runtime calls.
        entry: B::MethodEntry,
    },
    /// A property.
    Property {
        /// Its name.
        name: &'static CStr,
        /// Its doc, or empty.
        doc: &'static CStr,
        /// Reads it; without one it is write-only.
        getter: Option<B::GetterEntry>,
        /// Writes or deletes it; without one it is read-only.
        setter: Option<B::SetterEntry>,
    },
    /// A protocol.
    Slot(B::SlotEntry),
    /// A method under a special name. It answers for the protocol as in a `class` statement.
    Special(Special<B>),
    /// Instances cannot be hashed: `__hash__ = None`.
    Unhashable,
}

/// What is true of a class as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassFlags {
    /// Python classes may extend it.
    pub subclassable: bool,
    /// Its attributes cannot be set from Python.
    pub immutable: bool,
    /// It is registered as a mapping: pattern matching, and no sequence slots.
    pub mapping: bool,
    /// It is registered as a sequence: `__getitem__` also serves integer indexes of the sequence protocol.
    pub sequence: bool,
}

/// A class as data.
pub struct ClassSpec<'a, B: ClassOps> {
    /// `__name__`.
    pub name: &'a str,
    /// `__module__`; `None`: `builtins`.
    pub module: Option<&'a str>,
    /// `__doc__`, with the text signature in front as CPython spells it, or empty.
    pub doc: &'static CStr,
    /// Flags.
    pub flags: ClassFlags,
    /// Methods, properties and protocols. Without a constructor among them, `C()` raises
    /// `TypeError: cannot create 'C' instances` (CPython's words: `No constructor defined for C` where the neutral layer
    /// adds one that says so).
    pub members: Vec<Member<B>>,
}

/// Making types and instances.
pub trait ClassOps: ErrorOps {
    /// The entry of a method. CPython: a `PyCFunction`. RustPython: a native function.
    type MethodEntry: Copy + Send + Sync + 'static;

    /// The entry of a getter. CPython: `getter`.
    type GetterEntry: Copy + Send + Sync + 'static;

    /// The entry of a setter. CPython: `setter`.
    type SetterEntry: Copy + Send + Sync + 'static;

    /// One or more slots of a type.
    type SlotEntry: 'static;

    /// What [`NativeBase`] says of a base with the native part `L`.
    type NativeInfo<L: 'static>: 'static;

    /// The entry of a method of `C`. The receiver it gets is an instance of `C`, or for class methods a subtype of it.
    ///
    /// Runs Python: no.
    /// CPython: `METH_NOARGS`, `METH_FASTCALL | METH_KEYWORDS`. RustPython: a native function.
    fn class_method_entry<C: Class<Self>, F: Function<Self>>(kind: MethodKind) -> Self::MethodEntry;

    /// The entry of a getter; the receiver is an instance of `C`.
    ///
    /// Runs Python: no.
    /// CPython: `getter`. RustPython: a native function.
    fn class_getter_entry<C: Class<Self>, F: UnaryFn<Self>>() -> Self::GetterEntry;

    /// The entry of a setter; the receiver is an instance of `C`, the key is `None` (the Python object), and the value is
    /// absent for `del`.
    ///
    /// Runs Python: no.
    /// CPython: `setter`. RustPython: a native function.
    fn class_setter_entry<C: Class<Self>, F: SetFn<Self>>() -> Self::SetterEntry;

    /// Makes the type object of `C`.
    ///
    /// Called once for each class. Runs Python: yes (`__init_subclass__` of a base). Errors: what the base raises.
    /// CPython: `PyType_FromSpecWithBases`. RustPython: `PyType::new_static`.
    fn class_create<'py, C: Class<Self>>(
        py: Attached<'py, Self>,
        spec: ClassSpec<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Type>>;

    /// Sets an attribute of a class made by [`class_create`](Self::class_create), immutable or not.
    ///
    /// Runs Python: no. CPython: `PyObject_SetAttr`, or the type's dict. RustPython: `set_attr`.
    fn class_set_attribute<'py>(
        py: Attached<'py, Self>,
        class: Ref<'_, Self, kind::Type>,
        name: Ref<'_, Self, kind::Str>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>;

    /// Allocates an instance of `subtype`, which is `C` or inherits from it, and fills it.
    ///
    /// Ownership: takes the values, on failure too. Runs Python: the `__new__` of a native base may.
    /// CPython: `tp_alloc`, or the base's `tp_new`. RustPython: `PyRef::new_ref`.
    ///
    /// # Safety
    ///
    /// `subtype` is the type of `C`, or inherits from it.
    unsafe fn class_allocate<'py, C: Class<Self>>(
        py: Attached<'py, Self>,
        subtype: Ref<'_, Self, kind::Type>,
        values: <Derived<C> as BaseClass<Self>>::Values,
    ) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// Whether an object has the memory of an instance of `C`. Asked before each borrow: inline, and cheap.
    ///
    /// Python code can put another `__new__` in place of a class's own, and have the one of a base make the object:
    /// `C.__new__ = staticmethod(lambda cls: object.__new__(cls))`. Such an object has no payload, or not all. Where its
    /// memory is as large as that of an instance, and zero where nothing was filled in, the answer is `true`.
    /// Runs Python: no. CPython: always `true`, every `tp_alloc` gives zeroed memory of the type's size. RustPython: looks
    /// at
    /// the kind of the payload.
    ///
    /// # Safety
    ///
    /// The type of `object` is that of `C`, or inherits from it.
    #[inline(always)]
    unsafe fn class_has_memory<C: Class<Self>>(_object: Ref<'_, Self>) -> bool {
        true
    }

    /// The payload of `C` in an instance. Inline: every access to a payload goes this way.
    ///
    /// Where a payload is, is the backend's choice; those that put it behind the native part have [`Instance`] for that.
    /// Runs Python: no.
    /// CPython: in the object itself. RustPython: in the VM object's payload.
    ///
    /// # Safety
    ///
    /// `object` is an instance of `C` that [has the memory](Self::class_has_memory) of one.
    unsafe fn class_payload<'a, C: Class<Self>>(object: Ref<'a, Self>) -> &'a C::Payload;
}
