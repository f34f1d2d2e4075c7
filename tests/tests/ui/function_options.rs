//! Options that do not exist, are given twice, or belong elsewhere.

use pyo3::prelude::*;

#[pyfunction]
#[pyo3(nmae = "typo")]
fn unknown_option() {}

#[pyfunction]
#[pyo3(name = "one", name = "two")]
fn given_twice() {}

#[pyfunction]
#[pyo3(pass_module)]
fn module_is_missing() {}

#[pyfunction]
fn generic<T>(_value: T) {}

#[pyfunction]
fn impl_trait(_value: impl Sized) {}

#[pyfunction]
fn pattern((_a, _b): (i32, i32)) {}

fn main() {}
