//! Results that do not convert, and errors that are not exceptions.

use pyo3::prelude::*;

struct Settings;

struct Failure;

#[pyfunction]
fn no_object() -> Settings {
    Settings
}

#[pyfunction]
fn no_exception() -> Result<u32, Failure> {
    Err(Failure)
}

#[pyclass]
struct Point;

#[pymethods]
impl Point {
    #[new]
    fn new() -> Result<Self, Failure> {
        Ok(Point)
    }

    fn method(&self) -> Result<(), Failure> {
        Ok(())
    }

    #[getter]
    fn read(&self) -> Result<u32, Failure> {
        Ok(1)
    }

    #[setter]
    fn set_read(&self, _value: u32) -> Result<(), Failure> {
        Ok(())
    }

    fn __len__(&self) -> Result<usize, Failure> {
        Ok(1)
    }

    fn __next__(&self) -> Result<Option<u32>, Failure> {
        Ok(None)
    }

    fn __clear__(&self) -> Result<(), Failure> {
        Ok(())
    }

    async fn later(&self) -> Result<u32, Failure> {
        Ok(1)
    }
}

#[pyclass]
struct WithField {
    #[pyo3(get)]
    settings: Settings,
}

#[pymodule]
fn module(_module: &Bound<'_, PyModule>) -> Result<(), Failure> {
    Ok(())
}

#[pymodule]
mod inline {
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> Result<(), super::Failure> {
        Ok(())
    }
}

fn main() {}
