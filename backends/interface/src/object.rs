//! Operations on any object.

#![expect(unsafe_code, reason = "constants of the runtime have a kind that nobody need check")]

use crate::{Backend, BuiltinType, ErrorOps, ExceptionType, Outcome, Owned, Ref, TypeOps, kind, provided};

type At<'py, B> = crate::Attached<'py, B>;

/// The six comparison operators, numbered as in CPython (`Py_LT` is 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum CompareOp {
    /// `<`
    Lt = 0,
    /// `<=`
    Le = 1,
    /// `==`
    Eq = 2,
    /// `!=`
    Ne = 3,
    /// `>`
    Gt = 4,
    /// `>=`
    Ge = 5,
}

/// The singleton objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// `None`
    None,
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// `True`
    True,
    /// `False`
    False,
}

/// Unary operators, as an expression applies them to objects. [`UnarySlot`](crate::UnarySlot) is where a class has its
/// functions for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-x`
    Negative,
    /// `+x`
    Positive,
    /// `abs(x)`
    Absolute,
    /// `~x`
    Invert,
}

/// Binary operators, as an expression applies them to objects. [`BinarySlot`](crate::BinarySlot) is where a class has its
/// functions for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a @ b`
    MatrixMultiply,
    /// `a / b`
    TrueDivide,
    /// `a // b`
    FloorDivide,
    /// `a % b`
    Remainder,
    /// `divmod(a, b)`
    DivMod,
    /// `a << b`
    LeftShift,
    /// `a >> b`
    RightShift,
    /// `a & b`
    And,
    /// `a | b`
    Or,
    /// `a ^ b`
    Xor,
}

/// Attributes, items, operators, conversion to text, iteration.
///
/// Names begin with `object_`, `iter_`, `constant_` or `bool_`.
pub trait ObjectOps: ErrorOps + TypeOps {
    /// Returns `object.name`.
    ///
    /// Runs Python: yes. Errors: `AttributeError`, or whatever a descriptor raises.
    /// CPython: `PyObject_GetAttr`. RustPython: `PyObject::get_attr`.
    fn object_get_attribute<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// Returns `object.name`, or `None` if there is no such attribute.
    ///
    /// Runs Python: yes. Errors: all but `AttributeError`. Override if the runtime can look up an attribute without
    /// raising.
    /// CPython: `PyObject_GetOptionalAttr` (3.13), `_PyObject_LookupAttr`. RustPython: `get_attribute_opt`.
    fn object_get_attribute_opt<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>>
    where
        Self: Backend,
    {
        provided::unless(py, Self::object_get_attribute(py, object, name), ExceptionType::AttributeError)
    }

    /// Performs `object.name = value`, or `del object.name` if `value` is `None`.
    ///
    /// Runs Python: yes. Errors: `AttributeError`, or whatever a descriptor raises.
    /// CPython: `PyObject_SetAttr`. RustPython: `set_attr`, `del_attr`.
    fn object_set_attribute<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
        value: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()>;

    /// Returns `object[key]`.
    ///
    /// Runs Python: yes. Errors: `KeyError`, `IndexError`; `TypeError` if the object has no items.
    /// CPython: `PyObject_GetItem`. RustPython: `get_item`.
    fn object_get_item<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        provided::function(py, "operator", "getitem", &[object, key])
    }

    /// Performs `object[key] = value`, or `del object[key]` if `value` is `None`.
    ///
    /// Runs Python: yes. Errors: as [`get_item`](Self::object_get_item). CPython: `PyObject_SetItem`, `PyObject_DelItem`.
    /// RustPython: `set_item`, `del_item`.
    fn object_set_item<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        key: Ref<'_, Self>,
        value: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        match value {
            Some(value) => provided::function(py, "operator", "setitem", &[object, key, value]).map(drop),
            None => provided::function(py, "operator", "delitem", &[object, key]).map(drop),
        }
    }

    /// Returns `value in object`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if the object is not a container.
    /// CPython: `PySequence_Contains`. RustPython: `PySequence::contains`.
    fn object_contains<'py>(py: At<'py, Self>, object: Ref<'_, Self>, value: Ref<'_, Self>) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::function(py, "operator", "contains", &[object, value]))
    }

    /// Returns `len(object)`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it has no length. CPython: `PyObject_Size`. RustPython: `length`.
    fn object_len<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        let length = provided::builtin(py, "len", &[object])?;
        // `len` returns a number that fits.
        Self::int_to_u64(py, length.as_ref()).map(|length| length as usize)
    }

    /// Returns `repr(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_Repr`. RustPython: `repr`.
    fn object_repr<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        provided::builtin(py, "repr", &[object]).and_then(provided::of_kind)
    }

    /// Returns `str(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_Str`. RustPython: `str`.
    fn object_str<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        provided::instance(py, BuiltinType::Str, &[object])
    }

    /// Returns `hash(object)`, which is never -1.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it is unhashable. CPython: `PyObject_Hash`. RustPython: `hash`.
    fn object_hash<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, isize>
    where
        Self: Backend,
    {
        let hash = provided::builtin(py, "hash", &[object])?;
        Self::int_to_i64(py, hash.as_ref()).map(|hash| hash as isize)
    }

    /// Returns `bool(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_IsTrue`. RustPython: `is_true`.
    fn object_is_truthy<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::function(py, "operator", "truth", &[object]))
    }

    /// Returns `dir(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_Dir`. RustPython: `vm.dir`.
    fn object_dir<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::List>>
    where
        Self: Backend,
    {
        provided::builtin(py, "dir", &[object]).and_then(provided::of_kind)
    }

    /// Returns the result of the comparison `left op right`, which may be any object.
    ///
    /// Runs Python: yes. CPython: `PyObject_RichCompare`. RustPython: `rich_compare`.
    fn object_compare<'py>(
        py: At<'py, Self>,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
        op: CompareOp,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        let name = match op {
            CompareOp::Lt => "lt",
            CompareOp::Le => "le",
            CompareOp::Eq => "eq",
            CompareOp::Ne => "ne",
            CompareOp::Gt => "gt",
            CompareOp::Ge => "ge",
        };
        provided::function(py, "operator", name, &[left, right])
    }

    /// Returns the truth of `left op right`. Unlike with `PyObject_RichCompareBool`, identity does not imply equality.
    ///
    /// Runs Python: yes. Override if the runtime can compare to a Rust `bool` at less cost.
    /// CPython: as provided. RustPython: `rich_compare_bool`, except where that would answer from the identity.
    fn object_compare_bool<'py>(
        py: At<'py, Self>,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
        op: CompareOp,
    ) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        let answer = Self::object_compare(py, left, right, op)?;
        Self::object_is_truthy(py, answer.as_ref())
    }

    /// Applies a unary operator.
    ///
    /// Runs Python: yes. Errors: `TypeError` if the operand does not support it.
    /// CPython: `PyNumber_Negative` and its like. RustPython: `vm._neg` and its like.
    fn object_unary<'py>(py: At<'py, Self>, op: UnaryOp, operand: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        let name = match op {
            UnaryOp::Negative => "neg",
            UnaryOp::Positive => "pos",
            UnaryOp::Absolute => "abs",
            UnaryOp::Invert => "inv",
        };
        provided::function(py, "operator", name, &[operand])
    }

    /// Applies a binary operator.
    ///
    /// Runs Python: yes. Errors: `TypeError` if neither operand supports it.
    /// CPython: `PyNumber_Add` and its like. RustPython: `vm._add` and its like.
    fn object_binary<'py>(
        py: At<'py, Self>,
        op: BinaryOp,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        let name = match op {
            BinaryOp::Add => "add",
            BinaryOp::Subtract => "sub",
            BinaryOp::Multiply => "mul",
            BinaryOp::MatrixMultiply => "matmul",
            BinaryOp::TrueDivide => "truediv",
            BinaryOp::FloorDivide => "floordiv",
            BinaryOp::Remainder => "mod",
            BinaryOp::DivMod => return provided::builtin(py, "divmod", &[left, right]),
            BinaryOp::LeftShift => "lshift",
            BinaryOp::RightShift => "rshift",
            BinaryOp::And => "and_",
            BinaryOp::Or => "or_",
            BinaryOp::Xor => "xor",
        };
        provided::function(py, "operator", name, &[left, right])
    }

    /// Returns `pow(base, exponent, modulus)`. A `modulus` of `None` (the Python object) means no modulus.
    ///
    /// Runs Python: yes. CPython: `PyNumber_Power`. RustPython: `vm._pow`.
    fn object_power<'py>(
        py: At<'py, Self>,
        base: Ref<'_, Self>,
        exponent: Ref<'_, Self>,
        modulus: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        provided::builtin(py, "pow", &[base, exponent, modulus])
    }

    /// Returns `iter(object)`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it is not iterable. CPython: `PyObject_GetIter`. RustPython:
    /// `get_iter`.
    fn object_iter<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Iterator>>
    where
        Self: Backend,
    {
        provided::builtin(py, "iter", &[object]).and_then(provided::of_kind)
    }

    /// Returns the next item of an iterator, or `Ok(None)` at its end.
    ///
    /// Accepts any object: whether it is an iterator depends on its type, which Python code can change.
    ///
    /// Runs Python: yes. Errors: `TypeError: 'x' object is not an iterator`, or what the iterator raises.
    /// CPython: `tp_iternext`, `PyIter_Next` (limited API). RustPython: `PyIter::next`.
    fn iter_next<'py>(py: At<'py, Self>, iterator: Ref<'_, Self>) -> Outcome<'py, Self, Option<Owned<'py, Self>>>
    where
        Self: Backend,
    {
        // No other object is identical to this one.
        let end = provided::call(py, Self::type_builtin(py, BuiltinType::Object).any(), &[])?;
        let item = provided::builtin(py, "next", &[iterator, end.as_ref()])?;
        Ok((!item.as_ref().is(end.as_ref())).then_some(item))
    }

    /// Returns whether `object` is an iterator (has `__next__`).
    ///
    /// Runs Python: no. CPython: `PyIter_Check`. RustPython: `PyIter::check`.
    fn object_is_iterator(py: At<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        let name = Self::str_from_utf8(py, "__next__");
        provided::is_quietly(py, "hasattr", &[Self::type_of(py, object).any(), name.as_ref().any()])
    }

    /// Returns `callable(object)`.
    ///
    /// Runs Python: no. CPython: `PyCallable_Check`. RustPython: `is_callable`.
    fn object_is_callable(py: At<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        provided::is_quietly(py, "callable", &[object])
    }

    /// Returns `object.__length_hint__()`, or `default`.
    ///
    /// Runs Python: yes. CPython: `PyObject_LengthHint`. RustPython: `length_hint`.
    fn object_length_hint<'py>(py: At<'py, Self>, object: Ref<'_, Self>, default: usize) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        let default = provided::int(py, default);
        let hint = provided::function(py, "operator", "length_hint", &[object, default.as_ref().any()])?;
        Self::int_to_u64(py, hint.as_ref()).map(|hint| hint as usize)
    }

    /// Returns one of the singleton objects, borrowed for as long as the thread is attached.
    ///
    /// Make it inline: `which` is a constant in nearly every call.
    ///
    /// Runs Python: no. CPython: `Py_None` and its like. RustPython: `ctx.none` and its like.
    fn constant<'py>(py: At<'py, Self>, which: Constant) -> Ref<'py, Self>;

    /// Returns `None`.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn constant_none<'py>(py: At<'py, Self>) -> Ref<'py, Self> {
        Self::constant(py, Constant::None)
    }

    /// Returns `NotImplemented`.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn constant_not_implemented<'py>(py: At<'py, Self>) -> Ref<'py, Self> {
        Self::constant(py, Constant::NotImplemented)
    }

    /// Returns `...`.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn constant_ellipsis<'py>(py: At<'py, Self>) -> Ref<'py, Self> {
        Self::constant(py, Constant::Ellipsis)
    }

    /// Returns `True` or `False`.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn constant_bool<'py>(py: At<'py, Self>, value: bool) -> Ref<'py, Self, kind::Bool> {
        let object = Self::constant(py, if value { Constant::True } else { Constant::False });
        // SAFETY: both are instances of `bool`.
        unsafe { object.assume_kind() }
    }

    /// Returns the value of a `bool` object.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: identity with `True`.
    #[inline]
    fn bool_value(py: At<'_, Self>, value: Ref<'_, Self, kind::Bool>) -> bool {
        value.is(Self::constant_bool(py, true))
    }
}
