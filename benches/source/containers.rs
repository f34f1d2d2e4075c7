//! Containers: creating, reading, changing, iterating.

use std::hint::black_box;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::frozenset::PyFrozenSetBuilder;
use pyo3::types::{PyDict, PyFrozenSet, PyList, PyMappingProxy, PyRange, PyRangeMethods, PySet, PyTuple};

use crate::program::benches;

fn thousand(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    for number in 0..1000_i64 {
        dict.set_item(number, number)?;
    }
    Ok(dict)
}

benches! {
    "co"

    list_empty |py| {} => PyList::empty(py);
    list_new_small |py| {} => PyList::new(py, black_box([1_i64, 2, 3]))?;
    list_new_str |py| {} => PyList::new(py, ["one", "two", "three"])?;
    list_len |py| { let list = PyList::new(py, [1, 2, 3])?; } => black_box(&list).len();
    list_is_empty |py| { let list = PyList::new(py, [1, 2, 3])?; } => black_box(&list).is_empty();
    list_get |py| { let list = PyList::new(py, [1, 2, 3])?; } => black_box(&list).get_item(black_box(1))?;
    list_get_past_end |py| { let list = PyList::new(py, [1, 2, 3])?; } => black_box(&list).get_item(black_box(9)).is_err();
    list_set |py| { let list = PyList::new(py, [1, 2, 3])?; } => black_box(&list).set_item(1, 7)?;
    list_append_pop |py| { let list = PyList::new(py, [1, 2, 3])?; }
        => { list.append(7)?; list.del_item(3)? };
    list_append_many large |py| {} => {
        let list = PyList::empty(py);
        for number in 0..1000_i64 {
            list.append(number)?;
        }
        list
    };
    list_insert |py| { let list = PyList::new(py, [1, 2, 3])?; } => { list.insert(1, 7)?; list.del_item(1)? };
    list_slice |py| { let list = PyList::new(py, 0..10)?; } => black_box(&list).get_slice(2, 7);
    list_set_slice |py| { let list = PyList::new(py, 0..10)?; let two = PyList::new(py, [1, 2])?; }
        => list.set_slice(2, 4, &two)?;
    list_contains |py| { let list = PyList::new(py, [1, 2, 3])?; } => black_box(&list).contains(3)?;
    list_index |py| { let list = PyList::new(py, [1, 2, 3])?; } => black_box(&list).index(3)?;
    list_sort |py| { let list = PyList::new(py, [3, 1, 2])?; } => black_box(&list).sort()?;
    list_reverse |py| { let list = PyList::new(py, [3, 1, 2])?; } => black_box(&list).reverse()?;
    list_to_tuple |py| { let list = PyList::new(py, [3, 1, 2])?; } => black_box(&list).to_tuple();
    list_iterate_small |py| { let list = PyList::new(py, [3, 1, 2])?; } => black_box(&list).iter().count();
    list_iterate_reversed large |py| { let list = PyList::new(py, 0..1000)?; } => for item in list.iter().rev() { black_box(item); };
    list_iterate_extract large |py| { let list = PyList::new(py, 0..1000)?; } => {
        let mut sum = 0_i64;
        for item in &list {
            sum += item.extract::<i64>()?;
        }
        sum
    };

    tuple_empty |py| {} => PyTuple::empty(py);
    tuple_new |py| {} => PyTuple::new(py, black_box([1_i64, 2, 3]))?;
    tuple_new_many large |py| {} => PyTuple::new(py, 0..1000_i32)?;
    tuple_len |py| { let tuple = PyTuple::new(py, [1, 2, 3])?; } => black_box(&tuple).len();
    tuple_get |py| { let tuple = PyTuple::new(py, [1, 2, 3])?; } => black_box(&tuple).get_item(black_box(1))?;
    tuple_get_borrowed |py| { let tuple = PyTuple::new(py, [1, 2, 3])?; } => black_box(&tuple).get_borrowed_item(black_box(1))?.is_none();
    tuple_slice |py| { let tuple = PyTuple::new(py, 0..10)?; } => black_box(&tuple).get_slice(2, 7);
    tuple_as_slice |py| { let tuple = PyTuple::new(py, [1, 2, 3])?; } => black_box(&tuple).as_slice().len();
    tuple_contains |py| { let tuple = PyTuple::new(py, [1, 2, 3])?; } => black_box(&tuple).contains(3)?;
    tuple_index |py| { let tuple = PyTuple::new(py, [1, 2, 3])?; } => black_box(&tuple).index(3)?;
    tuple_iterate_borrowed large |py| { let tuple = PyTuple::new(py, 0..1000)?; }
        => for item in tuple.iter_borrowed() { black_box(item.is_none()); };

    dict_new |py| {} => PyDict::new(py);
    dict_len |py| { let dict = thousand(py)?; } => black_box(&dict).len();
    dict_get_missing |py| { let dict = thousand(py)?; let key = intern!(py, "key"); } => black_box(&dict).get_item(key)?;
    dict_get_str |py| { let dict = PyDict::new(py); dict.set_item("key", 1)?; } => black_box(&dict).get_item("key")?;
    dict_get_int |py| { let dict = thousand(py)?; } => black_box(&dict).get_item(black_box(500))?;
    dict_set_str |py| { let dict = PyDict::new(py); } => black_box(&dict).set_item("key", black_box(1))?;
    dict_contains |py| { let dict = thousand(py)?; let key = intern!(py, "key"); } => black_box(&dict).contains(key)?;
    dict_del |py| { let dict = PyDict::new(py); let key = intern!(py, "key"); }
        => { dict.set_item(key, key)?; dict.del_item(key)? };
    dict_keys |py| { let dict = PyDict::new(py); dict.set_item("key", 1)?; } => black_box(&dict).keys();
    dict_values |py| { let dict = PyDict::new(py); dict.set_item("key", 1)?; } => black_box(&dict).values();
    dict_items |py| { let dict = PyDict::new(py); dict.set_item("key", 1)?; } => black_box(&dict).items();
    dict_copy |py| { let dict = PyDict::new(py); dict.set_item("key", 1)?; } => black_box(&dict).copy()?;
    dict_update |py| { let dict = PyDict::new(py); dict.set_item("key", 1)?; } => dict.update(dict.as_mapping())?;
    dict_clear |py| { let dict = PyDict::new(py); let key = intern!(py, "key"); } => { dict.set_item(key, key)?; dict.clear() };
    dict_build large |py| {} => thousand(py)?;
    dict_from_sequence |py| { let items = PyList::new(py, [("a", 1), ("b", 2)])?; } => PyDict::from_sequence(&items)?;
    dict_iterate_small |py| { let dict = PyDict::new(py); dict.set_item("key", 1)?; } => for pair in &dict { black_box(pair); };
    dict_iterate_extract large |py| { let dict = thousand(py)?; } => {
        let mut sum = 0_i64;
        for (key, value) in &dict {
            sum += key.extract::<i64>()? + value.extract::<i64>()?;
        }
        sum
    };
    mapping_proxy |py| { let dict = thousand(py)?; } => PyMappingProxy::new(py, black_box(dict.as_mapping()));

    set_empty |py| {} => PySet::empty(py)?;
    set_new_small |py| {} => PySet::new(py, black_box([1_i64, 2, 3]))?;
    set_new_many large |py| {} => PySet::new(py, 0..1000_i64)?;
    set_len |py| { let set = PySet::new(py, [1, 2, 3])?; } => black_box(&set).len();
    set_pop_add |py| { let set = PySet::new(py, [1])?; } => { let item = set.pop(); set.add(1)?; item };
    set_clear |py| { let set = PySet::new(py, [1])?; } => { set.add(1)?; set.clear() };
    frozen_set_new |py| {} => PyFrozenSet::new(py, black_box([1_i64, 2, 3]))?;
    frozen_set_new_many large |py| {} => PyFrozenSet::new(py, 0..1000_i64)?;
    frozen_set_empty |py| {} => PyFrozenSet::empty(py)?;
    frozen_set_contains |py| { let set = PyFrozenSet::new(py, [1, 2, 3])?; } => black_box(&set).contains(3)?;
    frozen_set_builder large |py| {} => {
        let mut builder = PyFrozenSetBuilder::new(py)?;
        for number in 0..1000_i64 {
            builder.add(number)?;
        }
        builder.finalize()
    };
    frozen_set_iterate large |py| { let set = PyFrozenSet::new(py, 0..1000)?; } => for item in set.iter() { black_box(item); };

    range_new |py| {} => PyRange::new(py, black_box(1), 10)?;
    range_start |py| { let range = PyRange::new(py, 1, 10)?; } => black_box(&range).start()?;
}
