//! `set` and `frozenset`.

use pyo3_backend::{AnySet, ErrorOps, ExceptionType, SetOps, TypeOps, kind};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, CPython, Outcome, Owned, Ref};

impl SetOps for CPython {
    #[inline]
    fn set_new(py: At<'_>) -> Owned<'_, kind::Set> {
        owned_or_abort!(py, unsafe ffi::PySet_New(core::ptr::null_mut()))
    }

    #[inline]
    fn frozenset_new(py: At<'_>) -> Owned<'_, kind::FrozenSet> {
        owned_or_abort!(py, unsafe ffi::PyFrozenSet_New(core::ptr::null_mut()))
    }

    #[inline]
    fn frozenset_from_set<'py>(py: At<'py>, set: Ref<'_, kind::Set>) -> Outcome<'py, Owned<'py, kind::FrozenSet>> {
        owned!(py, unsafe ffi::PyFrozenSet_New(raw(set)))
    }

    #[inline]
    fn frozenset_begin(py: At<'_>) -> Owned<'_> {
        Self::frozenset_new(py).any()
    }

    #[inline]
    fn frozenset_add<'py>(py: At<'py>, unfinished: Ref<'_>, item: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PySet_Add(raw(unfinished), raw(item)))
    }

    #[inline]
    fn frozenset_finish<'py>(_py: At<'py>, unfinished: Owned<'py>) -> Outcome<'py, Owned<'py, kind::FrozenSet>> {
        Ok(unfinished.cast().unwrap_or_else(|_| unreachable!("it was begun as one")))
    }

    #[inline]
    fn set_len<K: AnySet>(_py: At<'_>, set: Ref<'_, K>) -> usize {
        // Without the global lock, the C function reads the length atomically.
        #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
        use ffi::PySet_GET_SIZE as size;
        #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
        use ffi::PySet_Size as size;
        // SAFETY: a set by its kind, for which the call does not fail.
        unsafe { size(raw(set)) as usize }
    }

    #[inline]
    fn set_contains<'py, K: AnySet>(py: At<'py>, set: Ref<'_, K>, item: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, unsafe ffi::PySet_Contains(raw(set), raw(item)))
    }

    #[inline]
    fn set_add<'py>(py: At<'py>, set: Ref<'_, kind::Set>, item: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PySet_Add(raw(set), raw(item)))
    }

    #[inline]
    fn set_discard<'py>(py: At<'py>, set: Ref<'_, kind::Set>, item: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, unsafe ffi::PySet_Discard(raw(set), raw(item)))
    }

    fn set_pop<'py>(py: At<'py>, set: Ref<'_, kind::Set>) -> Outcome<'py, Option<Owned<'py>>> {
        match owned!(py, unsafe ffi::PySet_Pop(raw(set))) {
            Ok(item) => Ok(Some(item)),
            Err(raised) => {
                let exception = Self::error_take(py, raised);
                match Self::type_check_exception(py, exception.as_ref().any(), ExceptionType::KeyError) {
                    true => Ok(None),
                    false => Err(Self::error_raise(py, exception)),
                }
            }
        }
    }

    fn set_clear(_py: At<'_>, set: Ref<'_, kind::Set>) {
        // SAFETY: attached, and a set by its kind, for which the call does not fail.
        let failed = unsafe { ffi::PySet_Clear(raw(set)) } != 0;
        debug_assert!(!failed, "a set can be cleared");
    }
}
