//! `list`: a vector behind a lock that is not reentrant.
//!
//! No Python code may run while the lock is held, and dropping an object can run Python code. So the objects that an
//! operation removes from a list are dropped only after the lock is released.

use pyo3_backend::{Attached, ExceptionType, ListOps, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::{PyFloat, PyInt, PyStr};
use rustpython_vm::{AsObject, Context, PyObject, PyObjectRef};

use crate::RustPython;
use crate::convert::{collect_exactly, disown, object, outcome, own, own_as, payload};
use crate::error::raise_message;
use crate::vm::vm;

impl ListOps for RustPython {
    fn list_from<'py, E>(
        py: Attached<'py, Self>,
        length: usize,
        items: impl Iterator<Item = Result<Owned<'py, Self>, E>>,
    ) -> Result<Owned<'py, Self, kind::List>, E> {
        Ok(own_as(py, Context::genesis().new_list(collect_exactly(length, items)?)))
    }

    #[inline]
    fn list_len(_py: Attached<'_, Self>, list: Ref<'_, Self, kind::List>) -> usize {
        payload(list).borrow_vec().len()
    }

    #[inline]
    fn list_get<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
    ) -> Option<Owned<'py, Self>> {
        let item = payload(list).borrow_vec().get(index).cloned();
        item.map(|item| own(py, item))
    }

    fn list_read_floats(
        _py: Attached<'_, Self>,
        list: Ref<'_, Self, kind::List>,
        start: usize,
        values: &mut [f64],
    ) -> usize {
        read(list, start, values, |item| item.downcast_ref::<PyFloat>().map(|float| float.to_f64()))
    }

    fn list_read_ints(
        _py: Attached<'_, Self>,
        list: Ref<'_, Self, kind::List>,
        start: usize,
        values: &mut [i64],
    ) -> usize {
        read(list, start, values, |item| item.downcast_ref::<PyInt>().and_then(|int| int.as_bigint().try_into().ok()))
    }

    fn list_read_strings(
        _py: Attached<'_, Self>,
        list: Ref<'_, Self, kind::List>,
        start: usize,
        values: &mut [String],
    ) -> usize {
        read(list, start, values, |item| item.downcast_ref::<PyStr>()?.to_str().map(str::to_owned))
    }

    #[inline]
    fn list_set<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
        value: Owned<'py, Self>,
    ) -> Outcome<'py, Self, ()> {
        let value = disown(value);
        let replaced = match payload(list).borrow_vec_mut().get_mut(index) {
            Some(place) => Ok(core::mem::replace(place, value)),
            None => Err(value),
        };
        match replaced {
            Ok(old) => {
                drop(old);
                Ok(())
            }
            Err(value) => {
                drop(value);
                Err(raise_message(py, ExceptionType::IndexError, "list assignment index out of range"))
            }
        }
    }

    #[inline]
    fn list_append<'py>(
        _py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()> {
        payload(list).borrow_vec_mut().push(object(value).to_owned());
        Ok(())
    }

    fn list_insert<'py>(
        _py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        index: usize,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()> {
        let mut items = payload(list).borrow_vec_mut();
        let index = index.min(items.len());
        items.insert(index, object(value).to_owned());
        Ok(())
    }

    fn list_slice<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        low: usize,
        high: usize,
    ) -> Owned<'py, Self, kind::List> {
        let slice = {
            let items = payload(list).borrow_vec();
            let (low, high) = clip(low, high, items.len());
            items[low..high].to_vec()
        };
        own_as(py, Context::genesis().new_list(slice))
    }

    fn list_set_slice<'py>(
        py: Attached<'py, Self>,
        list: Ref<'_, Self, kind::List>,
        low: usize,
        high: usize,
        sequence: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()> {
        let vm = vm(py);
        let new: Vec<PyObjectRef> = match sequence {
            None => Vec::new(),
            Some(sequence) => {
                let items = vm.extract_elements_with(object(sequence), Ok);
                outcome(py, items)?
            }
        };
        let old: Vec<PyObjectRef> = {
            let mut items = payload(list).borrow_vec_mut();
            let (low, high) = clip(low, high, items.len());
            items.splice(low..high, new).collect()
        };
        drop(old);
        Ok(())
    }

    fn list_sort<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()> {
        let vm = vm(py);
        // The method of `list` itself, because a subclass may override it.
        let sort = || {
            let method = vm.ctx.types.list_type.as_object().get_attr(vm.ctx.intern_str("sort"), vm)?;
            method.call((object(list).to_owned(),), vm).map(drop)
        };
        outcome(py, sort())
    }

    fn list_reverse<'py>(_py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Outcome<'py, Self, ()> {
        payload(list).borrow_vec_mut().reverse();
        Ok(())
    }

    fn list_to_tuple<'py>(py: Attached<'py, Self>, list: Ref<'_, Self, kind::List>) -> Owned<'py, Self, kind::Tuple> {
        let items = payload(list).borrow_vec().to_vec();
        own_as(py, Context::genesis().new_tuple(items))
    }
}

/// Writes what `value` returns for the items from `start` on to `values`, until it returns `None`. Returns how many.
///
/// The list is locked meanwhile, so `value` must not run Python code.
#[inline]
fn read<V>(
    list: Ref<'_, RustPython, kind::List>,
    start: usize,
    values: &mut [V],
    value: impl Fn(&PyObject) -> Option<V>,
) -> usize {
    let items = payload(list).borrow_vec();
    let found = items.get(start..).unwrap_or_default().iter().map_while(|item| value(item));
    values.iter_mut().zip(found).map(|(place, value)| *place = value).count()
}

/// Clips both ends of a slice to a list of this length, and puts them in order.
fn clip(low: usize, high: usize, length: usize) -> (usize, usize) {
    let high = high.min(length);
    (low.min(high), high)
}
