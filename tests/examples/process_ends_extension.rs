//! The module of the test `process_ends`, as a shared library for an interpreter to load.

use pyo3::prelude::*;

#[pymodule]
fn process_ends(module: &Bound<'_, PyModule>) -> PyResult<()> {
    pyo3_tests::process_ends::fill(module)
}
