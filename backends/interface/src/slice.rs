//! `slice`.

use crate::provided::{self, infallible, of_kind};
use crate::{Attached, Backend, BuiltinType, Outcome, Owned, Ref, RefOps, kind};

/// A slice, applied to a sequence of a known length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceIndices {
    /// The first index.
    pub start: isize,
    /// The index to stop before. With a negative step it may be -1.
    pub stop: isize,
    /// The distance from one index to the next; never 0.
    pub step: isize,
    /// The number of indices.
    pub len: usize,
}

impl SliceIndices {
    /// Clips the bounds of a slice to a sequence of `length` items. Negative bounds count from the end.
    ///
    /// `step` must not be 0.
    pub fn clip(start: isize, stop: isize, step: isize, length: usize) -> SliceIndices {
        let length = isize::try_from(length).unwrap_or(isize::MAX);
        // With a negative step, the position before the first item is a valid bound, and the one past the last is not.
        let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
        let clip = |bound: isize| {
            let bound = if bound < 0 { bound.saturating_add(length) } else { bound };
            bound.clamp(lowest, highest)
        };
        SliceIndices::counted(clip(start), clip(stop), step)
    }

    /// Counts the indices between bounds that are already clipped.
    fn counted(start: isize, stop: isize, step: isize) -> SliceIndices {
        let distance = if step > 0 { stop.saturating_sub(start) } else { start.saturating_sub(stop) };
        let len = usize::try_from(distance).map_or(0, |distance| distance.div_ceil(step.unsigned_abs()));
        SliceIndices { start, stop, step, len }
    }
}

/// Operations on `slice`.
pub trait SliceOps: RefOps {
    /// Returns `slice(start, stop, step)`. `None` (the Python object) omits a part.
    ///
    /// Runs Python: no. CPython: `PySlice_New`. RustPython: `PySlice`.
    fn slice_new<'py>(
        py: Attached<'py, Self>,
        start: Ref<'_, Self>,
        stop: Ref<'_, Self>,
        step: Ref<'_, Self>,
    ) -> Owned<'py, Self, kind::Slice>
    where
        Self: Backend,
    {
        infallible(py, provided::instance(py, BuiltinType::Slice, &[start, stop, step]))
    }

    /// Returns `slice(start, stop, step)` for three numbers.
    ///
    /// Runs Python: no. CPython: `PySlice_New`. RustPython: `PySlice`.
    fn slice_from_indices<'py>(
        py: Attached<'py, Self>,
        start: isize,
        stop: isize,
        step: isize,
    ) -> Owned<'py, Self, kind::Slice>
    where
        Self: Backend,
    {
        let int = |part| Self::int_from_i64(py, part as i64);
        let (start, stop, step) = (int(start), int(stop), int(step));
        Self::slice_new(py, start.as_ref().any(), stop.as_ref().any(), step.as_ref().any())
    }

    /// Returns the indices that a slice selects from a sequence of `length` items.
    ///
    /// Runs Python: yes (`__index__` of the parts of the slice). Errors: `ValueError: slice step cannot be zero`;
    /// `TypeError: slice indices must be integers or None or have an __index__ method`.
    /// CPython: `PySlice_Unpack`, `PySlice_AdjustIndices`. RustPython: `PySlice::to_saturated`.
    fn slice_indices<'py>(
        py: Attached<'py, Self>,
        slice: Ref<'_, Self, kind::Slice>,
        length: usize,
    ) -> Outcome<'py, Self, SliceIndices>
    where
        Self: Backend,
    {
        let length = provided::int(py, length);
        let indices = provided::method_of(py, BuiltinType::Slice, "indices", &[slice.any(), length.as_ref().any()])?;
        let indices: Owned<'py, Self, kind::Tuple> = of_kind(indices)?;
        let part = |index| match Self::tuple_get(py, indices.as_ref(), index) {
            Some(part) => saturated(py, part),
            None => unreachable!("`slice.indices` gives three numbers"),
        };
        Ok(SliceIndices::counted(part(0)?, part(1)?, part(2)?))
    }
}

/// Converts an `int`, saturating at the bounds of an index: a step may be larger than any sequence.
fn saturated<'py, B: Backend>(py: Attached<'py, B>, int: Ref<'_, B>) -> Outcome<'py, B, isize> {
    match B::int_value(py, int)? {
        crate::IntValue::Small(value) => Ok(value.clamp(-(isize::MAX as i64), isize::MAX as i64) as isize),
        crate::IntValue::Large { negative: true, .. } => Ok(-isize::MAX),
        crate::IntValue::Large { negative: false, .. } => Ok(isize::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::SliceIndices;

    #[track_caller]
    fn clipped(bounds: (isize, isize, isize), length: usize, expected: (isize, isize, usize)) {
        let indices = SliceIndices::clip(bounds.0, bounds.1, bounds.2, length);
        assert_eq!((indices.start, indices.stop, indices.len), expected, "{bounds:?} of {length}");
    }

    #[test]
    fn bounds_are_clipped_as_python_does() {
        clipped((0, isize::MAX, 1), 5, (0, 5, 5));
        clipped((-2, isize::MAX, 1), 5, (3, 5, 2));
        clipped((isize::MAX, isize::MIN, -1), 5, (4, -1, 5));
        clipped((3, 0, -2), 5, (3, 0, 2));
        clipped((4, 2, 1), 5, (4, 2, 0));
        clipped((0, isize::MAX, isize::MAX), 5, (0, 5, 1));
        clipped((isize::MAX, isize::MIN, -isize::MAX), 5, (4, -1, 1));
        clipped((-9, 9, 3), 0, (0, 0, 0));
        clipped((-9, -9, -1), 3, (-1, -1, 0));
    }
}
