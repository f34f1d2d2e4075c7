//! The sequence protocol, and making lists and tuples of iterables.

use crate::provided::{self, int, slice};
use crate::{Attached, Backend, BuiltinType, ObjectOps, Outcome, Owned, Ref, kind};

/// The sequence protocol: items by position.
///
/// Indices count from 0 and are never negative. If a runtime distinguishes sequences from mappings, these operations
/// use the sequence protocol.
pub trait SequenceOps: ObjectOps {
    /// Returns whether `object` has items by position: its type has `__getitem__`, and it is not a `dict`. Most
    /// mappings written in Python answer `true` as well.
    ///
    /// Runs Python: no. Override if the runtime stores this with the type.
    /// CPython: `PySequence_Check`. RustPython: `PySequence::check`.
    fn sequence_check(py: Attached<'_, Self>, object: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        let mapping = [BuiltinType::Dict, BuiltinType::MappingProxy];
        if mapping.into_iter().any(|mapping| Self::type_check(py, object, mapping)) {
            return false;
        }
        provided::type_has(py, Self::type_of(py, object), "__getitem__").unwrap_or_else(|raised| {
            Self::error_discard(raised);
            false
        })
    }

    /// Returns the length of a sequence according to the sequence protocol.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it has no length, or only that of a mapping. Override if the runtime
    /// distinguishes sequences from mappings.
    /// CPython: `PySequence_Size`. RustPython: `PySequence::length`.
    #[inline]
    fn sequence_len<'py>(py: Attached<'py, Self>, sequence: Ref<'_, Self>) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        Self::object_len(py, sequence)
    }

    /// Returns `sequence[index]`.
    ///
    /// Runs Python: yes. Errors: `IndexError` past the end; `TypeError` if it is not a sequence.
    /// CPython: `PySequence_GetItem`. RustPython: `PySequence::get_item`.
    fn sequence_get<'py>(
        py: Attached<'py, Self>,
        sequence: Ref<'_, Self>,
        index: usize,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        Self::object_get_item(py, sequence, int(py, index).as_ref().any())
    }

    /// Performs `sequence[index] = value`, or `del sequence[index]` if `value` is `None`.
    ///
    /// Runs Python: yes. Errors: `IndexError` past the end; `TypeError` if it is immutable.
    /// CPython: `PySequence_SetItem`, `PySequence_DelItem`. RustPython: `PySequence::set_item`, `del_item`.
    fn sequence_set<'py>(
        py: Attached<'py, Self>,
        sequence: Ref<'_, Self>,
        index: usize,
        value: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        Self::object_set_item(py, sequence, int(py, index).as_ref().any(), value)
    }

    /// Returns `sequence[low:high]`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it does not support slices.
    /// CPython: `PySequence_GetSlice`. RustPython: `PySequence::get_slice`.
    fn sequence_get_slice<'py>(
        py: Attached<'py, Self>,
        sequence: Ref<'_, Self>,
        low: usize,
        high: usize,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        Self::object_get_item(py, sequence, slice(py, low, high).as_ref().any())
    }

    /// Performs `sequence[low:high] = values`, or `del sequence[low:high]` if `values` is `None`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it is immutable, or `values` is not iterable.
    /// CPython: `PySequence_SetSlice`, `PySequence_DelSlice`. RustPython: `PySequence::set_slice`, `del_slice`.
    fn sequence_set_slice<'py>(
        py: Attached<'py, Self>,
        sequence: Ref<'_, Self>,
        low: usize,
        high: usize,
        values: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        Self::object_set_item(py, sequence, slice(py, low, high).as_ref().any(), values)
    }

    /// Returns `left + right` of two sequences, or the result of `left += right` if `in_place`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if they cannot be concatenated.
    /// CPython: `PySequence_Concat`, `PySequence_InPlaceConcat`. RustPython: `PySequence::concat`, `inplace_concat`.
    fn sequence_concat<'py>(
        py: Attached<'py, Self>,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
        in_place: bool,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        provided::function(py, "operator", if in_place { "iconcat" } else { "concat" }, &[left, right])
    }

    /// Returns `sequence * count`, or the result of `sequence *= count` if `in_place`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it cannot be repeated; `OverflowError`, `MemoryError`.
    /// CPython: `PySequence_Repeat`, `PySequence_InPlaceRepeat`. RustPython: `PySequence::repeat`, `inplace_repeat`.
    fn sequence_repeat<'py>(
        py: Attached<'py, Self>,
        sequence: Ref<'_, Self>,
        count: usize,
        in_place: bool,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        let count = int(py, count);
        provided::function(py, "operator", if in_place { "imul" } else { "mul" }, &[sequence, count.as_ref().any()])
    }

    /// Counts the items that are identical or equal to `value`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it is not iterable.
    /// CPython: `PySequence_Count`. RustPython: `PySequence::count`.
    fn sequence_count<'py>(
        py: Attached<'py, Self>,
        sequence: Ref<'_, Self>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        let count = provided::function(py, "operator", "countOf", &[sequence, value])?;
        Self::int_to_u64(py, count.as_ref()).map(|count| count as usize)
    }

    /// Returns the index of the first item that is identical or equal to `value`.
    ///
    /// Runs Python: yes. Errors: `ValueError: sequence.index(x): x not in sequence`; `TypeError` if it is not iterable.
    /// CPython: `PySequence_Index`. RustPython: `PySequence::index`.
    fn sequence_index<'py>(
        py: Attached<'py, Self>,
        sequence: Ref<'_, Self>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        let index = provided::function(py, "operator", "indexOf", &[sequence, value])?;
        Self::int_to_u64(py, index.as_ref()).map(|index| index as usize)
    }

    /// Returns `list(iterable)`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it is not iterable; what iterating raises.
    /// CPython: `PySequence_List`. RustPython: `PySequence::list`.
    fn sequence_to_list<'py>(
        py: Attached<'py, Self>,
        iterable: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::List>>
    where
        Self: Backend,
    {
        provided::instance(py, BuiltinType::List, &[iterable])
    }

    /// Returns `tuple(iterable)`.
    ///
    /// Runs Python: yes. Errors: `TypeError` if it is not iterable; what iterating raises.
    /// CPython: `PySequence_Tuple`. RustPython: `PySequence::tuple`.
    fn sequence_to_tuple<'py>(
        py: Attached<'py, Self>,
        iterable: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Tuple>>
    where
        Self: Backend,
    {
        provided::instance(py, BuiltinType::Tuple, &[iterable])
    }
}
