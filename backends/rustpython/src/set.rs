//! `set` and `frozenset`.

use pyo3_backend::{AnySet, Attached, BuiltinType, Outcome, Owned, Ref, SetOps, TypeOps, kind};
use rustpython_vm::builtins::{PyFrozenSet, PySet};
use rustpython_vm::{AsObject, Context, PyPayload};

use crate::RustPython;
use crate::convert::{object, outcome, own, own_as, own_outcome_as, payload};
use crate::vm::vm;

impl SetOps for RustPython {
    fn set_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::Set> {
        own_as(py, PySet::default().into_ref(Context::genesis()))
    }

    fn frozenset_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::FrozenSet> {
        own_as(py, PyFrozenSet::default().into_ref(Context::genesis()))
    }

    fn frozenset_from_set<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::FrozenSet>> {
        let class = Context::genesis().types.frozenset_type;
        let made = class.as_object().call((object(set.any()).to_owned(),), vm(py));
        own_outcome_as(
            py,
            made.map(|made| made.downcast::<PyFrozenSet>().unwrap_or_else(|_| unreachable!("it makes one"))),
        )
    }

    fn set_len<K: AnySet>(py: Attached<'_, Self>, set: Ref<'_, Self, K>) -> usize {
        // The slot of the built-in type, because a subclass may override `__len__`.
        let class = payload(Self::type_builtin(py, K::TYPE));
        let length = class.slots().as_sequence.length.load().expect("sets have a length");
        length(object(set.any()).sequence_unchecked(), vm(py)).expect("sets have a length")
    }

    fn set_contains<'py, K: AnySet>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, K>,
        item: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool> {
        let (set, item, vm) = (object(set.any()), object(item), vm(py));
        if item.fast_isinstance(vm.ctx.types.set_type) {
            // Like the operator `in`, the VM accepts an unhashable set and looks for a frozen copy of it. This call
            // raises for such an item.
            outcome(py, item.hash(vm))?;
        }
        let found = match K::TYPE {
            BuiltinType::Set => set.downcast_ref::<PySet>().map(|set| set.contains(item, vm)),
            _ => set.downcast_ref::<PyFrozenSet>().map(|set| set.contains(item, vm)),
        };
        outcome(py, found.expect("a set by its kind"))
    }

    fn set_add<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
        item: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()> {
        outcome(py, payload(set).add(object(item).to_owned(), vm(py)))
    }

    fn set_discard<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
        item: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool> {
        let found = Self::set_contains(py, set, item)?;
        if found {
            outcome(py, payload(set).discard(object(item).to_owned(), vm(py)))?;
        }
        Ok(found)
    }

    fn set_pop<'py>(
        py: Attached<'py, Self>,
        set: Ref<'_, Self, kind::Set>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>> {
        let vm = vm(py);
        match payload(set).pop(vm) {
            Ok(item) => Ok(Some(own(py, item))),
            Err(raised) if raised.fast_isinstance(vm.ctx.exceptions.key_error) => Ok(None),
            Err(raised) => outcome(py, Err(raised)),
        }
    }

    fn set_clear(_py: Attached<'_, Self>, set: Ref<'_, Self, kind::Set>) {
        payload(set).clear();
    }
}
