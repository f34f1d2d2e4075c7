//! Mistakes in `#[pymethods]`.

use pyo3::prelude::*;

#[pyclass]
struct Thing;

#[pymethods]
impl Thing {
    fn no_receiver() {}

    #[classmethod]
    fn no_class() {}

    #[classmethod]
    fn with_self(&self) {}

    fn by_value(self) {}

    #[staticmethod]
    #[classmethod]
    fn both() {}

    #[getter]
    fn too_many(&self, index: usize) -> usize {
        index
    }

    fn __len__(&self, extra: usize) -> usize {
        extra
    }

    #[pyo3(signature = (other = 1))]
    fn __add__(&self, other: i32) -> i32 {
        other
    }
}

#[pyclass]
struct Twice;

#[pymethods]
impl Twice {
    #[new]
    fn one() -> Self {
        Twice
    }

    #[new]
    fn two() -> Self {
        Twice
    }
}

#[pyclass]
struct NoPromises;

#[pymethods]
impl NoPromises {
    #[classattr]
    unsafe fn limit() -> i32 {
        3
    }

    unsafe fn __traverse__(&self, _visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        Ok(())
    }
}

#[pyclass]
struct AboutNoInstance;

#[pymethods]
impl AboutNoInstance {
    #[staticmethod]
    fn __traverse__(_visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        Ok(())
    }

    #[classmethod]
    fn __clear__(_class: &Bound<'_, pyo3::types::PyType>) {}
}

trait Trait {}

#[pymethods]
impl Trait for Twice {}

fn main() {}
