//! Classes written in Rust.
//!
//! The frontend describes a class ([`Class`], [`ClassSpec`]). The backend makes a type of it, allocates instances and
//! finds the payload in them. The memory of an instance starts with its base: first the runtime's own part, then one
//! payload for each Rust class from the root down ([`Instance`]). So an instance of a class can be used directly as an
//! instance of its base.

#![expect(unsafe_code, reason = "instances are filled and emptied in place, in memory that the runtime owns")]

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, offset_of};
use core::ops::ControlFlow;

use crate::{Attached, ErrorOps, FreeList, Function, FunctionDef, Outcome, Owned, Ref, SetFn, Stop, UnaryFn, kind};

/// A Rust class, as the backend sees it. The frontend implements this for every `#[pyclass]`.
pub trait Class<B: ClassOps>: Sized + 'static {
    /// The base class: [`Native`] (usually `object`) or [`Derived`].
    type Base: BaseClass<B>;

    /// The contents of an instance: the user's value with the frontend's own state (borrow flag, thread check).
    ///
    /// The frontend synchronises access, so backends may share it between threads. The frontend can tell a filled
    /// payload apart from all-zero memory, which some instances have instead: see
    /// [`class_has_memory`](ClassOps::class_has_memory).
    type Payload: 'static;

    /// [`PointerSlot`] if this class, and no base, gives instances a `__dict__`; otherwise [`NoSlot`].
    type DictSlot: InstanceSlot;

    /// [`PointerSlot`] if this class, and no base, allows weak references to instances; otherwise [`NoSlot`].
    type WeakrefSlot: InstanceSlot;

    /// Whether [`traverse`](Self::traverse) may visit anything. If not, the collector does not track the class.
    const MAY_TRAVERSE: bool;

    /// Whether [`dispose`](Self::dispose) may do anything: `true` if the payload needs to be dropped. Override it if
    /// `dispose` does more than drop the payload.
    const MAY_DISPOSE: bool = core::mem::needs_drop::<Self::Payload>();

    /// Returns the list that keeps the memory of dead instances for reuse, if the class has one. This is a hint: a
    /// backend may leave memory to the runtime's allocator.
    ///
    /// CPython: used by `tp_alloc` and `tp_free`. RustPython: ignored, since the VM manages the memory of its types
    /// itself.
    #[inline]
    fn free_list() -> Option<&'static FreeList> {
        None
    }

    /// Returns the type object, which is made on first use.
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// Shows the collector every reference in the payload. Must not run Python or change a reference count. Does not
    /// unwind.
    ///
    /// The payloads of the bases are passed as well, because a base may hold the guard of a derived payload.
    fn traverse(payloads: Payloads<'_, B, Self>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop>;

    /// Releases references to break a cycle. Does not unwind.
    ///
    /// `object` is the instance itself, if the runtime knows it.
    fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Payloads<'a, B, Self>);

    /// Drops the payload of a dying instance. Does not unwind.
    ///
    /// # Safety
    ///
    /// `payload` is initialised, or all zero because it never was, and is not used again.
    unsafe fn dispose(py: Attached<'_, B>, payload: &mut ManuallyDrop<Self::Payload>);
}

/// The collector's visitor. If it breaks, the traversal stops too and passes the reason on.
pub type Visit<'v, B> = dyn FnMut(Ref<'_, B>) -> ControlFlow<Stop> + 'v;

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

/// Optional space in an instance for the runtime's use.
pub trait InstanceSlot: Default + 'static {
    /// Whether there is space.
    const PRESENT: bool;
}

/// No space.
#[derive(Default)]
pub struct NoSlot;

impl InstanceSlot for NoSlot {
    const PRESENT: bool = false;
}

/// Space for one pointer, initially null.
///
/// The runtime writes to it while Rust code holds references to the instance, so unlike other memory behind shared
/// references it is not constant:
///
/// ```compile_fail,E0492
/// const NONE: &pyo3_backend::PointerSlot = &pyo3_backend::PointerSlot::new();
/// ```
#[repr(transparent)]
pub struct PointerSlot(UnsafeCell<*mut ()>);

impl PointerSlot {
    /// Creates a null pointer.
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

/// A class that can be extended.
pub trait BaseClass<B: ClassOps>: 'static {
    /// The memory of an instance of this class.
    type Layout: 'static;

    /// The native type at the root of the chain.
    type Root: NativeBase<B>;

    /// The payload of every Rust class in the chain, from which a new instance is filled.
    type Values;

    /// The payloads in an instance.
    type Payloads<'a>: Copy;

    /// Whether this is a native type, where the chain ends.
    const IS_NATIVE: bool;

    /// Whether any class in the chain may traverse.
    const MAY_TRAVERSE: bool;

    /// Whether [`dispose`](Self::dispose) may do anything for any class in the chain.
    const MAY_DISPOSE: bool;

    /// The offset of the pointer to `__dict__`, if a Rust class in the chain adds one.
    const DICT_OFFSET: Option<usize>;

    /// The offset of the list of weak references, if a Rust class in the chain adds one.
    const WEAKREF_OFFSET: Option<usize>;

    /// Returns the type object.
    fn type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// Returns the type object of the native type at the root of the chain.
    fn root_type_object<'py>(py: Attached<'py, B>) -> Ref<'py, B, kind::Type>;

    /// Combines the native part and the values.
    fn compose(native: <Self::Root as NativeBase<B>>::Layout, values: Self::Values) -> Self::Layout;

    /// Writes the payloads into a new instance whose native part the runtime has already made.
    ///
    /// [Slots](InstanceSlot) are left alone, because the runtime may have filled them as well.
    ///
    /// # Safety
    ///
    /// `at` is writable and aligned. Slots hold null or what the runtime put there. The rest of the memory after the
    /// native part is unused.
    unsafe fn fill(at: *mut Self::Layout, values: Self::Values);

    /// Drops all payloads of a dying instance, that of the most derived class first. The native part stays.
    ///
    /// # Safety
    ///
    /// `at` points to a filled instance; its payloads are not used again.
    unsafe fn dispose(py: Attached<'_, B>, at: *mut Self::Layout);

    /// Returns the payloads in the memory of an instance.
    fn payloads(at: &Self::Layout) -> Self::Payloads<'_>;

    /// Visits the references in all payloads.
    fn traverse(payloads: Self::Payloads<'_>, visit: &mut Visit<'_, B>) -> ControlFlow<Stop>;

    /// Calls [`Class::clear`] for all payloads.
    fn clear<'a>(py: Attached<'_, B>, object: Option<Ref<'a, B>>, payloads: Self::Payloads<'a>);
}

/// The layout family of a native base. The backend implements it for the [kinds](kind) that can be extended.
///
/// [`kind::Any`] stands for `object`.
pub trait NativeBase<B: ClassOps>: 'static {
    /// The native part of an instance. CPython: `PyObject`, `PyBaseExceptionObject` ... RustPython: the VM's payload.
    type Layout: 'static;

    /// How the runtime creates and handles it.
    const INFO: B::NativeInfo<Self::Layout>;
}

/// The type object of a native base. The frontend implements this.
pub trait NativeType<B: ClassOps>: 'static {
    /// Returns the type object, borrowed: it lives as long as the runtime.
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
    fn traverse((): (), _visit: &mut Visit<'_, B>) -> ControlFlow<Stop> {
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
    // The base comes first in memory, so its offsets are valid here.
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
        // SAFETY: `at` is writable and aligned, hence so are its fields. Each payload is written once.
        unsafe {
            C::Base::fill(&raw mut (*at).base, rest);
            (&raw mut (*at).payload).write(ManuallyDrop::new(payload));
        }
    }

    #[inline]
    unsafe fn dispose(py: Attached<'_, B>, at: *mut Self::Layout) {
        // SAFETY: the instance is filled, and the caller does not use its payloads again.
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
    /// The offset of the payload of `C`.
    pub const PAYLOAD_OFFSET: usize = offset_of!(Self, payload);

    /// The offset of the pointer to `__dict__`, if `C` adds one.
    pub const DICT_OFFSET: Option<usize> =
        if <C::DictSlot as InstanceSlot>::PRESENT { Some(offset_of!(Self, dict)) } else { None };

    /// The offset of the list of weak references, if `C` adds one.
    pub const WEAKREF_OFFSET: Option<usize> =
        if <C::WeakrefSlot as InstanceSlot>::PRESENT { Some(offset_of!(Self, weakrefs)) } else { None };

    /// Returns the payload of `C`.
    #[inline]
    pub fn payload(&self) -> &C::Payload {
        &self.payload
    }

    /// Returns the same instance as an instance of the base.
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

/// The implementation of a protocol by a class.
pub enum Protocol<B: ClassOps> {
    /// A slot of the runtime.
    Slot(B::SlotEntry),
    /// Special methods.
    Methods(Vec<Special<B>>),
}

impl<B: ClassOps> Protocol<B> {
    /// Converts this to members of a class.
    pub fn into_members(self) -> Vec<Member<B>> {
        match self {
            Protocol::Slot(entry) => vec![Member::Slot(entry)],
            Protocol::Methods(methods) => methods.into_iter().map(Member::Special).collect(),
        }
    }
}

/// A special method.
pub struct Special<B: ClassOps> {
    /// Its name.
    pub name: &'static CStr,
    /// The function that the runtime calls.
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
        /// The function that the runtime calls.
        entry: B::MethodEntry,
    },
    /// A property.
    Property {
        /// Its name.
        name: &'static CStr,
        /// Its doc, or empty.
        doc: &'static CStr,
        /// Reads the property. Without one it is write-only.
        getter: Option<B::GetterEntry>,
        /// Writes or deletes the property. Without one it is read-only.
        setter: Option<B::SetterEntry>,
    },
    /// A protocol.
    Slot(B::SlotEntry),
    /// A special method. It implements its protocol as in a `class` statement.
    Special(Special<B>),
    /// Instances cannot be hashed: `__hash__ = None`.
    Unhashable,
}

/// Properties of a class as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassFlags {
    /// Whether Python classes may extend it.
    pub subclassable: bool,
    /// Whether Python code is kept from setting its attributes.
    pub immutable: bool,
    /// Whether it is registered as a mapping, for pattern matching. It then has no sequence slots.
    pub mapping: bool,
    /// Whether it is registered as a sequence. Then `__getitem__` also serves integer indexes of the sequence protocol.
    pub sequence: bool,
}

/// The description of a class.
pub struct ClassSpec<'a, B: ClassOps> {
    /// `__name__`.
    pub name: &'a str,
    /// `__module__`; `None` means `builtins`.
    pub module: Option<&'a str>,
    /// `__doc__`, preceded by the text signature as CPython writes it, or empty.
    pub doc: &'static CStr,
    /// Flags.
    pub flags: ClassFlags,
    /// Methods, properties and protocols. Without a constructor among them, `C()` raises `TypeError`: `No constructor
    /// defined for C` on CPython, `cannot create 'C' instances` on RustPython. The frontend adds a constructor that
    /// raises if a class has none.
    pub members: Vec<Member<B>>,
}

/// Creating classes and instances.
pub trait ClassOps: ErrorOps {
    /// The entry of a method. CPython: a `PyCFunction`. RustPython: a native function.
    type MethodEntry: Copy + Send + Sync + 'static;

    /// The entry of a getter. CPython: `getter`.
    type GetterEntry: Copy + Send + Sync + 'static;

    /// The entry of a setter. CPython: `setter`.
    type SetterEntry: Copy + Send + Sync + 'static;

    /// One or more slots of a type.
    type SlotEntry: 'static;

    /// What [`NativeBase`] stores about a base with the native part `L`.
    type NativeInfo<L: 'static>: 'static;

    /// Returns the entry of a method of `C`. It gets an instance of `C` as the receiver, or `C` or a subtype for class
    /// methods.
    ///
    /// Runs Python: no.
    /// CPython: `METH_NOARGS`, `METH_FASTCALL | METH_KEYWORDS`. RustPython: a native function.
    fn class_method_entry<C: Class<Self>, F: Function<Self>>(kind: MethodKind) -> Self::MethodEntry;

    /// Returns the entry of a getter. The receiver is an instance of `C`.
    ///
    /// Runs Python: no. CPython: `getter`. RustPython: a native function.
    fn class_getter_entry<C: Class<Self>, F: UnaryFn<Self>>() -> Self::GetterEntry;

    /// Returns the entry of a setter. The receiver is an instance of `C`, the key is `None` (the Python object), and
    /// the value is absent for `del`.
    ///
    /// Runs Python: no. CPython: `setter`. RustPython: a native function.
    fn class_setter_entry<C: Class<Self>, F: SetFn<Self>>() -> Self::SetterEntry;

    /// Creates the type object of `C`. Called once for each class.
    ///
    /// Runs Python: yes (`__init_subclass__` of a base). Errors: what the base raises.
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

    /// Allocates and fills an instance of `subtype`.
    ///
    /// Ownership: takes the values, even on failure. Runs Python: the `__new__` of a native base may.
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

    /// Returns whether an object has the memory of an instance of `C`. Called before each borrow, so make it inline and
    /// cheap.
    ///
    /// Python code can replace the `__new__` of a class and create the object with that of a base: `C.__new__ =
    /// staticmethod(lambda cls: object.__new__(cls))`. Such an object lacks some or all payloads. The result is `true`
    /// if its memory is as large as that of an instance, and zero where nothing was filled in.
    ///
    /// Runs Python: no.
    /// CPython: always `true`, since every `tp_alloc` returns zeroed memory of the type's size. RustPython: checks the
    /// kind of the payload.
    ///
    /// # Safety
    ///
    /// The type of `object` is that of `C`, or inherits from it.
    #[inline(always)]
    unsafe fn class_has_memory<C: Class<Self>>(_object: Ref<'_, Self>) -> bool {
        true
    }

    /// Returns the payload of `C` in an instance. Make it inline: every access to a payload goes through here.
    ///
    /// The backend chooses where to store payloads. If it stores them after the native part, [`Instance`] has the
    /// layout.
    ///
    /// Runs Python: no. CPython: in the object itself. RustPython: in the VM object's payload.
    ///
    /// # Safety
    ///
    /// `object` is an instance of `C` that [has the memory](Self::class_has_memory) of one.
    unsafe fn class_payload<'a, C: Class<Self>>(object: Ref<'a, Self>) -> &'a C::Payload;
}
