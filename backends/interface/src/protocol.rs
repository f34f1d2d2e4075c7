//! Protocols: how a class responds when Python applies an operator, a built-in function or syntax to an instance.
//!
//! As with [`Function`], the user's code is a zero-sized type; here the protocol fixes its *shape*. A backend turns it
//! into one of its slots. Both the slot and the visible attribute (`Class.__add__`) must work.
//!
//! The receivers that the backend passes are instances of the class `C` to which the protocol belongs. The backend
//! checks that if its runtime does not.

use crate::{
    Attached, Backend, BuiltinType, Class, ClassOps, CompareOp, Function, Outcome, Owned, Protocol, RaisePanic, Ref,
    RefOps, lowering, provided,
};

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            $(#[$doc])*
            pub trait $name<B: RefOps>: 'static {
                /// As [`Function::RAISE_PANIC`].
                const RAISE_PANIC: RaisePanic<B> = RaisePanic::NEVER;

                /// Calls the function. Does not unwind.
                fn call<'a, 'py: 'a>(py: Attached<'py, B>, $($argument: $type),*) -> Outcome<'py, B, $result>;

                /// Calls the function like [`Function::call_may_unwind`].
                #[inline]
                fn call_may_unwind<'a, 'py: 'a>(
                    py: Attached<'py, B>,
                    $($argument: $type),*
                ) -> Outcome<'py, B, $result> {
                    Self::call(py, $($argument),*)
                }
            }
        )*
    };
}

shapes! {
    /// One operand, any result: `__repr__`, `__neg__`, `__iter__`, a getter.
    UnaryFn(receiver: Ref<'a, B>) -> Owned<'py, B>;
    /// `__next__`; `None` ends the iteration.
    NextFn(receiver: Ref<'a, B>) -> Option<Owned<'py, B>>;
    /// `__len__`.
    LenFn(receiver: Ref<'a, B>) -> usize;
    /// `__hash__`. The function may return any number. -1 means an error in C, so the backend, and only the backend,
    /// replaces it with -2.
    HashFn(receiver: Ref<'a, B>) -> isize;
    /// `__bool__`.
    BoolFn(receiver: Ref<'a, B>) -> bool;
    /// `__contains__`.
    ContainsFn(receiver: Ref<'a, B>, value: Ref<'a, B>) -> bool;
    /// Two operands. For operators, either may be the instance: the frontend checks, and returns `NotImplemented`.
    BinaryFn(left: Ref<'a, B>, right: Ref<'a, B>) -> Owned<'py, B>;
    /// `__repeat__`: repeats a sequence. The backend converts the count, and rejects one that does not fit.
    RepeatFn(receiver: Ref<'a, B>, count: isize) -> Owned<'py, B>;
    /// `__pow__` and its like; a missing modulus is `None` (the Python object).
    TernaryFn(left: Ref<'a, B>, right: Ref<'a, B>, third: Ref<'a, B>) -> Owned<'py, B>;
    /// `__richcmp__`.
    CompareFn(receiver: Ref<'a, B>, other: Ref<'a, B>, op: CompareOp) -> Owned<'py, B>;
    /// Stores a value under a key, or deletes the key if `value` is `None`: `__setitem__` and `__delitem__`,
    /// `__setattr__` and `__delattr__`, `__set__` and `__delete__`.
    SetFn(receiver: Ref<'a, B>, key: Ref<'a, B>, value: Option<Ref<'a, B>>) -> ();
    /// `__get__`.
    DescriptorGetFn(receiver: Ref<'a, B>, instance: Option<Ref<'a, B>>, owner: Option<Ref<'a, B>>) -> Owned<'py, B>;
}

/// Protocols with one operand and any result: the slots of a class for them.
///
/// Four are for a [`UnaryOp`](crate::UnaryOp), but neither enum contains the other: there is no `__repr__` among operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnarySlot {
    /// `__repr__`; the runtime raises if the result is not a `str`.
    Repr,
    /// `__str__`; as `Repr`.
    Str,
    /// `__iter__`
    Iter,
    /// `__neg__`
    Negative,
    /// `__pos__`
    Positive,
    /// `__abs__`
    Absolute,
    /// `__invert__`
    Invert,
    /// `__int__`
    Int,
    /// `__float__`
    Float,
    /// `__index__`
    Index,
    /// `__await__`
    Await,
    /// `__aiter__`
    AsyncIter,
    /// `__anext__`
    AsyncNext,
}

/// Protocols with two operands: the slots of a class for them.
///
/// A [`BinaryOp`](crate::BinaryOp) tries several: `a + b` ends in `Add` of either class, or in `Concat`. So an operator and
/// a slot of the same name are two things. A slot of an operator in place has no counterpart there, because only code of
/// Python runs such statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinarySlot {
    /// `__add__`, `__radd__`
    Add,
    /// `__sub__`, `__rsub__`
    Subtract,
    /// `__mul__`, `__rmul__`
    Multiply,
    /// `__matmul__`, `__rmatmul__`
    MatrixMultiply,
    /// `__truediv__`, `__rtruediv__`
    TrueDivide,
    /// `__floordiv__`, `__rfloordiv__`
    FloorDivide,
    /// `__mod__`, `__rmod__`
    Remainder,
    /// `__divmod__`, `__rdivmod__`
    DivMod,
    /// `__lshift__`, `__rlshift__`
    LeftShift,
    /// `__rshift__`, `__rrshift__`
    RightShift,
    /// `__and__`, `__rand__`
    And,
    /// `__or__`, `__ror__`
    Or,
    /// `__xor__`, `__rxor__`
    Xor,
    /// `__iadd__`
    InplaceAdd,
    /// `__isub__`
    InplaceSubtract,
    /// `__imul__`
    InplaceMultiply,
    /// `__imatmul__`
    InplaceMatrixMultiply,
    /// `__itruediv__`
    InplaceTrueDivide,
    /// `__ifloordiv__`
    InplaceFloorDivide,
    /// `__imod__`
    InplaceRemainder,
    /// `__ilshift__`
    InplaceLeftShift,
    /// `__irshift__`
    InplaceRightShift,
    /// `__iand__`
    InplaceAnd,
    /// `__ior__`
    InplaceOr,
    /// `__ixor__`
    InplaceXor,
    /// `__concat__`: `+` of a sequence, tried after the numeric `+` of both operands. The receiver is on the left.
    Concat,
    /// `__inplace_concat__`: `+=` of a sequence; as `Concat`.
    InplaceConcat,
    /// `__getitem__`
    GetItem,
    /// `__getattribute__`; `right` is the name. For the usual lookup, call [`ProtocolOps::slot_generic_get_attribute`].
    GetAttribute,
}

/// Protocols with a sequence and a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatSlot {
    /// `__repeat__`: `*` of a sequence with a number on either side, tried after the numeric `*` of both operands.
    Repeat,
    /// `__inplace_repeat__`: `*=` of a sequence.
    InplaceRepeat,
}

/// Protocols with three operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TernarySlot {
    /// `__pow__`, `__rpow__`
    Power,
    /// `__ipow__`
    InplacePower,
}

/// Protocols that store or delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetSlot {
    /// `__setitem__`, `__delitem__`
    Item,
    /// `__setattr__`, `__delattr__`
    Attribute,
    /// `__set__`, `__delete__`
    Descriptor,
}

/// Turning protocol functions into members of a class.
///
/// `C` is the class to which the protocol belongs. The operations that return members touch no Python object. All but
/// the constructor are provided, as special methods like those of a `class` statement. A runtime with slots should
/// override each, since a call through a slot is shorter.
///
/// Names begin with `slot_`.
pub trait ProtocolOps: ClassOps {
    /// Implements a protocol with one operand.
    ///
    /// Runs Python: no. CPython: `tp_repr`, `nb_negative` ... RustPython: `slots.repr`, `as_number.negative` ...
    fn slot_unary<C: Class<Self>, F: UnaryFn<Self>>(slot: UnarySlot) -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::unary::<Self, C, F>(slot)
    }

    /// Implements `__next__`.
    ///
    /// Runs Python: no. CPython: `tp_iternext`. RustPython: `slots.iternext`.
    fn slot_next<C: Class<Self>, F: NextFn<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::next::<Self, C, F>()
    }

    /// Implements `__len__`: for the sequence protocol if the class is flagged as a sequence, otherwise for the mapping
    /// protocol, so that the runtime does not add the length to negative indexes itself.
    ///
    /// Runs Python: no.
    /// CPython: `sq_length`, `mp_length`. RustPython: `as_sequence.length`, `as_mapping.length`.
    fn slot_len<C: Class<Self>, F: LenFn<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::len::<Self, C, F>()
    }

    /// Implements `__hash__`.
    ///
    /// Runs Python: no. CPython: `tp_hash`. RustPython: `slots.hash`.
    fn slot_hash<C: Class<Self>, F: HashFn<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::hash::<Self, C, F>()
    }

    /// Implements `__bool__`.
    ///
    /// Runs Python: no. CPython: `nb_bool`. RustPython: `as_number.boolean`.
    fn slot_bool<C: Class<Self>, F: BoolFn<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::bool::<Self, C, F>()
    }

    /// Implements `__contains__`.
    ///
    /// Runs Python: no. CPython: `sq_contains`. RustPython: `as_sequence.contains`.
    fn slot_contains<C: Class<Self>, F: ContainsFn<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::contains::<Self, C, F>()
    }

    /// Implements a protocol with two operands.
    ///
    /// Runs Python: no.
    /// CPython: `nb_add`, `sq_concat`, `mp_subscript` ... RustPython: `as_number.add` and `right_add`,
    /// `as_sequence.concat`, `as_mapping.subscript` ...
    fn slot_binary<C: Class<Self>, F: BinaryFn<Self>>(slot: BinarySlot) -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::binary::<Self, C, F>(slot)
    }

    /// Implements a protocol with a sequence and a count.
    ///
    /// Runs Python: no.
    /// CPython: `sq_repeat`, `sq_inplace_repeat`. RustPython: `as_sequence.repeat`, `as_sequence.inplace_repeat`.
    fn slot_repeat<C: Class<Self>, F: RepeatFn<Self>>(slot: RepeatSlot) -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::repeat::<Self, C, F>(slot)
    }

    /// Implements a protocol with three operands.
    ///
    /// Runs Python: no. CPython: `nb_power`. RustPython: `as_number.power`.
    fn slot_ternary<C: Class<Self>, F: TernaryFn<Self>>(slot: TernarySlot) -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::ternary::<Self, C, F>(slot)
    }

    /// Implements rich comparison.
    ///
    /// Runs Python: no. CPython: `tp_richcompare`. RustPython: `slots.richcompare`.
    fn slot_compare<C: Class<Self>, F: CompareFn<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::compare::<Self, C, F>()
    }

    /// Implements a protocol that stores or deletes.
    ///
    /// Runs Python: no. CPython: `mp_ass_subscript`, `tp_setattro`, `tp_descr_set`. RustPython: the same names.
    fn slot_set<C: Class<Self>, F: SetFn<Self>>(slot: SetSlot) -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::set::<Self, C, F>(slot)
    }

    /// Implements `__get__`.
    ///
    /// Runs Python: no. CPython: `tp_descr_get`. RustPython: `slots.descr_get`.
    fn slot_descriptor_get<C: Class<Self>, F: DescriptorGetFn<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::descriptor_get::<Self, C, F>()
    }

    /// Implements `__call__`.
    ///
    /// Runs Python: no. CPython: `tp_call`. RustPython: `slots.call`.
    fn slot_call<C: Class<Self>, F: Function<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::call::<Self, C, F>()
    }

    /// Implements `__new__`. The receiver is the type to instantiate: `C` or a subtype.
    ///
    /// If instances of `Other` have another layout, the backend must reject `C.__new__(Other)` with CPython's message.
    ///
    /// Runs Python: no. CPython: `tp_new`. RustPython: `slots.new`.
    fn slot_constructor<C: Class<Self>, F: Function<Self>>() -> Self::SlotEntry;

    /// Implements `__init__`. The receiver is the instance, and the result is dropped.
    ///
    /// Runs Python: no. CPython: `tp_init`. RustPython: `slots.init`.
    fn slot_init<C: Class<Self>, F: Function<Self>>() -> Protocol<Self>
    where
        Self: Backend,
    {
        lowering::init::<Self, C, F>()
    }

    /// Returns `object.__getattribute__(object, name)`.
    ///
    /// Runs Python: yes. Errors: `AttributeError`. CPython: `PyObject_GenericGetAttr`. RustPython: `generic_getattr`.
    fn slot_generic_get_attribute<'py>(
        py: Attached<'py, Self>,
        object: Ref<'_, Self>,
        name: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        provided::method_of(py, BuiltinType::Object, "__getattribute__", &[object, name])
    }
}
