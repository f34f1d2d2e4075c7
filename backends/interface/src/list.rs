//! `list`.

use crate::provided::{infallible, int, length, method_of, of_kind, slice};
use crate::{Attached, Backend, BuiltinType, Outcome, Owned, Ref, RefOps, kind};

/// Operations on `list`.
///
/// A list can change whenever Python code runs, and on a runtime without a global lock at any time. So each operation
/// checks its index itself, and items are returned owned.
pub trait ListOps: RefOps {
    /// Returns a list of the first `length` items, like [`TupleOps::tuple_from`](crate::TupleOps::tuple_from).
    ///
    /// Runs Python: no, but `items` is the caller's code.
    /// CPython: `PyList_New`, `PyList_SET_ITEM`. RustPython: `ctx.new_list`.
    ///
    /// # Panics
    ///
    /// If `items` yields fewer than `length` items.
    fn list_from<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py, Self>, E>>,
    ) -> Result<Owned<'py, Self, kind::List>, E>;

    /// Returns the number of items.
    ///
    /// Runs Python: no. CPython: `PyList_GET_SIZE`. RustPython: `borrow_vec`.
    fn list_len(py: Attached<'_, Self>, list: Ref<'_, Self, kind::List>) -> usize
    where
        Self: Backend,
    {
        length(py, method_of(py, BuiltinType::List, "__len__", &[list.any()]))
    }

    /// Returns an item, or `None` past the end.
    ///
    /// Runs Python: no. CPython: `PyList_GetItemRef` (3.13), `PyList_GetItem`. RustPython: `borrow_vec`.
    fn list_get<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
    ) -> Option<Owned<'py, Self>>;

    /// Copies the values of the items from `start` on to `values`, as long as they are of type `float`. Returns how many
    /// it copied.
    ///
    /// This reads many items at once, without a reference to each. Fewer than possible are always a correct answer: the
    /// caller reads the other items one by one.
    ///
    /// Runs Python: no. Override if the items can be read in place.
    /// CPython: `PyList_GET_ITEM`, `PyFloat_AS_DOUBLE`. RustPython: `borrow_vec`.
    #[inline]
    fn list_read_floats(
        _py: Attached<'_, Self>,
        _list: Ref<'_, Self, kind::List>,
        _start: usize,
        _values: &mut [f64],
    ) -> usize {
        0
    }

    /// Does the same as [`list_read_floats`](Self::list_read_floats), for items of type `int` or a subclass of it that
    /// fit into 64 bits.
    ///
    /// Runs Python: no. Override if the items can be read in place.
    /// CPython: `PyList_GET_ITEM`, `PyLong_AsLongLongAndOverflow`. RustPython: `borrow_vec`.
    #[inline]
    fn list_read_ints(
        _py: Attached<'_, Self>,
        _list: Ref<'_, Self, kind::List>,
        _start: usize,
        _values: &mut [i64],
    ) -> usize {
        0
    }

    /// Does the same as [`list_read_floats`](Self::list_read_floats), for items of type `str` or a subclass of it
    /// without lone surrogates.
    ///
    /// Runs Python: no. Override if the items can be read in place.
    /// CPython: `PyList_GET_ITEM`, `PyUnicode_AsUTF8AndSize`. RustPython: `borrow_vec`.
    #[inline]
    fn list_read_strings(
        _py: Attached<'_, Self>,
        _list: Ref<'_, Self, kind::List>,
        _start: usize,
        _values: &mut [String],
    ) -> usize {
        0
    }

    /// Replaces an item by `value`.
    ///
    /// Runs Python: yes (the old item's finaliser). Errors: `IndexError: list assignment index out of range`.
    /// CPython: `PyList_SetItem`. RustPython: `borrow_vec_mut`.
    fn list_set<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
        value: Owned<'py, Self>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let index = int(py, index);
        let arguments = [list.any(), index.as_ref().any(), value.as_ref()];
        method_of(py, BuiltinType::List, "__setitem__", &arguments).map(drop)
    }

    /// Performs `list.append(value)`.
    ///
    /// Runs Python: no. CPython: `PyList_Append`. RustPython: `borrow_vec_mut().push`.
    fn list_append<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::List, "append", &[list.any(), value]).map(drop)
    }

    /// Performs `list.insert(index, value)`, which appends if `index` is past the end.
    ///
    /// Runs Python: no. CPython: `PyList_Insert`. RustPython: `borrow_vec_mut`.
    fn list_insert<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let index = int(py, index.min(isize::MAX as usize));
        method_of(py, BuiltinType::List, "insert", &[list.any(), index.as_ref().any(), value]).map(drop)
    }

    /// Returns `list[low:high]`, with both bounds clipped.
    ///
    /// Runs Python: no. CPython: `PyList_GetSlice`. RustPython: `borrow_vec`.
    fn list_slice<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        low: usize,
        high: usize,
    ) -> Owned<'py, Self, kind::List>
    where
        Self: Backend,
    {
        let slice = slice(py, low, high);
        let items = method_of(py, BuiltinType::List, "__getitem__", &[list.any(), slice.as_ref().any()]);
        infallible(py, items.and_then(of_kind))
    }

    /// Performs `list[low:high] = sequence`, or deletes the slice if `sequence` is `None`. Both bounds are clipped.
    ///
    /// Runs Python: yes. Errors: `TypeError` if `sequence` is not iterable.
    /// CPython: `PyList_SetSlice`. RustPython: `borrow_vec_mut`.
    fn list_set_slice<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        low: usize,
        high: usize,
        sequence: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let slice = slice(py, low, high.max(low));
        let (list, slice) = (list.any(), slice.as_ref().any());
        match sequence {
            Some(sequence) => method_of(py, BuiltinType::List, "__setitem__", &[list, slice, sequence]),
            None => method_of(py, BuiltinType::List, "__delitem__", &[list, slice]),
        }
        .map(drop)
    }

    /// Performs `list.sort()`.
    ///
    /// Runs Python: yes. Errors: what a comparison raises. CPython: `PyList_Sort`. RustPython: the method.
    fn list_sort<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::List, "sort", &[list.any()]).map(drop)
    }

    /// Performs `list.reverse()`.
    ///
    /// Runs Python: no. CPython: `PyList_Reverse`. RustPython: `borrow_vec_mut`.
    fn list_reverse<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::List, "reverse", &[list.any()]).map(drop)
    }

    /// Returns `tuple(list)`.
    ///
    /// Runs Python: no. CPython: `PyList_AsTuple`. RustPython: `borrow_vec`.
    fn list_to_tuple<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Owned<'py, Self, kind::Tuple>
    where
        Self: Backend,
    {
        let copy = Self::list_slice(py, list, 0, usize::MAX);
        let items = (0..).map_while(|index| Self::list_get(py, copy.as_ref(), index)).collect::<Vec<_>>();
        let Ok(tuple) = Self::tuple_from::<core::convert::Infallible>(py, items.len(), items.into_iter().map(Ok));
        tuple
    }
}
