//! Receivers, constructors and bases that a class cannot have.

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyType};

#[pyclass(frozen)]
struct Frozen(u32);

#[pymethods]
impl Frozen {
    fn change(&mut self) {
        self.0 = 1;
    }

    #[setter]
    fn set_value(&mut self, value: u32) {
        self.0 = value;
    }

    fn __len__(&mut self) -> usize {
        0
    }
}

#[pyfunction]
fn change(_frozen: &mut Frozen) {}

#[pyclass(subclass)]
struct Base;

#[pyclass(extends = Base)]
struct Derived;

#[pymethods]
impl Derived {
    #[new]
    fn new() -> Self {
        Derived
    }
}

#[pyclass(extends = Base)]
struct Fallible;

#[pymethods]
impl Fallible {
    #[new]
    fn new() -> PyResult<Self> {
        Ok(Fallible)
    }
}

#[pyclass(extends = PyInt)]
struct Number;

#[pyclass]
struct Final;

#[pyclass(extends = Final)]
struct AfterFinal;

struct NoClass;

#[pyclass(extends = NoClass)]
struct AfterNothing;

#[pymethods]
impl NoClass {
    fn method(&self) {}
}

#[pyclass]
struct Receivers;

#[pymethods]
impl Receivers {
    fn no_receiver(_value: u32) {}

    #[classmethod]
    fn no_class(_class: &PyType) {}
}

fn main() {}
