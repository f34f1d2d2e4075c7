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

#[pyfunction]
#[pyo3(name = "a-b")]
fn dash() {}

#[pyfunction(name = 3)]
fn number() {}

#[pyfunction(name)]
fn no_value() {}

#[pyfunction]
#[pyo3(signature = (a))]
#[pyo3(signature = (a))]
fn signed_twice(_a: i32) {}

#[pyfunction(text_signature = 1)]
fn text_as_number() {}

#[pyfunction(text_signature = Nothing)]
fn text_as_word() {}

#[pyfunction(warn)]
fn warns_of_nothing() {}

#[pyfunction(warn())]
fn warns_without_message() {}

#[pyfunction(warn(message = "old", because = "new"))]
fn warns_because() {}

#[pyfunction(warn(message = old))]
fn warns_with_word() {}

#[pyfunction(warn(category = "DeprecationWarning"))]
fn warns_of_text() {}

#[pyfunction(pass_modul)]
fn typo() {}

#[pyfunction]
fn wildcard(_: i32) {}

#[pyfunction]
fn argument_options(
    #[pyo3(from_py_wiht = convert)] _a: i32,
    #[pyo3(from_py_with)] _b: i32,
    #[pyo3(from_py_with = convert, from_py_with = convert)] _c: i32,
    #[pyo3(cancel_handle)] _d: i32,
    #[pyo3(cancel_handle, from_py_with = convert)] _e: i32,
) {
}

#[pyfunction]
fn constant<const N: usize>(_value: [i32; N]) {}

#[pyfunction]
fn receiver(&self) { self.0 }

#[pyfunction]
struct NoFunction;

fn convert(value: &Bound<'_, PyAny>) -> PyResult<i32> {
    value.extract()
}

fn main() {}
