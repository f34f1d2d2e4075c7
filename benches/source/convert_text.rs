//! Conversions of text, paths, addresses and bytes, in both directions, and derived conversions.

use std::borrow::Cow;
use std::ffi::{CStr, OsString};
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

/// Extracted from attributes.
#[derive(FromPyObject)]
struct Point {
    x: i64,
    y: i64,
}

/// Extracted from a mapping, and converted to one.
#[derive(FromPyObject, IntoPyObject)]
#[pyo3(from_item_all)]
struct Entry {
    x: i64,
    y: i64,
}

/// Converted like its only field.
#[derive(FromPyObject, IntoPyObject)]
#[pyo3(transparent)]
struct Number(i64);

/// Converted as a tuple.
#[derive(FromPyObject, IntoPyObject)]
struct Pair(i64, f64);

/// Extracted as the first variant that fits.
#[derive(FromPyObject, IntoPyObject)]
enum Either {
    #[pyo3(transparent)]
    Number(i64),
    #[pyo3(transparent)]
    Text(String),
}

benches! {
    "cv"

    string_from |py| { let text = eval(py, c"'a text of some length'")?; } => black_box(&text).extract::<String>()?;
    cow_str_from |py| { let text = eval(py, c"'a text of some length'")?; } => black_box(&text).extract::<Cow<'_, str>>()?;
    char_from |py| { let text = eval(py, c"'x'")?; } => black_box(&text).extract::<char>()?;
    str_from_non_ascii |py| { let text = eval(py, c"'\xc3\xa4\xe2\x82\xac'")?; } => black_box(&text).extract::<&str>()?;
    string_wrong |py| { let number = eval(py, c"1")?; } => black_box(&number).extract::<String>().is_err();
    backed_str_from |py| { let text = eval(py, c"'a text'")?; } => black_box(&text).extract::<PyBackedStr>()?;
    backed_bytes_from |py| { let bytes = eval(py, c"b'some bytes'")?; } => black_box(&bytes).extract::<PyBackedBytes>()?;
    slice_u8_from |py| { let bytes = eval(py, c"b'some bytes'")?; } => black_box(&bytes).extract::<&[u8]>()?;
    cow_u8_from |py| { let bytes = eval(py, c"b'some bytes'")?; } => black_box(&bytes).extract::<Cow<'_, [u8]>>()?;
    vec_u8_from |py| { let bytes = eval(py, c"b'some bytes'")?; } => black_box(&bytes).extract::<Vec<u8>>()?;
    os_string_from |py| { let text = eval(py, c"'/tmp/file'")?; } => black_box(&text).extract::<OsString>()?;
    path_from |py| { let text = eval(py, c"'/tmp/file'")?; } => black_box(&text).extract::<PathBuf>()?;
    ip_from_str |py| { let text = eval(py, c"'127.0.0.1'")?; } => black_box(&text).extract::<IpAddr>()?;

    string_into |py| {} => black_box(String::from("a text")).into_pyobject(py)?;
    string_reference_into |py| { let text = String::from("a text"); } => black_box(&text).into_pyobject(py)?;
    cow_str_into |py| {} => black_box(Cow::Borrowed("a text")).into_pyobject(py)?;
    char_into |py| {} => black_box('x').into_pyobject(py)?;
    str_into_non_ascii |py| {} => black_box("ä€").into_pyobject(py)?;
    str_into_empty |py| {} => black_box("").into_pyobject(py)?;
    slice_u8_into |py| {} => black_box(&b"some bytes"[..]).into_pyobject(py)?;
    vec_u8_into |py| { let bytes = b"some bytes".to_vec(); } => black_box(&bytes).into_pyobject(py)?;
    os_string_into |py| { let text = OsString::from("/tmp/file"); } => black_box(&text).into_pyobject(py)?;
    path_into |py| { let path = PathBuf::from("/tmp/file"); } => black_box(&path).into_pyobject(py)?;
    ip_into |py| {} => black_box(Ipv4Addr::LOCALHOST).into_pyobject(py)?;

    derive_attributes_from |py| {
        let point = eval(py, c"type('Point', (), {'x': 1, 'y': 2})()")?;
    } => { let Point { x, y } = black_box(&point).extract()?; x + y };
    derive_items_from |py| {
        let entry = eval(py, c"{'x': 1, 'y': 2}")?;
    } => { let Entry { x, y } = black_box(&entry).extract()?; x + y };
    derive_items_missing |py| { let entry = eval(py, c"{'x': 1}")?; } => black_box(&entry).extract::<Entry>().is_err();
    derive_transparent_from |py| { let number = eval(py, c"7")?; } => black_box(&number).extract::<Number>()?.0;
    derive_tuple_from |py| { let pair = eval(py, c"(7, 1.5)")?; } => { let Pair(a, b) = black_box(&pair).extract()?; (a, b) };
    derive_enum_first |py| { let number = eval(py, c"7")?; } => black_box(&number).extract::<Either>()?;
    derive_enum_second |py| { let text = eval(py, c"'text'")?; } => black_box(&text).extract::<Either>()?;
    derive_dict_into |py| {} => black_box(Entry { x: 1, y: 2 }).into_pyobject(py)?;
    derive_transparent_into |py| {} => black_box(Number(7)).into_pyobject(py)?;
    derive_tuple_into |py| {} => black_box(Pair(7, 1.5)).into_pyobject(py)?;
    derive_enum_into |py| {} => black_box(Either::Number(7)).into_pyobject(py)?;
}
