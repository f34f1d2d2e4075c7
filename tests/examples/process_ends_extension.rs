//! The module of the test `process_ends`, as a shared library that an interpreter can import.

use pyo3::prelude::*;

#[pymodule]
fn process_ends(module: &Bound<'_, PyModule>) -> PyResult<()> {
    pyo3_tests::process_ends::fill(module)
}
