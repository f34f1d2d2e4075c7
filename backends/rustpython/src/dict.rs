//! `dict`, without calling methods that a subclass overrides.

use pyo3_backend::{Attached, DictOps, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::{PyDict, PyStr};
use rustpython_vm::{AsObject, Context, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{object, outcome, own, own_as, payload};
use crate::vm::vm;

/// Calls a function of a dict with a key. A `str` keeps its hash, which is only used if the key is passed as one.
macro_rules! with_key {
    ($key:expr, $vm:expr, |$name:ident| $call:expr) => {
        match object($key).downcast_ref_if_exact::<PyStr>($vm) {
            Some($name) => $call,
            None => {
                let $name = object($key);
                $call
            }
        }
    };
}

impl DictOps for RustPython {
    /// The position in the table of entries.
    type DictCursor = usize;

    #[inline]
    fn dict_new<'py>(py: Attached<'py, Self>) -> Owned<'py, Self, kind::Dict> {
        own_as(py, Context::genesis().new_dict())
    }

    #[inline]
    fn dict_len(_py: Attached<'_, Self>, dict: Ref<'_, Self, kind::Dict>) -> usize {
        table(dict).__len__()
    }

    fn dict_set<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()> {
        let vm = vm(py);
        outcome(py, with_key!(key, vm, |key| table(dict).inner_setitem(key, object(value).to_owned(), vm)))
    }

    fn dict_get<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Option<Owned<'py, Self>>> {
        let vm = vm(py);
        let found = outcome(py, with_key!(key, vm, |key| table(dict).inner_getitem_opt(key, vm)))?;
        Ok(found.map(|value| own(py, value)))
    }

    fn dict_set_default<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, (bool, Owned<'py, Self>)> {
        let mut is_stored = false;
        let found = table(dict).get_or_insert(vm(py), object(key), || {
            is_stored = true;
            object(value).to_owned()
        });
        outcome(py, found).map(|found| (is_stored, own(py, found)))
    }

    fn dict_locked<R>(
        py: Attached<'_, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        body: impl FnOnce(Ref<'_, Self, kind::Dict>) -> R,
    ) -> R {
        let copy: Owned<'_, Self, kind::Dict> = own_as(py, table(dict).copy().into_ref(Context::genesis()));
        body(copy.as_ref())
    }

    fn dict_delete<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()> {
        outcome(py, delete(payload(dict), object(key), vm(py)))
    }

    fn dict_contains<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        key: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool> {
        let vm = vm(py);
        outcome(py, with_key!(key, vm, |key| table(dict).inner_getitem_opt(key, vm)).map(|value| value.is_some()))
    }

    #[inline]
    fn dict_next<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        cursor: &mut usize,
    ) -> Option<(Owned<'py, Self>, Owned<'py, Self>)> {
        let (next, key, value) = table(dict).next_entry(*cursor)?;
        *cursor = next;
        Some((own(py, key), own(py, value)))
    }

    fn dict_clear(_py: Attached<'_, Self>, dict: Ref<'_, Self, kind::Dict>) {
        table(dict).clear();
    }

    fn dict_copy<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Dict>> {
        Ok(own_as(py, table(dict).copy().into_ref(Context::genesis())))
    }

    fn dict_keys<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List> {
        own_as(py, Context::genesis().new_list(table(dict).keys_vec()))
    }

    fn dict_values<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List> {
        own_as(py, Context::genesis().new_list(table(dict).values_vec()))
    }

    fn dict_items<'py>(py: Attached<'py, Self>, dict: Ref<'_, Self, kind::Dict>) -> Owned<'py, Self, kind::List> {
        let ctx = Context::genesis();
        let pairs = table(dict).items_vec();
        let items = pairs.into_iter().map(|(key, value)| ctx.new_tuple(vec![key, value]).into()).collect();
        own_as(py, ctx.new_list(items))
    }

    fn dict_merge<'py>(
        py: Attached<'py, Self>,
        dict: Ref<'_, Self, kind::Dict>,
        other: Ref<'_, Self>,
        replace: bool,
    ) -> Outcome<'py, Self, ()> {
        outcome(py, merge(table(dict), object(other).to_owned(), replace, vm(py)))
    }
}

/// Returns the dict itself, whose methods ignore overrides.
#[inline]
fn table<'a>(dict: Ref<'a, RustPython, kind::Dict>) -> &'a PyDict {
    payload(dict)
}

/// Implements `del dict[key]`. For a subclass this calls the method of `dict`, because the VM's own function is
/// private.
fn delete(dict: &Py<PyDict>, key: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let dict_type = vm.ctx.types.dict_type;
    if dict.class().is(dict_type) {
        return dict.del_item(key, vm);
    }
    let method = dict_type.as_object().get_attr(vm.ctx.intern_str("__delitem__"), vm)?;
    method.call((dict.to_owned(), key.to_owned()), vm).map(drop)
}

/// Implements `dict.update(other)` for mappings only, and not for sequences of pairs.
fn merge(dict: &PyDict, other: PyObjectRef, replace: bool, vm: &VirtualMachine) -> PyResult<()> {
    if !other.downcastable::<PyDict>() {
        // Raises `AttributeError` if `other` is not a mapping.
        other.get_attr(vm.ctx.intern_str("keys"), vm)?;
    }
    if replace { dict.merge_object(other, vm) } else { dict.merge_object_if_missing(other, vm) }
}
