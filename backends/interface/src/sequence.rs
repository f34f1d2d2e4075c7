//! The sequence protocol, and what is made of any iterable.

use crate::provided::{self, int, slice};
use crate::{Attached, Backend, BuiltinType, ObjectOps, Outcome, Owned, Ref, kind};

/// The sequence protocol: items by their position.
///
/// Indices count from 0 and none is negative. Where a runtime keeps sequences and mappings apart, these operations ask for
/// the sequence.
pub trait SequenceOps: ObjectOps {
    /// Whether `object` has items by position: its type has `__getitem__`, and it is no `dict`. Most mappings that are
    /// written in Python answer `true` as well.
    ///
    /// Runs Python: no. Override where the runtime keeps this with the type. CPython: `PySequence_Check`.
    /// RustPython: `PySequence::check`.
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

    /// The length of a sequence, as the sequence protocol has it.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it has no length, or only that of a mapping. Override where the runtime
    /// tells sequences and mappings apart. CPython: `PySequence_Size`. RustPython: `PySequence::length`.
    #[inline]
    fn sequence_len<'py>(py: Attached<'py, Self>, sequence: Ref<'_, Self>) -> Outcome<'py, Self, usize>
    where
        Self: Backend,
    {
        Self::object_len(py, sequence)
    }

    /// `sequence[index]`
    ///
    /// Runs Python: yes. Errors: `IndexError` past the end; `TypeError` where it is no sequence.
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

    /// `sequence[index] = value`; `del sequence[index]` where `value` is `None`.
    ///
    /// Runs Python: yes. Errors: `IndexError` past the end; `TypeError` where it cannot be changed.
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

    /// `sequence[low:high]`
    ///
    /// Runs Python: yes. Errors: `TypeError` where it has no slices.
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

    /// `sequence[low:high] = values`; `del sequence[low:high]` where `values` is `None`.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it cannot be changed, or `values` is not iterable.
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

    /// `left + right` of two sequences; `left += right` where `in_place`.
    ///
    /// Runs Python: yes. Errors: `TypeError` where they cannot be joined.
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

    /// `sequence * count`; `sequence *= count` where `in_place`.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it cannot be repeated; `OverflowError`, `MemoryError`.
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

    /// How many items are `value` or equal to it.
    ///
    /// Runs Python: yes. Errors: `TypeError` where it is not iterable. CPython: `PySequence_Count`.
    /// RustPython: `PySequence::count`.
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

    /// The index of the first item that is `value` or equal to it.
    ///
    /// Runs Python: yes. Errors: `ValueError: sequence.index(x): x not in sequence`; `TypeError` where it is not iterable.
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

    /// `list(iterable)`
    ///
    /// Runs Python: yes. Errors: `TypeError` where it is not iterable; what iterating raises.
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

    /// `tuple(iterable)`
    ///
    /// Runs Python: yes. Errors: `TypeError` where it is not iterable; what iterating raises.
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
