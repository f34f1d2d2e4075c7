//! Conversions of a thousand elements.

use std::collections::HashMap;
use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use rustpython_vm::builtins::{PyFloat, PyInt, PyListRef, PyStr};
use rustpython_vm::{PyObjectRef, VirtualMachine};

use crate::pair::{VmResult, pairs};

const COUNT: i64 = 1000;

fn ints(vm: &VirtualMachine) -> PyListRef {
    vm.ctx.new_list((0..COUNT).map(|value| vm.ctx.new_int(value).into()).collect())
}

fn words() -> Vec<String> {
    (0..COUNT).map(|value| format!("word {value}")).collect()
}

fn int(vm: &VirtualMachine, object: &PyObjectRef) -> VmResult<i64> {
    match object.downcast_ref::<PyInt>() {
        Some(number) => number.try_to_primitive(vm),
        None => Err(vm.new_type_error("not an int")),
    }
}

fn text(vm: &VirtualMachine, object: &PyObjectRef) -> VmResult<String> {
    match object.downcast_ref::<PyStr>().and_then(|text| text.to_str()) {
        Some(text) => Ok(text.to_owned()),
        None => Err(vm.new_type_error("not a str")),
    }
}

pairs! {
    convert:

    ints_from large:
        |py| { let list = PyList::new(py, 0..COUNT)?; } black_box(list.as_any()).extract::<Vec<i64>>()?,
        |vm| { let list = ints(vm); }
            black_box(&list).borrow_vec().iter().map(|item| int(vm, item)).collect::<VmResult<Vec<i64>>>()?;
    ints_into large:
        |py| { let numbers: Vec<i64> = (0..COUNT).collect(); } black_box(&numbers).into_pyobject(py)?,
        |vm| { let numbers: Vec<i64> = (0..COUNT).collect(); }
            vm.ctx.new_list(black_box(&numbers).iter().map(|value| vm.ctx.new_int(*value).into()).collect());
    floats_from large:
        |py| { let list = PyList::new(py, (0..COUNT).map(|value| value as f64))?; } black_box(list.as_any()).extract::<Vec<f64>>()?,
        |vm| { let list = vm.ctx.new_list((0..COUNT).map(|value| vm.ctx.new_float(value as f64).into()).collect()); } {
            let items = black_box(&list).borrow_vec();
            let values = items.iter().map(|item| match item.downcast_ref::<PyFloat>() {
                Some(number) => Ok(number.to_f64()),
                None => Err(vm.new_type_error("not a float")),
            });
            values.collect::<VmResult<Vec<f64>>>()?
        };
    floats_into large:
        |py| { let numbers: Vec<f64> = (0..COUNT).map(|value| value as f64).collect(); } black_box(&numbers).into_pyobject(py)?,
        |vm| { let numbers: Vec<f64> = (0..COUNT).map(|value| value as f64).collect(); }
            vm.ctx.new_list(black_box(&numbers).iter().map(|value| vm.ctx.new_float(*value).into()).collect());
    strings_from large:
        |py| { let list = PyList::new(py, words())?; } black_box(list.as_any()).extract::<Vec<String>>()?,
        |vm| { let list = vm.ctx.new_list(words().into_iter().map(|word| vm.ctx.new_str(word).into()).collect()); }
            black_box(&list).borrow_vec().iter().map(|item| text(vm, item)).collect::<VmResult<Vec<String>>>()?;
    strings_into large:
        |py| { let words = words(); } black_box(&words).into_pyobject(py)?,
        |vm| { let words = words(); }
            vm.ctx.new_list(black_box(&words).iter().map(|word| vm.ctx.new_str(word.as_str()).into()).collect());
    map_from large:
        |py| {
            let dict = PyDict::new(py);
            for (index, word) in words().into_iter().enumerate() { dict.set_item(word, index)?; }
        } black_box(dict.as_any()).extract::<HashMap<String, i64>>()?,
        |vm| {
            let dict = vm.ctx.new_dict();
            for (index, word) in words().into_iter().enumerate() { dict.set_item(word.as_str(), vm.ctx.new_int(index).into(), vm)?; }
        } {
            let mut map = HashMap::with_capacity(dict.__len__());
            let mut position = 0;
            while let Some((next, key, value)) = black_box(&dict).next_entry(position) {
                position = next;
                map.insert(text(vm, &key)?, int(vm, &value)?);
            }
            map
        };
    map_into large:
        |py| { let map: HashMap<String, i64> = words().into_iter().zip(0..).collect(); } black_box(&map).into_pyobject(py)?,
        |vm| { let map: HashMap<String, i64> = words().into_iter().zip(0..).collect(); } {
            let dict = vm.ctx.new_dict();
            for (key, value) in black_box(&map) {
                dict.set_item(&*vm.ctx.new_str(key.as_str()), vm.ctx.new_int(*value).into(), vm)?;
            }
            dict
        };
}
