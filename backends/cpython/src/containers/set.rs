//! `set` and `frozenset`.

use pyo3_backend::{AnySet, ErrorOps, ExceptionType, SetOps, TypeOps, kind};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, CPython, Outcome, Owned, Ref};

impl SetOps for CPython {
    fn set_new(py: At<'_>) -> Owned<'_, kind::Set> {
        made!(py, PySet_New(core::ptr::null_mut()))
    }

    fn frozenset_from_set<'py>(py: At<'py>, set: Ref<'_, kind::Set>) -> Outcome<'py, Owned<'py, kind::FrozenSet>> {
        owned!(py, PyFrozenSet_New(raw(set)))
    }

    #[inline]
    fn set_len<K: AnySet>(_py: At<'_>, set: Ref<'_, K>) -> usize {
        // SAFETY: a set by its kind, for which this does not fail.
        unsafe { ffi::PySet_Size(raw(set)) as usize }
    }

    fn set_contains<'py, K: AnySet>(py: At<'py>, set: Ref<'_, K>, item: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, PySet_Contains(raw(set), raw(item)))
    }

    fn set_add<'py>(py: At<'py>, set: Ref<'_, kind::Set>, item: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, PySet_Add(raw(set), raw(item)))
    }

    fn set_discard<'py>(py: At<'py>, set: Ref<'_, kind::Set>, item: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, PySet_Discard(raw(set), raw(item)))
    }

    fn set_pop<'py>(py: At<'py>, set: Ref<'_, kind::Set>) -> Outcome<'py, Option<Owned<'py>>> {
        match owned!(py, PySet_Pop(raw(set))) {
            Ok(item) => Ok(Some(item)),
            Err(raised) => {
                let exception = Self::take(py, raised);
                match Self::is_exception_instance(py, exception.as_ref().any(), ExceptionType::KeyError) {
                    true => Ok(None),
                    false => Err(Self::raise(py, exception)),
                }
            }
        }
    }

    fn set_clear(py: At<'_>, set: Ref<'_, kind::Set>) {
        // SAFETY: a set by its kind, for which this does not fail; nor does the method of its type.
        #[cfg(not(Py_LIMITED_API))]
        let failed = unsafe { ffi::PySet_Clear(raw(set)) } != 0;
        #[cfg(Py_LIMITED_API)]
        let failed = {
            let class = Self::builtin_type(py, pyo3_backend::BuiltinType::Set);
            let cleared: Outcome<'_, Owned<'_>> =
                owned!(py, PyObject_CallMethod(raw(class), c"clear".as_ptr(), c"O".as_ptr(), raw(set)));
            cleared.map_err(Self::discard).is_err()
        };
        let _ = py;
        debug_assert!(!failed, "a set can be cleared");
    }
}
