//! The sequence protocol, and conversions of any iterable.

use pyo3_backend::{SequenceOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{check_sentinel, from_ssize, raw, to_ssize};
use crate::{At, CPython, Outcome, Owned, Ref};

impl SequenceOps for CPython {
    #[inline]
    fn sequence_check(_py: At<'_>, object: Ref<'_>) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PySequence_Check(raw(object)) != 0 }
    }

    #[inline]
    fn sequence_len<'py>(py: At<'py>, sequence: Ref<'_>) -> Outcome<'py, usize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        check_sentinel(py, unsafe { ffi::PySequence_Size(raw(sequence)) }, -1).map(from_ssize)
    }

    #[inline]
    fn sequence_get<'py>(py: At<'py>, sequence: Ref<'_>, index: usize) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PySequence_GetItem(raw(sequence), to_ssize(index)))
    }

    #[inline]
    fn sequence_set<'py>(py: At<'py>, sequence: Ref<'_>, index: usize, value: Option<Ref<'_>>) -> Outcome<'py, ()> {
        match value {
            Some(value) => status!(py, unsafe ffi::PySequence_SetItem(raw(sequence), to_ssize(index), raw(value))),
            None => status!(py, unsafe ffi::PySequence_DelItem(raw(sequence), to_ssize(index))),
        }
    }

    #[inline]
    fn sequence_get_slice<'py>(py: At<'py>, sequence: Ref<'_>, low: usize, high: usize) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PySequence_GetSlice(raw(sequence), to_ssize(low), to_ssize(high)))
    }

    #[inline]
    fn sequence_set_slice<'py>(
        py: At<'py>,
        sequence: Ref<'_>,
        low: usize,
        high: usize,
        values: Option<Ref<'_>>,
    ) -> Outcome<'py, ()> {
        let (low, high) = (to_ssize(low), to_ssize(high));
        match values {
            Some(values) => status!(py, unsafe ffi::PySequence_SetSlice(raw(sequence), low, high, raw(values))),
            None => status!(py, unsafe ffi::PySequence_DelSlice(raw(sequence), low, high)),
        }
    }

    #[inline]
    fn sequence_concat<'py>(py: At<'py>, left: Ref<'_>, right: Ref<'_>, in_place: bool) -> Outcome<'py, Owned<'py>> {
        match in_place {
            true => owned!(py, unsafe ffi::PySequence_InPlaceConcat(raw(left), raw(right))),
            false => owned!(py, unsafe ffi::PySequence_Concat(raw(left), raw(right))),
        }
    }

    #[inline]
    fn sequence_repeat<'py>(py: At<'py>, sequence: Ref<'_>, count: usize, in_place: bool) -> Outcome<'py, Owned<'py>> {
        match in_place {
            true => owned!(py, unsafe ffi::PySequence_InPlaceRepeat(raw(sequence), to_ssize(count))),
            false => owned!(py, unsafe ffi::PySequence_Repeat(raw(sequence), to_ssize(count))),
        }
    }

    #[inline]
    fn sequence_count<'py>(py: At<'py>, sequence: Ref<'_>, value: Ref<'_>) -> Outcome<'py, usize> {
        // SAFETY: attached, with live objects; -1 means that an exception is set.
        check_sentinel(py, unsafe { ffi::PySequence_Count(raw(sequence), raw(value)) }, -1).map(from_ssize)
    }

    #[inline]
    fn sequence_index<'py>(py: At<'py>, sequence: Ref<'_>, value: Ref<'_>) -> Outcome<'py, usize> {
        // SAFETY: attached, with live objects; -1 means that an exception is set.
        check_sentinel(py, unsafe { ffi::PySequence_Index(raw(sequence), raw(value)) }, -1).map(from_ssize)
    }

    #[inline]
    fn sequence_to_list<'py>(py: At<'py>, iterable: Ref<'_>) -> Outcome<'py, Owned<'py, kind::List>> {
        owned!(py, unsafe ffi::PySequence_List(raw(iterable)))
    }

    #[inline]
    fn sequence_to_tuple<'py>(py: At<'py>, iterable: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Tuple>> {
        owned!(py, unsafe ffi::PySequence_Tuple(raw(iterable)))
    }
}
