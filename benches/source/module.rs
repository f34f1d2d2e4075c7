//! The extension module that the benchmarks call.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

/// Functions and classes for the benchmarks.
#[pymodule]
pub mod speed {
    #[pymodule_export]
    use super::{Vector, add3, call_back, default_keywords, echo, fail, no_args, str_len, sum_list, sum_vec, variable};
    #[pymodule_export]
    use crate::kinds::{
        Base, Color, Extended, Fixed, Protocols, Shape, take_bound, take_clone, take_color, take_ref, take_reference,
    };
}

/// Does nothing.
#[pyfunction]
pub fn no_args() {}

#[pyfunction]
fn add3(a: i64, b: i64, c: i64) -> i64 {
    a.wrapping_add(b).wrapping_add(c)
}

#[pyfunction]
#[pyo3(signature = (a, b = 2, *, c = 3))]
fn default_keywords(a: i64, b: i64, c: i64) -> i64 {
    a ^ b ^ c
}

#[pyfunction]
#[pyo3(signature = (*args, **kwargs))]
fn variable(args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>) -> usize {
    args.len() + kwargs.map_or(0, |kwargs| kwargs.len())
}

#[pyfunction]
fn str_len(text: &str) -> usize {
    text.len()
}

#[pyfunction]
fn echo(value: Bound<'_, PyAny>) -> Bound<'_, PyAny> {
    value
}

#[pyfunction]
fn sum_list(list: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut sum = 0_i64;
    for item in list {
        sum = sum.wrapping_add(item.extract()?);
    }
    Ok(sum)
}

#[pyfunction]
fn sum_vec(list: Vec<i64>) -> i64 {
    list.iter().fold(0, |sum, item| sum.wrapping_add(*item))
}

#[pyfunction]
fn fail() -> PyResult<()> {
    Err(PyValueError::new_err("no"))
}

#[pyfunction]
fn call_back<'py>(function: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    function.call1((value,))
}

/// A class with all features that are measured.
#[pyclass]
struct Vector {
    #[pyo3(get, set)]
    x: i64,
    y: i64,
}

#[pymethods]
impl Vector {
    #[new]
    fn new(x: i64, y: i64) -> Vector {
        Vector { x, y }
    }

    fn dot(&self, x: i64, y: i64) -> i64 {
        self.x.wrapping_mul(x).wrapping_add(self.y.wrapping_mul(y))
    }

    fn touch(&self) {}

    fn step(&mut self) {
        self.x = self.x.wrapping_add(1);
    }

    #[getter]
    fn y(&self) -> i64 {
        self.y
    }

    #[setter]
    fn set_y(&mut self, y: i64) {
        self.y = y;
    }

    #[staticmethod]
    fn zero() -> Vector {
        Vector { x: 0, y: 0 }
    }

    fn __add__(&self, other: PyRef<'_, Vector>) -> Vector {
        Vector { x: self.x.wrapping_add(other.x), y: self.y.wrapping_add(other.y) }
    }

    fn __eq__(&self, other: &Vector) -> bool {
        self.x == other.x && self.y == other.y
    }

    fn __len__(&self) -> usize {
        2
    }

    fn __getitem__(&self, index: usize) -> PyResult<i64> {
        match index {
            0 => Ok(self.x),
            1 => Ok(self.y),
            _ => Err(pyo3::exceptions::PyIndexError::new_err("a vector has two elements")),
        }
    }

    fn __call__(&self, scale: i64) -> i64 {
        self.x.wrapping_mul(scale)
    }
}
