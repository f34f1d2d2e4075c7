//! Operations on types, and on the types of objects.

use core::ffi::CStr;

use crate::kind::Members;
use crate::{Attached, Backend, BuiltinType, ExceptionType, Kind, Outcome, Owned, Ref, RefOps, kind, provided};

/// Operations on types, and on the types of objects.
pub trait TypeOps: RefOps {
    /// Returns `type(object)`, borrowed: the object keeps it alive.
    ///
    /// Runs Python: no. CPython: `Py_TYPE`. RustPython: `class`.
    fn type_of<'a>(py: Attached<'_, Self>, object: Ref<'a, Self>) -> Ref<'a, Self, kind::Type>;

    /// Returns a built-in type, borrowed: it lives as long as the runtime.
    ///
    /// Runs Python: no. CPython: `PyList_Type` and its like. RustPython: `ctx.types.list_type` and its like.
    fn type_builtin<'py>(py: Attached<'py, Self>, which: BuiltinType) -> Ref<'py, Self, kind::Type>;

    /// Returns whether `object` is an instance of a built-in type or of a subclass. Ignores `__instancecheck__`.
    ///
    /// Make it inline and match on `which`, which is a constant in nearly every call.
    ///
    /// Runs Python: no. CPython: `PyList_Check` and its like. RustPython: `fast_isinstance`, payload type.
    fn type_check(py: Attached<'_, Self>, object: Ref<'_, Self>, which: BuiltinType) -> bool
    where
        Self: Backend,
    {
        Self::type_is_subtype(py, Self::type_of(py, object), Self::type_builtin(py, which))
    }

    /// Returns whether the type of `object` is exactly the built-in type.
    ///
    /// Runs Python: no. CPython: `PyList_CheckExact` and its like. RustPython: `class().is(..)`.
    fn type_check_exact(py: Attached<'_, Self>, object: Ref<'_, Self>, which: BuiltinType) -> bool {
        Self::type_of(py, object).is(Self::type_builtin(py, which))
    }

    /// Returns whether `object` is an instance of a built-in exception type, by inheritance alone.
    ///
    /// Runs Python: no. CPython: `PyExceptionInstance_Check` for `BaseException`, else `PyType_IsSubtype`.
    /// RustPython: `fast_isinstance`.
    fn type_check_exception(py: Attached<'_, Self>, object: Ref<'_, Self>, which: ExceptionType) -> bool
    where
        Self: Backend,
    {
        Self::type_is_subtype(py, Self::type_of(py, object), Self::exception_type(py, which))
    }

    /// Returns whether `sub` is `base` or inherits from it, by the method resolution order alone.
    ///
    /// Runs Python: no. CPython: `PyType_IsSubtype`. RustPython: `fast_issubclass`.
    fn type_is_subtype(py: Attached<'_, Self>, sub: Ref<'_, Self, kind::Type>, base: Ref<'_, Self, kind::Type>)
    -> bool;

    /// Returns `isinstance(object, class)`. `class` may be a tuple, or have `__instancecheck__`.
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

    /// Returns `issubclass(sub, class)`.
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

    /// Returns `class.__name__`.
    ///
    /// Runs Python: no, except for a metaclass with its own `__name__`.
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

    /// Returns `class.__qualname__`.
    ///
    /// Runs Python: no, except for a metaclass with its own `__qualname__`.
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

    /// Returns whether `object` is of kind `K`. Used by [`Ref::cast`].
    ///
    /// Runs Python: no, except for the first import of `datetime`.
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

    /// Creates an exception class at run time, like a `class` statement with this name, doc and bases.
    ///
    /// `name` is dotted: the part before the last dot becomes `__module__`.
    ///
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
