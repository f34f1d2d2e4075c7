//! `list`.

use pyo3_backend::{ListOps, kind};
use pyo3_ffi as ffi;

#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
use crate::convert::borrowed;
#[cfg(all(Py_LIMITED_API, not(any(Py_GIL_DISABLED, Py_3_13))))]
use crate::convert::lent;
use crate::convert::{raw, raw_or_null, signed, unsigned};
use crate::{At, CPython, Outcome, Owned, Ref};

impl ListOps for CPython {
    #[inline]
    fn list_from<'py, E>(
        py: At<'py>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py>, E>>,
    ) -> Result<Owned<'py, kind::List>, E> {
        let list: Owned<'py, kind::List> = made!(py, PyList_New(signed(length)));
        super::fill("PyList", length, items, |index, item| {
            // SAFETY: a fresh list, a place inside it that is still empty, and a reference that it takes over.
            unsafe {
                #[cfg(not(Py_LIMITED_API))]
                ffi::PyList_SET_ITEM(raw(list.as_ref()), signed(index), item.into_ptr().as_ptr());
                #[cfg(Py_LIMITED_API)]
                ffi::PyList_SetItem(raw(list.as_ref()), signed(index), item.into_ptr().as_ptr());
            }
        })?;
        Ok(list)
    }

    #[inline]
    fn list_len(_py: At<'_>, list: Ref<'_, kind::List>) -> usize {
        // SAFETY: a list by its kind, for which the call does not fail.
        unsafe {
            #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
            let size = ffi::PyList_GET_SIZE(raw(list));
            #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
            let size = ffi::PyList_Size(raw(list));
            unsigned(size)
        }
    }

    #[inline]
    fn list_get<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize) -> Option<Owned<'py>> {
        if index >= Self::list_len(py, list) {
            return None;
        }
        #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
        // SAFETY: the index is inside the list, so C can count it, and nobody else is attached who could change that. No
        // place is empty in a list that others can see.
        return Some(unsafe { borrowed(ffi::PyList_GET_ITEM(raw(list), index as ffi::Py_ssize_t)) }.to_owned(py));
        #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
        return reference(py, list, index);
    }

    #[inline]
    fn list_set<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize, value: Owned<'py>) -> Outcome<'py, ()> {
        // The call takes over the reference, also where it fails.
        status!(py, PyList_SetItem(raw(list), signed(index), value.into_ptr().as_ptr()))
    }

    #[inline]
    fn list_append<'py>(py: At<'py>, list: Ref<'_, kind::List>, value: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, PyList_Append(raw(list), raw(value)))
    }

    fn list_insert<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize, value: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, PyList_Insert(raw(list), signed(index), raw(value)))
    }

    fn list_slice<'py>(py: At<'py>, list: Ref<'_, kind::List>, low: usize, high: usize) -> Owned<'py, kind::List> {
        made!(py, PyList_GetSlice(raw(list), signed(low), signed(high)))
    }

    fn list_set_slice<'py>(
        py: At<'py>,
        list: Ref<'_, kind::List>,
        low: usize,
        high: usize,
        sequence: Option<Ref<'_>>,
    ) -> Outcome<'py, ()> {
        status!(py, PyList_SetSlice(raw(list), signed(low), signed(high), raw_or_null(sequence)))
    }

    fn list_sort<'py>(py: At<'py>, list: Ref<'_, kind::List>) -> Outcome<'py, ()> {
        status!(py, PyList_Sort(raw(list)))
    }

    fn list_reverse<'py>(py: At<'py>, list: Ref<'_, kind::List>) -> Outcome<'py, ()> {
        status!(py, PyList_Reverse(raw(list)))
    }

    fn list_to_tuple<'py>(py: At<'py>, list: Ref<'_, kind::List>) -> Owned<'py, kind::Tuple> {
        made!(py, PyList_AsTuple(raw(list)))
    }
}

/// An item as CPython hands it out itself: other threads may have shortened the list since it was looked at.
#[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
fn reference<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize) -> Option<Owned<'py>> {
    #[cfg(Py_3_13)]
    // SAFETY: a list; a new reference, or null with an exception set where the index is outside.
    let item: Option<Owned<'py>> =
        unsafe { crate::convert::owned(py, ffi::PyList_GetItemRef(raw(list), signed(index))) }.ok();
    #[cfg(not(Py_3_13))]
    // SAFETY: a list; lent, or null with an exception set where the index is outside.
    let item: Option<Owned<'py>> = unsafe { lent(py, ffi::PyList_GetItem(raw(list), signed(index))) };
    if item.is_none() {
        drop(crate::Raised::pending(py));
    }
    item
}
