//! Mistakes in functions whose arguments have conditions: they are reported as without conditions, and for what exists.

#![allow(unused_variables)]

use pyo3::prelude::*;

#[pyfunction]
#[pyo3(signature = (gone, a, c))]
fn other_name(#[cfg(any())] gone: NoSuchType, #[cfg(all())] a: i32, b: i32) -> i32 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (gone))]
fn one_is_missing(#[cfg(any())] gone: NoSuchType, #[cfg(all())] a: i32) {}

#[pyfunction]
#[pyo3(signature = (gone, b))]
fn never_there(#[cfg(any())] b: NoSuchType) {}

#[pyfunction(nmae = "typo")]
fn option_of_the_function(#[cfg(any())] gone: NoSuchType) {}

#[pyfunction]
fn option_of_an_argument(#[cfg_attr(all(), pyo3(from_py_wiht = f))] a: i32) {}

#[pyfunction]
fn option_of_no_argument(#[cfg_attr(any(), pyo3(from_py_wiht = f))] a: i32, #[cfg(any())] _: NoSuchType) {}

#[pyfunction]
fn pattern(#[cfg(all())] (a, b): (i32, i32)) {}

#[pyfunction]
fn no_condition(#[cfg] a: i32, #[cfg_attr(all())] b: i32) {}

#[pyfunction]
fn no_such_condition(#[cfg(not(unix, windows))] a: i32) {}

#[pyclass]
struct Class;

#[pymethods]
impl Class {
    fn without_receiver(#[cfg(any())] &self) {}

    #[getter]
    fn two_arguments(&self, #[cfg(any())] a: i32, #[cfg(all())] b: i32) {}

    #[pyo3(signature = (b, a))]
    fn other_order(&self, a: i32, #[cfg(all())] b: i32) {}
}

fn main() {}
