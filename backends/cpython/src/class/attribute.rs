//! Attributes of classes.

use pyo3_backend::kind;
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, Outcome, Ref};

/// Sets `class.name = value`, also for a class that Python code may not change.
pub(super) fn set<'py>(
    py: At<'py>,
    class: Ref<'_, kind::Type>,
    name: Ref<'_, kind::Str>,
    value: Ref<'_>,
) -> Outcome<'py, ()> {
    if is_immutable(class) {
        set_in_dict(py, class, name, value)?;
        // SAFETY: a type. Its caches still hold the old value of the name.
        unsafe { ffi::PyType_Modified(raw(class).cast()) };
        Ok(())
    } else {
        status!(py, unsafe ffi::PyObject_SetAttr(raw(class), raw(name), raw(value)))
    }
}

fn is_immutable(class: Ref<'_, kind::Type>) -> bool {
    // The flag has no meaning before 3.10: there, every heap type is mutable.
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
    // SAFETY: a type by its kind; a heap type keeps its dict as long as it lives.
    let dict = unsafe { (*raw(class).cast::<ffi::PyTypeObject>()).tp_dict };
    status!(py, unsafe ffi::PyDict_SetItem(dict, raw(name), raw(value)))
}

/// Stores the attribute in the dict of the class. The limited API only exposes a read-only view of that dict, so this
/// gets the dict as the one referent of the view.
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
    // SAFETY: `gc.get_referents` returns a list.
    let found: Owned<'py, kind::List> = unsafe { found.assume_kind() };
    match CPython::list_get(py, found.as_ref(), 0) {
        Some(dict) if CPython::type_check(py, dict.as_ref(), BuiltinType::Dict) => {
            status!(py, unsafe ffi::PyDict_SetItem(raw(dict.as_ref()), raw(name), raw(value)))
        }
        _ => Err(Raised::with_message(py, ExceptionType::SystemError, c"the dict of a type was not found")),
    }
}
