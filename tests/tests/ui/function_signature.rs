//! Signatures that Python would reject too, or that do not fit the function.

#![allow(unused_variables)]

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

#[pyfunction]
#[pyo3(signature = (a, c))]
fn other_name(a: i32, b: i32) -> i32 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (a))]
fn one_is_missing(a: i32, b: i32) -> i32 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (a = 1, b))]
fn required_after_default(a: i32, b: i32) -> i32 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (*args, *more))]
fn two_stars(args: &Bound<'_, PyTuple>, more: &Bound<'_, PyTuple>) {}

#[pyfunction]
#[pyo3(signature = (**kwargs, a))]
fn after_keywords(kwargs: Option<&Bound<'_, PyDict>>, a: i32) {}

#[pyfunction]
#[pyo3(signature = (*, a, /))]
fn slash_after_star(a: i32) {}

#[pyfunction]
#[pyo3(signature = (a, /, /))]
fn two_slashes(a: i32) {}

#[pyfunction]
#[pyo3(signature = (*, *))]
fn two_stars_alone() {}

#[pyfunction]
#[pyo3(signature = (*args, *, a))]
fn star_after_arguments(args: &Bound<'_, PyTuple>, a: i32) {}

#[pyfunction]
#[pyo3(signature = (*args))]
fn optional_arguments(args: Option<&Bound<'_, PyTuple>>) {}

#[pyfunction]
#[pyo3(signature = (**kwargs))]
fn required_keywords(kwargs: &Bound<'_, PyDict>) {}

#[pyfunction]
#[pyo3(signature = (py, a))]
fn token(py: Python<'_>, a: i32) {}

#[pyfunction]
#[pyo3(signature = (a, b))]
fn one_too_many(a: i32) {}

#[pyfunction]
#[pyo3(signature = (b, a))]
fn other_order(a: i32, b: i32) {}

#[pyfunction]
#[pyo3(signature = a)]
fn without_parentheses(a: i32) {}

#[pyfunction]
#[pyo3(signature)]
fn without_value(a: i32) {}

#[pyfunction]
#[pyo3(signature = (a: int))]
fn annotation_is_no_string(a: i32) {}

#[pyfunction]
#[pyo3(signature = (a = ))]
fn default_is_missing(a: i32) {}

#[pyfunction]
#[pyo3(signature = (**kwargs, **more))]
fn keywords_twice(kwargs: Option<&Bound<'_, PyDict>>, more: Option<&Bound<'_, PyDict>>) {}

#[pyfunction]
#[pyo3(signature = (**kwargs, *args))]
fn arguments_after_keywords(kwargs: Option<&Bound<'_, PyDict>>, args: &Bound<'_, PyTuple>) {}

#[pyfunction]
#[pyo3(signature = (*args, a, /))]
fn slash_after_arguments(args: &Bound<'_, PyTuple>, a: i32) {}

#[pyfunction]
#[pyo3(signature = (a = 1, /, b))]
fn required_after_slash(a: i32, b: i32) {}

#[pyfunction]
#[pyo3(signature = ("a"))]
fn name_as_string(a: i32) {}

fn main() {}
