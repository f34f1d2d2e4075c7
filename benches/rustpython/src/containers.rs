//! Lists, tuples, dicts, sets.

use std::hint::black_box;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySet, PyTuple};
use rustpython_vm::builtins::{PyDictRef, PyListRef, PySet as VmSet, PyTupleRef};
use rustpython_vm::{PyPayload, VirtualMachine};

use crate::pair::{VmResult, number, pairs};

fn list(vm: &VirtualMachine, length: i64) -> PyListRef {
    vm.ctx.new_list((0..length).map(|value| number(vm, value)).collect())
}

fn tuple(vm: &VirtualMachine, length: i64) -> PyTupleRef {
    vm.ctx.new_tuple((0..length).map(|value| number(vm, value)).collect())
}

fn dict(vm: &VirtualMachine, length: i64) -> VmResult<PyDictRef> {
    let dict = vm.ctx.new_dict();
    for value in 0..length {
        dict.set_item(&*number(vm, value), number(vm, value), vm)?;
    }
    Ok(dict)
}

fn py_dict(py: Python<'_>, length: i64) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    for value in 0..length {
        dict.set_item(value, value)?;
    }
    Ok(dict)
}

pairs! {
    container:

    list_new:
        |py| {} PyList::new(py, black_box([1_i64, 2, 3]))?,
        |vm| {} vm.ctx.new_list(black_box([1_i64, 2, 3]).map(|value| number(vm, value)).to_vec());
    list_len:
        |py| { let list = PyList::new(py, 0..3)?; } black_box(&list).len(),
        |vm| { let list = list(vm, 3); } black_box(&list).borrow_vec().len();
    list_get:
        |py| { let list = PyList::new(py, 0..3)?; } black_box(&list).get_item(1)?,
        |vm| { let list = list(vm, 3); } black_box(&list).borrow_vec().get(black_box(1)).cloned();
    list_set:
        |py| { let list = PyList::new(py, 0..3)?; let item = 7_i64.into_pyobject(py)?; } black_box(&list).set_item(1, &item)?,
        |vm| { let list = list(vm, 3); let item = number(vm, 7); }
            drop(std::mem::replace(&mut black_box(&list).borrow_vec_mut()[black_box(1)], item.clone()));
    list_append large:
        |py| { let item = 7_i64.into_pyobject(py)?; } {
            let list = PyList::empty(py);
            for _ in 0..1000 {
                list.append(&item)?;
            }
            list
        },
        |vm| { let item = number(vm, 7); } {
            let list = vm.ctx.new_list(Vec::new());
            for _ in 0..1000 {
                list.borrow_vec_mut().push(item.clone());
            }
            list
        };
    list_iterate large:
        |py| { let list = PyList::new(py, 0..1000)?; } for item in black_box(&list) { black_box(item); },
        |vm| { let list = list(vm, 1000); } for index in 0..list.borrow_vec().len() {
            let item = list.borrow_vec().get(index).cloned();
            black_box(item);
        };
    tuple_new:
        |py| {} PyTuple::new(py, black_box([1_i64, 2, 3]))?,
        |vm| {} vm.ctx.new_tuple(black_box([1_i64, 2, 3]).map(|value| number(vm, value)).to_vec());
    tuple_get:
        |py| { let tuple = PyTuple::new(py, 0..3)?; } black_box(&tuple).get_item(1)?,
        |vm| { let tuple = tuple(vm, 3); } black_box(&tuple).as_slice().get(black_box(1)).cloned();
    tuple_iterate large:
        |py| { let tuple = PyTuple::new(py, 0..1000)?; } for item in black_box(&tuple) { black_box(item); },
        |vm| { let tuple = tuple(vm, 1000); } for item in black_box(&tuple).as_slice() { black_box(item.clone()); };
    dict_new:
        |py| {} PyDict::new(py),
        |vm| {} vm.ctx.new_dict();
    dict_get_interned:
        |py| { let dict = PyDict::new(py); dict.set_item(intern!(py, "key"), 1)?; } black_box(&dict).get_item(intern!(py, "key"))?,
        |vm| {
            let dict = vm.ctx.new_dict();
            let key = vm.ctx.intern_str("key");
            dict.set_item(key, number(vm, 1), vm)?;
        } black_box(&dict).get_item_opt(key, vm)?;
    dict_get_int:
        |py| { let dict = py_dict(py, 10)?; let key = 7_i64.into_pyobject(py)?; } black_box(&dict).get_item(&key)?,
        |vm| { let dict = dict(vm, 10)?; let key = number(vm, 7); } black_box(&dict).get_item_opt(&*key, vm)?;
    dict_set:
        |py| { let dict = py_dict(py, 10)?; let key = 7_i64.into_pyobject(py)?; } black_box(&dict).set_item(&key, &key)?,
        |vm| { let dict = dict(vm, 10)?; let key = number(vm, 7); } black_box(&dict).set_item(&*key, key.clone(), vm)?;
    dict_contains:
        |py| { let dict = py_dict(py, 10)?; let key = 7_i64.into_pyobject(py)?; } black_box(&dict).contains(&key)?,
        |vm| { let dict = dict(vm, 10)?; let key = number(vm, 7); } black_box(&dict).get_item_opt(&*key, vm)?.is_some();
    dict_iterate large:
        |py| { let dict = py_dict(py, 1000)?; } for entry in black_box(&dict) { black_box(entry); },
        |vm| { let dict = dict(vm, 1000)?; } {
            let mut position = 0;
            while let Some((next, key, value)) = black_box(&dict).next_entry(position) {
                position = next;
                black_box((key, value));
            }
        };
    set_add:
        |py| { let set = PySet::new(py, 0..10)?; let item = 7_i64.into_pyobject(py)?; } black_box(&set).add(&item)?,
        |vm| {
            let set = VmSet::default().into_ref(&vm.ctx);
            let item = number(vm, 7);
            for value in 0..10 { set.add(number(vm, value), vm)?; }
        } black_box(&set).add(item.clone(), vm)?;
    set_contains:
        |py| { let set = PySet::new(py, 0..10)?; let item = 7_i64.into_pyobject(py)?; } black_box(&set).contains(&item)?,
        |vm| {
            let set = VmSet::default().into_ref(&vm.ctx);
            let item = number(vm, 7);
            for value in 0..10 { set.add(number(vm, value), vm)?; }
        } black_box(&set).contains(&item, vm)?;
}
