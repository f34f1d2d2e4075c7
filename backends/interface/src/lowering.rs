//! Protocols as special methods, as a `class` statement would define them.

use core::ffi::CStr;
use core::marker::PhantomData;

use crate::{
    Arguments, Attached, Backend, BinaryFn, BinarySlot, BoolFn, Class, CompareFn, CompareOp, ContainsFn,
    DescriptorGetFn, ExceptionType, Function, HashFn, LenFn, MethodKind, NextFn, Outcome, Owned, Protocol, Ref,
    RepeatFn, RepeatSlot, SetFn, SetSlot, Special, TernaryFn, TernarySlot, UnaryFn, UnarySlot, provided,
};

/// Returns the receiver and the positional arguments of a call, of which there must be `least` to `most`.
fn parse<'a, 'py: 'a, B: Backend, A: Arguments<'a, B>>(
    py: Attached<'py, B>,
    receiver: Option<Ref<'a, B>>,
    arguments: A,
    least: usize,
    most: usize,
) -> Outcome<'py, B, (Ref<'a, B>, &'a [Ref<'a, B>])> {
    let given = arguments.positional();
    if arguments.keyword_count() != 0 {
        return Err(provided::raise(py, ExceptionType::TypeError, "wrapper takes no keyword arguments"));
    }
    if given.len() < least || given.len() > most {
        let plural = if least == 1 { "" } else { "s" };
        let message = format!("expected {least} argument{plural}, got {}", given.len());
        return Err(provided::raise(py, ExceptionType::TypeError, &message));
    }
    match receiver {
        Some(receiver) => Ok((receiver, given)),
        None => Err(provided::raise(py, ExceptionType::TypeError, "a method needs a receiver")),
    }
}

fn none<'py, B: Backend>(py: Attached<'py, B>) -> Owned<'py, B> {
    B::constant_none(py).to_owned(py)
}

/// Declares a function type that checks the number of positional arguments and passes them to a protocol function.
macro_rules! methods {
    ($(
        $(#[$doc:meta])*
        $name:ident<$shape:ident>($py:ident, $receiver:ident, $given:ident: $least:literal..=$most:literal) $body:block
    )*) => {
        $(
            $(#[$doc])*
            struct $name<F>(PhantomData<fn() -> F>);

            impl<B: Backend, F: $shape<B>> Function<B> for $name<F> {
                fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
                    $py: Attached<'py, B>,
                    receiver: Option<Ref<'a, B>>,
                    arguments: A,
                ) -> Outcome<'py, B, Owned<'py, B>> {
                    let ($receiver, $given) = parse($py, receiver, arguments, $least, $most)?;
                    let _ = $given;
                    $body
                }
            }
        )*
    };
}

methods! {
    Unary<UnaryFn>(py, receiver, given: 0..=0) { F::call(py, receiver) }

    Next<NextFn>(py, receiver, given: 0..=0) {
        F::call(py, receiver)?.ok_or_else(|| {
            let class = B::exception_type(py, ExceptionType::StopIteration);
            B::error_raise_new(py, class.any(), B::constant_none(py))
        })
    }

    Len<LenFn>(py, receiver, given: 0..=0) {
        F::call(py, receiver).map(|length| provided::int(py, length).any())
    }

    Hash<HashFn>(py, receiver, given: 0..=0) {
        let hash = F::call(py, receiver)?;
        // The promise of `HashFn`.
        let hash = if hash == -1 { -2 } else { hash };
        Ok(B::int_from_i64(py, hash as i64).any())
    }

    Bool<BoolFn>(py, receiver, given: 0..=0) {
        F::call(py, receiver).map(|truth| B::constant_bool(py, truth).any().to_owned(py))
    }

    Contains<ContainsFn>(py, receiver, given: 1..=1) {
        F::call(py, receiver, given[0]).map(|truth| B::constant_bool(py, truth).any().to_owned(py))
    }

    Forward<BinaryFn>(py, receiver, given: 1..=1) { F::call(py, receiver, given[0]) }

    Reflected<BinaryFn>(py, receiver, given: 1..=1) { F::call(py, given[0], receiver) }

    Repeat<RepeatFn>(py, receiver, given: 1..=1) {
        let count = B::int_to_i64(py, given[0])?;
        let Ok(count) = isize::try_from(count) else {
            let message = "cannot fit 'int' into an index-sized integer";
            return Err(provided::raise(py, ExceptionType::OverflowError, message));
        };
        F::call(py, receiver, count)
    }

    /// `__pow__`, whose third operand is optional.
    Ternary<TernaryFn>(py, receiver, given: 1..=2) {
        F::call(py, receiver, given[0], given.get(1).copied().unwrap_or_else(|| B::constant_none(py)))
    }

    ReflectedTernary<TernaryFn>(py, receiver, given: 1..=2) {
        F::call(py, given[0], receiver, given.get(1).copied().unwrap_or_else(|| B::constant_none(py)))
    }

    Set<SetFn>(py, receiver, given: 2..=2) {
        F::call(py, receiver, given[0], Some(given[1])).map(|()| none(py))
    }

    Delete<SetFn>(py, receiver, given: 1..=1) {
        F::call(py, receiver, given[0], None).map(|()| none(py))
    }

    DescriptorGet<DescriptorGetFn>(py, receiver, given: 1..=2) {
        let present = |at: usize| given.get(at).copied().filter(|value| !value.is(B::constant_none(py)));
        F::call(py, receiver, present(0), present(1))
    }
}

/// A comparison. `OP` is the number of the operator.
struct Compare<F, const OP: i32>(PhantomData<fn() -> F>);

impl<B: Backend, F: CompareFn<B>, const OP: i32> Function<B> for Compare<F, OP> {
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        const OPERATORS: [CompareOp; 6] =
            [CompareOp::Lt, CompareOp::Le, CompareOp::Eq, CompareOp::Ne, CompareOp::Gt, CompareOp::Ge];
        let (receiver, given) = parse(py, receiver, arguments, 1, 1)?;
        F::call(py, receiver, given[0], OPERATORS[OP as usize])
    }
}

/// `__init__`, which returns `None`.
struct Init<F>(PhantomData<fn() -> F>);

impl<B: Backend, F: Function<B>> Function<B> for Init<F> {
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        F::call(py, receiver, arguments).map(|_| none(py))
    }
}

/// Makes a method of instances of `C` that calls `F`.
fn method<B: Backend, C: Class<B>, F: Function<B>>(name: &'static CStr) -> Special<B> {
    Special { name, entry: B::class_method_entry::<C, F>(MethodKind::Instance) }
}

fn one<B: Backend, C: Class<B>, F: Function<B>>(name: &'static CStr) -> Protocol<B> {
    Protocol::Methods(vec![method::<B, C, F>(name)])
}

pub(crate) fn unary<B: Backend, C: Class<B>, F: UnaryFn<B>>(slot: UnarySlot) -> Protocol<B> {
    one::<B, C, Unary<F>>(match slot {
        UnarySlot::Repr => c"__repr__",
        UnarySlot::Str => c"__str__",
        UnarySlot::Iter => c"__iter__",
        UnarySlot::Negative => c"__neg__",
        UnarySlot::Positive => c"__pos__",
        UnarySlot::Absolute => c"__abs__",
        UnarySlot::Invert => c"__invert__",
        UnarySlot::Int => c"__int__",
        UnarySlot::Float => c"__float__",
        UnarySlot::Index => c"__index__",
        UnarySlot::Await => c"__await__",
        UnarySlot::AsyncIter => c"__aiter__",
        UnarySlot::AsyncNext => c"__anext__",
    })
}

pub(crate) fn next<B: Backend, C: Class<B>, F: NextFn<B>>() -> Protocol<B> {
    one::<B, C, Next<F>>(c"__next__")
}

pub(crate) fn len<B: Backend, C: Class<B>, F: LenFn<B>>() -> Protocol<B> {
    one::<B, C, Len<F>>(c"__len__")
}

pub(crate) fn hash<B: Backend, C: Class<B>, F: HashFn<B>>() -> Protocol<B> {
    one::<B, C, Hash<F>>(c"__hash__")
}

pub(crate) fn bool<B: Backend, C: Class<B>, F: BoolFn<B>>() -> Protocol<B> {
    one::<B, C, Bool<F>>(c"__bool__")
}

pub(crate) fn contains<B: Backend, C: Class<B>, F: ContainsFn<B>>() -> Protocol<B> {
    one::<B, C, Contains<F>>(c"__contains__")
}

pub(crate) fn binary<B: Backend, C: Class<B>, F: BinaryFn<B>>(slot: BinarySlot) -> Protocol<B> {
    let (forward, reflected) = match slot {
        BinarySlot::Add => (c"__add__", Some(c"__radd__")),
        BinarySlot::Subtract => (c"__sub__", Some(c"__rsub__")),
        BinarySlot::Multiply => (c"__mul__", Some(c"__rmul__")),
        BinarySlot::MatrixMultiply => (c"__matmul__", Some(c"__rmatmul__")),
        BinarySlot::TrueDivide => (c"__truediv__", Some(c"__rtruediv__")),
        BinarySlot::FloorDivide => (c"__floordiv__", Some(c"__rfloordiv__")),
        BinarySlot::Remainder => (c"__mod__", Some(c"__rmod__")),
        BinarySlot::DivMod => (c"__divmod__", Some(c"__rdivmod__")),
        BinarySlot::LeftShift => (c"__lshift__", Some(c"__rlshift__")),
        BinarySlot::RightShift => (c"__rshift__", Some(c"__rrshift__")),
        BinarySlot::And => (c"__and__", Some(c"__rand__")),
        BinarySlot::Or => (c"__or__", Some(c"__ror__")),
        BinarySlot::Xor => (c"__xor__", Some(c"__rxor__")),
        BinarySlot::InplaceAdd | BinarySlot::InplaceConcat => (c"__iadd__", None),
        BinarySlot::InplaceSubtract => (c"__isub__", None),
        BinarySlot::InplaceMultiply => (c"__imul__", None),
        BinarySlot::InplaceMatrixMultiply => (c"__imatmul__", None),
        BinarySlot::InplaceTrueDivide => (c"__itruediv__", None),
        BinarySlot::InplaceFloorDivide => (c"__ifloordiv__", None),
        BinarySlot::InplaceRemainder => (c"__imod__", None),
        BinarySlot::InplaceLeftShift => (c"__ilshift__", None),
        BinarySlot::InplaceRightShift => (c"__irshift__", None),
        BinarySlot::InplaceAnd => (c"__iand__", None),
        BinarySlot::InplaceOr => (c"__ior__", None),
        BinarySlot::InplaceXor => (c"__ixor__", None),
        BinarySlot::Concat => (c"__add__", None),
        BinarySlot::GetItem => (c"__getitem__", None),
        BinarySlot::GetAttribute => (c"__getattribute__", None),
    };
    let mut methods = vec![method::<B, C, Forward<F>>(forward)];
    methods.extend(reflected.map(|name| method::<B, C, Reflected<F>>(name)));
    Protocol::Methods(methods)
}

pub(crate) fn repeat<B: Backend, C: Class<B>, F: RepeatFn<B>>(slot: RepeatSlot) -> Protocol<B> {
    match slot {
        RepeatSlot::Repeat => {
            Protocol::Methods(vec![method::<B, C, Repeat<F>>(c"__mul__"), method::<B, C, Repeat<F>>(c"__rmul__")])
        }
        RepeatSlot::InplaceRepeat => one::<B, C, Repeat<F>>(c"__imul__"),
    }
}

pub(crate) fn ternary<B: Backend, C: Class<B>, F: TernaryFn<B>>(slot: TernarySlot) -> Protocol<B> {
    match slot {
        TernarySlot::Power => Protocol::Methods(vec![
            method::<B, C, Ternary<F>>(c"__pow__"),
            method::<B, C, ReflectedTernary<F>>(c"__rpow__"),
        ]),
        TernarySlot::InplacePower => one::<B, C, Ternary<F>>(c"__ipow__"),
    }
}

pub(crate) fn compare<B: Backend, C: Class<B>, F: CompareFn<B>>() -> Protocol<B> {
    Protocol::Methods(vec![
        method::<B, C, Compare<F, 0>>(c"__lt__"),
        method::<B, C, Compare<F, 1>>(c"__le__"),
        method::<B, C, Compare<F, 2>>(c"__eq__"),
        method::<B, C, Compare<F, 3>>(c"__ne__"),
        method::<B, C, Compare<F, 4>>(c"__gt__"),
        method::<B, C, Compare<F, 5>>(c"__ge__"),
    ])
}

pub(crate) fn set<B: Backend, C: Class<B>, F: SetFn<B>>(slot: SetSlot) -> Protocol<B> {
    let (set, delete) = match slot {
        SetSlot::Item => (c"__setitem__", c"__delitem__"),
        SetSlot::Attribute => (c"__setattr__", c"__delattr__"),
        SetSlot::Descriptor => (c"__set__", c"__delete__"),
    };
    Protocol::Methods(vec![method::<B, C, Set<F>>(set), method::<B, C, Delete<F>>(delete)])
}

pub(crate) fn descriptor_get<B: Backend, C: Class<B>, F: DescriptorGetFn<B>>() -> Protocol<B> {
    one::<B, C, DescriptorGet<F>>(c"__get__")
}

pub(crate) fn call<B: Backend, C: Class<B>, F: Function<B>>() -> Protocol<B> {
    one::<B, C, F>(c"__call__")
}

pub(crate) fn init<B: Backend, C: Class<B>, F: Function<B>>() -> Protocol<B> {
    one::<B, C, Init<F>>(c"__init__")
}
