//! `dict`.

use pyo3_backend::{DictOps, SectionOps, Subjects, kind};
use pyo3_ffi as ffi;

#[cfg(not(Py_3_13))]
use crate::convert::optional;
use crate::convert::{borrowed, from_ssize, raw};
use crate::{At, CPython, Outcome, Owned, Ref};

impl DictOps for CPython {
    type DictCursor = ffi::Py_ssize_t;

    #[inline]
    fn dict_new(py: At<'_>) -> Owned<'_, kind::Dict> {
        owned_or_abort!(py, unsafe ffi::PyDict_New())
    }

    #[inline]
    fn dict_len(_py: At<'_>, dict: Ref<'_, kind::Dict>) -> usize {
        // SAFETY: a dict by its kind, for which the call does not fail.
        unsafe {
            #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
            let size = ffi::PyDict_GET_SIZE(raw(dict));
            #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
            let size = ffi::PyDict_Size(raw(dict));
            from_ssize(size)
        }
    }

    #[inline]
    fn dict_set<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>, key: Ref<'_>, value: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyDict_SetItem(raw(dict), raw(key), raw(value)))
    }

    #[inline]
    fn dict_get<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>, key: Ref<'_>) -> Outcome<'py, Option<Owned<'py>>> {
        #[cfg(Py_3_13)]
        {
            let mut value = core::ptr::null_mut();
            let found = truth!(py, unsafe ffi::PyDict_GetItemRef(raw(dict), raw(key), &mut value))?;
            // SAFETY: if the key was found, `value` is a new reference.
            Ok(found.then(|| unsafe { crate::convert::owned_or_abort(py, value) }))
        }
        #[cfg(not(Py_3_13))]
        // SAFETY: a dict and a live key. With the global lock, the borrowed value is alive until Python code runs
        // again.
        unsafe {
            let value = ffi::PyDict_GetItemWithError(raw(dict), raw(key));
            ffi::Py_XINCREF(value);
            optional(py, value)
        }
    }

    fn dict_set_default<'py>(
        py: At<'py>,
        dict: Ref<'_, kind::Dict>,
        key: Ref<'_>,
        value: Ref<'_>,
    ) -> Outcome<'py, (bool, Owned<'py>)> {
        #[cfg(any(all(Py_3_13, not(Py_LIMITED_API)), Py_3_15))]
        {
            let mut found = core::ptr::null_mut();
            let present = truth!(py, unsafe ffi::PyDict_SetDefaultRef(raw(dict), raw(key), raw(value), &mut found))?;
            // SAFETY: the call did not fail, so `found` is a new reference.
            Ok((!present, unsafe { crate::convert::owned_or_abort(py, found) }))
        }
        #[cfg(not(any(all(Py_3_13, not(Py_LIMITED_API)), Py_3_15)))]
        {
            if let Some(present) = Self::dict_get(py, dict, key)? {
                return Ok((false, present));
            }
            let found = store_missing(py, dict, key, value)?;
            Ok((found.as_ref().is(value), found))
        }
    }

    #[inline]
    fn dict_locked<R>(py: At<'_>, dict: Ref<'_, kind::Dict>, body: impl FnOnce(Ref<'_, kind::Dict>) -> R) -> R {
        Self::section_run(py, Subjects::Objects(dict.any(), None), || body(dict))
    }

    #[inline]
    fn dict_delete<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>, key: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyDict_DelItem(raw(dict), raw(key)))
    }

    #[inline]
    fn dict_contains<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>, key: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, unsafe ffi::PyDict_Contains(raw(dict), raw(key)))
    }

    #[inline]
    fn dict_next<'py>(
        py: At<'py>,
        dict: Ref<'_, kind::Dict>,
        cursor: &mut ffi::Py_ssize_t,
    ) -> Option<(Owned<'py>, Owned<'py>)> {
        let mut key = core::ptr::null_mut();
        let mut value = core::ptr::null_mut();
        Self::section_run(py, Subjects::Objects(dict.any(), None), || {
            // SAFETY: a dict by its kind, and a cursor that started at 0 and that only this call moves. The borrowed
            // references stay valid until Python code runs or, without the global lock, while the dict is locked.
            unsafe {
                if ffi::PyDict_Next(raw(dict), cursor, &mut key, &mut value) == 0 {
                    return None;
                }
                let (key, value): (Ref<'_>, Ref<'_>) = (borrowed(key), borrowed(value));
                Some((key.to_owned(py), value.to_owned(py)))
            }
        })
    }

    #[inline]
    fn dict_clear(_py: At<'_>, dict: Ref<'_, kind::Dict>) {
        // SAFETY: a dict by its kind.
        unsafe { ffi::PyDict_Clear(raw(dict)) }
    }

    #[inline]
    fn dict_copy<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>) -> Outcome<'py, Owned<'py, kind::Dict>> {
        owned!(py, unsafe ffi::PyDict_Copy(raw(dict)))
    }

    #[inline]
    fn dict_keys<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>) -> Owned<'py, kind::List> {
        owned_or_abort!(py, unsafe ffi::PyDict_Keys(raw(dict)))
    }

    #[inline]
    fn dict_values<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>) -> Owned<'py, kind::List> {
        owned_or_abort!(py, unsafe ffi::PyDict_Values(raw(dict)))
    }

    #[inline]
    fn dict_items<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>) -> Owned<'py, kind::List> {
        owned_or_abort!(py, unsafe ffi::PyDict_Items(raw(dict)))
    }

    #[inline]
    fn dict_merge_pairs<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>, pairs: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyDict_MergeFromSeq2(raw(dict), raw(pairs), 1))
    }

    #[inline]
    fn dict_merge<'py>(py: At<'py>, dict: Ref<'_, kind::Dict>, other: Ref<'_>, replace: bool) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyDict_Merge(raw(dict), raw(other), replace.into()))
    }
}

/// Stores a value for a missing key, and returns the value that the dict has then.
#[cfg(not(any(all(Py_3_13, not(Py_LIMITED_API)), Py_3_15)))]
fn store_missing<'py>(
    py: At<'py>,
    dict: Ref<'_, kind::Dict>,
    key: Ref<'_>,
    value: Ref<'_>,
) -> Outcome<'py, Owned<'py>> {
    #[cfg(not(Py_LIMITED_API))]
    // SAFETY: a dict and two live objects. The result is borrowed from the dict, or null with an exception set.
    return unsafe { crate::convert::clone_borrowed(py, ffi::PyDict_SetDefault(raw(dict), raw(key), raw(value))) }
        // SAFETY: null, so an exception is set.
        .ok_or_else(|| unsafe { crate::Raised::assume(py) });
    #[cfg(Py_LIMITED_API)]
    {
        use pyo3_backend::{BuiltinType, CallOps, ObjectOps, StrOps, TupleOps, TypeOps};

        // The method of `dict` itself, because a subclass may override it.
        let class = CPython::type_builtin(py, BuiltinType::Dict).any();
        let method = CPython::object_get_attribute(py, class, CPython::str_intern(py, "setdefault").as_ref())?;
        let args = [dict.any(), key, value].into_iter().map(|object| Ok(object.to_owned(py)));
        let args = CPython::tuple_from(py, 3, args)?;
        CPython::call(py, method.as_ref(), args.as_ref(), None)
    }
}
