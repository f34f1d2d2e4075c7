//! `tuple`.

use pyo3_backend::{TupleOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{borrowed, from_ssize, raw, to_ssize};
use crate::fill::fill;
use crate::{At, CPython, Owned, Ref};

impl TupleOps for CPython {
    #[inline]
    fn tuple_from<'py, E>(
        py: At<'py>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py>, E>>,
    ) -> Result<Owned<'py, kind::Tuple>, E> {
        let tuple: Owned<'py, kind::Tuple> = owned_or_abort!(py, unsafe ffi::PyTuple_New(to_ssize(length)));
        fill("PyTuple", length, items, |index, item| {
            // SAFETY: a new tuple, a place inside it that is still empty, and a reference that it takes over. The index
            // fits because the length does.
            unsafe {
                #[cfg(not(Py_LIMITED_API))]
                ffi::PyTuple_SET_ITEM(raw(tuple.as_ref()), index as ffi::Py_ssize_t, item.into_ptr().as_ptr());
                #[cfg(Py_LIMITED_API)]
                ffi::PyTuple_SetItem(raw(tuple.as_ref()), index as ffi::Py_ssize_t, item.into_ptr().as_ptr());
            }
        })?;
        Ok(tuple)
    }

    #[inline]
    fn tuple_len(_py: At<'_>, tuple: Ref<'_, kind::Tuple>) -> usize {
        len(raw(tuple))
    }

    #[inline]
    fn tuple_get<'a>(py: At<'_>, tuple: Ref<'a, kind::Tuple>, index: usize) -> Option<Ref<'a>> {
        if index >= len(raw(tuple)) {
            return None;
        }
        // SAFETY: the index was just checked.
        Some(unsafe { Self::tuple_get_unchecked(py, tuple, index) })
    }

    #[inline]
    unsafe fn tuple_get_unchecked<'a>(_py: At<'_>, tuple: Ref<'a, kind::Tuple>, index: usize) -> Ref<'a> {
        let index = index as ffi::Py_ssize_t;
        // SAFETY: a tuple by its kind, which keeps its items alive; the index is inside it, so it fits.
        unsafe {
            #[cfg(not(Py_LIMITED_API))]
            let item = ffi::PyTuple_GET_ITEM(raw(tuple), index);
            #[cfg(Py_LIMITED_API)]
            let item = ffi::PyTuple_GetItem(raw(tuple), index);
            borrowed(item)
        }
    }

    #[cfg(not(Py_LIMITED_API))]
    #[inline]
    fn tuple_as_slice<'a>(_py: At<'_>, tuple: Ref<'a, kind::Tuple>) -> Option<&'a [Ref<'a>]> {
        let object = raw(tuple).cast::<ffi::PyTupleObject>();
        // SAFETY: a tuple by its kind. Its items, as many as its size says, follow its header. They are never null,
        // never change, and are kept alive by the tuple. A handle is as wide as a pointer.
        unsafe {
            let items = (&raw const (*object).ob_item).cast::<Ref<'a>>();
            Some(core::slice::from_raw_parts(items, len(raw(tuple))))
        }
    }

    #[inline]
    fn tuple_slice<'py>(py: At<'py>, tuple: Ref<'_, kind::Tuple>, low: usize, high: usize) -> Owned<'py, kind::Tuple> {
        owned_or_abort!(py, unsafe ffi::PyTuple_GetSlice(raw(tuple), to_ssize(low), to_ssize(high)))
    }
}

/// Returns the number of items of a tuple.
#[inline]
fn len(tuple: *mut ffi::PyObject) -> usize {
    // SAFETY: all callers pass a tuple.
    unsafe {
        #[cfg(not(Py_LIMITED_API))]
        let size = ffi::PyTuple_GET_SIZE(tuple);
        #[cfg(Py_LIMITED_API)]
        let size = ffi::PyTuple_Size(tuple);
        from_ssize(size)
    }
}
