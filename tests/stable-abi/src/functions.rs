//! Functions: arguments, results and errors of many types.

use std::collections::{BTreeMap, HashSet};

use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyList, PyTuple};

use crate::SampleError;

/// Takes all kinds of parameters, and returns the arguments as text.
#[pyfunction]
#[pyo3(signature = (first, /, second=2, *args, key="k", **kwargs))]
pub(crate) fn apart(
    first: i64,
    second: u8,
    args: &Bound<'_, PyTuple>,
    key: &str,
    kwargs: Option<&Bound<'_, PyDict>>,
) -> PyResult<String> {
    let kwargs = kwargs.map(|kwargs| kwargs.repr()).transpose()?;
    let kwargs = kwargs.map_or_else(|| "{}".to_owned(), |text| text.to_string());
    Ok(format!("{first} {second} {} {key} {kwargs}", args.repr()?))
}

/// Takes and returns the largest integer type of Rust.
#[pyfunction]
pub(crate) fn negated(number: i128) -> Option<i128> {
    number.checked_neg()
}

/// Takes and returns floats and lists.
#[pyfunction]
pub(crate) fn scale(numbers: Vec<f64>, factor: f64) -> Vec<f64> {
    numbers.into_iter().map(|number| number * factor).collect()
}

/// Takes and returns text.
#[pyfunction]
pub(crate) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// Takes and returns bytes.
#[pyfunction]
pub(crate) fn doubled_bytes(bytes: &[u8]) -> Vec<u8> {
    bytes.repeat(2)
}

/// Takes and returns dicts, sets and tuples.
#[pyfunction]
pub(crate) fn merged(dict: BTreeMap<String, i32>, set: HashSet<i32>) -> (BTreeMap<String, i32>, usize) {
    let known = dict.values().filter(|value| set.contains(value)).count();
    (dict, known)
}

/// Iterates over any iterable.
#[pyfunction]
pub(crate) fn total(numbers: &Bound<'_, PyAny>) -> PyResult<i64> {
    numbers.try_iter()?.map(|number| number?.extract::<i64>()).sum()
}

/// Raises a custom exception with a cause.
#[pyfunction]
pub(crate) fn refuse(py: Python<'_>, reason: String) -> PyResult<()> {
    let error = SampleError::new_err(reason);
    error.set_cause(py, Some(pyo3::exceptions::PyKeyError::new_err("cause")));
    Err(error)
}

/// Calls a function and returns the name of the type of the exception that it raises.
#[pyfunction]
pub(crate) fn catching(py: Python<'_>, function: &Bound<'_, PyAny>) -> PyResult<String> {
    match function.call0() {
        Ok(_) => Ok("nothing".to_owned()),
        Err(error) => Ok(error.get_type(py).name()?.to_string()),
    }
}

/// Panics.
#[pyfunction]
pub(crate) fn panics() {
    panic!("as it must");
}

/// Returns a function made from a closure.
#[pyfunction]
pub(crate) fn adder(py: Python<'_>, number: i64) -> PyResult<Bound<'_, PyCFunction>> {
    PyCFunction::new_closure(py, None, None, move |args: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
        args.get_item(0)?.extract::<i64>().map(|other| number + other)
    })
}

/// Appends from several threads that attach by themselves, while this thread is detached.
#[pyfunction]
pub(crate) fn in_parallel(py: Python<'_>, list: Py<PyList>, threads: usize) -> PyResult<()> {
    py.detach(|| {
        std::thread::scope(|scope| {
            let append = |number: usize| Python::attach(|py| list.bind(py).append(number));
            let handles: Vec<_> = (0..threads).map(|number| scope.spawn(move || append(number))).collect();
            handles.into_iter().try_for_each(|handle| handle.join().expect("the thread does not panic"))
        })
    })
}
