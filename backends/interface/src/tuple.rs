//! `tuple`.

#![expect(unsafe_code, reason = "an index that was compared already is the caller's promise")]

use crate::provided::{length, method_of};
use crate::{Attached, Backend, BuiltinType, Owned, Ref, RefOps, kind};

/// `tuple`.
pub trait TupleOps: RefOps {
    /// A tuple of the first `length` items.
    ///
    /// Ownership: takes the items. Runs Python: no, but `items` is caller's code.
    ///
    /// `items` is asked `length` times, and not once more; `Err` in place of an item ends it, and the tuple made so far is
    /// given up.
    /// CPython: `PyTuple_New`, `PyTuple_SET_ITEM`. RustPython: `ctx.new_tuple`.
    ///
    /// # Panics
    ///
    /// Where `items` yields fewer than `length`.
    fn tuple_from<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py, Self>, E>>,
    ) -> Result<Owned<'py, Self, kind::Tuple>, E>;

    /// The number of items. Runs Python: no. CPython: `PyTuple_GET_SIZE`. RustPython: `len`.
    fn tuple_len(py: Attached<'_, Self>, tuple: Ref<'_, Self, kind::Tuple>) -> usize
    where
        Self: Backend,
    {
        length(py, method_of(py, BuiltinType::Tuple, "__len__", &[tuple.any()]))
    }

    /// An item, borrowed: tuples do not change. `None` past the end.
    ///
    /// Runs Python: no.
    /// CPython: `PyTuple_GET_ITEM`. RustPython: `as_slice`.
    fn tuple_get<'a>(py: Attached<'_, Self>, tuple: Ref<'a, Self, kind::Tuple>, index: usize) -> Option<Ref<'a, Self>>;

    /// As [`tuple_get`](Self::tuple_get), where there is an item at `index`.
    ///
    /// Runs Python: no.
    /// CPython: `PyTuple_GET_ITEM`. RustPython: as [`tuple_get`](Self::tuple_get).
    ///
    /// # Safety
    ///
    /// `index` is below [`tuple_len`](Self::tuple_len).
    unsafe fn tuple_get_unchecked<'a>(
        py: Attached<'_, Self>,
        tuple: Ref<'a, Self, kind::Tuple>,
        index: usize,
    ) -> Ref<'a, Self> {
        Self::tuple_get(py, tuple, index).expect("the index is below the length of the tuple")
    }

    /// All items in place, where the runtime keeps them side by side.
    ///
    /// Runs Python: no. Override wherever there is an answer: the frontend has a function that cannot do without one.
    /// CPython: `ob_item`, `None` for the limited API. RustPython: `as_slice`.
    fn tuple_as_slice<'a>(_py: Attached<'_, Self>, _tuple: Ref<'a, Self, kind::Tuple>) -> Option<&'a [Ref<'a, Self>]> {
        None
    }

    /// The items from `low` up to `high`, both clipped to the length.
    ///
    /// Runs Python: no.
    /// CPython: `PyTuple_GetSlice`. RustPython: `as_slice`.
    fn tuple_slice<'py>(
        py: Attached<'py, Self>,
        tuple: Ref<'_, Self, kind::Tuple>,
        low: usize,
        high: usize,
    ) -> Owned<'py, Self, kind::Tuple>
    where
        Self: Backend,
    {
        let high = high.min(Self::tuple_len(py, tuple));
        let low = low.min(high);
        let items = (low..high).filter_map(|index| Self::tuple_get(py, tuple, index)).map(|item| Ok(item.to_owned(py)));
        let Ok(slice) = Self::tuple_from::<core::convert::Infallible>(py, high - low, items);
        slice
    }
}
