//! Signatures that Python would not accept either, or that do not fit the function.

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

fn main() {}
