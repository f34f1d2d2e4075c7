//! Attributes of classes.

use pyo3_backend::kind;
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, Outcome, Ref};

/// `class.name = value`, where Python may not do it as well.
pub(super) fn set<'py>(
    py: At<'py>,
    class: Ref<'_, kind::Type>,
    name: Ref<'_, kind::Str>,
    value: Ref<'_>,
) -> Outcome<'py, ()> {
    if is_immutable(class) {
        set_in_dict(py, class, name, value)?;
        // SAFETY: a type, whose caches must forget the name.
        unsafe { ffi::PyType_Modified(raw(class).cast()) };
        Ok(())
    } else {
        status!(py, unsafe ffi::PyObject_SetAttr(raw(class), raw(name), raw(value)))
    }
}

fn is_immutable(class: Ref<'_, kind::Type>) -> bool {
    // The flag has no meaning before 3.10, where every heap type can be changed.
    // SAFETY: a type.
    cfg!(Py_3_10) && unsafe { ffi::PyType_GetFlags(raw(class).cast()) } & super::create::IMMUTABLE != 0
}

#[cfg(not(Py_LIMITED_API))]
fn set_in_dict<'py>(
    py: At<'py>,
    class: Ref<'_, kind::Type>,
    name: Ref<'_, kind::Str>,
    value: Ref<'_>,
) -> Outcome<'py, ()> {
    // SAFETY: a type, and a heap type has its dict for as long as it lives.
    let dict = unsafe { (*raw(class).cast::<ffi::PyTypeObject>()).tp_dict };
    status!(py, unsafe ffi::PyDict_SetItem(dict, raw(name), raw(value)))
}

/// The limited API shows only a read-only view of a type's dict. The view's one referent is the dict.
#[cfg(Py_LIMITED_API)]
fn set_in_dict<'py>(
    py: At<'py>,
    class: Ref<'_, kind::Type>,
    name: Ref<'_, kind::Str>,
    value: Ref<'_>,
) -> Outcome<'py, ()> {
    use pyo3_backend::{BuiltinType, CallOps, ExceptionType, ListOps, TupleOps, TypeOps};

    use crate::{CPython, Owned, Raised};

    let gc: Owned<'py> = owned!(py, unsafe ffi::PyImport_ImportModule(c"gc".as_ptr()))?;
    let referents: Owned<'py> = owned!(
        py,
        unsafe ffi::PyObject_GetAttrString(raw(gc.as_ref()), c"get_referents".as_ptr())
    )?;
    let view: Owned<'py> = owned!(py, unsafe ffi::PyObject_GetAttrString(raw(class), c"__dict__".as_ptr()))?;
    let args = CPython::tuple_from(py, 1, core::iter::once(Ok(view)))?;
    let found = CPython::call(py, referents.as_ref(), args.as_ref(), None)?;
    // SAFETY: `gc.get_referents` gives a list.
    let found: Owned<'py, kind::List> = unsafe { found.assume_kind() };
    match CPython::list_get(py, found.as_ref(), 0) {
        Some(dict) if CPython::type_check(py, dict.as_ref(), BuiltinType::Dict) => {
            status!(py, unsafe ffi::PyDict_SetItem(raw(dict.as_ref()), raw(name), raw(value)))
        }
        _ => Err(Raised::with_message(py, ExceptionType::SystemError, c"the dict of a type was not found")),
    }
}
