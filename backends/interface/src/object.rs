//! What every object can do, and what is asked of types.

#![expect(unsafe_code, reason = "constants of the runtime have a kind that nobody need check")]

use core::ffi::CStr;

use crate::kind::Members;
use crate::{Backend, BuiltinType, ErrorOps, ExceptionType, Kind, Outcome, Owned, Ref, RefOps, kind, provided};

type At<'py, B> = crate::Attached<'py, B>;

/// The six comparisons, numbered as in CPython (`Py_LT` is 0).
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

/// The objects that exist once.
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

/// Operators with one operand.
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

/// Operators with two operands.
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

/// Attributes, items, operators, conversions to text, iteration.
pub trait ObjectOps: ErrorOps + TypeOps {
    /// `object.name`.
    ///
    /// Runs Python: yes. Errors: `AttributeError`, or whatever a descriptor raises.
    /// CPython: `PyObject_GetAttr`. RustPython: `PyObject::get_attr`.
    fn get_attribute<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// What a weak reference or a weak proxy refers to, or `None` where that is gone.
    ///
    /// `reference` is an instance of `weakref.ref`, of a subclass, or a proxy. What a subclass says when it is called is
    /// not
    /// asked. Runs Python: no. CPython: `PyWeakref_GetRef` (3.13), `PyWeakref_GetObject`. RustPython: `ref`'s own call.
    fn weakref_target<'py>(py: At<'py, Self>, reference: Ref<'_, Self>) -> Option<Owned<'py, Self>>;

    /// `object.name`, or `None` where there is no such attribute.
    ///
    /// Runs Python: yes. Errors: all but `AttributeError`. Override where the runtime can look without raising.
    /// CPython: `PyObject_GetOptionalAttr` (3.13), `_PyObject_LookupAttr`. RustPython: `get_attribute_opt`.
    fn get_attribute_opt<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>>
    where
        Self: Backend,
    {
        provided::unless(py, Self::get_attribute(py, object, name), ExceptionType::AttributeError)
    }

    /// `object.name = value`; `del object.name` where `value` is `None`.
    ///
    /// Runs Python: yes. Errors: `AttributeError`, or whatever a descriptor raises.
    /// CPython: `PyObject_SetAttr`. RustPython: `set_attr`, `del_attr`.
    fn set_attribute<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
        value: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()>;

    /// `object[key]`.
    ///
    /// Runs Python: yes. Errors: `KeyError`, `IndexError`, `TypeError` where it has no items.
    /// CPython: `PyObject_GetItem`. RustPython: `get_item`.
    fn get_item<'py>(
        py: At<'py, Self>,
        object: Ref<'_, Self>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        provided::function(py, "operator", "getitem", &[object, key])
    }

    /// `object[key] = value`; `del object[key]` where `value` is `None`.
    ///
    /// Runs Python: yes. Errors: as [`get_item`](Self::get_item). CPython: `PyObject_SetItem`, `PyObject_DelItem`.
    /// RustPython: `set_item`, `del_item`.
    fn set_item<'py>(
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

    /// `value in object`.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it is no container. CPython: `PySequence_Contains`.
    /// RustPython: `PySequence::contains`.
    fn contains<'py>(py: At<'py, Self>, object: Ref<'_, Self>, value: Ref<'_, Self>) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::function(py, "operator", "contains", &[object, value]))
    }

    /// `len(object)`.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it has no length. CPython: `PyObject_Size`. RustPython: `length`.
    fn len<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        let length = provided::builtin(py, "len", &[object])?;
        // `len` gives what fits.
        Self::int_to_u64(py, length.as_ref()).map(|length| length as usize)
    }

    /// The length of a sequence, as the sequence protocol has it.
    ///
    /// Provided. Override where the runtime tells sequences and mappings apart.
    /// Runs Python: yes. Errors: `TypeError` where it has no length, or only that of a mapping. CPython:
    /// `PySequence_Size`. RustPython: `PySequence::length`.
    #[inline]
    fn sequence_len<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        Self::len(py, object)
    }

    /// `repr(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_Repr`. RustPython: `repr`.
    fn repr<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        provided::builtin(py, "repr", &[object]).and_then(provided::of_kind)
    }

    /// `str(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_Str`. RustPython: `str`.
    fn str<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        provided::call(py, Self::builtin_type(py, BuiltinType::Str).any(), &[object]).and_then(provided::of_kind)
    }

    /// `hash(object)`; never -1.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it is unhashable. CPython: `PyObject_Hash`. RustPython: `hash`.
    fn hash<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, isize>
    where
        Self: Backend,
    {
        let hash = provided::builtin(py, "hash", &[object])?;
        Self::int_to_i64(py, hash.as_ref()).map(|hash| hash as isize)
    }

    /// `bool(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_IsTrue`. RustPython: `is_true`.
    fn is_truthy<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::function(py, "operator", "truth", &[object]))
    }

    /// `dir(object)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_Dir`. RustPython: `vm.dir`.
    fn dir<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::List>>
    where
        Self: Backend,
    {
        provided::builtin(py, "dir", &[object]).and_then(provided::of_kind)
    }

    /// `left op right`, whatever it answers.
    ///
    /// Runs Python: yes. CPython: `PyObject_RichCompare`. RustPython: `rich_compare`.
    fn compare<'py>(
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

    /// The truth of `left op right`. Unlike `PyObject_RichCompareBool`, identity does not imply equality.
    ///
    /// Runs Python: yes. Override where a comparison yields a Rust `bool` at less cost.
    /// CPython: as provided, without an object for `True` and `False`. RustPython: `rich_compare_bool`.
    fn compare_bool<'py>(
        py: At<'py, Self>,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
        op: CompareOp,
    ) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        let answer = Self::compare(py, left, right, op)?;
        Self::is_truthy(py, answer.as_ref())
    }

    /// Applies a unary operator.
    ///
    /// Runs Python: yes. Errors: `TypeError` where there is no such operator. CPython: `PyNumber_Negative` and its like.
    /// RustPython: `vm._neg` and its like.
    fn unary<'py>(py: At<'py, Self>, op: UnaryOp, operand: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self>>
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
    /// Runs Python: yes. Errors: `TypeError` where neither operand knows it. CPython: `PyNumber_Add` and its like.
    /// RustPython: `vm._add` and its like.
    fn binary<'py>(
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

    /// `pow(base, exponent, modulus)`; a `modulus` of `None` (the Python object) means none.
    ///
    /// Runs Python: yes. CPython: `PyNumber_Power`. RustPython: `vm._pow`.
    fn power<'py>(
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

    /// `iter(object)`.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it is not iterable. CPython: `PyObject_GetIter`.
    /// RustPython: `get_iter`.
    fn iter<'py>(py: At<'py, Self>, object: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Iterator>>
    where
        Self: Backend,
    {
        provided::builtin(py, "iter", &[object]).and_then(provided::of_kind)
    }

    /// The next item of an iterator; `Ok(None)` at its end.
    ///
    /// Runs Python: yes. CPython: `PyIter_Next`.
    /// RustPython: `PyIter::next`.
    fn iter_next<'py>(
        py: At<'py, Self>,
        iterator: Ref<'_, Self, kind::Iterator>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>>
    where
        Self: Backend,
    {
        // Nothing else is this object.
        let end = provided::call(py, Self::builtin_type(py, BuiltinType::Object).any(), &[])?;
        let item = provided::builtin(py, "next", &[iterator.any(), end.as_ref()])?;
        Ok((!item.as_ref().is(end.as_ref())).then_some(item))
    }

    /// Whether `object` is an iterator (has `__next__`).
    ///
    /// Runs Python: no. CPython: `PyIter_Check`. RustPython: `PyIter::check`.
    fn is_iterator(py: At<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        let name = Self::str_from_utf8(py, "__next__");
        provided::is_quietly(py, "hasattr", &[Self::type_of(py, object).any(), name.as_ref().any()])
    }

    /// `callable(object)`.
    ///
    /// Runs Python: no. CPython: `PyCallable_Check`. RustPython: `is_callable`.
    fn is_callable(py: At<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        provided::is_quietly(py, "callable", &[object])
    }

    /// `object.__length_hint__()`, or `default`.
    ///
    /// Runs Python: yes. CPython: `PyObject_LengthHint`. RustPython: `length_hint`.
    fn length_hint<'py>(py: At<'py, Self>, object: Ref<'_, Self>, default: usize) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        let default = provided::int(py, default);
        let hint = provided::function(py, "operator", "length_hint", &[object, default.as_ref().any()])?;
        Self::int_to_u64(py, hint.as_ref()).map(|hint| hint as usize)
    }

    /// One of the objects that exist once, borrowed for as long as the thread is attached.
    ///
    /// Runs Python: no. Inline: `which` is a constant in nearly every call. CPython: `Py_None` and its like.
    /// RustPython: `ctx.none` and its like.
    fn constant<'py>(py: At<'py, Self>, which: Constant) -> Ref<'py, Self>;

    /// `None`.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn none<'py>(py: At<'py, Self>) -> Ref<'py, Self> {
        Self::constant(py, Constant::None)
    }

    /// `NotImplemented`.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn not_implemented<'py>(py: At<'py, Self>) -> Ref<'py, Self> {
        Self::constant(py, Constant::NotImplemented)
    }

    /// `...`
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn ellipsis<'py>(py: At<'py, Self>) -> Ref<'py, Self> {
        Self::constant(py, Constant::Ellipsis)
    }

    /// `True` or `False`.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline(always)]
    fn bool<'py>(py: At<'py, Self>, value: bool) -> Ref<'py, Self, kind::Bool> {
        let object = Self::constant(py, if value { Constant::True } else { Constant::False });
        // SAFETY: both are instances of `bool`.
        unsafe { object.assume_kind() }
    }

    /// The value of a `bool` object.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: identity with `True`.
    fn bool_value(py: At<'_, Self>, value: Ref<'_, Self, kind::Bool>) -> bool {
        value.is(Self::bool(py, true))
    }
}

/// What is asked of types, and which type an object has.
pub trait TypeOps: RefOps {
    /// `type(object)`, borrowed: the object keeps it alive.
    ///
    /// Runs Python: no. CPython: `Py_TYPE`. RustPython: `class`.
    fn type_of<'a>(py: At<'_, Self>, object: Ref<'a, Self>) -> Ref<'a, Self, kind::Type>;

    /// A built-in type, borrowed: it lives as long as the runtime.
    ///
    /// Runs Python: no. CPython: `PyList_Type` and its like. RustPython: `ctx.types.list_type` and its like.
    fn builtin_type<'py>(py: At<'py, Self>, which: BuiltinType) -> Ref<'py, Self, kind::Type>;

    /// Whether `object` is an instance of a built-in type or of a subclass, without asking `__instancecheck__`.
    ///
    /// Runs Python: no. `which` is a constant in nearly every call: match on it, inline. CPython: `PyList_Check` and its
    /// like. RustPython: `fast_isinstance`, payload type.
    fn is_builtin(py: At<'_, Self>, object: Ref<'_, Self>, which: BuiltinType) -> bool
    where
        Self: Backend,
    {
        Self::is_subtype(py, Self::type_of(py, object), Self::builtin_type(py, which))
    }

    /// Whether the type of `object` is exactly the built-in type.
    ///
    /// Runs Python: no. CPython: `PyList_CheckExact` and its like. RustPython: `class().is(..)`.
    fn is_builtin_exact(py: At<'_, Self>, object: Ref<'_, Self>, which: BuiltinType) -> bool {
        Self::type_of(py, object).is(Self::builtin_type(py, which))
    }

    /// Whether `object` is an instance of a built-in exception type, by inheritance alone.
    ///
    /// Runs Python: no. CPython: `PyExceptionInstance_Check` for `BaseException`, else `PyType_IsSubtype`.
    /// RustPython: `fast_isinstance`.
    fn is_exception_instance(py: At<'_, Self>, object: Ref<'_, Self>, which: ExceptionType) -> bool
    where
        Self: Backend,
    {
        Self::is_subtype(py, Self::type_of(py, object), Self::exception_type(py, which))
    }

    /// Whether `sub` is `base` or inherits from it, by the method resolution order alone.
    ///
    /// Runs Python: no. CPython: `PyType_IsSubtype`. RustPython: `fast_issubclass`.
    fn is_subtype(py: At<'_, Self>, sub: Ref<'_, Self, kind::Type>, base: Ref<'_, Self, kind::Type>) -> bool;

    /// `isinstance(object, class)`: `class` may be a tuple, or have `__instancecheck__`.
    ///
    /// Runs Python: yes. CPython: `PyObject_IsInstance`. RustPython: `is_instance`.
    fn is_instance<'py>(py: At<'py, Self>, object: Ref<'_, Self>, class: Ref<'_, Self>) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::builtin(py, "isinstance", &[object, class]))
    }

    /// `issubclass(sub, class)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_IsSubclass`. RustPython: `is_subclass`.
    fn is_subclass<'py>(py: At<'py, Self>, sub: Ref<'_, Self>, class: Ref<'_, Self>) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::builtin(py, "issubclass", &[sub, class]))
    }

    /// `class.__name__`. Runs Python: no, but for a metaclass with a `__name__` of its own.
    ///
    /// CPython: `PyType_GetName` (3.11), else the attribute. RustPython: `PyType::__name__`.
    fn type_name<'py>(
        py: At<'py, Self>,
        class: Ref<'_, Self, kind::Type>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        provided::attribute(py, class.any(), "__name__").and_then(provided::of_kind)
    }

    /// `class.__qualname__`. As [`type_name`](Self::type_name).
    ///
    /// Runs Python: no, but for a metaclass with a `__qualname__` of its own.
    /// CPython: `PyType_GetQualName` (3.11), else the attribute. RustPython: `PyType::__qualname__`.
    fn type_qualname<'py>(
        py: At<'py, Self>,
        class: Ref<'_, Self, kind::Type>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        provided::attribute(py, class.any(), "__qualname__").and_then(provided::of_kind)
    }

    /// Whether `object` is of kind `K`. What [`Ref::cast`] asks.
    ///
    /// Runs Python: no.
    /// CPython and RustPython: as provided.
    #[inline]
    fn is_kind<K: Kind>(py: At<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        match K::MEMBERS {
            Members::Any => true,
            Members::Builtin(which) => Self::is_builtin(py, object, which),
            Members::Exception(which) => Self::is_exception_instance(py, object, which),
            Members::Iterator => Self::is_iterator(py, object),
        }
    }

    /// Makes a class at run time, as a `class` statement with this name, doc and bases would.
    ///
    /// `name` is dotted: what stands before the last dot becomes `__module__`. For exception types.
    /// Runs Python: yes (metaclass, `__init_subclass__`). Errors: what the metaclass raises.
    /// CPython: `PyErr_NewExceptionWithDoc`. RustPython: `ctx.new_exception_type_with_doc`.
    fn new_exception_type<'py>(
        py: At<'py, Self>,
        name: &CStr,
        doc: Option<&CStr>,
        bases: Option<Ref<'_, Self>>,
        dict: Option<Ref<'_, Self, kind::Dict>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Type>>
    where
        Self: Backend,
    {
        let name = name.to_string_lossy();
        let Some((module, own_name)) = name.rsplit_once('.') else {
            let message = "PyErr_NewException: name must be module.class";
            return Err(provided::raise(py, ExceptionType::SystemError, message));
        };
        let members = match dict {
            Some(dict) => Self::dict_copy(py, dict)?,
            None => Self::dict_new(py),
        };
        let set = |key: &str, value: Ref<'_, Self>| {
            let key = Self::str_from_utf8(py, key);
            Self::dict_set_default(py, members.as_ref(), key.as_ref().any(), value).map(drop)
        };
        set("__module__", Self::str_from_utf8(py, module).as_ref().any())?;
        if let Some(doc) = doc {
            set("__doc__", Self::str_from_utf8(py, &doc.to_string_lossy()).as_ref().any())?;
        }
        let bases = bases.unwrap_or_else(|| Self::exception_type(py, ExceptionType::Exception).any());
        let bases = match bases.cast::<kind::Tuple>(py) {
            Some(bases) => bases.to_owned(py),
            None => provided::tuple(py, &[bases]),
        };
        let metaclass = Self::builtin_type(py, BuiltinType::Type);
        let own_name = Self::str_from_utf8(py, own_name);
        let arguments = [own_name.as_ref().any(), bases.as_ref().any(), members.as_ref().any()];
        provided::call(py, metaclass.any(), &arguments).and_then(provided::of_kind)
    }
}
