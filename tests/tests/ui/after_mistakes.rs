//! One mistake causes one error: code that uses a faulty item is not reported as well.

use pyo3::prelude::*;

#[pyclass(frozne)]
struct Class {
    #[pyo3(get)]
    value: i32,
}

#[pymethods]
impl Class {
    #[new]
    fn new(value: i32) -> Self {
        Class { value }
    }

    fn other(&mut self, other: PyRef<'_, Class>) -> i32 {
        self.value = other.value;
        self.value
    }

    fn __add__(&self, other: &Class) -> Class {
        Class { value: self.value + other.value }
    }
}

#[pyclass(extends = Class)]
struct Derived;

#[pyclass(ord, eq)]
#[pyo3(colour = 1)]
#[derive(PartialEq, PartialOrd, Clone, Copy)]
enum Simple {
    A,
    B,
}

#[pyfunction(nmae = "f")]
fn function(class: &Class, simple: PyRef<'_, Simple>) -> (Class, Simple) {
    (Class { value: class.value }, *simple)
}

#[derive(FromPyObject, IntoPyObject)]
#[pyo3(transparnet)]
struct Converted {
    value: i32,
}

#[pyfunction]
fn converts(value: Converted) -> Converted {
    value
}

#[pymodule(nmae = "m")]
fn inner(_module: &Bound<'_, PyModule>) -> PyResult<()> {
    Ok(())
}

#[pymodule]
mod module {
    #[pymodule_export]
    use super::{Class, Derived, Simple, converts, function, inner};
}

fn main() {
    let _ = |py: Python<'_>| -> PyResult<()> {
        let class = Bound::new(py, Class { value: 1 })?;
        class.borrow_mut().value = 2;
        Py::new(py, Simple::A)?;
        wrap_pyfunction!(function, py)?;
        Ok(())
    };
}
