//! `bytes`, `bytearray`, `tuple`, `list`, `dict`.

use crate::{Attached, Outcome, Owned, Ref, RefOps, kind};

/// `bytes`, and what they share with `bytearray`.
pub trait BytesOps: RefOps {
    /// A `bytes` with these contents. Runs Python: no. CPython: `PyBytes_FromStringAndSize`. RustPython: `ctx.new_bytes`.
    fn bytes_from_slice<'py>(py: Attached<'py, Self>, contents: &[u8]) -> Owned<'py, Self, kind::Bytes>;

    /// A `bytes` of `length` that `fill` writes; the buffer it gets is zeroed.
    ///
    /// Errors: `MemoryError` or `OverflowError` where there is no such amount of memory, and `fill` is not called; inside
    /// that, what `fill` returns: the object is then gone.
    /// CPython: `PyBytes_FromStringAndSize` with null. RustPython: a `Vec` made first.
    fn bytes_with<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Self, Result<Owned<'py, Self, kind::Bytes>, E>>;

    /// The contents in place.
    ///
    /// As long as the `bytes` live, the contents stay where they are and as they are, and may be read on any thread,
    /// attached or not: [`Held`](crate::Held) rests on that.
    /// CPython: `PyBytes_AS_STRING`. RustPython: `as_bytes`.
    fn bytes_as_slice<'a>(py: Attached<'_, Self>, bytes: Ref<'a, Self, kind::Bytes>) -> &'a [u8];

    /// A `bytes` with what a `bytearray` holds now: all from the same moment, whatever other threads do.
    ///
    /// Runs Python: no (a subclass is not asked). CPython: `PyByteArray_AsString`, in a critical section where there is
    /// no global lock. RustPython: `borrow_buf`.
    fn bytes_from_bytearray<'py>(
        py: Attached<'py, Self>,
        bytearray: Ref<'_, Self, kind::ByteArray>,
    ) -> Owned<'py, Self, kind::Bytes>;

    /// Where the contents of a `bytearray` are, and how many bytes: true until it becomes longer or shorter.
    ///
    /// Runs Python: no. Holds nothing: the `bytearray` can be resized afterwards. Of an empty one the pointer may dangle.
    /// CPython: `PyByteArray_AsString`. RustPython: `borrow_buf_mut`.
    fn bytearray_contents(py: Attached<'_, Self>, bytes: Ref<'_, Self, kind::ByteArray>) -> (*mut u8, usize);
}

/// `tuple`.
pub trait TupleOps: RefOps {
    /// A tuple of exactly `length` items.
    ///
    /// Ownership: takes the items. Runs Python: no, but `items` is caller's code.
    ///
    /// `items` yields `length` items; `Err` in place of an item ends it, and the tuple made so far is given up.
    /// CPython: `PyTuple_New`, `PyTuple_SET_ITEM`. RustPython: `ctx.new_tuple`.
    ///
    /// # Panics
    ///
    /// Where `items` yields fewer or more than `length`.
    fn tuple_from<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py, Self>, E>>,
    ) -> Result<Owned<'py, Self, kind::Tuple>, E>;

    /// The number of items. CPython: `PyTuple_GET_SIZE`. RustPython: `len`.
    fn tuple_len(py: Attached<'_, Self>, tuple: Ref<'_, Self, kind::Tuple>) -> usize;

    /// An item, borrowed: tuples do not change. `None` past the end.
    ///
    /// CPython: `PyTuple_GET_ITEM`. RustPython: `as_slice`.
    fn tuple_get<'a>(py: Attached<'_, Self>, tuple: Ref<'a, Self, kind::Tuple>, index: usize) -> Option<Ref<'a, Self>>;

    /// All items in place, where the runtime keeps them side by side.
    ///
    /// Runs Python: no. Override wherever there is an answer: the frontend has a function that cannot do without one.
    /// CPython: `ob_item`, `None` for the limited API. RustPython: `as_slice`.
    fn tuple_as_slice<'a>(_py: Attached<'_, Self>, _tuple: Ref<'a, Self, kind::Tuple>) -> Option<&'a [Ref<'a, Self>]> {
        None
    }

    /// The items from `low` up to `high`, both clipped to the length.
    ///
    /// CPython: `PyTuple_GetSlice`. RustPython: `as_slice`.
    fn tuple_slice<'py>(
        py: Attached<'py, Self>,
        tuple: Ref<'_, Self, kind::Tuple>,
        low: usize,
        high: usize,
    ) -> Owned<'py, Self, kind::Tuple> {
        let high = high.min(Self::tuple_len(py, tuple));
        let low = low.min(high);
        let items = (low..high).filter_map(|index| Self::tuple_get(py, tuple, index)).map(|item| Ok(item.to_owned(py)));
        match Self::tuple_from::<core::convert::Infallible>(py, high - low, items) {
            Ok(slice) => slice,
            Err(never) => match never {},
        }
    }
}

/// `list`.
///
/// A list changes under one's feet wherever Python code runs, and on a runtime without a global lock at any time. So
/// every index is checked by the operation itself, and items come out owned.
pub trait ListOps: RefOps {
    /// A list of exactly `length` items. As [`TupleOps::tuple_from`].
    ///
    /// CPython: `PyList_New`, `PyList_SET_ITEM`. RustPython: `ctx.new_list`.
    ///
    /// # Panics
    ///
    /// Where `items` yields fewer or more than `length`.
    fn list_from<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py, Self>, E>>,
    ) -> Result<Owned<'py, Self, kind::List>, E>;

    /// The number of items. CPython: `PyList_GET_SIZE`. RustPython: `borrow_vec`.
    fn list_len(py: Attached<'_, Self>, list: Ref<'_, Self, kind::List>) -> usize;

    /// An item, or `None` past the end. CPython: `PyList_GetItemRef` (3.13), `PyList_GetItem`. RustPython: `borrow_vec`.
    fn list_get<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
    ) -> Option<Owned<'py, Self>>;

    /// Puts `value` in place of an item.
    ///
    /// Runs Python: yes (the old item's finaliser). Errors: `IndexError: list assignment index out of range`.
    /// CPython: `PyList_SetItem`. RustPython: `borrow_vec_mut`.
    fn list_set<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
        value: Owned<'py, Self>,
    ) -> Outcome<'py, Self, ()>;

    /// `list.append(value)`. CPython: `PyList_Append`. RustPython: `borrow_vec_mut().push`.
    fn list_append<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>;

    /// `list.insert(index, value)`; past the end it appends. CPython: `PyList_Insert`. RustPython: `borrow_vec_mut`.
    fn list_insert<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>;

    /// `list[low:high]`, both clipped. CPython: `PyList_GetSlice`. RustPython: `borrow_vec`.
    fn list_slice<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        low: usize,
        high: usize,
    ) -> Owned<'py, Self, kind::List>;

    /// `list[low:high] = sequence`; `None` deletes. Both ends are clipped.
    ///
    /// Runs Python: yes. Errors: `TypeError` where `sequence` is not iterable. CPython: `PyList_SetSlice`.
    fn list_set_slice<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        low: usize,
        high: usize,
        sequence: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()>;

    /// `list.sort()`. Runs Python: yes. Errors: what a comparison raises. CPython: `PyList_Sort`. RustPython: the method.
    fn list_sort<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()>;

    /// `list.reverse()`. CPython: `PyList_Reverse`. RustPython: `borrow_vec_mut`.
    fn list_reverse<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()>;

    /// `tuple(list)`. CPython: `PyList_AsTuple`. RustPython: `borrow_vec`.
    fn list_to_tuple<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Owned<'py, Self, kind::Tuple>;
}

/// `dict`.
///
/// These operations act on the dict itself: a subclass's `__getitem__` is not asked.
pub trait DictOps: RefOps {
    /// Where an iteration stands. Starts at its default.
    type DictCursor: Default;

    /// `{}`. CPython: `PyDict_New`. RustPython: `ctx.new_dict`.
    fn dict_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::Dict>;

    /// The number of entries. CPython: `PyDict_Size`. RustPython: `__len__`.
    fn dict_len(py: Attached<'_, Self>, dict: Ref<'_, Self, kind::Dict>) -> usize;

    /// Stores `value` under `key`.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: `TypeError` if `key` is unhashable; the dict is then unchanged.
    /// CPython: `PyDict_SetItem`. RustPython: `inner_setitem`.
    fn dict_set<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>;

    /// The value under `key`, or `None`.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: what those raise.
    /// CPython: `PyDict_GetItemRef` (3.13), `PyDict_GetItemWithError`. RustPython: `inner_getitem_opt`.
    fn dict_get<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>>;

    /// The value under `key`, which is `value` from now on if there was none; and whether that is so.
    ///
    /// Nothing that is stored meanwhile, by other threads or by the key's own methods, is replaced.
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: what those raise; the dict is then unchanged.
    /// CPython: `PyDict_SetDefaultRef` (3.13), `PyDict_SetDefault`, `dict.setdefault` (limited API). The older ones do not say
    /// who has stored: where another thread stores the very same object under the key meanwhile, both may be told that
    /// they did. RustPython: `get_or_insert`.
    fn dict_set_default<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, (bool, Owned<'py, Self>)>;

    /// Calls `body` with the dict, or with another one that has the same entries: one that no other thread changes as long
    /// as `body` does not give up the thread's turn, by detaching or by waiting for another object.
    ///
    /// Runs Python: no, but `body` is caller's code.
    /// CPython: the dict itself, in a critical section where there is no global lock. RustPython: a copy, for no lock may be
    /// held while Python runs.
    fn dict_locked<R>(
        py: Attached<'_, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        body: impl FnOnce(Ref<'_, Self, kind::Dict>) -> R,
    ) -> R;

    /// Removes `key`.
    ///
    /// Runs Python: yes. Errors: `KeyError`. CPython: `PyDict_DelItem`. RustPython: `inner_delitem`.
    fn dict_delete<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>;

    /// `key in dict`. Runs Python: yes. CPython: `PyDict_Contains`. RustPython: `contains_key`.
    fn dict_contains<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool>;

    /// The next entry, or `None` at the end.
    ///
    /// The caller watches the length: after a change of size the cursor may skip or repeat entries, nothing worse.
    /// Runs Python: no. CPython: `PyDict_Next`. RustPython: `next_entry`.
    fn dict_next<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        cursor: &mut Self::DictCursor,
    ) -> Option<(Owned<'py, Self>, Owned<'py, Self>)>;

    /// Removes all entries. Runs Python: yes (finalisers). CPython: `PyDict_Clear`. RustPython: `clear`.
    fn dict_clear(py: Attached<'_, Self>, dict: Ref<'_, Self, kind::Dict>);

    /// A shallow copy, a plain `dict`. CPython: `PyDict_Copy`. RustPython: `copy`.
    fn dict_copy<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>>;

    /// `list(dict.keys())`. CPython: `PyDict_Keys`. RustPython: `keys_vec`.
    fn dict_keys<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>;

    /// `list(dict.values())`. CPython: `PyDict_Values`. RustPython: `values_vec`.
    fn dict_values<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>;

    /// `list(dict.items())`. CPython: `PyDict_Items`. RustPython: `items_vec`.
    fn dict_items<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>;

    /// Adds the entries of a mapping; `replace` says whether those here already give way.
    ///
    /// Runs Python: yes. Errors: `AttributeError` where `other` is no mapping; entries added before stay.
    /// CPython: `PyDict_Merge`. RustPython: `merge_object`.
    fn dict_merge<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        other: Ref<'_, Self>,
        replace: bool,
    ) -> Outcome<'py, Self, ()>;
}
