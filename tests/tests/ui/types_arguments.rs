//! Arguments whose types do not convert.

use pyo3::prelude::*;

struct Settings;

#[pyclass]
struct Point;

#[pyfunction]
fn by_value(_settings: Settings) {}

#[pyfunction]
fn by_reference(_settings: &Settings) {}

#[pyfunction]
fn by_exclusive_reference(_settings: &mut Settings) {}

#[pyfunction]
fn optional(_settings: Option<Settings>) {}

#[pyfunction]
fn class_by_value(_point: Point) {}

#[pyfunction]
fn classes_by_value(_points: Vec<Point>) {}

#[pyfunction]
fn borrowed_slice(_names: &[String]) {}

#[pyfunction]
fn conditional(#[cfg(any())] _gone: Settings, #[cfg(all())] _settings: Settings) {}

#[pymethods]
impl Point {
    fn method(&self, _settings: Settings) {}

    #[setter]
    fn set_settings(&self, _settings: Settings) {}
}

#[pyclass]
struct WithField {
    #[pyo3(set)]
    _settings: Settings,
}

fn main() {}
