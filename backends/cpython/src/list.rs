//! `list`.

use pyo3_backend::{ListOps, kind};
use pyo3_ffi as ffi;

#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
use crate::convert::borrowed;
#[cfg(all(Py_LIMITED_API, not(any(Py_GIL_DISABLED, Py_3_13))))]
use crate::convert::clone_borrowed;
use crate::convert::{from_ssize, raw, raw_or_null, to_ssize};
use crate::fill::fill;
use crate::{At, CPython, Outcome, Owned, Ref};

impl ListOps for CPython {
    #[inline]
    fn list_from<'py, E>(
        py: At<'py>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py>, E>>,
    ) -> Result<Owned<'py, kind::List>, E> {
        let list: Owned<'py, kind::List> = owned_or_abort!(py, unsafe ffi::PyList_New(to_ssize(length)));
        fill("PyList", length, items, |index, item| {
            // SAFETY: a new list, a place inside it that is still empty, and a reference that it takes over. The index
            // fits because the length does.
            unsafe {
                #[cfg(not(Py_LIMITED_API))]
                ffi::PyList_SET_ITEM(raw(list.as_ref()), index as ffi::Py_ssize_t, item.into_ptr().as_ptr());
                #[cfg(Py_LIMITED_API)]
                ffi::PyList_SetItem(raw(list.as_ref()), index as ffi::Py_ssize_t, item.into_ptr().as_ptr());
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
            from_ssize(size)
        }
    }

    #[inline]
    fn list_get<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize) -> Option<Owned<'py>> {
        if index >= Self::list_len(py, list) {
            return None;
        }
        #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
        // SAFETY: the index is inside the list, so it fits, and no other attached thread can change that. A list that
        // others can see has no empty places.
        return Some(unsafe { borrowed(ffi::PyList_GET_ITEM(raw(list), index as ffi::Py_ssize_t)) }.to_owned(py));
        #[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
        return reference(py, list, index);
    }

    #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
    #[inline]
    fn list_read_floats(py: At<'_>, list: Ref<'_, kind::List>, start: usize, values: &mut [f64]) -> usize {
        read(py, list, start, values, |item| crate::number::read_float(py, item))
    }

    #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
    #[inline]
    fn list_read_ints(py: At<'_>, list: Ref<'_, kind::List>, start: usize, values: &mut [i64]) -> usize {
        read(py, list, start, values, |item| crate::number::read_int(py, item))
    }

    #[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
    #[inline]
    fn list_read_strings(py: At<'_>, list: Ref<'_, kind::List>, start: usize, values: &mut [String]) -> usize {
        read(py, list, start, values, |item| crate::text::read_str(py, item))
    }

    #[inline]
    fn list_set<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize, value: Owned<'py>) -> Outcome<'py, ()> {
        // The call takes over the reference even if it fails.
        status!(py, unsafe ffi::PyList_SetItem(raw(list), to_ssize(index), value.into_ptr().as_ptr()))
    }

    #[inline]
    fn list_append<'py>(py: At<'py>, list: Ref<'_, kind::List>, value: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyList_Append(raw(list), raw(value)))
    }

    #[inline]
    fn list_insert<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize, value: Ref<'_>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyList_Insert(raw(list), to_ssize(index), raw(value)))
    }

    #[inline]
    fn list_slice<'py>(py: At<'py>, list: Ref<'_, kind::List>, low: usize, high: usize) -> Owned<'py, kind::List> {
        owned_or_abort!(py, unsafe ffi::PyList_GetSlice(raw(list), to_ssize(low), to_ssize(high)))
    }

    fn list_set_slice<'py>(
        py: At<'py>,
        list: Ref<'_, kind::List>,
        low: usize,
        high: usize,
        sequence: Option<Ref<'_>>,
    ) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyList_SetSlice(raw(list), to_ssize(low), to_ssize(high), raw_or_null(sequence)))
    }

    #[inline]
    fn list_sort<'py>(py: At<'py>, list: Ref<'_, kind::List>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyList_Sort(raw(list)))
    }

    #[inline]
    fn list_reverse<'py>(py: At<'py>, list: Ref<'_, kind::List>) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyList_Reverse(raw(list)))
    }

    #[inline]
    fn list_to_tuple<'py>(py: At<'py>, list: Ref<'_, kind::List>) -> Owned<'py, kind::Tuple> {
        owned_or_abort!(py, unsafe ffi::PyList_AsTuple(raw(list)))
    }
}

/// Writes what `value` returns for the items from `start` on to `values`, until it returns `None`. Returns how many.
///
/// The items are read in place, so `value` must not run Python code.
#[cfg(not(any(Py_LIMITED_API, Py_GIL_DISABLED)))]
#[inline]
fn read<V>(
    py: At<'_>,
    list: Ref<'_, kind::List>,
    start: usize,
    values: &mut [V],
    value: impl Fn(Ref<'_>) -> Option<V>,
) -> usize {
    let end = CPython::list_len(py, list).min(start.saturating_add(values.len()));
    let found = (start..end).map_while(|index| {
        // SAFETY: the index is inside the list, so it fits. No Python code runs in this loop, and no other thread is
        // attached, so the list keeps its items and their references.
        value(unsafe { borrowed(ffi::PyList_GET_ITEM(raw(list), index as ffi::Py_ssize_t)) })
    });
    values.iter_mut().zip(found).map(|(place, value)| *place = value).count()
}

/// Returns an item through CPython's checked function: other threads may have shortened the list since the last check.
#[cfg(any(Py_LIMITED_API, Py_GIL_DISABLED))]
fn reference<'py>(py: At<'py>, list: Ref<'_, kind::List>, index: usize) -> Option<Owned<'py>> {
    #[cfg(Py_3_13)]
    // SAFETY: a list; the result is a new reference, or null with an exception set if the index is out of range.
    let item: Option<Owned<'py>> =
        unsafe { crate::convert::owned(py, ffi::PyList_GetItemRef(raw(list), to_ssize(index))) }.ok();
    #[cfg(not(Py_3_13))]
    // SAFETY: a list; the result is borrowed, or null with an exception set if the index is out of range.
    let item: Option<Owned<'py>> = unsafe { clone_borrowed(py, ffi::PyList_GetItem(raw(list), to_ssize(index))) };
    if item.is_none() {
        drop(crate::Raised::pending(py));
    }
    item
}
