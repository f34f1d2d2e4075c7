//! `bytes`, `bytearray`, `tuple`, `list`, `dict`.

use crate::provided::{self, infallible, int, length, method_of, of_kind};
use crate::{Attached, Backend, BuiltinType, ExceptionType, Outcome, Owned, Ref, RefOps, kind};

/// `bytes`, and what they share with `bytearray`.
pub trait BytesOps: RefOps {
    /// A `bytes` with these contents. Runs Python: no. CPython: `PyBytes_FromStringAndSize`. RustPython: `ctx.new_bytes`.
    fn bytes_from_slice<'py>(py: Attached<'py, Self>, contents: &[u8]) -> Owned<'py, Self, kind::Bytes>;

    /// A `bytes` of `length` that `fill` writes; the buffer it gets is zeroed.
    ///
    /// Runs Python: no, but `fill` is caller's code.
    /// Errors: `MemoryError` or `OverflowError` where there is no such amount of memory, and `fill` is not called; inside
    /// that, what `fill` returns: the object is then gone.
    /// CPython: `PyBytes_FromStringAndSize` with null. RustPython: a `Vec` made first.
    fn bytes_with<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
    ) -> Outcome<'py, Self, Result<Owned<'py, Self, kind::Bytes>, E>>
    where
        Self: Backend,
    {
        let mut contents = Vec::new();
        if contents.try_reserve_exact(length).is_err() {
            return Err(provided::raise(py, ExceptionType::MemoryError, ""));
        }
        contents.resize(length, 0);
        Ok(fill(&mut contents).map(|()| Self::bytes_from_slice(py, &contents)))
    }

    /// The contents in place.
    ///
    /// As long as the `bytes` live, the contents stay where they are and as they are, and may be read on any thread,
    /// attached or not: [`Held`](crate::Held) rests on that.
    /// Runs Python: no.
    /// CPython: `PyBytes_AS_STRING`. RustPython: `as_bytes`.
    fn bytes_as_slice<'a>(py: Attached<'_, Self>, bytes: Ref<'a, Self, kind::Bytes>) -> &'a [u8];

    /// A `bytes` with what a `bytearray` holds now: all from the same moment, whatever other threads do.
    ///
    /// Runs Python: no (a subclass is not asked). CPython: `PyByteArray_AsString`, in a critical section where there is
    /// no global lock. RustPython: `borrow_buf`.
    fn bytes_from_bytearray<'py>(
        py: Attached<'py, Self>,
        bytearray: Ref<'_, Self, kind::ByteArray>,
    ) -> Owned<'py, Self, kind::Bytes>
    where
        Self: Backend,
    {
        let empty = Self::bytes_from_slice(py, &[]);
        // What is added to bytes is read through its buffer, whatever methods it has.
        let bytes = provided::special(py, empty.as_ref().any(), "__add__", &[bytearray.any()]);
        infallible(py, bytes.and_then(of_kind))
    }

    /// Where the contents of a `bytearray` are, and how many bytes: true until it becomes longer or shorter.
    ///
    /// Runs Python: no. Holds nothing: the `bytearray` can be resized afterwards. Of an empty one the pointer may dangle.
    /// CPython: `PyByteArray_AsString`. RustPython: `borrow_buf_mut`.
    fn bytearray_contents(py: Attached<'_, Self>, bytes: Ref<'_, Self, kind::ByteArray>) -> (*mut u8, usize)
    where
        Self: Backend,
    {
        let view = infallible(py, Self::buffer_get(py, bytes.any()));
        let layout = Self::buffer_layout(&view);
        let contents = (layout.start, layout.len);
        Self::buffer_release(py, view);
        contents
    }
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
    /// Runs Python: no, but `items` is caller's code.
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

    /// The number of items. Runs Python: no. CPython: `PyList_GET_SIZE`. RustPython: `borrow_vec`.
    fn list_len(py: Attached<'_, Self>, list: Ref<'_, Self, kind::List>) -> usize
    where
        Self: Backend,
    {
        length(py, method_of(py, BuiltinType::List, "__len__", &[list.any()]))
    }

    /// An item, or `None` past the end. Runs Python: no. CPython: `PyList_GetItemRef` (3.13), `PyList_GetItem`.
    /// RustPython: `borrow_vec`.
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
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let index = int(py, index);
        let arguments = [list.any(), index.as_ref().any(), value.as_ref()];
        method_of(py, BuiltinType::List, "__setitem__", &arguments).map(drop)
    }

    /// `list.append(value)`. Runs Python: no. CPython: `PyList_Append`. RustPython: `borrow_vec_mut().push`.
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

    /// `list.insert(index, value)`; past the end it appends. Runs Python: no. CPython: `PyList_Insert`. RustPython:
    /// `borrow_vec_mut`.
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

    /// `list[low:high]`, both clipped. Runs Python: no. CPython: `PyList_GetSlice`. RustPython: `borrow_vec`.
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
        let items =
            slice.and_then(|slice| method_of(py, BuiltinType::List, "__getitem__", &[list.any(), slice.as_ref()]));
        infallible(py, items.and_then(of_kind))
    }

    /// `list[low:high] = sequence`; `None` deletes. Both ends are clipped.
    ///
    /// Runs Python: yes. Errors: `TypeError` where `sequence` is not iterable. CPython: `PyList_SetSlice`.
    /// RustPython: `borrow_vec_mut`.
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
        let slice = slice(py, low, high.max(low))?;
        match sequence {
            Some(sequence) => method_of(py, BuiltinType::List, "__setitem__", &[list.any(), slice.as_ref(), sequence]),
            None => method_of(py, BuiltinType::List, "__delitem__", &[list.any(), slice.as_ref()]),
        }
        .map(drop)
    }

    /// `list.sort()`. Runs Python: yes. Errors: what a comparison raises. CPython: `PyList_Sort`. RustPython: the method.
    fn list_sort<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::List, "sort", &[list.any()]).map(drop)
    }

    /// `list.reverse()`. Runs Python: no. CPython: `PyList_Reverse`. RustPython: `borrow_vec_mut`.
    fn list_reverse<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::List, "reverse", &[list.any()]).map(drop)
    }

    /// `tuple(list)`. Runs Python: no. CPython: `PyList_AsTuple`. RustPython: `borrow_vec`.
    fn list_to_tuple<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Owned<'py, Self, kind::Tuple>
    where
        Self: Backend,
    {
        let copy = Self::list_slice(py, list, 0, usize::MAX);
        let items = (0..).map_while(|index| Self::list_get(py, copy.as_ref(), index)).collect::<Vec<_>>();
        let made = Self::tuple_from(py, items.len(), items.into_iter().map(Ok));
        made.unwrap_or_else(|never: core::convert::Infallible| match never {})
    }
}

/// `dict`.
///
/// These operations act on the dict itself: a subclass's `__getitem__` is not asked.
pub trait DictOps: RefOps {
    /// Where an iteration stands. Starts at its default.
    type DictCursor: Default;

    /// `{}`. Runs Python: no. CPython: `PyDict_New`. RustPython: `ctx.new_dict`.
    fn dict_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::Dict>
    where
        Self: Backend,
    {
        let dict = provided::call(py, Self::builtin_type(py, BuiltinType::Dict).any(), &[]);
        infallible(py, dict.and_then(of_kind))
    }

    /// The number of entries. Runs Python: no. CPython: `PyDict_Size`. RustPython: `__len__`.
    fn dict_len(py: Attached<'_, Self>, dict: Ref<'_, Self, kind::Dict>) -> usize
    where
        Self: Backend,
    {
        length(py, method_of(py, BuiltinType::Dict, "__len__", &[dict.any()]))
    }

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
    /// CPython: `PyDict_SetDefaultRef` (3.13), `PyDict_SetDefault`, `dict.setdefault` (limited API). The older ones do not
    /// say
    /// who has stored: where another thread stores the very same object under the key meanwhile, both may be told that
    /// they did. RustPython: `get_or_insert`.
    fn dict_set_default<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, (bool, Owned<'py, Self>)>
    where
        Self: Backend,
    {
        let before = Self::dict_len(py, dict);
        let stored = method_of(py, BuiltinType::Dict, "setdefault", &[dict.any(), key, value])?;
        let is_new = stored.as_ref().is(value) && Self::dict_len(py, dict) > before;
        Ok((is_new, stored))
    }

    /// Calls `body` with the dict, or with another one that has the same entries: one that no other thread changes as long
    /// as `body` does not give up the thread's turn, by detaching or by waiting for another object.
    ///
    /// Runs Python: no, but `body` is caller's code.
    /// CPython: the dict itself, in a critical section where there is no global lock. RustPython: a copy, for no lock may
    /// be
    /// held while Python runs.
    fn dict_locked<R>(
        py: Attached<'_, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        body: impl FnOnce(Ref<'_, Self, kind::Dict>) -> R,
    ) -> R
    where
        Self: Backend,
    {
        match Self::dict_copy(py, dict) {
            Ok(copy) => body(copy.as_ref()),
            Err(raised) => infallible(py, Err(raised)),
        }
    }

    /// Removes `key`.
    ///
    /// Runs Python: yes. Errors: `KeyError`. CPython: `PyDict_DelItem`. RustPython: `inner_delitem`.
    fn dict_delete<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::Dict, "__delitem__", &[dict.any(), key]).map(drop)
    }

    /// `key in dict`. Runs Python: yes. CPython: `PyDict_Contains`. RustPython: `contains_key`.
    fn dict_contains<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        Self::dict_get(py, dict, key).map(|value| value.is_some())
    }

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
    fn dict_clear(py: Attached<'_, Self>, dict: Ref<'_, Self, kind::Dict>)
    where
        Self: Backend,
    {
        infallible(py, method_of(py, BuiltinType::Dict, "clear", &[dict.any()]).map(drop));
    }

    /// A shallow copy, a plain `dict`. Runs Python: no. CPython: `PyDict_Copy`. RustPython: `copy`.
    fn dict_copy<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::Dict, "copy", &[dict.any()]).and_then(of_kind)
    }

    /// `list(dict.keys())`. Runs Python: no. CPython: `PyDict_Keys`. RustPython: `keys_vec`.
    fn dict_keys<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>
    where
        Self: Backend,
    {
        let view = method_of(py, BuiltinType::Dict, "keys", &[dict.any()]);
        infallible(py, view.and_then(|view| list_of(py, view.as_ref())))
    }

    /// `list(dict.values())`. Runs Python: no. CPython: `PyDict_Values`. RustPython: `values_vec`.
    fn dict_values<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>
    where
        Self: Backend,
    {
        let view = method_of(py, BuiltinType::Dict, "values", &[dict.any()]);
        infallible(py, view.and_then(|view| list_of(py, view.as_ref())))
    }

    /// `list(dict.items())`. Runs Python: no. CPython: `PyDict_Items`. RustPython: `items_vec`.
    fn dict_items<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>
    where
        Self: Backend,
    {
        let view = method_of(py, BuiltinType::Dict, "items", &[dict.any()]);
        infallible(py, view.and_then(|view| list_of(py, view.as_ref())))
    }

    /// Adds the entries of a mapping; `replace` says whether those here already give way.
    ///
    /// Runs Python: yes. Errors: `AttributeError` where `other` is no mapping; entries added before stay.
    /// CPython: `PyDict_Merge`. RustPython: `merge_object`.
    fn dict_merge<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        other: Ref<'_, Self>,
        replace: bool,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let (class, name) = (Self::type_of(py, other), Self::str_from_utf8(py, "keys"));
        if Self::get_attribute_opt(py, class.any(), name.as_ref())?.is_none() {
            let message = format!("'{}' object has no attribute 'keys'", provided::type_name(py, class));
            return Err(provided::raise(py, ExceptionType::AttributeError, &message));
        }
        if replace {
            return method_of(py, BuiltinType::Dict, "update", &[dict.any(), other]).map(drop);
        }
        let keys = provided::special(py, other, "keys", &[])?;
        let keys = Self::iter(py, keys.as_ref())?;
        while let Some(key) = Self::iter_next(py, keys.as_ref())? {
            if !Self::dict_contains(py, dict, key.as_ref())? {
                let value = Self::get_item(py, other, key.as_ref())?;
                Self::dict_set(py, dict, key.as_ref(), value.as_ref())?;
            }
        }
        Ok(())
    }
}

/// `slice(low, high)`
fn slice<'py, B: Backend>(py: Attached<'py, B>, low: usize, high: usize) -> Outcome<'py, B, Owned<'py, B>> {
    let (low, high) = (int(py, low), int(py, high));
    provided::call(py, B::builtin_type(py, BuiltinType::Slice).any(), &[low.as_ref().any(), high.as_ref().any()])
}

/// `list(iterable)`
fn list_of<'py, B: Backend>(py: Attached<'py, B>, iterable: Ref<'_, B>) -> Outcome<'py, B, Owned<'py, B, kind::List>> {
    provided::call(py, B::builtin_type(py, BuiltinType::List).any(), &[iterable]).and_then(of_kind)
}
