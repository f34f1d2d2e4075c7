//! Rust code that works with objects of the standard types, grouped by family.

use std::hint::black_box;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{
    PyByteArray, PyComplex, PyComplexMethods, PyDate, PyDateAccess, PyDateTime, PyDelta, PyDeltaAccess, PyDict, PyList,
    PyMapping, PySequence, PySlice, PyTime, PyTimeAccess, PyTuple, PyTzInfo, PyTzInfoAccess, PyWeakrefMethods,
    PyWeakrefReference,
};

use crate::program::benches;

benches! {
    "ty"

    date_new |py| {} => PyDate::new(py, black_box(2024), 2, 29)?;
    date_year |py| { let date = PyDate::new(py, 2024, 2, 29)?; } => black_box(&date).get_year();
    date_day |py| { let date = PyDate::new(py, 2024, 2, 29)?; } => black_box(&date).get_day();
    datetime_new |py| { let utc = PyTzInfo::utc(py)?; }
        => PyDateTime::new(py, black_box(2024), 2, 29, 1, 2, 3, 4, Some(&utc))?;
    datetime_hour |py| { let time = PyDateTime::new(py, 2024, 2, 29, 1, 2, 3, 4, None)?; } => black_box(&time).get_hour();
    datetime_microsecond |py| { let time = PyDateTime::new(py, 2024, 2, 29, 1, 2, 3, 4, None)?; }
        => black_box(&time).get_microsecond();
    datetime_tzinfo |py| {
        let utc = PyTzInfo::utc(py)?;
        let time = PyDateTime::new(py, 2024, 2, 29, 1, 2, 3, 4, Some(&utc))?;
    } => black_box(&time).get_tzinfo();
    time_new |py| {} => PyTime::new(py, black_box(1), 2, 3, 4, None)?;
    time_second |py| { let time = PyTime::new(py, 1, 2, 3, 4, None)?; } => black_box(&time).get_second();
    delta_new |py| {} => PyDelta::new(py, black_box(1), 2, 3, true)?;
    delta_days |py| { let delta = PyDelta::new(py, 1, 2, 3, true)?; } => black_box(&delta).get_days();
    duration_extract |py| { let delta = PyDelta::new(py, 1, 2, 3, true)?; } => delta.extract::<Duration>()?;
    duration_into |py| {} => black_box(Duration::new(100_000, 5_000)).into_pyobject(py)?;
    date_cast |py| { let date = PyDate::new(py, 2024, 2, 29)?.into_any(); } => black_box(&date).cast::<PyDate>().is_ok();

    slice_new |py| {} => PySlice::new(py, black_box(1), 20, 2);
    slice_full |py| {} => PySlice::full(py);
    slice_indices |py| { let slice = PySlice::new(py, 1, 20, 2); } => slice.indices(black_box(10))?;

    bytearray_new |py| {} => PyByteArray::new(py, black_box(b"hello"));
    bytearray_len |py| { let bytes = PyByteArray::new(py, b"hello"); } => black_box(&bytes).len();
    bytearray_data |py| { let bytes = PyByteArray::new(py, b"hello"); } => black_box(&bytes).data();
    bytearray_to_vec |py| { let bytes = PyByteArray::new(py, b"hello"); } => black_box(&bytes).to_vec();
    bytearray_resize |py| { let bytes = PyByteArray::new(py, b"hello"); } => {
        bytes.resize(8)?;
        bytes.resize(5)?;
    };
    bytearray_extract |py| { let bytes = PyByteArray::new(py, b"hello"); } => bytes.extract::<Vec<u8>>()?;

    sequence_len |py| { let items = sequence(py)?; } => black_box(&items).len()?;
    sequence_get |py| { let items = sequence(py)?; } => items.get_item(black_box(2))?;
    sequence_set |py| { let items = sequence(py)?; let item = py.None(); } => items.set_item(black_box(2), &item)?;
    sequence_slice |py| { let items = sequence(py)?; } => items.get_slice(black_box(1), 3)?;
    sequence_contains |py| { let items = sequence(py)?; } => items.contains(black_box(3))?;
    sequence_index |py| { let items = sequence(py)?; } => items.index(black_box(3))?;
    sequence_count |py| { let items = sequence(py)?; } => items.count(black_box(3))?;
    sequence_concat |py| { let items = sequence(py)?; } => items.concat(&items)?;
    sequence_repeat |py| { let items = sequence(py)?; } => items.repeat(black_box(2))?;
    sequence_to_list |py| { let items = sequence(py)?; } => items.to_list()?;
    sequence_to_tuple |py| { let items = sequence(py)?; } => items.to_tuple()?;
    tuple_to_list |py| { let items = PyTuple::new(py, [1, 2, 3])?; } => items.to_list();

    mapping_get |py| { let map = mapping(py)?; let key = "a".into_pyobject(py)?; } => map.get_item(&key)?;
    mapping_keys |py| { let map = mapping(py)?; } => map.keys()?;
    mapping_items |py| { let map = mapping(py)?; } => map.items()?;

    weakref_new |py| { let object = py.eval(c"type('T', (), {})()", None, None)?; } => PyWeakrefReference::new(&object)?;
    weakref_upgrade |py| {
        let object = py.eval(c"type('T', (), {})()", None, None)?;
        let reference = PyWeakrefReference::new(&object)?;
    } => black_box(&reference).upgrade();

    format_constant |py| {} => pyo3::py_format!(py, "constant")?;
    format_number |py| {} => pyo3::py_format!(py, "{}", black_box(7))?;

    complex_new |py| {} => PyComplex::from_doubles(py, black_box(1.0), 2.0);
    complex_real |py| { let number = PyComplex::from_doubles(py, 1.0, 2.0); } => black_box(&number).real();
}

fn sequence(py: Python<'_>) -> PyResult<Bound<'_, PySequence>> {
    Ok(PyList::new(py, [1, 2, 3, 4])?.into_any().cast_into()?)
}

fn mapping(py: Python<'_>) -> PyResult<Bound<'_, PyMapping>> {
    let dict = PyDict::new(py);
    dict.set_item("a", 1)?;
    dict.set_item("b", 2)?;
    Ok(dict.into_any().cast_into()?)
}
