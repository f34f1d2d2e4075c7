//! `set` and `frozenset`.

use crate::provided::{self, infallible, length, method_of};
use crate::{Attached, Backend, BuiltinType, ExceptionType, Kind, Outcome, Owned, Ref, RefOps, kind};

/// A kind whose objects are sets, mutable or not.
pub trait AnySet: Kind {
    /// The type that defines the methods.
    const TYPE: BuiltinType;
}

impl AnySet for kind::Set {
    const TYPE: BuiltinType = BuiltinType::Set;
}

impl AnySet for kind::FrozenSet {
    const TYPE: BuiltinType = BuiltinType::FrozenSet;
}

/// Operations on `set` and `frozenset`.
///
/// They act on the set itself: they ignore what a subclass overrides. All are provided, through the methods of the
/// built-in types.
///
/// Names begin with `set_` or `frozenset_`.
pub trait SetOps: RefOps {
    /// Returns `set()`.
    ///
    /// Runs Python: no. CPython: `PySet_New`. RustPython: `PySet::default`.
    fn set_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::Set>
    where
        Self: Backend,
    {
        infallible(py, provided::instance(py, BuiltinType::Set, &[]))
    }

    /// Returns an empty `frozenset`. If nothing else refers to it, C code may fill it (`PySet_Add`). The default returns
    /// `frozenset()`, which is shared.
    ///
    /// Runs Python: no. CPython: `PyFrozenSet_New`. RustPython: `PyFrozenSet::default`.
    fn frozenset_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::FrozenSet>
    where
        Self: Backend,
    {
        infallible(py, provided::instance(py, BuiltinType::FrozenSet, &[]))
    }

    /// Returns `frozenset(set)`.
    ///
    /// Runs Python: no, the hashes are known. CPython: `PyFrozenSet_New`. RustPython: calls the type.
    fn frozenset_from_set<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::FrozenSet>>
    where
        Self: Backend,
    {
        provided::instance(py, BuiltinType::FrozenSet, &[set.any()])
    }

    /// Starts a `frozenset`. Only [`frozenset_add`](Self::frozenset_add) and
    /// [`frozenset_finish`](Self::frozenset_finish) may use the unfinished object.
    ///
    /// Runs Python: no. CPython: `PyFrozenSet_New`. RustPython: a `set`.
    fn frozenset_begin<'py>(py: Attached<'py, Self>) -> Owned<'py, Self>
    where
        Self: Backend,
    {
        Self::set_new(py).any()
    }

    /// Adds an item to what [`frozenset_begin`](Self::frozenset_begin) returned.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: as [`set_add`](Self::set_add).
    /// CPython: `PySet_Add`, which accepts a `frozenset` with a single owner. RustPython: `PySet::add`.
    fn frozenset_add<'py>(
        py: Attached<'py, Self>,
        unfinished: Ref<'_, Self>,
        item: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let set = unfinished.cast::<kind::Set>(py).expect("it was begun as one");
        Self::set_add(py, set, item)
    }

    /// Returns the finished `frozenset`.
    ///
    /// Ownership: takes what [`frozenset_begin`](Self::frozenset_begin) returned. Runs Python: no, the hashes are
    /// known.
    /// CPython: the object itself. RustPython: as [`frozenset_from_set`](Self::frozenset_from_set).
    fn frozenset_finish<'py>(
        py: Attached<'py, Self>,
        unfinished: Owned<'py, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::FrozenSet>>
    where
        Self: Backend,
    {
        let set = unfinished.as_ref().cast::<kind::Set>(py).expect("it was begun as one");
        Self::frozenset_from_set(py, set)
    }

    /// Returns the number of items.
    ///
    /// Runs Python: no. CPython: `PySet_Size`. RustPython: the `length` slot of the built-in type.
    fn set_len<K: AnySet>(py: Attached<'_, Self>, set: Ref<'_, Self, K>) -> usize
    where
        Self: Backend,
    {
        length(py, method_of(py, K::TYPE, "__len__", &[set.any()]))
    }

    /// Returns `item in set`.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: `TypeError` if `item` is unhashable, even if it is a `set`.
    /// CPython: `PySet_Contains`. RustPython: `PySet::contains`, `PyFrozenSet::contains`.
    fn set_contains<'py, K: AnySet>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, K>,
        item: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        // The method would accept an unhashable `set` in place of a `frozenset`.
        Self::object_hash(py, item)?;
        provided::is_true(py, method_of(py, K::TYPE, "__contains__", &[set.any(), item]))
    }

    /// Performs `set.add(item)`.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: `TypeError` if `item` is unhashable; the set is then unchanged.
    /// CPython: `PySet_Add`. RustPython: `PySet::add`.
    fn set_add<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
        item: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        method_of(py, BuiltinType::Set, "add", &[set.any(), item]).map(drop)
    }

    /// Removes `item`, and returns whether it was there.
    ///
    /// Runs Python: yes (`__hash__`, `__eq__`). Errors: as [`set_contains`](Self::set_contains).
    /// CPython: `PySet_Discard`. RustPython: `PySet::contains`, `PySet::discard`.
    fn set_discard<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
        item: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool>
    where
        Self: Backend,
    {
        let found = Self::set_contains(py, set, item)?;
        if found {
            method_of(py, BuiltinType::Set, "discard", &[set.any(), item])?;
        }
        Ok(found)
    }

    /// Removes and returns an arbitrary item, or returns `None` if the set is empty.
    ///
    /// Runs Python: no. CPython: `PySet_Pop`. RustPython: `PySet::pop`.
    fn set_pop<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>>
    where
        Self: Backend,
    {
        let item = method_of(py, BuiltinType::Set, "pop", &[set.any()]);
        provided::unless(py, item, ExceptionType::KeyError)
    }

    /// Removes all items.
    ///
    /// Runs Python: yes (finalisers). CPython: `PySet_Clear`, `set.clear` (limited API). RustPython: `PySet::clear`.
    fn set_clear(py: Attached<'_, Self>, set: Ref<'_, Self, kind::Set>)
    where
        Self: Backend,
    {
        infallible(py, method_of(py, BuiltinType::Set, "clear", &[set.any()]).map(drop));
    }
}
