//! Operations on types, and checks of the type of an object.

use core::ffi::CStr;

use pyo3_backend::{BuiltinType, ErrorOps, ExceptionType, TypeOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{borrowed, raw, raw_or_null};
use crate::{At, CPython, Outcome, Owned, Ref};

#[cfg(Py_LIMITED_API)]
mod limited;

/// Whether an object is an instance of the type in a static, or of a subtype.
macro_rules! is_instance_of {
    ($object:expr, $static:ident) => {
        // SAFETY: a live object, and a type that lives as long as the runtime.
        unsafe { ffi::PyObject_TypeCheck($object, &raw mut ffi::$static) != 0 }
    };
}

/// A check macro of the C API, which reads a flag of the type.
macro_rules! has_flag {
    ($object:expr, $check:ident) => {
        // SAFETY: a live object.
        unsafe { ffi::$check($object) != 0 }
    };
}

impl TypeOps for CPython {
    #[inline]
    fn type_of<'a>(_py: At<'_>, object: Ref<'a>) -> Ref<'a, kind::Type> {
        // SAFETY: a live object, which keeps its type alive. (Assigning to `__class__` can replace the type, but keeps
        // the layout; CPython itself relies on types in the same way.)
        unsafe { borrowed(ffi::Py_TYPE(raw(object)).cast()) }
    }

    #[inline]
    fn type_builtin<'py>(py: At<'py>, which: BuiltinType) -> Ref<'py, kind::Type> {
        // SAFETY: a type object that lives as long as the runtime.
        unsafe { borrowed(type_pointer(py, which).cast()) }
    }

    #[inline]
    fn type_check(py: At<'_>, object: Ref<'_>, which: BuiltinType) -> bool {
        let object = raw(object);
        match which {
            BuiltinType::Object => true,
            BuiltinType::Type => has_flag!(object, PyType_Check),
            BuiltinType::Int => has_flag!(object, PyLong_Check),
            BuiltinType::Float => is_instance_of!(object, PyFloat_Type),
            BuiltinType::Bool => has_flag!(object, PyBool_Check),
            BuiltinType::Str => has_flag!(object, PyUnicode_Check),
            BuiltinType::Bytes => has_flag!(object, PyBytes_Check),
            BuiltinType::Tuple => has_flag!(object, PyTuple_Check),
            BuiltinType::List => has_flag!(object, PyList_Check),
            BuiltinType::Dict => has_flag!(object, PyDict_Check),
            other => {
                // SAFETY: a live object, and a type that lives as long as the runtime.
                unsafe { ffi::PyObject_TypeCheck(object, type_pointer(py, other)) != 0 }
            }
        }
    }

    #[inline]
    fn type_check_exception(py: At<'_>, object: Ref<'_>, which: ExceptionType) -> bool {
        // SAFETY: a live object, and a type that lives as long as the runtime.
        unsafe {
            match which {
                ExceptionType::BaseException => ffi::PyExceptionInstance_Check(raw(object)) != 0,
                other => ffi::PyObject_TypeCheck(raw(object), raw(Self::exception_type(py, other)).cast()) != 0,
            }
        }
    }

    #[inline]
    fn type_is_subtype(_py: At<'_>, sub: Ref<'_, kind::Type>, base: Ref<'_, kind::Type>) -> bool {
        // SAFETY: two types, by their kind.
        unsafe { ffi::PyType_IsSubtype(raw(sub).cast(), raw(base).cast()) != 0 }
    }

    #[inline]
    fn type_is_instance<'py>(py: At<'py>, object: Ref<'_>, class: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, unsafe ffi::PyObject_IsInstance(raw(object), raw(class)))
    }

    #[inline]
    fn type_is_subclass<'py>(py: At<'py>, sub: Ref<'_>, class: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, unsafe ffi::PyObject_IsSubclass(raw(sub), raw(class)))
    }

    #[inline]
    fn type_name<'py>(py: At<'py>, class: Ref<'_, kind::Type>) -> Outcome<'py, Owned<'py, kind::Str>> {
        #[cfg(Py_3_11)]
        return owned!(py, unsafe ffi::PyType_GetName(raw(class).cast()));
        #[cfg(not(Py_3_11))]
        return text_attribute(py, class, c"__name__");
    }

    #[inline]
    fn type_qualname<'py>(py: At<'py>, class: Ref<'_, kind::Type>) -> Outcome<'py, Owned<'py, kind::Str>> {
        #[cfg(Py_3_11)]
        return owned!(py, unsafe ffi::PyType_GetQualName(raw(class).cast()));
        #[cfg(not(Py_3_11))]
        return text_attribute(py, class, c"__qualname__");
    }

    fn type_new_exception<'py>(
        py: At<'py>,
        name: &CStr,
        doc: Option<&CStr>,
        bases: Option<Ref<'_>>,
        dict: Option<Ref<'_, kind::Dict>>,
    ) -> Outcome<'py, Owned<'py, kind::Type>> {
        let doc = doc.map_or(core::ptr::null(), CStr::as_ptr);
        let class: Owned<'py> = owned!(
            py,
            unsafe ffi::PyErr_NewExceptionWithDoc(name.as_ptr(), doc, raw_or_null(bases), raw_or_null(dict))
        )?;
        // The metaclass of a base may have created any object.
        if !Self::type_check(py, class.as_ref(), BuiltinType::Type) {
            let text = c"the metaclass of a base exception did not make a type";
            return Err(crate::Raised::with_message(py, ExceptionType::TypeError, text));
        }
        // SAFETY: just checked.
        Ok(unsafe { class.assume_kind() })
    }
}

/// Returns an attribute with a name of a class. It is converted to `str`, because a metaclass may return another type.
#[cfg(not(Py_3_11))]
fn text_attribute<'py>(py: At<'py>, class: Ref<'_, kind::Type>, name: &CStr) -> Outcome<'py, Owned<'py, kind::Str>> {
    let value: Owned<'py> = owned!(py, unsafe ffi::PyObject_GetAttrString(raw(class), name.as_ptr()))?;
    owned!(py, unsafe ffi::PyObject_Str(raw(value.as_ref())))
}

/// Returns the type object of a built-in type. It lives as long as the runtime.
#[inline]
fn type_pointer(py: At<'_>, which: BuiltinType) -> *mut ffi::PyTypeObject {
    let _ = py;
    match which {
        BuiltinType::Object => &raw mut ffi::PyBaseObject_Type,
        BuiltinType::Type => &raw mut ffi::PyType_Type,
        BuiltinType::Int => &raw mut ffi::PyLong_Type,
        BuiltinType::Float => &raw mut ffi::PyFloat_Type,
        BuiltinType::Bool => &raw mut ffi::PyBool_Type,
        BuiltinType::Complex => &raw mut ffi::PyComplex_Type,
        BuiltinType::Str => &raw mut ffi::PyUnicode_Type,
        BuiltinType::Bytes => &raw mut ffi::PyBytes_Type,
        BuiltinType::ByteArray => &raw mut ffi::PyByteArray_Type,
        BuiltinType::Tuple => &raw mut ffi::PyTuple_Type,
        BuiltinType::List => &raw mut ffi::PyList_Type,
        BuiltinType::Dict => &raw mut ffi::PyDict_Type,
        BuiltinType::Set => &raw mut ffi::PySet_Type,
        BuiltinType::FrozenSet => &raw mut ffi::PyFrozenSet_Type,
        BuiltinType::Slice => &raw mut ffi::PySlice_Type,
        BuiltinType::Range => &raw mut ffi::PyRange_Type,
        BuiltinType::Module => &raw mut ffi::PyModule_Type,
        BuiltinType::BuiltinFunction => &raw mut ffi::PyCFunction_Type,
        BuiltinType::Traceback => &raw mut ffi::PyTraceBack_Type,
        BuiltinType::MappingProxy => &raw mut ffi::PyDictProxy_Type,
        BuiltinType::MemoryView => &raw mut ffi::PyMemoryView_Type,
        BuiltinType::Capsule => &raw mut ffi::PyCapsule_Type,
        BuiltinType::Super => &raw mut ffi::PySuper_Type,
        #[cfg(not(Py_LIMITED_API))]
        BuiltinType::Function => &raw mut ffi::PyFunction_Type,
        #[cfg(not(Py_LIMITED_API))]
        BuiltinType::Code => &raw mut ffi::PyCode_Type,
        #[cfg(not(Py_LIMITED_API))]
        BuiltinType::Frame => &raw mut ffi::PyFrame_Type,
        #[cfg(not(Py_LIMITED_API))]
        BuiltinType::WeakRef => &raw mut ffi::_PyWeakref_RefType,
        #[cfg(Py_LIMITED_API)]
        BuiltinType::Function => limited::type_pointer(py, limited::Hidden::Function),
        #[cfg(Py_LIMITED_API)]
        BuiltinType::Code => limited::type_pointer(py, limited::Hidden::Code),
        #[cfg(Py_LIMITED_API)]
        BuiltinType::Frame => limited::type_pointer(py, limited::Hidden::Frame),
        #[cfg(Py_LIMITED_API)]
        BuiltinType::WeakRef => limited::type_pointer(py, limited::Hidden::WeakRef),
        // SAFETY: the three singletons live as long as the runtime, and so do their types.
        BuiltinType::NoneType => unsafe { ffi::Py_TYPE(ffi::Py_None()) },
        // SAFETY: as above.
        BuiltinType::EllipsisType => unsafe { ffi::Py_TYPE(ffi::Py_Ellipsis()) },
        // SAFETY: as above.
        BuiltinType::NotImplementedType => unsafe { ffi::Py_TYPE(ffi::Py_NotImplemented()) },
    }
}
