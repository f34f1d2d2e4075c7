//! Conversions of containers, in both directions.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::CStr;
use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::types::IntoPyDict;

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

/// Creates a map whose order is the same in every run.
fn hash_map() -> HashMap<i64, i64, std::hash::BuildHasherDefault<std::hash::DefaultHasher>> {
    (0..1000).map(|key| (key, key)).collect()
}

benches! {
    "cv"

    vec_from_list large |py| { let list = eval(py, c"list(range(1000))")?; } => list.extract::<Vec<i64>>()?;
    vec_from_tuple large |py| { let tuple = eval(py, c"tuple(range(1000))")?; } => tuple.extract::<Vec<i64>>()?;
    vec_from_range large |py| { let range = eval(py, c"range(1000)")?; } => range.extract::<Vec<i64>>()?;
    vec_f64_from_list large |py| { let list = eval(py, c"[1.5] * 1000")?; } => list.extract::<Vec<f64>>()?;
    vec_string_from_list large |py| { let list = eval(py, c"['text'] * 1000")?; } => list.extract::<Vec<String>>()?;
    vec_object_from_list large |py| { let list = eval(py, c"['text'] * 1000")?; } => list.extract::<Vec<Bound<'_, PyAny>>>()?;
    vec_py_from_list large |py| { let list = eval(py, c"['text'] * 1000")?; } => list.extract::<Vec<Py<PyAny>>>()?;
    vec_from_small |py| { let list = eval(py, c"[1, 2, 3]")?; } => list.extract::<Vec<i64>>()?;
    vec_from_empty |py| { let list = eval(py, c"[]")?; } => list.extract::<Vec<i64>>()?;
    vec_from_str |py| { let text = eval(py, c"'text'")?; } => text.extract::<Vec<String>>().is_err();
    vec_from_wrong |py| { let list = eval(py, c"[1, 'two']")?; } => list.extract::<Vec<i64>>().is_err();
    array_from |py| { let list = eval(py, c"[1, 2, 3, 4]")?; } => list.extract::<[i64; 4]>()?;
    array_from_wrong_length |py| { let list = eval(py, c"[1, 2, 3]")?; } => list.extract::<[i64; 4]>().is_err();
    array_u8_from |py| { let bytes = eval(py, c"b'four'")?; } => bytes.extract::<[u8; 4]>()?;
    tuple4_from |py| { let tuple = eval(py, c"(1, 2, 3, 4)")?; } => tuple.extract::<(i64, i64, i64, i64)>()?;
    tuple_from_wrong_length |py| { let tuple = eval(py, c"(1, 2, 3)")?; } => tuple.extract::<(i64, i64)>().is_err();
    hash_map_from large |py| { let dict = eval(py, c"{n: n for n in range(1000)}")?; } => dict.extract::<HashMap<i64, i64>>()?;
    btree_map_from large |py| { let dict = eval(py, c"{n: n for n in range(1000)}")?; } => dict.extract::<BTreeMap<i64, i64>>()?;
    hash_set_from large |py| { let set = eval(py, c"set(range(1000))")?; } => set.extract::<HashSet<i64>>()?;
    btree_set_from large |py| { let set = eval(py, c"set(range(1000))")?; } => set.extract::<BTreeSet<i64>>()?;
    frozen_set_from large |py| { let set = eval(py, c"frozenset(range(1000))")?; } => set.extract::<HashSet<i64>>()?;
    hash_map_from_small |py| { let dict = eval(py, c"{'a': 1, 'b': 2}")?; } => dict.extract::<HashMap<String, i64>>()?;
    hash_map_wrong |py| { let list = eval(py, c"[]")?; } => list.extract::<HashMap<String, i64>>().is_err();

    vec_into large |py| { let numbers: Vec<i64> = (0..1000).collect(); } => numbers.clone().into_pyobject(py)?;
    slice_into large |py| { let numbers: Vec<i64> = (0..1000).collect(); } => numbers[..].into_pyobject(py)?;
    vec_string_into large |py| { let texts = vec![String::from("text"); 1000]; } => (&texts).into_pyobject(py)?;
    vec_into_small |py| {} => black_box(vec![1_i64, 2, 3]).into_pyobject(py)?;
    vec_into_empty |py| {} => black_box(Vec::<i64>::new()).into_pyobject(py)?;
    array_into |py| {} => black_box([1_i64, 2, 3, 4]).into_pyobject(py)?;
    tuple4_into |py| {} => black_box((1_i64, 2_i64, 3_i64, 4_i64)).into_pyobject(py)?;
    hash_map_into large |py| { let map = hash_map(); } => (&map).into_pyobject(py)?;
    btree_map_into large |py| {
        let map: BTreeMap<i64, i64> = (0..1000).map(|key| (key, key)).collect();
    } => (&map).into_pyobject(py)?;
    btree_set_into large |py| { let set: BTreeSet<i64> = (0..1000).collect(); } => (&set).into_pyobject(py)?;
    hash_set_into large |py| {
        let set: HashSet<i64, std::hash::BuildHasherDefault<std::hash::DefaultHasher>> = (0..1000).collect();
    } => (&set).into_pyobject(py)?;
    into_py_dict |py| {} => [("a", 1), ("b", 2)].into_py_dict(py)?;
}
