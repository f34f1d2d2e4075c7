//! `dict`.

use crate::provided::{self, infallible, length, method_of, of_kind};
use crate::{Attached, Backend, BuiltinType, ExceptionType, Outcome, Owned, Ref, RefOps, kind};

/// Operations on `dict`.
///
/// They act on the dict itself: they ignore what a subclass overrides, such as `__getitem__`.
pub trait DictOps: RefOps {
    /// The position of an iteration. The default value is the start.
    type DictCursor: Default;

    /// Returns `{}`.
    ///
    /// Runs Python: no. CPython: `PyDict_New`. RustPython: `ctx.new_dict`.
    fn dict_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::Dict>
    where
        Self: Backend,
    {
        infallible(py, provided::instance(py, BuiltinType::Dict, &[]))
    }

    /// Returns the number of entries.
    ///
    /// Runs Python: no. CPython: `PyDict_Size`. RustPython: `__len__`.
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

    /// Returns the value under `key`, or `None` if there is none.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: what these raise.
    /// CPython: `PyDict_GetItemRef` (3.13), `PyDict_GetItemWithError`. RustPython: `inner_getitem_opt`.
    fn dict_get<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>>;

    /// Returns the value under `key`, after storing `value` if there was none, and whether it did so.
    ///
    /// Values that are stored in the meantime, by other threads or by the key's own methods, are not replaced.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: what these raise; the dict is then unchanged.
    /// CPython: `PyDict_SetDefaultRef` (3.13), `PyDict_SetDefault`, `dict.setdefault` (limited API). The older
    /// functions do not say who stored the value: if two threads store the very same object under the key at once, both
    /// may be told that they did. RustPython: `get_or_insert`.
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

    /// Calls `body` with the dict, or with a copy of it, which no other thread changes as long as `body` neither
    /// detaches nor waits for another object.
    ///
    /// Runs Python: no, but `body` is the caller's code.
    /// CPython: the dict itself, in a critical section in free-threaded builds. RustPython: a copy, because no lock may
    /// be held while Python runs.
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

    /// Returns `key in dict`.
    ///
    /// Runs Python: yes. CPython: `PyDict_Contains`. RustPython: `contains_key`.
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

    /// Returns the next entry, or `None` at the end.
    ///
    /// The caller watches the length: after a change of size the cursor may skip or repeat entries, but nothing worse.
    ///
    /// Runs Python: no. CPython: `PyDict_Next`. RustPython: `next_entry`.
    fn dict_next<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        cursor: &mut Self::DictCursor,
    ) -> Option<(Owned<'py, Self>, Owned<'py, Self>)>;

    /// Removes all entries.
    ///
    /// Runs Python: yes (finalisers). CPython: `PyDict_Clear`. RustPython: `clear`.
    fn dict_clear(py: Attached<'_, Self>, dict: Ref<'_, Self, kind::Dict>)
    where
        Self: Backend,
    {
        infallible(py, method_of(py, BuiltinType::Dict, "clear", &[dict.any()]).map(drop));
    }

    /// Returns a shallow copy, which is a plain `dict`.
    ///
    /// Runs Python: no. CPython: `PyDict_Copy`. RustPython: `copy`.
    fn dict_copy<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::Dict, "copy", &[dict.any()]).and_then(of_kind)
    }

    /// Returns `list(dict.keys())`.
    ///
    /// Runs Python: no. CPython: `PyDict_Keys`. RustPython: `keys_vec`.
    fn dict_keys<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>
    where
        Self: Backend,
    {
        let view = method_of(py, BuiltinType::Dict, "keys", &[dict.any()]);
        infallible(py, view.and_then(|view| Self::sequence_to_list(py, view.as_ref())))
    }

    /// Returns `list(dict.values())`.
    ///
    /// Runs Python: no. CPython: `PyDict_Values`. RustPython: `values_vec`.
    fn dict_values<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>
    where
        Self: Backend,
    {
        let view = method_of(py, BuiltinType::Dict, "values", &[dict.any()]);
        infallible(py, view.and_then(|view| Self::sequence_to_list(py, view.as_ref())))
    }

    /// Returns `list(dict.items())`.
    ///
    /// Runs Python: no. CPython: `PyDict_Items`. RustPython: `items_vec`.
    fn dict_items<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List>
    where
        Self: Backend,
    {
        let view = method_of(py, BuiltinType::Dict, "items", &[dict.any()]);
        infallible(py, view.and_then(|view| Self::sequence_to_list(py, view.as_ref())))
    }

    /// Adds entries from an iterable of pairs, replacing existing ones.
    ///
    /// Runs Python: yes. Errors: `TypeError` if `pairs` or one of its items is not iterable; `ValueError` if an item is
    /// not a pair. Entries added before stay.
    /// CPython: `PyDict_MergeFromSeq2`. RustPython: the method `update` of the built-in type.
    fn dict_merge_pairs<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        pairs: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        // An iterator has no `keys`, so `update` cannot mistake it for a mapping.
        let pairs = Self::object_iter(py, pairs)?;
        method_of(py, BuiltinType::Dict, "update", &[dict.any(), pairs.as_ref().any()]).map(drop)
    }

    /// Adds the entries of a mapping. `replace` says whether they replace existing ones.
    ///
    /// Runs Python: yes. Errors: `AttributeError` if `other` is not a mapping. Entries added before stay.
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
        if Self::object_get_attribute_opt(py, class.any(), name.as_ref())?.is_none() {
            let message = format!("'{}' object has no attribute 'keys'", provided::type_name(py, class));
            return Err(provided::raise(py, ExceptionType::AttributeError, &message));
        }
        if replace {
            return method_of(py, BuiltinType::Dict, "update", &[dict.any(), other]).map(drop);
        }
        let keys = provided::special(py, other, "keys", &[])?;
        let keys = Self::object_iter(py, keys.as_ref())?;
        while let Some(key) = Self::iter_next(py, keys.as_ref().any())? {
            if !Self::dict_contains(py, dict, key.as_ref())? {
                let value = Self::object_get_item(py, other, key.as_ref())?;
                Self::dict_set(py, dict, key.as_ref(), value.as_ref())?;
            }
        }
        Ok(())
    }
}
