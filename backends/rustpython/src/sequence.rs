//! The sequence protocol, and conversions of any iterable.

use pyo3_backend::{Attached, Outcome, Owned, Ref, SequenceOps, kind};
use rustpython_vm::builtins::PyDict;
use rustpython_vm::protocol::PySequence;

use crate::RustPython;
use crate::convert::{object, outcome, own_outcome, own_outcome_as};
use crate::vm::vm;

type At<'py> = Attached<'py, RustPython>;

/// Returns the object as a sequence, without checking that it is one. Each operation checks it itself.
fn sequence<'a>(handle: Ref<'a, RustPython>) -> PySequence<'a> {
    object(handle).sequence_unchecked()
}

/// Clips an index to the largest `isize`. No sequence is longer, so a clipped index is past the end of all of them.
fn clipped(index: usize) -> isize {
    isize::try_from(index).unwrap_or(isize::MAX)
}

impl SequenceOps for RustPython {
    #[inline]
    fn sequence_check(_py: At<'_>, handle: Ref<'_, Self>) -> bool {
        // A Python class that extends `dict` and overrides `__getitem__` fills the sequence slot too.
        object(handle).downcast_ref::<PyDict>().is_none() && sequence(handle).check()
    }

    fn sequence_len<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, usize> {
        outcome(py, sequence(handle).length(vm(py)))
    }

    fn sequence_get<'py>(py: At<'py>, handle: Ref<'_, Self>, index: usize) -> Outcome<'py, Self, Owned<'py, Self>> {
        own_outcome(py, sequence(handle).get_item(clipped(index), vm(py)))
    }

    fn sequence_set<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        index: usize,
        value: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()> {
        let (sequence, index) = (sequence(handle), clipped(index));
        outcome(
            py,
            match value {
                Some(value) => sequence.set_item(index, object(value).to_owned(), vm(py)),
                None => sequence.del_item(index, vm(py)),
            },
        )
    }

    fn sequence_get_slice<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        low: usize,
        high: usize,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        own_outcome(py, sequence(handle).get_slice(clipped(low), clipped(high), vm(py)))
    }

    fn sequence_set_slice<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        low: usize,
        high: usize,
        values: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()> {
        let (sequence, low, high) = (sequence(handle), clipped(low), clipped(high));
        outcome(
            py,
            match values {
                Some(values) => sequence.set_slice(low, high, object(values).to_owned(), vm(py)),
                None => sequence.del_slice(low, high, vm(py)),
            },
        )
    }

    fn sequence_concat<'py>(
        py: At<'py>,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
        in_place: bool,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let (left, right) = (sequence(left), object(right));
        own_outcome(py, if in_place { left.inplace_concat(right, vm(py)) } else { left.concat(right, vm(py)) })
    }

    fn sequence_repeat<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        count: usize,
        in_place: bool,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let (sequence, count) = (sequence(handle), clipped(count));
        own_outcome(py, if in_place { sequence.inplace_repeat(count, vm(py)) } else { sequence.repeat(count, vm(py)) })
    }

    fn sequence_count<'py>(py: At<'py>, handle: Ref<'_, Self>, value: Ref<'_, Self>) -> Outcome<'py, Self, usize> {
        outcome(py, sequence(handle).count(object(value), vm(py)))
    }

    fn sequence_index<'py>(py: At<'py>, handle: Ref<'_, Self>, value: Ref<'_, Self>) -> Outcome<'py, Self, usize> {
        outcome(py, sequence(handle).index(object(value), vm(py)))
    }

    fn sequence_to_list<'py>(py: At<'py>, iterable: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::List>> {
        own_outcome_as(py, sequence(iterable).list(vm(py)))
    }

    fn sequence_to_tuple<'py>(
        py: At<'py>,
        iterable: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Tuple>> {
        own_outcome_as(py, sequence(iterable).tuple(vm(py)))
    }
}
