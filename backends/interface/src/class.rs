//! Classes written in Rust.
//!
//! The frontend describes a class ([`Class`], [`ClassSpec`]). The backend makes a type of it, allocates instances, and
//! chooses where to store payloads. What it can know of a class and those that it extends is in
//! [`BaseClass`](crate::BaseClass).

#![expect(unsafe_code, reason = "payloads are dropped in place, in memory that the runtime owns")]

use core::ffi::CStr;
use core::mem::ManuallyDrop;
use core::ops::ControlFlow;

use crate::{
    Attached, BaseClass, Derived, ErrorOps, FreeList, Function, FunctionDef, Outcome, Owned, Payloads, Ref, SetFn,
    Stop, UnaryFn, kind,
};

/// A Rust class, as the backend sees it. The frontend implements this for every `#[pyclass]`.
pub trait Class<B: ClassOps>: Sized + 'static {
    /// The base class: [`Native`](crate::Native) (usually `object`) or [`Derived`].
    type Base: BaseClass<B>;

    /// The contents of an instance: the user's value with the frontend's own state (borrow flag, thread check).
    ///
    /// The frontend synchronises access, so backends may share it between threads. The frontend can tell a filled
    /// payload apart from all-zero memory, which some instances have instead: see
    /// [`class_has_memory`](ClassOps::class_has_memory).
    type Payload: 'static;

    /// Whether this class, and no base, gives instances a `__dict__`.
    const HAS_DICT: bool;

    /// Whether this class, and no base, allows weak references to instances.
    const HAS_WEAKREFS: bool;

    /// Whether [`traverse`](Self::traverse) may visit anything. If not, the collector does not track the class.
    const MAY_TRAVERSE: bool;

    /// Whether [`dispose`](Self::dispose) may do anything: `true` if the payload needs to be dropped. Override it if
    /// `dispose` does more than drop the payload.
    const MAY_DISPOSE: bool = core::mem::needs_drop::<Self::Payload>();

    /// The list that keeps the memory of dead instances for reuse, if the class has one. This is a hint: a backend may
    /// leave memory to the runtime's allocator.
    ///
    /// CPython: used by `tp_alloc` and `tp_free`. RustPython: ignored, since the VM manages the memory of its types
    /// itself.
    const FREE_LIST: Option<&'static FreeList> = None;

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

    /// What [`NativeBase`](crate::NativeBase) stores about a base with the native part `P`.
    type NativeInfo<P: 'static>: 'static;

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
    /// Runs Python: no. CPython: in the object itself. RustPython: in the VM object's payload.
    ///
    /// # Safety
    ///
    /// `object` is an instance of `C` that [has the memory](Self::class_has_memory) of one.
    unsafe fn class_payload<'a, C: Class<Self>>(object: Ref<'a, Self>) -> &'a C::Payload;
}
