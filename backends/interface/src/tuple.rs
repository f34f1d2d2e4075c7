//! `tuple`.

#![expect(unsafe_code, reason = "an index that was compared already is the caller's promise")]

use crate::provided::{length, method_of};
use crate::{Attached, Backend, BuiltinType, Owned, Ref, RefOps, kind};

/// Operations on `tuple`.
pub trait TupleOps: RefOps {
    /// Returns a tuple of the first `length` items.
    ///
    /// Calls `items` exactly `length` times. An `Err` in place of an item stops early, and the items so far are
    /// released.
    ///
    /// Ownership: takes the items. Runs Python: no, but `items` is the caller's code.
    /// CPython: `PyTuple_New`, `PyTuple_SET_ITEM`. RustPython: `ctx.new_tuple`.
    ///
    /// # Panics
    ///
    /// If `items` yields fewer than `length` items.
    fn tuple_from<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py, Self>, E>>,
    ) -> Result<Owned<'py, Self, kind::Tuple>, E>;

    /// Returns the number of items.
    ///
    /// Runs Python: no. CPython: `PyTuple_GET_SIZE`. RustPython: `len`.
    fn tuple_len(py: Attached<'_, Self>, tuple: Ref<'_, Self, kind::Tuple>) -> usize
    where
        Self: Backend,
    {
        length(py, method_of(py, BuiltinType::Tuple, "__len__", &[tuple.any()]))
    }

    /// Returns an item, or `None` past the end. It is borrowed, because tuples do not change.
    ///
    /// Runs Python: no.
    /// CPython: `PyTuple_GET_ITEM`. RustPython: `as_slice`.
    fn tuple_get<'a>(py: Attached<'_, Self>, tuple: Ref<'a, Self, kind::Tuple>, index: usize) -> Option<Ref<'a, Self>>;

    /// Like [`tuple_get`](Self::tuple_get), for an `index` that is in bounds.
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

    /// Borrows all items in place, if the runtime stores them contiguously.
    ///
    /// Runs Python: no. Override if at all possible: one function of the frontend cannot do without it.
    /// CPython: `ob_item`, `None` for the limited API. RustPython: `as_slice`.
    fn tuple_as_slice<'a>(_py: Attached<'_, Self>, _tuple: Ref<'a, Self, kind::Tuple>) -> Option<&'a [Ref<'a, Self>]> {
        None
    }

    /// Returns the items from `low` up to `high`, both clipped to the length.
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
