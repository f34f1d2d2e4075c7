//! What is asked of types, and which type an object has.

use core::ffi::CStr;

use crate::kind::Members;
use crate::{Attached, Backend, BuiltinType, ExceptionType, Kind, Outcome, Owned, Ref, RefOps, kind, provided};

/// What is asked of types, and which type an object has.
pub trait TypeOps: RefOps {
    /// `type(object)`, borrowed: the object keeps it alive.
    ///
    /// Runs Python: no. CPython: `Py_TYPE`. RustPython: `class`.
    fn type_of<'a>(py: Attached<'_, Self>, object: Ref<'a, Self>) -> Ref<'a, Self, kind::Type>;

    /// A built-in type, borrowed: it lives as long as the runtime.
    ///
    /// Runs Python: no. CPython: `PyList_Type` and its like. RustPython: `ctx.types.list_type` and its like.
    fn type_builtin<'py>(py: Attached<'py, Self>, which: BuiltinType) -> Ref<'py, Self, kind::Type>;

    /// Whether `object` is an instance of a built-in type or of a subclass, without asking `__instancecheck__`.
    ///
    /// Runs Python: no. `which` is a constant in nearly every call: match on it, inline. CPython: `PyList_Check` and its
    /// like. RustPython: `fast_isinstance`, payload type.
    fn type_check(py: Attached<'_, Self>, object: Ref<'_, Self>, which: BuiltinType) -> bool
    where
        Self: Backend,
    {
        Self::type_is_subtype(py, Self::type_of(py, object), Self::type_builtin(py, which))
    }

    /// Whether the type of `object` is exactly the built-in type.
    ///
    /// Runs Python: no. CPython: `PyList_CheckExact` and its like. RustPython: `class().is(..)`.
    fn type_check_exact(py: Attached<'_, Self>, object: Ref<'_, Self>, which: BuiltinType) -> bool {
        Self::type_of(py, object).is(Self::type_builtin(py, which))
    }

    /// Whether `object` is an instance of a built-in exception type, by inheritance alone.
    ///
    /// Runs Python: no. CPython: `PyExceptionInstance_Check` for `BaseException`, else `PyType_IsSubtype`.
    /// RustPython: `fast_isinstance`.
    fn type_check_exception(py: Attached<'_, Self>, object: Ref<'_, Self>, which: ExceptionType) -> bool
    where
        Self: Backend,
    {
        Self::type_is_subtype(py, Self::type_of(py, object), Self::exception_type(py, which))
    }

    /// Whether `sub` is `base` or inherits from it, by the method resolution order alone.
    ///
    /// Runs Python: no. CPython: `PyType_IsSubtype`. RustPython: `fast_issubclass`.
    fn type_is_subtype(py: Attached<'_, Self>, sub: Ref<'_, Self, kind::Type>, base: Ref<'_, Self, kind::Type>)
    -> bool;

    /// `isinstance(object, class)`: `class` may be a tuple, or have `__instancecheck__`.
    ///
    /// Runs Python: yes. CPython: `PyObject_IsInstance`. RustPython: `is_instance`.
    fn type_is_instance<'py>(
        py: Attached<'py, Self>,
        object: Ref<'_, Self>,
        class: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::builtin(py, "isinstance", &[object, class]))
    }

    /// `issubclass(sub, class)`.
    ///
    /// Runs Python: yes. CPython: `PyObject_IsSubclass`. RustPython: `is_subclass`.
    fn type_is_subclass<'py>(
        py: Attached<'py, Self>,
        sub: Ref<'_, Self>,
        class: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        provided::is_true(py, provided::builtin(py, "issubclass", &[sub, class]))
    }

    /// `class.__name__`. Runs Python: no, but for a metaclass with a `__name__` of its own.
    ///
    /// CPython: `PyType_GetName` (3.11), else the attribute. RustPython: `PyType::__name__`.
    fn type_name<'py>(
        py: Attached<'py, Self>,
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
        py: Attached<'py, Self>,
        class: Ref<'_, Self, kind::Type>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        provided::attribute(py, class.any(), "__qualname__").and_then(provided::of_kind)
    }

    /// Whether `object` is of kind `K`. What [`Ref::cast`] asks.
    ///
    /// Runs Python: no, but for the first import of `datetime`.
    /// CPython and RustPython: as provided.
    #[inline]
    fn type_check_kind<K: Kind>(py: Attached<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        match K::MEMBERS {
            Members::Any => true,
            Members::Builtin(which) => Self::type_check(py, object, which),
            Members::Exception(which) => Self::type_check_exception(py, object, which),
            Members::Iterator => Self::object_is_iterator(py, object),
            Members::DateTime(which) => Self::datetime_check(py, object, which),
        }
    }

    /// Makes a class at run time, as a `class` statement with this name, doc and bases would.
    ///
    /// `name` is dotted: what stands before the last dot becomes `__module__`. For exception types.
    /// Runs Python: yes (metaclass, `__init_subclass__`). Errors: what the metaclass raises.
    /// CPython: `PyErr_NewExceptionWithDoc`. RustPython: `ctx.new_exception_type_with_doc`.
    fn type_new_exception<'py>(
        py: Attached<'py, Self>,
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
        let own_name = Self::str_from_utf8(py, own_name);
        let arguments = [own_name.as_ref().any(), bases.as_ref().any(), members.as_ref().any()];
        provided::instance(py, BuiltinType::Type, &arguments)
    }
}
